import { join } from "node:path";
import type { SourceContext } from "../core/source.ts";
import { stateFolder } from "../edge/state-folder.ts";
import type { Settings } from "../settings/schema.ts";
import type { CommandCall } from "./command.ts";
import { exportFilter } from "./options.ts";

/** What a source is given: who the creator is, and how a browser is started for this library. */
export function sourceContext(
  call: CommandCall,
  settings: Settings,
  libraryId: string,
): SourceContext {
  const { clock, random, interrupt, environment, interactive } = call.machine;
  const headless = call.options["headless"] === true;
  const { since, until, limit, only, publicOnly } = exportFilter(call);
  // Where posts are passed over, the newest so many of the page are not those that are wanted.
  const plain = until === null && only.length === 0 && !publicOnly;
  return {
    signal: interrupt.drain,
    clock,
    random,
    owner: settings.creator.handles.tiktok,
    origin: settings.tiktok.origin,
    wanted: { since, limit: plain ? limit : null },
    browser: {
      executable: settings.browser.executable,
      profiles: join(stateFolder(environment, process.platform), "browsers", libraryId),
      headless,
      attended: interactive && !headless,
    },
  };
}
