import { isOpen } from "../core/publication.ts";
import type { PublicationState } from "../core/publication.ts";
import type { LeftBehind, LostDraft, PostUnion } from "./aliases.ts";
import { allDrafts, putDraft } from "./drafts.ts";
import type { StoredDraft } from "./drafts.ts";
import { compareStates } from "./merge-publications.ts";
import type { StoreTransaction } from "./open.ts";

/**
 * Leaves one draft for each destination: the one that went out, since it is the record of that; else the
 * one whose words a person wrote; else that of the older key. Wants the publications not merged yet.
 */
export async function mergeDrafts(
  transaction: StoreTransaction,
  { key, alias }: PostUnion,
): Promise<Pick<LeftBehind, "draftFolders" | "lostDrafts">> {
  const all = (await allDrafts(transaction)).filter(({ post }) => post === key || post === alias);
  const states = await statesOf(transaction, [key, alias]);
  const lostDrafts: LostDraft[] = [];
  for (const other of all.filter(({ post }) => post === alias)) {
    const mine = all.find(({ post, to }) => post === key && to === other.to);
    const otherStays = mine === undefined || goesFirst(other, mine, states);
    const lost = otherStays ? mine : other;
    if (lost !== undefined) lostDrafts.push(wordsOf(lost));
    await transaction
      .deleteFrom("drafts")
      .where("post", "=", alias)
      .where("destination", "=", other.to)
      .execute();
    if (!otherStays) continue;
    const problems = other.problems.map((each) =>
      each.post === alias ? { ...each, post: key } : each,
    );
    await putDraft(transaction, { ...other, post: key, problems });
  }
  const draftFolders = all.filter(({ post }) => post === alias).map(({ folder }) => folder);
  return { draftFolders, lostDrafts };
}

function goesFirst(
  other: StoredDraft,
  mine: StoredDraft,
  states: ReadonlyMap<string, PublicationState>,
): boolean {
  const [otherState, myState] = [other, mine].map(({ post, to }) => states.get(`${post} ${to}`));
  const further = compareStates(otherState ?? "draft", myState ?? "draft");
  const isOut = [otherState, myState].some(
    (state) => state !== undefined && state !== "skipped" && !isOpen(state),
  );
  if (isOut && further !== 0) return further > 0;
  return other.edited && !mine.edited;
}

async function statesOf(
  transaction: StoreTransaction,
  posts: readonly string[],
): Promise<Map<string, PublicationState>> {
  const rows = await transaction
    .selectFrom("publications")
    .select(["post", "destination", "state"])
    .where("post", "in", posts)
    .execute();
  return new Map(
    rows.map((row) => [`${row.post} ${row.destination}`, row.state as PublicationState]),
  );
}

function wordsOf({ to, post, folder, title, body, written }: StoredDraft): LostDraft {
  return { to, post, folder, title, body, written };
}
