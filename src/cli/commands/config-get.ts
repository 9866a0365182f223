import { ExpectedError } from "../../core/error.ts";
import type { Step } from "../../core/event.ts";
import { nearestWord } from "../../core/nearest.ts";
import type { Setting } from "../../settings/schema.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { findLibrary, loadSettings, settingsOf } from "../library.ts";

/** Prints one setting. */
export async function* run(call: CommandCall): Step {
  const setting = knownSetting(call, call.words[0] ?? "");
  const { resolved } = await loadSettings(call, findLibrary(call)?.root ?? null);
  const found = resolved.find((each) => each.path === setting.path);
  if (found === undefined) throw new Error(`${setting.path} was not resolved`);
  yield { type: "setting", ...found };
  return {
    exit: "done",
    summary: { type: "summary", command: "config get", schemaVersion: 1, ...found },
  };
}

/** The bare value. */
export function text({ result }: Outcome): string[] {
  const { value } = result.summary;
  return [Array.isArray(value) ? value.join(",") : String(value)];
}

/** The setting of this name; throws ExpectedError (exit `usage`) that names the nearest one. */
export function knownSetting(call: CommandCall, path: string): Setting {
  const list = settingsOf(call);
  const found = list.find((setting) => setting.path === path);
  if (found !== undefined) return found;
  const near = nearestWord(
    path,
    list.map((setting) => setting.path),
  );
  throw new ExpectedError({
    exit: "usage",
    code: "unknown-setting",
    what: `There is no setting ${path}.`,
    fix:
      near === null
        ? "Type `findmehere config show` to see every setting."
        : `Did you mean ${near}?`,
  });
}
