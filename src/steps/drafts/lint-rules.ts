import { readOwnTemplate, readTemplate } from "../../library/templates.ts";
import { parseLintTable } from "../../text/lint-table.ts";
import type { LintRule } from "../../text/lint-table.ts";

/** The word table with the library's own rows; throws ExpectedError (exit `settings`) where a row is wrong. */
export function wordRules(root: string): Promise<readonly LintRule[]> {
  return readRules(root, "wordlint.tsv");
}

/** What a draft is held against: the word table, and the words that tie a post to a day. */
export async function lintRules(root: string): Promise<readonly LintRule[]> {
  return [...(await wordRules(root)), ...(await readRules(root, "date-words.tsv"))];
}

async function readRules(root: string, name: string): Promise<readonly LintRule[]> {
  return parseLintTable(await readTemplate(null, name), await readOwnTemplate(root, name), name);
}
