import type { CommandCall, Outcome } from "../command.ts";
import { counted } from "../../core/counted.ts";
import type { Step } from "../../core/event.ts";
import { hostRule } from "../../download/hosts.ts";
import type { HostRule } from "../../download/hosts.ts";
import type { Settings } from "../../settings/schema.ts";
import { exportPosts } from "../../steps/export.ts";
import { handleOf, keepOwn, readSources } from "../../steps/export/read-sources.ts";
import type { ReadSources } from "../../steps/export/read-sources.ts";
import { findLibrary, loadSettings, withNewLibrary } from "../library.ts";
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

/** Everything that the inputs say, cut down to the creator's own. What is refused leaves no library behind. */
export async function readInputs(call: CommandCall): Promise<ReadSources> {
  concurrencyOf(call);
  const { findSource, interrupt } = call.machine;
  const read = await readSources(call.words, findSource, interrupt.drain);
  const { settings } = await loadSettings(call, findLibrary(call, handleOf(read))?.root ?? null);
  hostsOf(settings);
  return keepOwn(read, settings.creator.handles.tiktok || handleOf(read) || "");
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
    concurrency: concurrencyOf(call),
    handle: owner,
  });
}

function concurrencyOf(call: CommandCall): number {
  return numberOption(call, "concurrency", 1) ?? 4;
}

function hostsOf({ network, tiktok }: Settings): HostRule {
  return hostRule(network.allowHosts, tiktok.mediaHosts);
}

/** What was exported, and the next command. */
export function text({ result, library, paint }: Outcome): string[] {
  const { found, exported, unchanged, skipped, failed, bytes } = result.summary;
  return [
    paint.strong(`${counted(Number(found), "post")} found.`) +
      ` ${String(exported)} exported, ${String(unchanged)} unchanged, ${String(skipped)} skipped, ${String(failed)} failed. ${megabytes(Number(bytes))} fetched.`,
    `Your library: ${library}`,
    result.exit === "interrupted"
      ? "It was interrupted. Type the same command again; it goes on where it stopped."
      : "Next: findmehere status",
  ];
}
