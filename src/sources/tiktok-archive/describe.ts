import type { SourceContext, SourceShape } from "../../core/source.ts";
import { labelMeaning, profileKey, textFileUse } from "../../tiktok/archive-labels.ts";
import { unknownPostKeys } from "../../tiktok/archive-post.ts";
import { isKnownSection } from "../../tiktok/archive-sections.ts";
import type { TextBlock } from "../../tiktok/archive-text.ts";
import { isOwnPost, textRows } from "../../tiktok/archive-text-post.ts";
import { jsonFiles, textFiles } from "./candidates.ts";
import { most } from "./content.ts";
import { notAnArchive } from "./errors.ts";
import { baseName, type InputFile } from "./input-file.ts";
import { openInput } from "./input.ts";
import { isScalar, type JsonVisitor } from "../../edge/json/visitor.ts";
import { walkFile } from "./read-json.ts";
import { shapePaths } from "./shape-paths.ts";
import { type ShapeTable, shapeTable } from "./shape-table.ts";
import { textBlocks } from "./text-lines.ts";

/** Tells the form of an archive: paths, types, counts and lengths, and nothing of what stands in it. */
export async function* describeArchive(
  path: string,
  { signal }: SourceContext,
): AsyncGenerator<SourceShape> {
  const input = await openInput(path);
  try {
    const json = jsonFiles(input);
    const texts = textFiles(input);
    if (json.length + texts.length === 0) {
      throw notAnArchive(path, "It holds neither JSON nor text files.");
    }
    const rows: SourceShape[] = [];
    for (const file of json) rows.push(...(await describeJson(file, signal)));
    for (const file of texts) rows.push(...(await describeText(file, signal)));
    if (rows.length === 0) {
      throw notAnArchive(path, "It has none of the parts that TikTok's archives have.");
    }
    yield* rows;
  } finally {
    input.close();
  }
}

async function describeJson(file: InputFile, signal: AbortSignal): Promise<SourceShape[]> {
  const name = baseName(file.name);
  const table = shapeTable(/^user_data(?:_tiktok)?[\d ()_]*\.json$/i.test(name) ? name : "*.json");
  let recognised = false;
  const pathOf = shapePaths();

  const visitor: JsonVisitor = {
    choose(path, kind) {
      const shown = pathOf(path);
      if (path.length === 1 && isKnownSection(String(path[0]))) recognised = true;
      table.addType(shown, kind);
      if (!isScalar(kind)) return "enter";
      return table.wantsSample(shown) ? "keep" : "skip";
    },
    kept: (path, value) => table.addSample(pathOf(path), value),
    listEnded: (path, length) => table.addLength(pathOf(path), length),
  };
  await walkFile(file, visitor, signal);
  // Of a JSON that is not TikTok's not even the keys are told.
  return recognised ? table.rows() : [];
}

async function describeText(file: InputFile, signal: AbortSignal): Promise<SourceShape[]> {
  const name = baseName(file.name);
  const use = textFileUse(name);
  const own: TextBlock[] = [];
  let count = 0;
  for await (const block of textBlocks(file, signal)) {
    count += 1;
    const wanted = use === "posts" || use === "profile" || (use === "unknown" && isOwnPost(block));
    if (wanted && own.length < most.badRecords) own.push(block);
  }
  const table = shapeTable(use !== "unknown" || own.length > 0 ? name : "*.txt");
  const whole = { name: "", known: use !== "unknown" || own.length > 0 };
  table.addLength(whole, count);
  const labels = use === "profile" ? null : textRows(own).unknown;
  for (const block of own) addBlock(block, labels, table);
  return table.rows();
}

/** Only labels that TikTok made are told; in the profile only those that are public. */
function addBlock(block: TextBlock, unknown: readonly string[] | null, table: ShapeTable): void {
  for (const { label, value } of block.fields) {
    if (label === "") continue;
    const known =
      unknown === null
        ? profileKey(label) !== null
        : labelMeaning(label) !== null || unknownPostKeys({ [label]: "" }).length === 0;
    const path = { name: known || unknown?.includes(label) === true ? label : "*", known };
    table.addType(path, "string");
    if (table.wantsSample(path) && unknown !== null) table.addSample(path, value);
  }
}
