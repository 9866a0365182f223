import { randomUUID } from "node:crypto";
import { ExpectedError } from "../core/error.ts";
import type { StepEvent } from "../core/event.ts";
import { libraryPaths } from "../library/layout.ts";
import { handleOf, keepOwn, readSources } from "../steps/export/read-sources.ts";
import type { ReadSources } from "../steps/export/read-sources.ts";
import { peekLibraryId } from "../store/peek.ts";
import { handleOfAddress } from "../tiktok/page-address.ts";
import type { CommandCall } from "./command.ts";
import { findLibrary, loadSettings } from "./library.ts";
import { concurrencyOf, hostsOf } from "./options.ts";
import { sourceContext } from "./source-context.ts";

/** What the inputs of a command said. */
export interface Inputs {
  read: ReadSources;
  /** Id of the library that they go into, also where it is still to be made. */
  libraryId: string;
  /** The creator's handle as the inputs tell it, else as it was typed; null when neither says. */
  handle: string | null;
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
  const handle = handleOf(read) ?? typedHandle(call.words);
  const ownRoot = findLibrary(call, handle)?.root ?? null;
  const own = (await loadSettings(call, ownRoot)).settings;
  return {
    read: keepOwn(read, own.creator.handles.tiktok || handle || ""),
    libraryId: ownRoot === root ? id : randomUUID(),
    handle,
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

/** The handle that a person typed, as `@handle` or in an address. */
function typedHandle(words: readonly string[]): string | null {
  const handles = words.flatMap((word) => {
    if (/^@[A-Za-z0-9_.]+$/.test(word)) return word.slice(1);
    return /^https?:|^(?:www\.|m\.)?tiktok\.com\//i.test(word) ? (handleOfAddress(word) ?? []) : [];
  });
  return handles[0] ?? null;
}
