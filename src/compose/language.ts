import type { ReadLanguage } from "../core/layout.ts";

/** Names for people. */
export const languageNames: Record<ReadLanguage, string> = { zh: "Chinese", en: "English" };

const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const han = /\p{Script=Han}/u;
const latin = /\p{Script=Latin}/u;
/** A brand in a Chinese sentence makes it no English one. */
const leastShare = 0.2;

/**
 * The languages that a text can be read in. A hint by script: Han letters are Chinese unless kana stand beside
 * them, Latin ones English unless TikTok names another language; both where both have their share.
 * @param told what TikTok calls the language, such as `es`; null or `un` when it does not say
 */
export function languagesOf(text: string, told: string | null = null): ReadonlySet<ReadLanguage> {
  const found = new Set<ReadLanguage>();
  const counts = countScripts(text);
  // A Han letter says as much as two Latin ones.
  const chinese = counts.kana > 0 ? 0 : 2 * counts.han;
  const letters = counts.latin;
  const all = chinese + letters;
  if (all === 0) return found;
  if (chinese / all >= leastShare) found.add("zh");
  if (letters / all >= leastShare && mayBeEnglish(told)) found.add("en");
  return found;
}

function mayBeEnglish(told: string | null): boolean {
  return told === null || /^(?:|un\b.*|und\b.*|en\b.*|zh\b.*)$/iu.test(told);
}

type Script = "kana" | "han" | "latin" | "other";

const scripts: readonly Script[] = ["other", "kana", "han", "latin"];
/** The place in `scripts` and 1 of every unit that was seen so far, 0 of the others. */
const scriptOfUnit = new Uint8Array(0x1_0000);

function countScripts(text: string): Record<Script, number> {
  const found = new Uint32Array(scripts.length);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    let script = scriptOfUnit[unit] ?? 0;
    if (script === 0) {
      const isPair = unit >= 0xd800 && unit < 0xdc00;
      script = 1 + scripts.indexOf(scriptOf(String.fromCodePoint(text.codePointAt(at) ?? 0)));
      // A half says nothing of its pair, so pairs are looked at each time.
      if (!isPair) scriptOfUnit[unit] = script;
    }
    found[script - 1] = (found[script - 1] ?? 0) + 1;
  }
  const [other = 0, kana = 0, han = 0, latin = 0] = found;
  return { other, kana, han, latin };
}

function scriptOf(sign: string): Script {
  if (kana.test(sign)) return "kana";
  if (han.test(sign)) return "han";
  return latin.test(sign) ? "latin" : "other";
}
