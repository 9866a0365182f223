import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { ExpectedError } from "../core/error.ts";
import type { StepEvent } from "../core/event.ts";
import type { SourceContext } from "../core/source.ts";
import { stateFolder } from "../edge/state-folder.ts";
import { libraryPaths } from "../library/layout.ts";
import type { Settings } from "../settings/schema.ts";
import { handleOf, keepOwn, readSources } from "../steps/export/read-sources.ts";
import type { ReadSources } from "../steps/export/read-sources.ts";
import { peekLibraryId } from "../store/peek.ts";
import { handleOfAddress } from "../tiktok/page-address.ts";
import type { CommandCall } from "./command.ts";
import { findLibrary, loadSettings } from "./library.ts";
import { concurrencyOf, exportFilter, hostsOf } from "./options.ts";

/** What the inputs of a command said. */
export interface Inputs {
  read: ReadSources;
  /** Id of the library that they go into, also where it is still to be made. */
  libraryId: string;
}

/** Everything that the inputs say, cut down to the creator's own. What is refused leaves no library behind. */
export async function* readInputs(call: CommandCall): AsyncGenerator<StepEvent, Inputs> {
  concurrencyOf(call);
  const root = likelyRoot(call);
  const { settings } = await loadSettings(call, root);
  hostsOf(settings);
  const libraryId = peekLibraryId(root === null ? null : libraryPaths(root).database);
  const id = libraryId ?? randomUUID();
  const context = sourceContext(call, settings, id);
  const read = yield* readSources(call.words, call.machine.findSource, context);
  const handle = handleOf(read);
  const ownRoot = findLibrary(call, handle)?.root ?? null;
  const own = (await loadSettings(call, ownRoot)).settings;
  return {
    read: keepOwn(read, own.creator.handles.tiktok || handle || ""),
    libraryId: ownRoot === root ? id : randomUUID(),
  };
}

/** The library as far as it can be told before anything is read; which one it is, an archive says itself. */
function likelyRoot(call: CommandCall): string | null {
  try {
    return findLibrary(call, typedHandle(call.words))?.root ?? null;
  } catch (error) {
    if (error instanceof ExpectedError && error.details.code === "which-library") return null;
    throw error;
  }
}

/** What a source is given: who the creator is, and how a browser is started for this library. */
function sourceContext(call: CommandCall, settings: Settings, libraryId: string): SourceContext {
  const { clock, random, interrupt, environment, interactive } = call.machine;
  const headless = call.options["headless"] === true;
  const { since, limit } = exportFilter(call);
  return {
    signal: interrupt.drain,
    clock,
    random,
    owner: settings.creator.handles.tiktok,
    origin: settings.tiktok.origin,
    wanted: { since, limit },
    browser: {
      executable: settings.browser.executable,
      profiles: join(stateFolder(environment, process.platform), "browsers", libraryId),
      headless,
      attended: interactive && !headless,
    },
  };
}

/** The handle that a person typed, as `@handle` or in an address. */
function typedHandle(words: readonly string[]): string | null {
  const handles = words.flatMap((word) => {
    if (/^@[A-Za-z0-9_.]+$/.test(word)) return word.slice(1);
    return /^https?:/i.test(word) ? (handleOfAddress(word) ?? []) : [];
  });
  return handles[0] ?? null;
}
