import { unitTest } from "../text/unit-set.ts";

/** Words that cannot end a cut line: what they announce is missing. English, Spanish, Portuguese, French, German, Arabic. */
const words =
  `a an the this that these those of and or but so my your his her our their its is are was were be am i'm
  to in on at by for from with into as than if when because very
  el la los las un una unos unas de del y e o u en con por para mi mis tu tus su sus es son que al lo se muy
  os as um uma do da dos das em no na meu minha seu sua
  le les des du et ou dans avec pour mon ma mes ton ta est sont que
  der die das ein eine und oder mit für von zu im am ist sind
  و في من على إلى عن مع أن هذا هذه`
    .split(/\s+/u)
    .filter((word) => word !== "");
const dangling = new RegExp(String.raw`(?<![\p{L}\p{N}\p{M}'’])(?:${words.join("|")})$`, "iu");
/** Chinese has no spaces to tell a word by; these hardly ever end one. */
const danglingHan = /(?<=\p{Script=Han})[的和与跟把及]$/u;

/** More than the longest of these words and the letter before it: no pattern has to look at a whole line. */
const most = 24;

const danglingWords: ReadonlySet<string> = new Set(words);

/** True when a line ends with a word that announces another one. */
function endsDangling(line: string): boolean {
  const end = line.trimEnd();
  const word = plainWordAt(end, end.length);
  if (word !== null) return danglingWords.has(word);
  const text = end.slice(-most);
  return dangling.test(text) || danglingHan.test(text);
}

/**
 * The whole word in plain letters, small, that ends at a place; empty where none does. Null where only a pattern
 * can tell, as at all that is not ASCII, and for a word longer than these.
 */
function plainWordAt(text: string, end: number): string | null {
  let start = end;
  while (start > 0 && isPlainWord(text.charCodeAt(start - 1))) start -= 1;
  if (start > 0 && text.charCodeAt(start - 1) > 0x7f) return null;
  if (start === end) return "";
  return end - start > most ? null : text.slice(start, end).toLowerCase();
}

const isPlainWord = unitTest(/[A-Za-z0-9']/);

/**
 * The end of the first letter, digit or word at or behind a place, of those that no cut takes off the end of a
 * line: a digit, a Han or kana letter, a plain word that does not dangle. Null when it is not sure where one is.
 */
export function firmEnd(line: string, least: number): number | null {
  const { length } = line;
  for (let at = Math.max(0, least - 1); at < length; at += 1) {
    const unit = line.charCodeAt(at);
    if (isFirm(unit)) return at + 1;
    if (!isPlainWord(unit)) continue;
    let end = at + 1;
    while (end < length && isPlainWord(line.charCodeAt(end))) end += 1;
    const word = line.charCodeAt(end) > 0x7f ? null : plainWordAt(line, end);
    if (word !== null && word !== "'" && !danglingWords.has(word)) return end;
    at = end - 1;
  }
  return null;
}

const isFirm = unitTest(/[0-9\u3041-\u3096\u30a1-\u30fa]|(?![的和与跟把及])[\u4e00-\u9fff]/u);

/** Words after which a sentence cannot be over. "With" and "to" are not among them: "what I am up to". */
const openWords =
  "a an the my your his her our their its and or of at in into el la los las un una de del y mi tu su en le les des du mon ma der die das ein eine und".split(
    " ",
  );
const open = new RegExp(String.raw`(?<![\p{L}\p{N}\p{M}'’])(?:${openWords.join("|")})$`, "iu");
const openSet: ReadonlySet<string> = new Set(openWords);

/** True when what follows must belong to the sentence: "painting at the". */
export function endsOpen(text: string): boolean {
  const end = text.trimEnd();
  const word = plainWordAt(end, end.length);
  return word === null ? open.test(end.slice(-most)) : openSet.has(word);
}

/** Takes dangling words off the end, but never the whole text. */
export function dropDangling(line: string): string {
  let text = line.trimEnd();
  while (endsDangling(text)) {
    const shorter = text
      .replace(dangling, "")
      .replace(danglingHan, "")
      .replace(/[\s,;:，；：、،]+$/u, "");
    if (shorter === "") return text;
    text = shorter;
  }
  return text;
}
