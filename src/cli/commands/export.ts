import type { CommandCall, Outcome } from "../command.ts";
import type { Step } from "../../core/event.ts";
import { hostRule } from "../../download/hosts.ts";
import { exportPosts } from "../../steps/export.ts";
import { handleOf, keepOwn, readSources } from "../../steps/export/read-sources.ts";
import type { ReadSources } from "../../steps/export/read-sources.ts";
import { withNewLibrary } from "../library.ts";
import type { OpenLibrary } from "../library.ts";
import { locked } from "../locked.ts";
import { exportFilter, numberOption } from "../options.ts";
import { megabytes } from "../output.ts";

/** Reads the inputs, then brings their posts into the library. */
export async function* run(call: CommandCall): Step {
  exportFilter(call);
  const read = await readInputs(call);
  return yield* withNewLibrary(call, handleOf(read), new Map(), (library) =>
    locked(library.root, { command: "export", clock: call.machine.clock }, () =>
      exportInto(call, library, read),
    ),
  );
}

/** Everything that the inputs say; nothing is written yet. */
export function readInputs(call: CommandCall): Promise<ReadSources> {
  const { findSource, interrupt } = call.machine;
  return readSources(call.words, findSource, interrupt.drain);
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
    hosts: hostRule(settings.network.allowHosts, settings.tiktok.mediaHosts),
    drain: interrupt.drain,
    stop: interrupt.stop,
    read: keepOwn(read, owner),
    filter: exportFilter(call),
    skipMedia: call.options["skipMedia"] === true,
    concurrency: numberOption(call, "concurrency", 1) ?? 4,
    handle: owner,
  });
}

/** What was exported, and the next command. */
export function text({ result, library, paint }: Outcome): string[] {
  const { found, exported, unchanged, skipped, failed, bytes } = result.summary;
  return [
    paint.strong(`${String(found)} posts found.`) +
      ` ${String(exported)} exported, ${String(unchanged)} unchanged, ${String(skipped)} skipped, ${String(failed)} failed. ${megabytes(Number(bytes))} fetched.`,
    `Your library: ${library}`,
    `Next: findmehere status`,
  ];
}
