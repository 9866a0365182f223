import type { ReadLanguage } from "../core/layout.ts";

/** Names for people. */
export const languageNames: Record<ReadLanguage, string> = { zh: "Chinese", en: "English" };

const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const han = /\p{Script=Han}/gu;
const latin = /\p{Script=Latin}/gu;
/** A brand in a Chinese sentence makes it no English one. */
const leastShare = 0.2;

/**
 * The languages that a text can be read in. A hint by script: Han letters are Chinese unless kana stand beside
 * them, Latin ones English unless TikTok names another language; both where both have their share.
 * @param told what TikTok calls the language, such as `es`; null or `un` when it does not say
 */
export function languagesOf(text: string, told: string | null = null): ReadonlySet<ReadLanguage> {
  const found = new Set<ReadLanguage>();
  // A Han letter says as much as two Latin ones.
  const chinese = kana.test(text) ? 0 : 2 * (text.match(han)?.length ?? 0);
  const letters = text.match(latin)?.length ?? 0;
  const all = chinese + letters;
  if (all === 0) return found;
  if (chinese / all >= leastShare) found.add("zh");
  if (letters / all >= leastShare && mayBeEnglish(told)) found.add("en");
  return found;
}

function mayBeEnglish(told: string | null): boolean {
  return told === null || /^(?:|un\b.*|und\b.*|en\b.*|zh\b.*)$/iu.test(told);
}
