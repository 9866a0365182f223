import { ExpectedError } from "../core/error.ts";
import { translationLanguages } from "../core/translation.ts";
import type { TranslationLanguage } from "../core/translation.ts";
import type { ChineseScripts } from "./chinese.ts";
import type { ProtectedTerm } from "./protect.ts";

/** A term and what it is in other languages. */
export interface GlossaryRow {
  term: string;
  into: ReadonlyMap<TranslationLanguage, string>;
}

/**
 * Reads `templates/glossary.tsv` or a creator's own table of that shape: a column `term` and one for each
 * language, of which any may be missing; what else stands there is a remark. Throws ExpectedError (exit `settings`).
 */
export function parseGlossary(tsv: string): GlossaryRow[] {
  const [header = "", ...lines] = tsv.replace(/^\uFEFF/, "").split(/\r\n?|\n/);
  const names = cellsOf(header).map(languageName);
  const at = names.indexOf("term");
  const columns = translationLanguages.flatMap((language) => {
    const column = names.indexOf(languageName(language));
    return column === -1 ? [] : [{ language, column }];
  });
  if (at === -1 || columns.length === 0) {
    throw broken("Its first line does not name the columns term and en, zh_hans or zh_hant.");
  }
  return lines.flatMap((line, index) => {
    if (line.trim() === "") return [];
    const cells = cellsOf(line);
    const term = cells[at] ?? "";
    const into = new Map<TranslationLanguage, string>();
    for (const { language, column } of columns) {
      const text = cells[column] ?? "";
      if (text !== "") into.set(language, text);
    }
    if (term === "") throw broken(`Line ${index + 2} has no term.`);
    if (into.size === 0) throw broken(`Line ${index + 2} (${term}) says it in no language.`);
    return [{ term, into }];
  });
}

/**
 * What no translator touches on the way into a language: the terms of the glossary, of two for one the later
 * row, and the words that stay as they are. A term that has the other Chinese script alone is turned.
 */
export function protectedTerms(
  rows: readonly GlossaryRow[],
  keep: readonly string[],
  to: TranslationLanguage,
  scripts: ChineseScripts | null,
): ProtectedTerm[] {
  const found = new Map<string, ProtectedTerm>();
  for (const term of keep)
    found.set(term.trim().toLowerCase(), { term: term.trim(), becomes: null });
  for (const { term, into } of rows) {
    const becomes = into.get(to) ?? turned(into, to, scripts);
    if (becomes !== null) found.set(term.toLowerCase(), { term, becomes });
  }
  return [...found.values()];
}

function turned(
  into: GlossaryRow["into"],
  to: TranslationLanguage,
  scripts: ChineseScripts | null,
): string | null {
  const other = to === "zh-Hans" ? into.get("zh-Hant") : into.get("zh-Hans");
  if (to === "en" || other === undefined || scripts === null) return null;
  return to === "zh-Hans" ? scripts.toSimplified(other) : scripts.toTraditional(other);
}

/** A spreadsheet puts quotes around a cell that has one. */
function cellsOf(line: string): string[] {
  return line
    .split("\t")
    .map((cell) =>
      cell.trim().replace(/^"(.*)"$/, (_, inner: string) => inner.replaceAll('""', '"')),
    );
}

function languageName(name: string): string {
  return name.toLowerCase().replaceAll("_", "-");
}

function broken(why: string): ExpectedError {
  return new ExpectedError({
    exit: "settings",
    code: "glossary-broken",
    what: "The glossary in templates/glossary.tsv cannot be read.",
    why,
    fix: "Give it columns separated by tabs, such as term, en, zh_hans and zh_hant.",
  });
}
