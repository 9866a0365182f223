/** How alike two titles are; `same-and-long` has words enough that two posts hardly share it by chance. */
export type Likeness = "same-and-long" | "same" | "near" | "other";

const tokens =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]+/gu;
const topic = /[#＃][\p{L}\p{M}\p{N}_]+/gu;
const least = { long: 4, begun: 5 };
/** How much of the longer title the shorter one must have. */
const shared = 0.6;

/**
 * The same words in whatever signs between them; near: one has lost or won a few words, or one letter. Never
 * near where a number differs, or a word stands for another: parts of a series are other posts.
 */
export function titleLikeness(ours: string, theirs: string): Likeness {
  const [a, b] = [wordsOf(ours), wordsOf(theirs)];
  if (a.length === 0 || b.length === 0) return "other";
  if (a.join(" ") === b.join(" ")) return a.length >= least.long ? "same-and-long" : "same";
  const [lost, won] = [without(a, b), without(b, a)];
  if ([...lost, ...won].some((word) => /\p{N}/u.test(word))) return "other";
  const most = Math.max(a.length, b.length);
  if ((a.length - lost.length) / most < shared) return "other";
  if (lost.length === 0 || won.length === 0) return "near";
  const [mine = "", other = ""] = [lost[0], won[0]];
  const isSlip =
    lost.length === 1 && won.length === 1 && mine.length >= 4 && oneLetter(mine, other);
  return isSlip ? "near" : "other";
}

/** True when what they show is the beginning of our text: at least five words, topics and signs aside. */
export function sameBeginning(ours: string, shown: string): boolean {
  const [whole, seen] = [wordsOf(ours), wordsOf(shown)];
  // The last word that is shown may be cut.
  const certain = seen.length === whole.length ? seen : seen.slice(0, -1);
  return (
    certain.length >= least.begun &&
    certain.length <= whole.length &&
    certain.every((word, index) => word === whole[index])
  );
}

function wordsOf(text: string): string[] {
  return text.normalize("NFKC").toLowerCase().replaceAll(topic, " ").match(tokens) ?? [];
}

/** The words of one that the other has not, each as often as it stands there. */
function without(words: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return words.filter((word) => {
    const at = left.indexOf(word);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}

/** True when one letter more, less or other makes one of the other. */
function oneLetter(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  return short.slice(short.length === long.length ? at + 1 : at) === long.slice(at + 1);
}
