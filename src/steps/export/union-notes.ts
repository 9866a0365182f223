import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import type { MergedPublication } from "../../store/merge-publications.ts";
import type { Doubts } from "./doubts.ts";
import type { UnitedPosts } from "./keep-records.ts";

/** One note for each two posts of the library that proved to be one. */
export function* unionNotes(unions: readonly UnitedPosts[]): Generator<Problem> {
  for (const { key, alias, publications } of unions) {
    const twice = publications.filter((each) => each.twice !== null);
    const words = [
      `Two posts of your library are one: ${alias} is now another name of ${key}.`,
      ...publications.map(becameOne),
    ];
    const fix =
      twice.length === 0
        ? `Nothing to do. Every command takes both names.`
        : `It is public twice there. If you want it once, delete one of them in the app.`;
    yield problem("posts-united", words.join(" "), fix, { post: key, other: alias });
  }
}

function becameOne({ to, from, state, twice }: MergedPublication): string {
  const [mine, other] = from;
  const both = mine === other ? `Both were ${mine}` : `One was ${mine}, the other ${other}`;
  const places = twice === null ? "" : ` (${twice.kept}, and ${twice.other})`;
  return `${both} on ${to}: it is ${state} now${places}.`;
}

/** One note for each two posts that may be one, where this run speaks of either. */
export function* doubtNotes(doubts: Doubts, spoken: ReadonlySet<string>): Generator<Problem> {
  const told = new Set<string>();
  for (const [key, others] of doubts) {
    for (const other of others) {
      const pair = [key, other].toSorted().join(" ");
      if (told.has(pair) || !(spoken.has(key) || spoken.has(other))) continue;
      told.add(pair);
      yield problem(
        "ambiguous-join",
        `The posts ${key} and ${other} may be one and the same; nothing was guessed. Their drafts will be held.`,
        `If they are one, take one out: \`findmehere remove ${other}\`. If they are two, there is nothing to do until you prepare drafts.`,
        { post: key, other, severity: "note" },
      );
    }
  }
}

/** Why the draft of a post is held that may be the same as others. */
export function doubtfulDraft(
  { post, to }: { post: string; to: string },
  others: readonly string[],
  severity: "stop" | "warn",
): Problem {
  return problem(
    "ambiguous-join",
    `It may be the same post as ${others.join(" and ")}, and nothing is to go out twice.`,
    `If they are one, type \`findmehere remove ${others[0] ?? post}\` (or \`remove ${post}\`) and \`findmehere prepare\`. If they are two, type \`findmehere queue release ${post}@${to} --allow ambiguous-join\`.`,
    { post, to, severity },
  );
}
