import { readFile } from "node:fs/promises";
import { applyEdits, modify, parse, printParseErrorCode } from "jsonc-parser";
import type { ParseError } from "jsonc-parser";
import writeFileAtomic from "write-file-atomic";
import { ExpectedError } from "../core/error.ts";
import type { Setting, SettingValue } from "../settings/schema.ts";

/** What findmehere.jsonc says, by dotted path; empty when there is no such file. Throws ExpectedError (exit `settings`). */
export async function readSettingsFile(
  file: string,
  list: readonly Setting[],
): Promise<Map<string, unknown>> {
  const text = await readTextIfThere(file);
  if (text === null) return new Map();
  const errors: ParseError[] = [];
  const tree = parse(text, errors, { allowTrailingComma: true }) as unknown;
  const first = errors[0];
  if (first !== undefined) {
    throw brokenSettings(file, text, first.offset, printParseErrorCode(first.error));
  }
  const found = new Map<string, unknown>();
  if (!isTree(tree)) throw brokenSettings(file, text, 0, "It is not an object in braces");
  flatten(tree, "", new Set(list.map((setting) => setting.path)), found);
  return found;
}

/** Changes one setting in the file and leaves comments and order as they are. */
export async function writeSetting(file: string, path: string, value: SettingValue): Promise<void> {
  const text = (await readTextIfThere(file)) ?? "{}\n";
  const edits = modify(text, path.split("."), value, {
    formattingOptions: { insertSpaces: true, tabSize: 2, eol: "\n" },
  });
  await writeFileAtomic(file, applyEdits(text, edits));
}

/** Writes a new settings file: every setting with a comment, grouped; those still at their default are commented out. */
export async function writeNewSettings(
  file: string,
  list: readonly Setting[],
  values: ReadonlyMap<string, SettingValue>,
): Promise<void> {
  await writeFileAtomic(file, newSettingsText(list, values));
}

/** The text of a new settings file. */
export function newSettingsText(
  list: readonly Setting[],
  values: ReadonlyMap<string, SettingValue>,
): string {
  const lines = [
    "// Settings of findmehere. Edit by hand, or type `findmehere config set NAME VALUE`.",
    "// A line that begins with // is not in force; it shows the default.",
    "{",
  ];
  const groups = Map.groupBy(list, (setting) => setting.path.split(".")[0] ?? "");
  for (const [group, settings] of groups) {
    lines.push(`  "${group}": {`);
    const handles = settings.filter((setting) => setting.path.split(".").length === 3);
    for (const setting of settings) {
      if (handles.includes(setting)) {
        if (setting === handles[0]) lines.push('    "handles": {');
        lines.push(...settingLines(setting, values, "      "));
        if (setting === handles.at(-1)) lines.push("    },");
      } else lines.push(...settingLines(setting, values, "    "));
    }
    lines.push("  },");
  }
  lines.push("}", "");
  return lines.join("\n");
}

function settingLines(
  setting: Setting,
  values: ReadonlyMap<string, SettingValue>,
  indent: string,
): string[] {
  const name = setting.path.split(".").at(-1);
  const value = values.get(setting.path);
  const shown = `"${name}": ${JSON.stringify(value ?? setting.fallback)},`;
  return [`${indent}// ${setting.about}`, `${indent}${value === undefined ? "// " : ""}${shown}`];
}

function flatten(
  tree: Record<string, unknown>,
  prefix: string,
  known: ReadonlySet<string>,
  found: Map<string, unknown>,
): void {
  for (const [name, value] of Object.entries(tree)) {
    const path = prefix === "" ? name : `${prefix}.${name}`;
    if (isTree(value) && !known.has(path)) flatten(value, path, known, found);
    else found.set(path, value);
  }
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function brokenSettings(file: string, text: string, offset: number, why: string): ExpectedError {
  const before = text.slice(0, offset).split("\n");
  const place = `line ${before.length}, column ${(before.at(-1) ?? "").length + 1}`;
  return new ExpectedError({
    exit: "settings",
    code: "broken-settings",
    what: `The settings cannot be read: ${file}, ${place}.`,
    why: `${why}.`,
    fix: "Mend that line in a text editor; a comma or a quote is often missing.",
  });
}

async function readTextIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
