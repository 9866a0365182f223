import { resolve } from "node:path";
import { counted } from "../core/counted.ts";
import { ExpectedError } from "../core/error.ts";
import type { Step } from "../core/event.ts";
import { isRunGone, runName } from "../edge/run-name.ts";
import { handOffIntoFolder } from "../steps/handoff/folder.ts";
import { missedRules, routesOf } from "../steps/publish/routes.ts";
import { settleSyncedAhead } from "../steps/publish/synced-ahead.ts";
import type { CommandCall, Outcome } from "./command.ts";
import { accountsOf, withLibrary } from "./library.ts";
import { noticeOffice } from "./notice-office.ts";
import { numberOption, textOption } from "./options.ts";

/** Writes what is ready for the phone into a folder or a zip, as `handoff --folder` and `--zip` want it. */
export function writeForPhone(call: CommandCall): Step {
  const { machine, common } = call;
  const folder = placeOption(call, "folder");
  const zip = placeOption(call, "zip");
  const next = numberOption(call, "next", 1) ?? null;
  return withLibrary(call, async function* ({ root, store, settings, destinations, id }) {
    const request = {
      ...{ root, store, clock: machine.clock, folder, zip, next },
      routes: routesOf(settings, destinations, accountsOf(call, settings)),
      missed: missedRules(settings),
      zone: settings.creator.timeZone,
      ...{ seed: id, library: id, overwrite: common.yes },
      ...{ only: null, sitting: false, dryRun: false, until: null },
      run: runName(machine.random),
      isRunGone,
      office: noticeOffice(call, root, settings),
      drain: machine.interrupt.drain,
      stop: machine.interrupt.stop,
    };
    if (next !== null) yield* settleSyncedAhead(request, next);
    return yield* handOffIntoFolder(request);
  });
}

/** What lies where, and how the links come back. */
export function writtenText({ events, result, paint }: Outcome): string[] {
  const { folder, zip, packs, written, unchanged, removed, waiting } = result.summary;
  const lines = events.flatMap((event) => {
    if (event.type !== "publication" || event.state === "synced") return [];
    const later = event.state === "queued" ? paint.faint("  not before its time") : "";
    return [`  ${paint.strong(`${event.post}@${event.to}`)}  ${event.pack ?? ""}${later}`];
  });
  const held =
    Number(waiting) > 0
      ? [`${counted(Number(waiting), "due post")} waits: \`findmehere queue list\` shows them.`]
      : [];
  const changes = `${counted(Number(written), "file")} written, ${String(unchanged)} unchanged, ${String(removed)} taken away.`;
  const where = [
    ...(typeof folder === "string" ? [`${folder}: ${changes}`] : []),
    ...(typeof zip === "string" ? [`Written: ${zip}`] : []),
  ];
  if (packs === 0) return ["Nothing is ready for your phone now.", ...where, ...held];
  return [
    paint.good(`${counted(Number(packs), "post")} for your phone:`),
    ...lines,
    ...where,
    ...held,
    "On the phone open index.html there; title.txt, body.txt and the numbered files are beside it.",
    "A folder cannot bring the link back. Once a post is out, type here:",
    '  findmehere confirm --post KEY --to DESTINATION --url "THE-COPIED-LINK"',
  ];
}

function placeOption(call: CommandCall, name: "folder" | "zip"): string | null {
  const given = textOption(call, name);
  if (given === undefined) return null;
  if (given.trim() !== "") return resolve(call.machine.workingFolder, given);
  throw new ExpectedError({
    exit: "usage",
    code: "wrong-option",
    what: `--${name} is empty.`,
    fix: `Name a ${name === "folder" ? "folder" : "file"} after it.`,
  });
}
