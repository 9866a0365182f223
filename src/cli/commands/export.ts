import type { CommandCall, Outcome } from "../command.ts";
import { counted } from "../../core/counted.ts";
import { ExpectedError } from "../../core/error.ts";
import type { Step, SummaryEvent } from "../../core/event.ts";
import { exportPosts } from "../../steps/export.ts";
import { assertFree, writeMissing } from "../../steps/export/missing.ts";
import { handleOf } from "../../steps/export/read-sources.ts";
import type { ReadSources } from "../../steps/export/read-sources.ts";
import { describeInputs, shapeLines } from "../describe.ts";
import { withLibrary, withNewLibrary } from "../library.ts";
import type { OpenLibrary } from "../library.ts";
import { locked } from "../locked.ts";
import {
  concurrencyOf,
  exportFilter,
  hostsOf,
  linksWanted,
  speedOption,
  textOption,
} from "../options.ts";
import { megabytes } from "../output.ts";
import { readInputs } from "../read-inputs.ts";

/** Reads the inputs, then brings their posts into the library; `--missing` writes what lacks a caption. */
export async function* run(call: CommandCall): Step {
  if (call.options["describe"] === true) return yield* describeInputs(call);
  exportFilter(call);
  speedOption(call);
  linksWanted(call);
  const missing = textOption(call, "missing");
  // Before an hour of downloading, not after it.
  if (missing !== undefined) await assertFree(missing, call.common.yes);
  if (call.words.length === 0) return yield* missingOnly(call, missing);
  const { read, libraryId, handle } = yield* readInputs(call);
  return yield* withNewLibrary({ call, handle, libraryId }, async function* (library) {
    const done = yield* locked(library.root, { command: "export", clock: call.machine.clock }, () =>
      exportInto(call, library, read),
    );
    if (missing === undefined || done.exit === "interrupted") return done;
    return {
      ...done,
      summary: { ...done.summary, ...(await missingRows(call, library, missing)) },
    };
  });
}

function missingOnly(call: CommandCall, missing: string | undefined): Step {
  if (missing === undefined || call.options["restore"] !== undefined) {
    throw new ExpectedError({
      exit: "usage",
      code: "what-to-export",
      what: "It is not clear what to export.",
      why: "Give TikTok's zip, a folder of captions or a table of captions.",
      fix: "For example: findmehere export my-tiktok-archive.zip",
    });
  }
  return withLibrary(call, async function* (library) {
    const none = { found: 0, exported: 0, unchanged: 0, skipped: 0, failed: 0, bytes: 0 };
    const rows = await missingRows(call, library, missing);
    return {
      exit: "done",
      summary: { type: "summary", command: "export", schemaVersion: 1, ...none, ...rows },
    };
  });
}

async function missingRows(
  call: CommandCall,
  { root, store, settings }: OpenLibrary,
  file: string,
): Promise<{ missing: number; missingTable: string | null }> {
  const overwrite = call.common.yes;
  const handle = settings.creator.handles.tiktok;
  const missing = await writeMissing({ root, store, file, handle, overwrite });
  return { missing, missingTable: missing === 0 ? null : file };
}

/** The export into a library that is open and locked. */
export function exportInto(call: CommandCall, library: OpenLibrary, read: ReadSources): Step {
  const { clock, random, interrupt } = call.machine;
  const { settings, root, store } = library;
  const owner = settings.creator.handles.tiktok || handleOf(read) || "";
  return exportPosts({
    root,
    store,
    clock,
    random,
    hosts: hostsOf(settings),
    drain: interrupt.drain,
    stop: interrupt.stop,
    read,
    filter: exportFilter(call),
    skipMedia: call.options["skipMedia"] === true,
    people: call.options["followers"] !== false,
    concurrency: concurrencyOf(call),
    bytesPerSecond: speedOption(call),
    link: linksWanted(call),
    handle: owner,
    creator: settings.creator,
    restore: new Set(
      textOption(call, "restore")
        ?.split(",")
        .map((key) => key.trim()),
    ),
  });
}

/** What was exported, and the next command. */
export function text({ events, result, library, paint }: Outcome): string[] {
  if (result.summary["shapes"] !== undefined) return shapeLines(events);
  const { found, exported, unchanged, skipped, failed, bytes, removed, missing } = result.summary;
  const only = missing !== undefined && removed === undefined;
  if (only) return missingLines(result.summary);
  return [
    paint.strong(`${counted(Number(found), "post")} found.`) +
      ` ${String(exported)} exported, ${String(unchanged)} unchanged, ${String(skipped)} skipped, ${String(failed)} failed. ${megabytes(Number(bytes))} fetched.`,
    `Your library: ${library}`,
    ...(missing === undefined ? [] : missingLines(result.summary)),
    result.exit === "interrupted"
      ? "It was interrupted. Type the same command again; it goes on where it stopped."
      : "Next: findmehere status",
  ];
}

function missingLines({ missing, missingTable }: SummaryEvent): string[] {
  if (typeof missingTable !== "string") return ["Every post has a caption. Nothing was written."];
  const posts = counted(Number(missing), "post");
  const typed = /\s/.test(missingTable) ? `"${missingTable}"` : missingTable;
  return [
    `${posts} without a caption: ${missing === 1 ? "it is a row" : "they are the rows"} of ${missingTable}.`,
    "Write into the column caption in Excel, Numbers or LibreOffice, and save it as CSV (UTF-8). Then type:",
    `  findmehere export ${typed}`,
  ];
}
