import type { TranslationLanguage } from "../core/translation.ts";

const letter = /\p{L}/gu;
const weighed = /[\p{L}\p{N}]/gu;
const han = /\p{Script=Han}/gu;
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const latin = /\p{Script=Latin}/gu;
/** `(掌声)(掌声)`: a known loop of small models. */
const twice = /(?<again>[(（[【][^()（）[\]【】]{1,20}[)）\]】])\s*\k<again>/u;
const loop = /(?<again>.{2,30}?)\k<again>{3,}/su;
/** One or two letters for ever: another loop of theirs, unless the source stammers too. */
const stutter = /(?<again>\p{L}{1,2})\k<again>{9,}/u;
const stammers = /(?<again>\p{L}.{0,3})\k<again>{2,}/su;
/** A short text may be worded twice as long: "Hi" is 大家好. */
const slack = 6;

const word = /[\p{L}\p{N}'’]+/gu;
/** Names and borrowed words are the same everywhere: "Studio vlog, Lima". */
const mostSameWords = 3;

/**
 * Why a translation is not to be believed; null when nothing speaks against it. Both texts without what was
 * protected. Letters a language needs are compared: Chinese for English 0.15 to 1.2 (measured 2026-11-20).
 */
export function judgeTranslation(
  source: string,
  translation: string,
  to: TranslationLanguage,
): string | null {
  if (translation.trim() === "") return "the answer is empty";
  const loops = repeats(translation) && !repeats(source);
  if (loops || (stutter.test(translation) && !stammers.test(source)))
    return "the answer says the same again and again";
  const letters = count(translation, letter);
  if (letters === 0) return "the answer has no words";
  if (to === "en") {
    if (count(translation, latin) / letters < 0.6) return "the answer is not in English letters";
  } else if (kana.test(translation) || count(translation, han) === 0) {
    return "the answer is not Chinese";
  } else if (latinShare(translation) > 0.6) {
    return "most of the answer is not Chinese";
  }
  if (plain(translation) === plain(source) && (source.match(word)?.length ?? 0) > mostSameWords)
    return "the answer is the text itself";
  const { least, most } = expected(source, to);
  const ratio = count(translation, weighed);
  const size = count(source, weighed);
  if (ratio > most * size + slack) return "the answer is far too long";
  if (ratio < least * size) return "the answer is far too short";
  return null;
}

function plain(text: string): string {
  return (text.match(weighed) ?? []).join("").toLowerCase();
}

/** How many letters come for one, by the scripts on both sides. */
function expected(source: string, to: TranslationLanguage): { least: number; most: number } {
  const letters = Math.max(1, count(source, letter));
  const fromHan = count(source, han) / letters > 0.5;
  if (to === "en") return fromHan ? { least: 0.8, most: 7 } : { least: 0.2, most: 5 };
  return fromHan ? { least: 0.5, most: 2 } : { least: 0.15, most: 1.2 };
}

/** A Chinese letter says as much as three Latin ones. */
function latinShare(text: string): number {
  const found = count(text, latin);
  return found / (found + 3 * count(text, han));
}

function repeats(text: string): boolean {
  if (twice.test(text)) return true;
  const again = loop.exec(text)?.groups?.["again"];
  // Hahaha and 哈哈哈 are laughter, --- is a line.
  return again !== undefined && new Set(again).size > 2 && /\p{L}/u.test(again);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
