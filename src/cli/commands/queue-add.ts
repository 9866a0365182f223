import { counted } from "../../core/counted.ts";
import type { Step } from "../../core/event.ts";
import { enqueue } from "../../steps/enqueue.ts";
import type { EnqueueRequest } from "../../steps/enqueue.ts";
import { localTime, startOfDay } from "../../queue/local.ts";
import { queueRules } from "../../steps/queue-rules.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { withLibrary } from "../library.ts";
import type { OpenLibrary } from "../library.ts";
import { dayOption, destinationsOption, orderOption } from "../options.ts";
import { publicationTable } from "../publication-table.ts";

/** Plans when each draft goes out. */
export function run(call: CommandCall): Step {
  return withLibrary(call, (library) => enqueueInto(call, library, {}));
}

/** Plans the drafts of a library that is open. */
export function enqueueInto(
  call: CommandCall,
  { root, store, settings, id, destinations: all }: OpenLibrary,
  changes: Partial<Pick<EnqueueRequest, "release" | "allow">>,
): Step {
  const start = dayOption(call, "start");
  const destinations = destinationsOption(call, all);
  return enqueue({
    root,
    store,
    clock: call.machine.clock,
    destinations,
    rules: new Map(destinations.map((each) => [each.id, queueRules(settings, each)])),
    order: orderOption(call),
    start: start === null ? 0 : startOfDay(start, settings.queue.zone || settings.creator.timeZone),
    seed: id,
    deadline: settings.creator.deadline,
    release: null,
    allow: new Set(),
    dryRun: call.options["dryRun"] === true,
    zone: settings.creator.timeZone,
    ...changes,
  });
}

/** The plan, and when it ends. */
export function text({ events, result, paint }: Outcome): string[] {
  const { planned, held, heldBefore, firstDue, lastDue, dryRun, zone } = result.summary;
  const publications = events.filter((event) => event.type === "publication");
  const lines = publicationTable(publications.slice(0, 10), String(zone), paint);
  if (publications.length > 10) lines.push(`… and ${publications.length - 10} more.`);
  const words = dryRun === true ? "would be planned" : "planned";
  lines.push(
    paint.strong(`${counted(Number(planned), "post")} ${words}, ${String(held)} held.`) +
      (firstDue === null
        ? ""
        : ` The first goes out ${day(firstDue, zone)}, the last ${day(lastDue, zone)}.`),
  );
  const ends = Object.entries(result.summary["ends"] as Record<string, string>);
  if (ends.length > 1) {
    const each = ends.map(([to, end]) => `${to} ${day(end, zone)}`);
    lines.push(`It ends: ${each.join("; ")} (${String(zone)}).`);
  }
  if (dryRun === true) return [...lines, "Nothing was changed. Leave out --dry-run to do it."];
  if (Number(heldBefore) > 0) {
    const drafts = `${counted(Number(heldBefore), "draft")} ${heldBefore === 1 ? "was" : "were"}`;
    lines.push(
      `${drafts} held before. What is mended of them comes into the queue by \`findmehere queue release --all\`.`,
    );
  }
  return [
    ...lines,
    "Next: `findmehere schedule install` lets your computer make each one ready in time; or type `findmehere publish --due` yourself.",
  ];
}

function day(iso: unknown, zone: unknown): string {
  return localTime(String(iso), String(zone));
}
