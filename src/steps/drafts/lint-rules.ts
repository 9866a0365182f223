import { readOwnTemplate, readTemplate } from "../../library/templates.ts";
import { parseLintTable } from "../../text/lint-table.ts";
import type { LintRule } from "../../text/lint-table.ts";

/** The word table with the library's own rows; throws ExpectedError (exit `settings`) where a row is wrong. */
export async function lintRules(root: string): Promise<readonly LintRule[]> {
  const name = "wordlint.tsv";
  return parseLintTable(await readTemplate(null, name), await readOwnTemplate(root, name));
}
