import { ExpectedError } from "../core/error.ts";
import type { Step, StepEvent } from "../core/event.ts";
import type { SourceShape } from "../core/source.ts";
import type { CommandCall } from "./command.ts";

/** Tells the form of the inputs and nothing of what is in them, so that a creator can report a new form. */
export async function* describeInputs(call: CommandCall): Step {
  if (call.words.length === 0) {
    throw new ExpectedError({
      exit: "usage",
      code: "what-to-describe",
      what: "It is not clear what to describe.",
      fix: "For example: findmehere export --describe my-tiktok-archive.zip",
    });
  }
  const { findSource, interrupt } = call.machine;
  let shapes = 0;
  let unknown = 0;
  for (const input of call.words) {
    const source = await findSource(input);
    const { describe } = await source.load();
    if (describe === undefined) {
      throw new ExpectedError({
        exit: "usage",
        code: "not-describable",
        what: `This cannot be described: ${input}.`,
        why: `Only TikTok's own archive can; this is ${source.title}.`,
      });
    }
    for await (const shape of describe(input, { signal: interrupt.drain })) {
      shapes += 1;
      if (!shape.known) unknown += 1;
      yield shape;
    }
  }
  return {
    exit: "done",
    summary: { type: "summary", command: "export", schemaVersion: 1, shapes, unknown },
  };
}

/** One line for each path; what findmehere does not know is marked. */
export function shapeLines(events: readonly StepEvent[]): string[] {
  return events.flatMap((event) => (event.type === "shape" ? [shapeLine(event)] : []));
}

function shapeLine({ file, path, types, lengths, known, sample }: SourceShape): string {
  const counts = Object.entries(types).map(([type, count]) => `${type} ×${count}`);
  const list =
    lengths === null
      ? ""
      : lengths.least === lengths.most
        ? `, ${lengths.most} long`
        : `, ${lengths.least} to ${lengths.most} long`;
  const seen = sample === null ? "" : `, like ${sample}`;
  const place = [file, path].filter(Boolean).join(" ");
  return `${known ? " " : "?"} ${place}  ${counts.join(", ")}${list}${seen}`;
}
