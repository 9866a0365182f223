import { ExpectedError } from "../../core/error.ts";
import type { Step } from "../../core/event.ts";
import { writeMoment } from "../../queue/read-moment.ts";
import { showQueue } from "../../steps/queue/show.ts";
import type { ShownPublication } from "../../steps/queue/show.ts";
import { typedItems } from "../change-queue.ts";
import type { CommandCall, Outcome, Paint } from "../command.ts";
import { withLibraryToRead } from "../read-library.ts";

/** Shows everything about items of the queue. */
export function run(call: CommandCall): Step {
  if (call.words.length === 0) {
    throw new ExpectedError({
      exit: "usage",
      code: "what-to-show",
      what: "It is not clear what to show.",
      fix: "Name the items, such as 20240917T140721Z@rednote. `findmehere queue list` shows them.",
    });
  }
  const items = typedItems(call);
  return withLibraryToRead(call, ({ store, settings }) =>
    showQueue({
      store,
      clock: call.machine.clock,
      items,
      zone: settings.queue.zone || settings.creator.timeZone,
    }),
  );
}

/** One block for each item. */
export function text({ events, paint }: Outcome): string[] {
  const shown = events.filter((event): event is ShownPublication => event.type === "publication");
  return shown.flatMap((each, index) => [...(index === 0 ? [] : [""]), ...block(each, paint)]);
}

function block(each: ShownPublication, paint: Paint): string[] {
  const { zone } = each;
  const rows: [string, string][] = [
    ["Title", each.title === "" ? "(none yet)" : each.title],
    ["Slot", each.dueThere === null ? "none" : `${each.dueThere} (${zone})`],
    ...(each.handedOffAt === null
      ? []
      : [["Handed off", `${writeMoment(each.handedOffAt, zone)} (${zone})`] as [string, string]]),
    ...(each.url === null
      ? []
      : [["Address", `${each.url} (${each.proof ?? "no proof"})`] as [string, string]]),
    ["Way", each.account === "" ? each.way : `${each.way}, as ${each.account}`],
    ...(each.folder === null ? [] : [["Draft", each.folder] as [string, string]]),
    ...each.problems.map((found): [string, string] => [
      "Problem",
      `${found.severity} ${found.code}: ${found.message}`,
    ]),
    ...each.history.map((past): [string, string] => [
      "History",
      `${writeMoment(secondsOf(past.at), zone)}  ${past.from === past.to ? past.to : `${past.from} → ${past.to}`}  by ${past.by}: ${past.why}`,
    ]),
    ...each.tries.map((past): [string, string] => [
      "Attempt",
      `${writeMoment(secondsOf(past.startedAt), zone)}  ${past.kind}: ${past.outcome}${past.note === null ? "" : ` (${past.note})`}`,
    ]),
    ["Next", [each.next.what, each.next.command].filter(Boolean).join(" ")],
  ];
  return [
    `${paint.strong(`${each.post}@${each.to}`)}  ${each.state}`,
    ...rows.map(([name, value]) => `  ${paint.faint(name.padEnd(10))}  ${value}`),
  ];
}

/** Fractions of a second tell people nothing. */
function secondsOf(iso: string): string {
  return `${iso.slice(0, 19)}Z`;
}
