import { ExpectedError } from "../core/error.ts";
import { tokenise } from "./caption.ts";
import { remember } from "./remember.ts";

/** Words that the dictionaries write otherwise than people do: Simplified, Traditional. */
export type ChinesePair = readonly [simplified: string, traditional: string];

/** Changes Chinese from one script, with its words, to the other. */
export interface ChineseScripts {
  /** Simplified to Traditional as written in Taiwan; tags, handles, links and placeholders stay. */
  toTraditional(text: string): string;
  /** Traditional to Simplified, in the same way. */
  toSimplified(text: string): string;
  /** A topic's name in Simplified letters; what is Simplified already stays as it is. */
  simplifyName(name: string): string;
  /** What brings a text with these words into a script; null where it is in it already. */
  mending(words: string, to: "zh-Hans" | "zh-Hant"): ((text: string) => string) | null;
}

/** `{{ name }}`, `{% … %}`, `{name}`, `⟦0⟧` and `<x id="0"/>` stand for something and are no words. */
const placeholder = /(\{\{.*?\}\}|\{%.*?%\}|\{[A-Za-z][\w.]*\}|⟦\d+⟧|<\/?x\b[^>]*>)/su;

/** A letter that one script may write otherwise than the other. */
const chinese = /\p{Script=Han}/u;

/**
 * The two scripts by OpenCC's dictionaries (opencc-js). They are large, so they are loaded only here.
 * @param pairs words that win over the dictionaries; of two for one word the later one
 */
export async function chineseScripts(pairs: readonly ChinesePair[]): Promise<ChineseScripts> {
  const [{ Converter: traditional }, { Converter: simplified }] = await Promise.all([
    import("opencc-js/cn2t"),
    import("opencc-js/t2cn"),
  ]);
  const toTraditional = atFirstText(() => withPairs(traditional({ from: "cn", to: "twp" }), pairs));
  const words = atFirstText(() =>
    withPairs(
      simplified({ from: "twp", to: "cn" }),
      pairs.map(([hans, hant]) => [hant, hans]),
    ),
  );
  const letters = atFirstText(() => simplified({ from: "t", to: "cn" }));
  const traditionalLetters = atFirstText(() => traditional({ from: "cn", to: "tw" }));
  return {
    toTraditional: (text) => inWords(text, toTraditional),
    toSimplified: (text) => inWords(text, words),
    // 文件 is a file in one script and a document in the other: a name without a Traditional letter stays.
    simplifyName: remember(
      (name) => (!chinese.test(name) || letters(name) === name ? name : words(name)),
      2000,
    ),
    mending(text, to) {
      if (!chinese.test(text)) return null;
      const hant = changed(text, letters);
      const hans = changed(text, traditionalLetters);
      const [wrong, right] = to === "zh-Hans" ? [hant, hans] : [hans, hant];
      if (wrong === 0) return null;
      const [inWhole, byLetter] =
        to === "zh-Hans" ? [words, letters] : [toTraditional, traditionalLetters];
      // Words of the other side are only in a text that is of the other side.
      if (wrong > right) return (part) => inWords(part, inWhole);
      // 里 and 余 are letters of both: a few in a Traditional text mean nothing.
      if (to === "zh-Hant" && wrong * 3 <= right) return null;
      return (part) => inWords(part, byLetter);
    },
  };
}

/**
 * Reads `templates/chinese.tsv` or a creator's own table of that shape: one pair a line, separated by a tab.
 * Columns are found by their names, so a spreadsheet may reorder them. Throws ExpectedError (exit `settings`)
 * naming the line that is wrong.
 */
export function parseChinesePairs(tsv: string): ChinesePair[] {
  if (tsv.trim() === "") return [];
  const [header = "", ...rows] = tsv.replace(/^\uFEFF/, "").split(/\r\n?|\n/);
  const names = header.split("\t").map(cellOf);
  const [hansPlace, hantPlace] = [names.indexOf("zh_hans"), names.indexOf("zh_hant")];
  if (hansPlace === -1 || hantPlace === -1) {
    throw broken("Its first line does not name the columns zh_hans and zh_hant.");
  }
  return rows.flatMap((row, index) => {
    if (row.trim() === "") return [];
    const cells = row.split("\t").map(cellOf);
    const [hans = "", hant = ""] = [cells[hansPlace], cells[hantPlace]];
    if (hans !== "" && hant !== "") return [[hans, hant] as const];
    const lack = hans === "" ? "zh_hans" : "zh_hant";
    throw broken(`Line ${index + 2} (${hans || hant}): the column ${lack} is empty.`);
  });
}

function broken(why: string): ExpectedError {
  return new ExpectedError({
    exit: "settings",
    code: "chinese-table-broken",
    what: "The table of Chinese words cannot be read.",
    why,
    fix: "Mend templates/chinese.tsv in your library: tabs stand between its columns.",
  });
}

/** Spreadsheets put quotes around a cell when they save it. */
function cellOf(text: string): string {
  return text
    .trim()
    .replace(/^"(.*)"$/u, "$1")
    .trim();
}

/** How many letters another script writes otherwise. */
function changed(text: string, convert: (text: string) => string): number {
  const other = [...convert(text)];
  return [...text].filter((letter, index) => letter !== other[index]).length;
}

/** Building a dictionary takes up to a third of a second, which a run without such a text need not wait for. */
function atFirstText(build: () => (text: string) => string): (text: string) => string {
  let convert: ((text: string) => string) | undefined;
  return (text) => {
    convert ??= build();
    return convert(text);
  };
}

function withPairs(
  convert: (text: string) => string,
  pairs: readonly (readonly [from: string, to: string])[],
): (text: string) => string {
  const known = new Map(pairs);
  if (known.size === 0) return convert;
  const longestFirst = [...known.keys()].toSorted((one, other) => other.length - one.length);
  const pattern = new RegExp(`(${longestFirst.map(escaped).join("|")})`, "u");
  return (text) =>
    text
      .split(pattern)
      .map((part) => known.get(part) ?? convert(part))
      .join("");
}

function inWords(text: string, convert: (part: string) => string): string {
  return text
    .split(placeholder)
    .map((part, index) => (index % 2 === 1 ? part : inTokens(part, convert)))
    .join("");
}

function inTokens(text: string, convert: (part: string) => string): string {
  return tokenise(text)
    .map((token) => (token.type === "text" ? convert(token.text) : token.text))
    .join("");
}

function escaped(word: string): string {
  return word.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&");
}
