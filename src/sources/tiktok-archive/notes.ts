import { counted } from "../../core/counted.ts";
import { type Problem, problem } from "../../core/problem.ts";
import type { ChosenContent } from "./candidates.ts";

const askForPart =
  "If you want it, ask TikTok for a new archive with all parts chosen: Settings, Account, Download your data.";

/** What a person should know of an archive beside its records. */
export function* archiveNotes(chosen: ChosenContent): Generator<Problem> {
  const { content, title, left } = chosen;
  if (left.length > 0) {
    yield problem(
      "archive-copies",
      `The archive is there more than once. Read: ${title}, the fullest. Not used: ${left.join(", ")}.`,
      "Nothing to do. If the other one is what you want, hand it over alone.",
    );
  }
  if (content.moreBadRecords > 0) {
    const records = counted(content.moreBadRecords, "more record");
    yield problem("bad-record", `${upper(records)} without a valid date: left out too.`, "");
  }
  if (!content.hasPostSection) {
    yield problem("section-not-requested", "The archive has no part with your posts.", askForPart);
  }
  if (content.profile === undefined) {
    yield problem(
      "section-not-requested",
      "The archive has no part with your profile.",
      askForPart,
    );
  }
  yield* deletedNote(chosen);
  yield* unknownNote(chosen);
}

function* deletedNote({ content: { deleted } }: ChosenContent): Generator<Problem> {
  if (deleted.count === 0) return;
  const more = deleted.count - deleted.places.length;
  const places = deleted.places.join("; ") + (more > 0 ? `; and ${more} more` : "");
  yield problem(
    "deleted-posts",
    `The archive lists ${counted(deleted.count, "recently deleted post")}; deleted posts are left out: ${places}.`,
    "",
  );
}

function* unknownNote({ content: { unknownKeys } }: ChosenContent): Generator<Problem> {
  if (unknownKeys.size === 0) return;
  const names = [...unknownKeys].toSorted();
  const more = names.length > 20 ? ` and ${names.length - 20} more` : "";
  yield problem(
    "unknown-keys",
    `The archive has parts that findmehere does not know: ${names.slice(0, 20).join(", ")}${more}.`,
    "Nothing to do. If something of yours is missing, report these names.",
  );
}

function upper(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
