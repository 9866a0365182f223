/** A class, an escape or one sign of a pattern. */
const atoms =
  /\[(?:[^\\\]]|\\.)*\]|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[\da-f]{4}|\\x[\da-f]{2}|\\.|./gisu;

/**
 * True where a pattern (flags `giu`) may take or look at a `#`, or at the ends of a text. Any other one finds in two
 * parts of a text, of which the second begins with `#`, what it finds in the whole: it ends before that sign or
 * begins behind it, and at the edge of a word `#` is like the end of the text. What is not understood may reach.
 */
export function reachesOverHash(source: string): boolean {
  for (const [atom] of source.matchAll(atoms)) {
    if (atom.length === 1 ? "#.^$".includes(atom) : mayTakeHash(atom)) return true;
  }
  return false;
}

function mayTakeHash(atom: string): boolean {
  try {
    return new RegExp(`^${atom}$`, "iu").test("#");
  } catch {
    // A group that is taken again, or what has no meaning alone.
    return true;
  }
}
