/** Letters of other alphabets that look like Latin ones, behind the Latin letter. */
const foreign = {
  a: "аАαΑ",
  b: "вВβΒ",
  c: "сС",
  d: "ԁ",
  e: "еЕέεΕё",
  h: "һҺнНΗ",
  i: "іІїЇιΙ",
  j: "јЈ",
  k: "кКκΚ",
  l: "ӏӀ",
  m: "мМΜ",
  n: "ηΝ",
  o: "оОοΟ",
  p: "рРρΡ",
  q: "ԛԚ",
  s: "ѕЅ",
  t: "тТτΤ",
  v: "ѵѴν",
  w: "ԝԜω",
  x: "хХχΧ",
  y: "уУүҮγΥ",
  u: "υ",
  z: "Ζ",
};
/** Small capitals and letters without their dot or tail: Latin, but written for their looks. */
const styled = {
  ...{ a: "ᴀɑ", b: "ʙ", c: "ᴄ", d: "ᴅ", e: "ᴇ", f: "ꜰ", g: "ɢɡ", h: "ʜ", i: "ɪı", j: "ᴊ", k: "ᴋ" },
  ...{ l: "ʟ", m: "ᴍ", n: "ɴ", o: "ᴏ", p: "ᴘ", r: "ʀ", s: "ꜱ", t: "ᴛ", u: "ᴜ", v: "ᴠ", w: "ᴡ" },
  ...{ y: "ʏ", z: "ᴢ" },
};

const any = /[\u0131\u0251-\u02af\u0370-\u052f\u1d00-\u1d22\ua730\ua731]/;
const foreignLetters = tableOf(foreign);
const styledLetters = tableOf(styled);
const otherAlphabet = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;
const otherAlphabetAll = /[\p{Script=Cyrillic}\p{Script=Greek}]/gu;
const words = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]+/gu;
/** A Latin name with an ending of another language, as in `TikTokа`. */
const withEnding = /^\p{Script=Latin}+[\p{Script=Cyrillic}\p{Script=Greek}]+$/u;

/** A text in which letters that look Latin are Latin ones. */
interface ReadLetters {
  folded: string;
  /** It had letters of other alphabets, and all of them were read as Latin ones. */
  isMimicked: boolean;
}

/**
 * Cyrillic and Greek letters that stand in for Latin ones, and small capitals, as plain Latin letters; as many
 * units as before. In a text that is really Russian or Greek only words of two alphabets are changed.
 */
export function foldLookAlikes(text: string): ReadLetters {
  if (!any.test(text)) return { folded: text, isMimicked: false };
  const latin = replaced(text, styledLetters);
  if (!hasOtherAlphabet(latin)) return { folded: latin, isMimicked: false };
  const real = (latin.match(otherAlphabetAll) ?? []).some((letter) => !foreignLetters.has(letter));
  if (!real) return { folded: replaced(latin, foreignLetters), isMimicked: true };
  const folded = latin.replace(words, (word) => {
    const mixed = hasOtherAlphabet(word) && /\p{Script=Latin}/u.test(word);
    return mixed && !withEnding.test(word) ? replaced(word, foreignLetters) : word;
  });
  return { folded, isMimicked: false };
}

/** True where a text has Cyrillic or Greek letters. */
export function hasOtherAlphabet(text: string): boolean {
  return otherAlphabet.test(text);
}

function replaced(text: string, letters: ReadonlyMap<string, string>): string {
  let made = "";
  for (const letter of text) made += letters.get(letter) ?? letter;
  return made;
}

function tableOf(alphabet: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(alphabet).flatMap(([latin, letters]) =>
      [...letters].map((letter) => [letter, latin] as const),
    ),
  );
}
