/** A word in small letters. */
export interface NeededWord {
  text: string;
  /** No letter or digit of ASCII stands before it. */
  edge: boolean;
  /** Nor behind it. */
  stop: boolean;
}

/** Words of which every match has one. */
export interface NeededGroup {
  words: readonly NeededWord[];
  /** So many times at least one of them begins in it. */
  times: number;
}

/** More groups than these hardly keep a pattern from being tried, and all have to be looked for. */
const mostGroups = 3;
/** Words that weigh less stand in most texts: they are looked for only where a pattern has nothing better. */
const leastWeight = 2.5;

/** One group of each way of a match makes a group of them all. */
export function eitherOf(ways: readonly (readonly NeededGroup[])[]): NeededGroup[] {
  if (ways.some(({ length }) => length === 0)) return [];
  const count = Math.max(...ways.map(({ length }) => length));
  return Array.from({ length: count }, (_, rank) => {
    const chosen = ways.flatMap((groups) => groups[Math.min(rank, groups.length - 1)] ?? []);
    return {
      words: chosen.flatMap(({ words }) => words),
      times: Math.min(...chosen.map(({ times }) => times)),
    };
  });
}

/**
 * The groups of which the commonest word is rarest, else all words together: they stand in fewer texts. A group of
 * which a word stands in every word of a better one says nothing new.
 */
export function best(groups: readonly NeededGroup[]): NeededGroup[] {
  const mean = ({ words }: NeededGroup) =>
    words.reduce((sum, word) => sum + weight(word), 0) / words.length;
  const kept: NeededGroup[] = [];
  for (const group of groups.toSorted(
    (one, other) => leastOf(other) - leastOf(one) || mean(other) - mean(one),
  )) {
    if (kept.length > 0 && leastOf(group) < leastWeight) break;
    if (kept.length < mostGroups && !kept.some((better) => isSaidBy(better, group)))
      kept.push(group);
  }
  return kept;
}

function isSaidBy(better: NeededGroup, group: NeededGroup): boolean {
  if (better.times < group.times) return false;
  return better.words.every(({ text }) => group.words.some((word) => text.includes(word.text)));
}

/** True for a word that does not stand in most texts. */
export function isRare(word: NeededWord): boolean {
  return weight(word) >= leastWeight;
}

function leastOf({ words, times }: NeededGroup): number {
  return Math.min(...words.map(weight)) + Math.min(times - 1, 10) / 10;
}

/** A Han letter is rarer than a Latin one, a sign that joins no words is, too, and a space is everywhere. */
function weight({ text, edge, stop }: NeededWord): number {
  const edges = (edge ? 1 : 0) + (stop ? 0.5 : 0);
  return [...text].reduce(
    (sum, sign) => sum + (sign > "\x7f" ? 3 : sign === " " ? 0.25 : /[@#+:%]/.test(sign) ? 2 : 1),
    edges,
  );
}
