import type { Publication } from "../../core/publication.ts";

/** What comes next for a publication. */
export interface NextStep {
  /** For people. */
  what: string;
  /** To type; null when there is nothing to do. */
  command: string | null;
}

/** What comes next for a publication, by its state; each state that is not the end has a command. */
export function nextStep({
  post,
  to,
  state,
}: Pick<Publication, "post" | "to" | "state">): NextStep {
  const item = `${post}@${to}`;
  const paste = `findmehere confirm --post ${post} --to ${to} --url "ADDRESS"`;
  const steps: Record<Publication["state"], NextStep> = {
    draft: { what: "It has no slot yet.", command: "findmehere queue add" },
    held: {
      what: "It waits for you.",
      command: `findmehere check --post ${post} --to ${to}   and then   findmehere queue release ${item}`,
    },
    queued: {
      what: "It goes out at its time. Another time:",
      command: `findmehere queue move ${item} --at "2026-12-03 19:30"`,
    },
    "handed-off": { what: "Post it on your phone, then bring the link back.", command: paste },
    submitting: { what: "It is being sent right now.", command: "findmehere publish --due" },
    submitted: { what: "It was posted; its link is still to come.", command: paste },
    scheduled: { what: "The place itself shows it at its time.", command: paste },
    unconfirmed: { what: "Nobody knows whether it went out; look in the app.", command: paste },
    refused: {
      what: "The place refused it. Mend it, then take it back.",
      command: `findmehere queue remove ${item}   and then   findmehere queue add`,
    },
    live: { what: "It is done.", command: null },
    synced: { what: "It came there by another road.", command: null },
    skipped: {
      what: "You left it out. To take it back:",
      command: `findmehere queue remove ${item}`,
    },
  };
  return steps[state];
}
