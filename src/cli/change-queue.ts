import { counted } from "../core/counted.ts";
import { ExpectedError } from "../core/error.ts";
import type { Step } from "../core/event.ts";
import { localTime } from "../queue/local.ts";
import { readMoment } from "../queue/read-moment.ts";
import { changeQueue } from "../steps/queue/change.ts";
import type { QueueVerb } from "../steps/queue/choose.ts";
import { queueRules } from "../steps/queue-rules.ts";
import type { CommandCall, Outcome } from "./command.ts";
import { withLibrary } from "./library.ts";
import { destinationsOption, itemsOf, textOption } from "./options.ts";
import type { QueueItem } from "./options.ts";

/** Runs one of the commands that change items of the queue. */
export function runChange(call: CommandCall, verb: QueueVerb): Step {
  const items = namedItems(call, verb);
  const to = new Set(destinationsOption(call).map(({ id }) => id));
  return withLibrary(call, ({ store, settings, destinations }) =>
    changeQueue({
      store,
      clock: call.machine.clock,
      verb,
      items,
      to,
      at: verb === "move" ? slotOf(call, settings.queue.zone || settings.creator.timeZone) : null,
      rules: new Map(destinations.map((each) => [each.id, queueRules(settings, each)])),
      zone: settings.queue.zone || settings.creator.timeZone,
    }),
  );
}

/** The items that were typed; null for `--all`. Throws ExpectedError (exit `usage`) when it is not clear. */
export function namedItems(call: CommandCall, verb: string): QueueItem[] | null {
  const all = call.options["all"] === true;
  if (all !== call.words.length > 0) return all ? null : typedItems(call);
  throw new ExpectedError({
    exit: "usage",
    code: `what-to-${verb}`,
    what: `It is not clear what to ${verb}.`,
    fix: "Name the items, such as 20240917T140721Z@rednote, or give --all. `findmehere queue list` shows them.",
  });
}

/** The items that were typed, at the destinations of `--to` where only a key was typed. */
export function typedItems(call: CommandCall): QueueItem[] {
  const to = new Set(destinationsOption(call).map(({ id }) => id));
  const items = itemsOf(call);
  const outside = items.find((item) => item.exact && !to.has(item.to));
  if (outside === undefined) return items.filter((item) => to.has(item.to));
  throw new ExpectedError({
    exit: "usage",
    code: "wrong-option",
    what: `${outside.post}@${outside.to} and --to do not name the same destination.`,
    fix: "Leave --to out; it is for keys alone and for --all.",
  });
}

/** One line for each item. */
export function changeText({ events, result, paint }: Outcome, done: string): string[] {
  const zone = String(result.summary["zone"]);
  const lines = events.flatMap((event) => {
    if (event.type !== "publication") return [];
    const when = event.due === null ? "" : `  ${localTime(event.due, zone)}`;
    return [`${event.post}@${event.to}  ${event.state}${when}`];
  });
  const { changed } = result.summary;
  if (changed === 0) return ["There was nothing of that kind in the queue; nothing was changed."];
  const shown = lines.slice(0, 20);
  if (lines.length > 20) shown.push(`… and ${lines.length - 20} more.`);
  return [...shown, paint.strong(`${counted(Number(changed), "item")} ${done}.`)];
}

function slotOf(call: CommandCall, zone: string): { at: number; note: string } {
  const text = textOption(call, "at");
  const read = text === undefined ? { why: "--at is missing." } : readMoment(text, zone);
  if ("at" in read) return read;
  throw new ExpectedError({
    exit: "usage",
    code: text === undefined ? "missing-answer" : "wrong-option",
    what: text === undefined ? read.why : `--at cannot be "${text}". ${read.why}`,
    fix: `Write it like --at "2026-12-03 19:30" (in ${zone}), or as ISO 8601.`,
  });
}
