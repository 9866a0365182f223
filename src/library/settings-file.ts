import { readFile } from "node:fs/promises";
import { applyEdits, getNodeValue, modify, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Node, ParseError } from "jsonc-parser";
import writeFileAtomic from "write-file-atomic";
import { ExpectedError } from "../core/error.ts";
import type { Setting, SettingValue } from "../settings/schema.ts";

/** What a settings file says, by dotted path, and where in it. */
export interface SettingsFile {
  values: Map<string, unknown>;
  /** Such as `line 9, column 5`. */
  places: Map<string, string>;
}

/** What findmehere.jsonc says; nothing when there is no such file. Throws ExpectedError (exit `settings`). */
export async function readSettingsFile(
  file: string,
  list: readonly Setting[],
): Promise<SettingsFile> {
  const found: SettingsFile = { values: new Map(), places: new Map() };
  const text = await readTextIfThere(file);
  if (text === null) return found;
  const known = new Set(list.map((setting) => setting.path));
  for (const { path, node, offset } of leavesOf(parseSettings(file, text), "", known)) {
    found.values.set(path, getNodeValue(node));
    found.places.set(path, placeOf(text, offset));
  }
  return found;
}

/** Changes one setting in the file and leaves comments and order as they are. Throws ExpectedError (exit `settings`). */
export async function writeSetting(file: string, path: string, value: SettingValue): Promise<void> {
  const text = (await readTextIfThere(file)) ?? "{}\n";
  // An edit of a file that is broken elsewhere would land in the wrong place.
  parseSettings(file, text);
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
  lines.push(...groupLines(list, values, 0), "}", "");
  return lines.join("\n");
}

/** The settings by the name at `depth` of their path; those that share it in braces of their own. */
function groupLines(
  list: readonly Setting[],
  values: ReadonlyMap<string, SettingValue>,
  depth: number,
): string[] {
  const indent = "  ".repeat(depth + 1);
  const named = Map.groupBy(list, (setting) => setting.path.split(".")[depth] ?? "");
  return [...named].flatMap(([name, settings]) => {
    const [first] = settings;
    // A name is either a setting or a group of them, never both.
    if (first?.path.split(".").length === depth + 1) return settingLines(first, values, indent);
    return [`${indent}"${name}": {`, ...groupLines(settings, values, depth + 1), `${indent}},`];
  });
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

/** The settings of a tree, each with where its name stands. */
function* leavesOf(
  tree: Node,
  prefix: string,
  known: ReadonlySet<string>,
): Generator<{ path: string; node: Node; offset: number }> {
  for (const { children } of tree.children ?? []) {
    const [name, node] = children ?? [];
    if (name === undefined || node === undefined) continue;
    const path = `${prefix}${String(name.value)}`;
    if (node.type === "object" && !known.has(path)) yield* leavesOf(node, `${path}.`, known);
    else yield { path, node, offset: name.offset };
  }
}

function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split("\n");
  return `line ${before.length}, column ${(before.at(-1) ?? "").length + 1}`;
}

function parseSettings(file: string, text: string): Node {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const first = errors[0];
  if (first !== undefined) {
    const words = printParseErrorCode(first.error).replace(/(?<=.)([A-Z])/g, " $1");
    const why = words.charAt(0) + words.slice(1).toLowerCase();
    throw brokenSettings(file, text, first.offset, why);
  }
  if (tree?.type !== "object") throw brokenSettings(file, text, 0, "It is not an object in braces");
  return tree;
}

function brokenSettings(file: string, text: string, offset: number, why: string): ExpectedError {
  const place = placeOf(text, offset);
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
    // Some editors of Windows begin every file with a byte order mark.
    return (await readFile(file, "utf8")).replace(/^\uFEFF/, "");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
