import { ExpectedError } from "../core/error.ts";
import { nearestWord } from "../core/nearest.ts";
import { destinationSettingNames, environmentName, settingsSchema } from "./schema.ts";
import type { Setting, Settings, SettingValue } from "./schema.ts";

/** Where a value came from. */
export type SettingOrigin = "flag" | "environment" | "file" | "default";

/** A setting with its value. */
export interface ResolvedSetting {
  path: string;
  value: SettingValue;
  origin: SettingOrigin;
}

/** What was given, by dotted path. */
export interface GivenSettings {
  flags: ReadonlyMap<string, SettingValue>;
  environment: Readonly<Record<string, string | undefined>>;
  file: ReadonlyMap<string, unknown>;
  /** Where in the file each setting stands, for people. */
  places?: ReadonlyMap<string, string>;
}

/** Flag, then environment, then file, then default; throws ExpectedError (exit `settings`) naming what is wrong. */
export function resolveSettings(list: readonly Setting[], given: GivenSettings): ResolvedSetting[] {
  const inFile = (path: string) => {
    const place = given.places?.get(path);
    return `findmehere.jsonc${place === undefined ? "" : ` (${place})`}`;
  };
  const known = new Set(list.map((setting) => setting.path));
  for (const path of given.file.keys()) {
    if (known.has(path)) continue;
    const near = nearestWord(path, known);
    throw new ExpectedError({
      exit: "settings",
      code: "unknown-setting",
      what: `${inFile(path)} has a setting that does not exist: ${path}.`,
      fix: near ? `Did you mean ${near}?` : "Type `findmehere config show` to see every setting.",
    });
  }
  return list.map((setting) => {
    const variable = environmentName(setting.path);
    const fromEnvironment = given.environment[variable];
    if (given.flags.has(setting.path)) {
      const value = given.flags.get(setting.path);
      return {
        path: setting.path,
        value: checkSetting(setting, value, "the flag"),
        origin: "flag",
      };
    }
    if (fromEnvironment !== undefined) {
      const value = parseSetting(setting, fromEnvironment);
      return {
        path: setting.path,
        value: checkSetting(setting, value, variable),
        origin: "environment",
      };
    }
    if (given.file.has(setting.path)) {
      const value = given.file.get(setting.path);
      return {
        path: setting.path,
        value: checkSetting(setting, value, inFile(setting.path)),
        origin: "file",
      };
    }
    return { path: setting.path, value: setting.fallback, origin: "default" };
  });
}

/** Turns the text of a flag, a variable or `config set` into the setting's own kind of value. */
export function parseSetting(setting: Setting, given: string): SettingValue {
  if (Array.isArray(setting.fallback))
    return given
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "");
  if (typeof setting.fallback === "number") {
    const number = Number(given);
    return given.trim() === "" || Number.isNaN(number) ? given : number;
  }
  return given;
}

/** The value when it is right; throws ExpectedError (exit `settings`) when it is not. `where` names the place for people. */
export function checkSetting(setting: Setting, value: unknown, where: string): SettingValue {
  const result = setting.schema.safeParse(value);
  if (result.success) return result.data as SettingValue;
  const why = result.error.issues[0]?.message ?? "it has the wrong form";
  throw new ExpectedError({
    exit: "settings",
    code: "bad-setting",
    what: `The setting ${setting.path} in ${where} is wrong: ${JSON.stringify(value)}.`,
    why: `${why} (${setting.about}).`,
    fix: `Type \`findmehere config set ${setting.path} VALUE\`; for example ${exampleOf(setting)}.`,
  });
}

/** Rooms of the settings that are no destination. */
const ownRooms: object = settingsSchema.shape;

/** The settings as one object, from resolved values. */
export function assembleSettings(resolved: readonly ResolvedSetting[]): Settings {
  const tree: Record<string, unknown> = { destinations: {} };
  for (const { path, value } of resolved) {
    const steps = path.split(".");
    const [room = "", name = ""] = steps;
    const isDestination =
      steps.length === 2 && !(room in ownRooms) && destinationSettingNames.includes(name);
    put(tree, isDestination ? ["destinations", ...steps] : steps, value);
  }
  return settingsSchema.parse(tree);
}

function put(tree: Record<string, unknown>, steps: readonly string[], value: unknown): void {
  const [first, ...rest] = steps;
  if (first === undefined) return;
  if (rest.length === 0) {
    tree[first] = value;
    return;
  }
  const child = (tree[first] ??= {});
  put(child as Record<string, unknown>, rest, value);
}

function exampleOf(setting: Setting): string {
  const { fallback } = setting;
  const value = Array.isArray(fallback) ? fallback.join(",") : String(fallback);
  return value === "" ? '""' : value;
}
