import { resolve } from "node:path";
import { counted } from "../../core/counted.ts";
import type { Step, StepEvent, StepResult } from "../../core/event.ts";
import { localTime } from "../../queue/local.ts";
import { importQueue } from "../../steps/queue/import.ts";
import type { ChangedPublication } from "../../steps/queue/import.ts";
import { queueRules } from "../../steps/queue-rules.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { withLibrary } from "../library.ts";

/** Takes a table of the queue; on a terminal it shows what would change and asks first. */
export function run(call: CommandCall): Step {
  const { machine, common, options } = call;
  return withLibrary(call, async function* ({ root, store, settings, destinations }) {
    const request = {
      root,
      store,
      clock: machine.clock,
      destinations,
      rules: new Map(destinations.map((each) => [each.id, queueRules(settings, each)])),
      file: resolve(machine.workingFolder, call.words[0] ?? ""),
      zone: settings.queue.zone || settings.creator.timeZone,
      dryRun: options["dryRun"] === true,
    };
    if (machine.interactive && !common.yes && !common.json && !request.dryRun) {
      const { events, result } = await collect(importQueue({ ...request, dryRun: true }));
      const changed = events.filter(isChange);
      if (result.exit !== "done" || changed.length === 0) {
        yield* events;
        return result;
      }
      for (const line of changeLines(changed, request.zone)) yield { type: "say", text: line };
      const { askYes } = await import("../questions.ts");
      if (!(await askYes(`Change ${counted(changed.length, "item")}?`))) {
        return { ...result, summary: { ...result.summary, changed: 0, dryRun: false } };
      }
    }
    return yield* importQueue(request);
  });
}

/** What was changed. */
export function text({ events, result, paint }: Outcome): string[] {
  const { changed, unchanged, refused, dryRun, zone } = result.summary;
  if (Number(refused) > 0) {
    return [`${counted(Number(refused), "row")} cannot be, so nothing of the table was taken.`];
  }
  const words = dryRun === true ? "would change" : "changed";
  return [
    ...changeLines(events.filter(isChange), String(zone)),
    paint.strong(`${counted(Number(changed), "item")} ${words}, ${String(unchanged)} as before.`),
    ...(dryRun === true ? ["Nothing was changed. Leave out --dry-run to do it."] : []),
  ];
}

function isChange(event: StepEvent): event is ChangedPublication {
  return event.type === "publication";
}

function changeLines(changed: readonly ChangedPublication[], zone: string): string[] {
  const shown = changed.slice(0, 20).map(({ post, to, state, due, was }) => {
    const slot = (word: string, iso: string | null) =>
      iso === null ? word : `${word} ${localTime(iso, zone)}`;
    return `${post}@${to}  ${slot(was.state, was.due)} → ${slot(state, due)}`;
  });
  return changed.length > 20 ? [...shown, `… and ${changed.length - 20} more.`] : shown;
}

async function collect(step: Step): Promise<{ events: StepEvent[]; result: StepResult }> {
  const events: StepEvent[] = [];
  for (;;) {
    const next = await step.next();
    if (next.done) return { events, result: next.value };
    events.push(next.value);
  }
}
