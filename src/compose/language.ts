import type { TopicColumn } from "./topic-table.ts";

/** What the readers behind each column of the topic table read, and the letters it is written in. */
const readers: Record<TopicColumn, { language: string; letters: RegExp }> = {
  rednote: { language: "Chinese", letters: /\p{Script=Han}/u },
  lemon8: { language: "English", letters: /\p{Script=Latin}/u },
};
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** The language that the readers expect. */
export function readersOf(column: TopicColumn): string {
  return readers[column].language;
}

/**
 * True when a text has letters but none of the script that the readers expect. A hint only: Latin letters may
 * be any language, and Japanese, which also writes Han letters, is told by its kana.
 */
export function isForeign(text: string, column: TopicColumn): boolean {
  if (!/\p{L}/u.test(text)) return false;
  if (!readers[column].letters.test(text)) return true;
  return column === "rednote" && kana.test(text);
}
