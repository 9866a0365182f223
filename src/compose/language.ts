import type { ReadLanguage } from "../core/layout.ts";
import { rememberLast } from "../text/remember.ts";
import { unitsOf } from "../text/units.ts";

/** Names for people. */
export const languageNames: Record<ReadLanguage, string> = { zh: "Chinese", en: "English" };

const anyKana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const anyHan = /\p{Script=Han}/u;
const anyLatin = /\p{Script=Latin}/u;
/** A brand in a Chinese sentence makes it no English one. */
const leastShare = 0.2;

/**
 * The languages that a text can be read in. A hint by script: Han letters are Chinese unless kana stand beside
 * them, Latin ones English unless TikTok names another language; both where both have their share.
 * @param told what TikTok calls the language, such as `es`; null or `un` when it does not say
 */
export function languagesOf(text: string, told: string | null = null): ReadonlySet<ReadLanguage> {
  const counts = scriptsOf(text);
  // A Han letter says as much as two Latin ones.
  const chinese = counts.kana > 0 ? 0 : 2 * counts.han;
  const letters = counts.latin;
  const all = chinese + letters;
  if (all === 0) return sets.none;
  const isEnglish = letters / all >= leastShare && mayBeEnglish(told);
  if (chinese / all >= leastShare) return isEnglish ? sets.both : sets.zh;
  return isEnglish ? sets.en : sets.none;
}

/** The answers, so that nobody has to make one for every text. */
const sets: Readonly<Record<"none" | "both" | ReadLanguage, ReadonlySet<ReadLanguage>>> = {
  none: new Set(),
  zh: new Set(["zh"]),
  en: new Set(["en"]),
  both: new Set(["zh", "en"]),
};

function mayBeEnglish(told: string | null): boolean {
  return told === null || /^(?:|un\b.*|und\b.*|en\b.*|zh\b.*)$/iu.test(told);
}

/** What `scriptOfUnit` holds; 0 while nobody asked. */
const other = 1;
const kanaLetter = 2;
const hanLetter = 3;
const latinLetter = 4;
const scriptOfUnit = new Uint8Array(0x1_0000);

const scriptsOf = rememberLast(countScripts);

const counts = new Uint32Array(latinLetter + 1);

function countScripts(text: string): { kana: number; han: number; latin: number } {
  counts.fill(0);
  const units = unitsOf(text);
  const { length } = text;
  for (let at = 0; at < length; at += 1) {
    const unit = units[at] ?? 0;
    let script = scriptOfUnit[unit] ?? 0;
    if (script === 0) {
      script = scriptOf(String.fromCodePoint(text.codePointAt(at) ?? 0));
      // The half of a pair says nothing of the next pair, but for those that only emoji begin with.
      if (unit < 0xd800 || unit > 0xdbff || unit === 0xd83d || unit === 0xd83e)
        scriptOfUnit[unit] = script;
    }
    counts[script] = (counts[script] ?? 0) + 1;
  }
  return {
    kana: counts[kanaLetter] ?? 0,
    han: counts[hanLetter] ?? 0,
    latin: counts[latinLetter] ?? 0,
  };
}

function scriptOf(sign: string): number {
  if (anyKana.test(sign)) return kanaLetter;
  if (anyHan.test(sign)) return hanLetter;
  return anyLatin.test(sign) ? latinLetter : other;
}
