import type { StepEvent } from "../../core/event.ts";
import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import type { Candidate } from "./plan.ts";

/** Says why a draft is held, each reason once, and how to free it. */
export function* holding(
  { publication, draft, stops }: Candidate,
  releasing: boolean,
): Generator<StepEvent> {
  const said = new Set<string>();
  for (const each of draft.problems) {
    // The same word in the title and in the text is one reason.
    if (each.severity !== "stop" || !stops.includes(each.code) || said.has(each.message)) continue;
    said.add(each.message);
    const again = releasing ? " It stays held." : "";
    yield problem(
      each.code,
      `${each.message}${again} Its draft lies in ${draft.folder}.`,
      howToFree(each),
      // Being held for want of a caption is a state, not a fault of this run.
      { post: publication.post, to: publication.to, severity: "note" },
    );
  }
}

function howToFree({ code, fix, where }: Problem): string {
  if (fix.includes("queue release")) return fix;
  if (where === undefined) return `${fix} Then type \`findmehere queue release --all\`.`;
  return `\`findmehere check\` says where it stands and what to say instead. Then type \`findmehere queue release --all\`, or, to let it go as it is, \`findmehere queue release --all --allow ${code}\`.`;
}
