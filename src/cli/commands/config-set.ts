import type { Step } from "../../core/event.ts";
import { libraryPaths } from "../../library/layout.ts";
import { writeSetting } from "../../library/settings-file.ts";
import { assertZone } from "../../queue/local.ts";
import { parseClockTime, parseGap, parseQuietHours } from "../../queue/parse.ts";
import { checkSetting, parseSetting } from "../../settings/resolve.ts";
import type { SettingValue } from "../../settings/schema.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { usedLibrary } from "../library.ts";
import { knownSetting } from "./config-get.ts";

/** Changes one setting; comments and order of the file stay. */
export async function* run(call: CommandCall): Step {
  const [path = "", given = ""] = call.words;
  const setting = knownSetting(call, path);
  const value = checkSetting(setting, parseSetting(setting, given), "this command");
  checkMeaning(path, value);
  // The library is not opened: a setting that is wrong in the file can be mended this way.
  const file = libraryPaths(usedLibrary(call)).settings;
  await writeSetting(file, path, value);
  yield { type: "setting", path, value, origin: "file" };
  return {
    exit: "done",
    summary: { type: "summary", command: "config set", schemaVersion: 1, path, value },
  };
}

/** What it is now. */
export function text({ result }: Outcome): string[] {
  const { path, value } = result.summary;
  return [`${String(path)} is now ${JSON.stringify(value)}.`];
}

/** What the form alone does not tell: that there is such a zone, such a time of day. */
function checkMeaning(path: string, value: SettingValue): void {
  const checks: Record<string, (text: string) => unknown> = {
    "creator.timeZone": (text) => assertZone(text, path),
    "queue.zone": (text) => text === "" || assertZone(text, path),
    "queue.times": (text) => parseClockTime(text, path),
    "queue.quietHours": (text) => parseQuietHours(text, path),
    "queue.minGap": (text) => parseGap(text, path),
    "queue.jitter": (text) => parseGap(text, path),
  };
  for (const text of [value].flat()) checks[path]?.(String(text));
}
