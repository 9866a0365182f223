import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { ExpectedError } from "../core/error.ts";
import type { Destination } from "../core/destination.ts";
import type { Step } from "../core/event.ts";
import { problem } from "../core/problem.ts";
import type { Problem } from "../core/problem.ts";
import { homeLibraries, locateLibraries } from "../edge/locate.ts";
import type { LocatedLibrary } from "../edge/locate.ts";
import { libraryPaths } from "../library/layout.ts";
import type { LibraryPaths } from "../library/layout.ts";
import { readSettingsFile, writeNewSettings } from "../library/settings-file.ts";
import { adjustDestinations } from "../settings/adjust.ts";
import { assembleSettings, parseSetting, resolveSettings } from "../settings/resolve.ts";
import type { ResolvedSetting } from "../settings/resolve.ts";
import { settingsList } from "../settings/schema.ts";
import type { Setting, Settings, SettingValue } from "../settings/schema.ts";
import { readMeta, writeMeta } from "../store/meta.ts";
import { openStore } from "../store/open.ts";
import type { Store } from "../store/open.ts";
import type { CommandCall } from "./command.ts";

/** A library that is open for a command. */
export interface OpenLibrary {
  paths: LibraryPaths;
  root: string;
  store: Store;
  settings: Settings;
  resolved: ResolvedSetting[];
  /** The library's own id; seeds its plans. */
  id: string;
  /** Every destination, with the creator's own layout and limits. */
  destinations: readonly Destination[];
}

/** Options of commands that stand for settings. */
const optionSettings: Record<string, string> = {
  perDay: "queue.perDay",
  perWeek: "queue.perWeek",
  times: "queue.times",
  zone: "queue.zone",
  quietHours: "queue.quietHours",
};

/** Every setting on this machine. */
export function settingsOf(call: CommandCall): Setting[] {
  return settingsList(call.machine.destinations, call.machine.timeZone);
}

/** The library that this command means; throws ExpectedError (exit `usage`) when there is none or it cannot be told which. */
export function findLibrary(
  call: CommandCall,
  handle: string | null = null,
): LocatedLibrary | null {
  const found = locateLibraries({
    flag: call.common.library,
    environment: call.machine.environment,
    workingFolder: call.machine.workingFolder,
  });
  const [first] = found;
  if (first?.by === "home" && handle !== null) {
    // Libraries there are named by their handle; another handle's is not meant.
    const name = handle.toLowerCase();
    return found.find(({ root }) => basename(root).toLowerCase() === name) ?? null;
  }
  if (found.length <= 1) return first ?? null;
  throw new ExpectedError({
    exit: "usage",
    code: "which-library",
    what: `There are ${found.length} libraries: ${found.map(({ root }) => root).join(", ")}.`,
    fix: "Say which one: add `--library FOLDER`.",
  });
}

/** Opens the library that is there, runs the step, and closes it again whatever happens. */
export async function* withLibrary(call: CommandCall, step: (library: OpenLibrary) => Step): Step {
  return yield* openedLibrary(call, usedLibrary(call), step);
}

/** Root of the library that is there; throws ExpectedError (exit `usage`) when there is none. */
export function usedLibrary(call: CommandCall): string {
  const located = findLibrary(call);
  if (located === null || !isLibrary(located.root)) {
    throw new ExpectedError({
      exit: "usage",
      code: "no-library",
      what:
        located === null ? "There is no library yet." : `There is no library in ${located.root}.`,
      fix: "Make one: `findmehere migrate my-tiktok-archive.zip`, or `findmehere init` for the questions first.",
    });
  }
  call.useLibrary(located.root, located.by === "home");
  return located.root;
}

/** A library that may still have to be made. */
interface NewLibrary {
  call: CommandCall;
  handle: string | null;
  /** Settings to write into a new file. */
  values?: ReadonlyMap<string, SettingValue>;
  /** The id that a new library gets; a fresh one when left out. */
  libraryId?: string;
}

/** Opens the library or makes a new one for this handle, with a settings file that has it filled in. */
export async function* withNewLibrary(
  { call, handle, values = new Map(), libraryId = randomUUID() }: NewLibrary,
  step: (library: OpenLibrary) => Step,
): Step {
  const located = findLibrary(call, handle);
  const root = located?.root ?? homeRoot(call, handle);
  const isNew = !isLibrary(root);
  call.useLibrary(root, isNew || located === null || located.by === "home");
  if (isNew) {
    const filled = new Map(values);
    if (handle !== null && !filled.has("creator.handles.tiktok")) {
      filled.set("creator.handles.tiktok", handle);
    }
    await makeFolder(root);
    const file = libraryPaths(root).settings;
    if (!existsSync(file)) await writeNewSettings(file, settingsOf(call), filled);
  }
  yield* syncedFolder(root);
  return yield* openedLibrary(call, root, step, libraryId);
}

/** The settings of a library, or of none, with where each came from. */
export async function loadSettings(
  call: CommandCall,
  root: string | null,
): Promise<{ settings: Settings; resolved: ResolvedSetting[] }> {
  const list = settingsOf(call);
  const file = root === null ? null : await readSettingsFile(libraryPaths(root).settings, list);
  const resolved = resolveSettings(list, {
    flags: settingFlags(call, list),
    environment: call.machine.environment,
    file: file?.values ?? new Map(),
    places: file?.places ?? new Map(),
  });
  return { settings: assembleSettings(resolved), resolved };
}

/** True when a library lies in this folder. */
export function isLibrary(root: string): boolean {
  const { settings, database } = libraryPaths(root);
  return existsSync(settings) || existsSync(database);
}

/** The account's name on each destination, by destination id; empty where the settings have none. */
export function accountsOf(call: CommandCall, settings: Settings): Map<string, string> {
  const handles: Record<string, string> = settings.creator.handles;
  return new Map(call.machine.destinations.map(({ id }) => [id, handles[id] ?? ""]));
}

async function* openedLibrary(
  call: CommandCall,
  root: string,
  step: (library: OpenLibrary) => Step,
  freshId: string = randomUUID(),
): Step {
  const { settings, resolved } = await loadSettings(call, root);
  const paths = libraryPaths(root);
  const store = await openStore(paths.database);
  try {
    const id = await store.transaction(async (transaction) => {
      const known = await readMeta(transaction, "library-id");
      if (known !== null) return known;
      await writeMeta(transaction, "library-id", freshId);
      return freshId;
    });
    const destinations = adjustDestinations(call.machine.destinations, settings.destinations);
    return yield* step({ paths, root, store, settings, resolved, id, destinations });
  } finally {
    await store.close();
  }
}

/** Where a library for this handle is to be made: where it was said, else ~/FindMeHere/<handle>. */
export function newLibraryRoot(call: CommandCall, handle: string): string {
  const [found] = locateLibraries({
    flag: call.common.library,
    environment: call.machine.environment,
    workingFolder: call.machine.workingFolder,
  });
  return found === undefined || found.by === "home" ? homeRoot(call, handle) : found.root;
}

function homeRoot(call: CommandCall, handle: string | null): string {
  // The handle of an archive is a stranger's word: one with a slash would lead out of the folder.
  if (handle !== null && /^(?!\.+$)[A-Za-z0-9_.]+$/.test(handle))
    return join(homeLibraries(call.machine.environment), handle);
  throw new ExpectedError({
    exit: "usage",
    code: "whose-library",
    what: "It is not clear whose library this is.",
    why: "What you gave does not name the TikTok account.",
    fix: "Say where the library is to lie: add `--library FOLDER`.",
  });
}

async function makeFolder(root: string): Promise<void> {
  try {
    await mkdir(root, { recursive: true });
  } catch (error) {
    throw new ExpectedError(
      {
        exit: "machine",
        code: "library-not-writable",
        what: `The folder cannot be made: ${root}`,
        why: "Its disk may be read-only or full, or a file of that name is in the way.",
        fix: "Choose another folder with --library.",
      },
      { cause: error },
    );
  }
}

function settingFlags(call: CommandCall, list: readonly Setting[]): Map<string, SettingValue> {
  const flags = new Map<string, SettingValue>();
  for (const [option, path] of Object.entries(optionSettings)) {
    const given = call.options[option];
    const setting = list.find((each) => each.path === path);
    if (typeof given === "string" && setting !== undefined) {
      flags.set(path, parseSetting(setting, given));
    }
  }
  return flags;
}

function* syncedFolder(root: string): Generator<Problem> {
  const service = /[/\\](Mobile Documents|iCloud[^/\\]*|OneDrive[^/\\]*|Dropbox)([/\\]|$)/i.exec(
    root,
  )?.[1];
  if (service === undefined) return;
  yield problem(
    "synced-folder",
    `The library lies in ${service === "Mobile Documents" ? "iCloud" : service}. A synced folder can damage its database.`,
    "Choose a folder that is not synced with --library, and copy it to the cloud when you are done.",
  );
}
