/** Every state of a publication. */
export type PublicationState =
  | "draft"
  | "held"
  | "queued"
  | "handed-off"
  | "submitting"
  | "submitted"
  | "scheduled"
  | "live"
  | "synced"
  | "refused"
  | "unconfirmed"
  | "skipped";

/** Who may make a move. `recovery` is the next run that finds a process died while pressing. */
export type Mover =
  | "queue-add"
  | "person"
  | "publish"
  | "site"
  | "confirm"
  | "read-back"
  | "recovery";

/** One allowed move. */
export interface Move {
  from: PublicationState;
  to: PublicationState;
  by: readonly Mover[];
}

/** The whole table of states and moves; there is no other way to change a state. */
export const moves: readonly Move[] = [
  { from: "draft", to: "queued", by: ["queue-add", "person"] },
  { from: "draft", to: "held", by: ["queue-add", "person"] },
  { from: "draft", to: "skipped", by: ["person"] },
  { from: "held", to: "queued", by: ["person"] },
  { from: "held", to: "draft", by: ["person"] },
  { from: "held", to: "skipped", by: ["person"] },
  { from: "queued", to: "handed-off", by: ["publish"] },
  { from: "queued", to: "submitting", by: ["publish"] },
  { from: "queued", to: "held", by: ["person"] },
  { from: "queued", to: "skipped", by: ["person", "publish"] },
  { from: "queued", to: "draft", by: ["person"] },
  { from: "queued", to: "synced", by: ["read-back", "person"] },
  { from: "handed-off", to: "submitted", by: ["person"] },
  { from: "handed-off", to: "live", by: ["person", "confirm", "read-back"] },
  { from: "handed-off", to: "queued", by: ["person"] },
  { from: "handed-off", to: "skipped", by: ["person"] },
  { from: "handed-off", to: "synced", by: ["read-back", "person"] },
  { from: "submitting", to: "submitted", by: ["site"] },
  { from: "submitting", to: "scheduled", by: ["site"] },
  { from: "submitting", to: "refused", by: ["site"] },
  { from: "submitting", to: "unconfirmed", by: ["site", "recovery"] },
  { from: "submitted", to: "live", by: ["confirm", "person"] },
  { from: "submitted", to: "refused", by: ["confirm"] },
  { from: "submitted", to: "unconfirmed", by: ["confirm"] },
  { from: "scheduled", to: "live", by: ["confirm", "person"] },
  { from: "scheduled", to: "refused", by: ["confirm"] },
  { from: "scheduled", to: "unconfirmed", by: ["confirm"] },
  { from: "unconfirmed", to: "live", by: ["confirm", "person"] },
  { from: "unconfirmed", to: "refused", by: ["confirm", "person"] },
  { from: "unconfirmed", to: "queued", by: ["person"] },
  { from: "unconfirmed", to: "skipped", by: ["person"] },
  { from: "refused", to: "draft", by: ["person"] },
  { from: "refused", to: "skipped", by: ["person"] },
  { from: "skipped", to: "draft", by: ["person"] },
];

/** Every state once, in the order a publication walks through them; for tables. */
export const publicationStates: readonly PublicationState[] = [
  "draft",
  "held",
  "queued",
  "handed-off",
  "submitting",
  "submitted",
  "scheduled",
  "live",
  "synced",
  "refused",
  "unconfirmed",
  "skipped",
];

/** States in which a draft may still be remade; later it is a record of what went out. */
const open: ReadonlySet<PublicationState> = new Set(["draft", "held", "queued", "refused"]);

/** True while the draft of a publication in this state may still be remade. */
export function isOpen(state: PublicationState): boolean {
  return open.has(state);
}

/** True when the table has this move by this mover. */
export function mayMove(from: PublicationState, to: PublicationState, by: Mover): boolean {
  return moves.some((move) => move.from === from && move.to === to && move.by.includes(by));
}

/** How it is known that a publication is live. */
export type Proof = "pasted" | "read-back";

/** One draft on its way to one destination. */
export interface Publication {
  type: "publication";
  post: string;
  to: string;
  way: "handoff" | "browser";
  state: PublicationState;
  /** ISO 8601 UTC; null when it has no slot. */
  due: string | null;
  attempts: number;
  url: string | null;
  proof: Proof | null;
  /** The page of the pack that was just made, from the library's root. */
  pack?: string;
}
