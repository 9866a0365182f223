import type { Destination } from "../core/destination.ts";
import type { Step } from "../core/event.ts";
import { libraryPaths } from "../library/layout.ts";
import { adjustDestinations } from "../settings/adjust.ts";
import type { Settings } from "../settings/schema.ts";
import { readMeta } from "../store/meta.ts";
import { openStoreToRead } from "../store/open.ts";
import type { Store } from "../store/open.ts";
import type { CommandCall } from "./command.ts";
import { loadSettings, usedLibrary } from "./library.ts";

/** A library that is open to be read: nothing may be written into its store. */
export interface ReadableLibrary {
  root: string;
  store: Store;
  settings: Settings;
  /** The library's own id; null while it has none. */
  id: string | null;
  /** Every destination, with the creator's own layout and limits. */
  destinations: readonly Destination[];
}

/** Opens the library that is there only to read it, on a disk that cannot be written too, and closes it again. */
export async function* withLibraryToRead(
  call: CommandCall,
  step: (library: ReadableLibrary) => Step,
): Step {
  const root = usedLibrary(call);
  const { settings } = await loadSettings(call, root);
  const store = await openStoreToRead(libraryPaths(root).database);
  try {
    const id = await store.transaction((transaction) => readMeta(transaction, "library-id"));
    const destinations = adjustDestinations(call.machine.destinations, settings.destinations);
    return yield* step({ root, store, settings, id, destinations });
  } finally {
    await store.close();
  }
}
