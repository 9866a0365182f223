import type { Step } from "../../core/event.ts";
import { writeSetting } from "../../library/settings-file.ts";
import { checkSetting, parseSetting } from "../../settings/resolve.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { loadSettings, withLibrary } from "../library.ts";
import { knownSetting } from "./config-get.ts";

/** Changes one setting; comments and order of the file stay. */
export function run(call: CommandCall): Step {
  const [path = "", given = ""] = call.words;
  const setting = knownSetting(call, path);
  const value = checkSetting(setting, parseSetting(setting, given), "this command");
  return withLibrary(call, async function* ({ root, paths }) {
    await writeSetting(paths.settings, path, value);
    await loadSettings(call, root);
    yield { type: "setting", path, value, origin: "file" };
    return {
      exit: "done",
      summary: { type: "summary", command: "config set", schemaVersion: 1, path, value },
    };
  });
}

/** What it is now. */
export function text({ result }: Outcome): string[] {
  const { path, value } = result.summary;
  return [`${String(path)} is now ${JSON.stringify(value)}.`];
}
