const sign = /[#＃@＠]|:\/\/|\.(?=[!#-;=?-~ſ\u212a])/g;
/** Letters of an address; ſ and K are s and k to a pattern that takes no heed of capitals. */
const inMailbox = /[A-Za-z0-9._%+\-ſ\u212a]/;
const inHost = /[A-Za-z0-9.\-ſ\u212a]/;
const firstWord = /\S/u;

/**
 * Every place where something other than text can begin in a caption, ascending: tags and handles at their signs,
 * credits at the first word, addresses at the word around their `@`, `.` or `://`. Few of them hold a token, but a
 * token begins nowhere else, so that nobody needs to look at every letter.
 */
export function tokenStarts(caption: string): number[] {
  const starts = new Set<number>();
  const first = caption.search(firstWord);
  if (first !== -1) starts.add(first);
  let host = { dot: -1, start: 0 };
  sign.lastIndex = 0;
  for (let match = sign.exec(caption); match !== null; match = sign.exec(caption)) {
    const at = match.index;
    switch (match[0]) {
      case "://":
        starts.add(at - 4).add(at - 5);
        break;
      case ".":
        host = { dot: at, start: wordStart(caption, at, inHost, host) };
        starts.add(host.start);
        break;
      case "@":
        starts.add(wordStart(caption, at, inMailbox)).add(at);
        break;
      default:
        starts.add(at);
    }
  }
  return [...starts].filter((start) => start >= 0).toSorted((a, b) => a - b);
}

/** @param known the start of the word around an earlier dot: of many dots in one word each is walked to once */
function wordStart(
  caption: string,
  before: number,
  letters: RegExp,
  known: { dot: number; start: number } = { dot: -1, start: 0 },
): number {
  let start = before;
  while (start > 0 && letters.test(caption.charAt(start - 1))) {
    start -= 1;
    if (start === known.dot) return known.start;
  }
  return start;
}

/** True when a text may hold an address or a handle; false is sure. */
export function mayHaveContact(text: string): boolean {
  sign.lastIndex = 0;
  for (let match = sign.exec(text); match !== null; match = sign.exec(text)) {
    if (match[0] !== "#" && match[0] !== "＃") return true;
  }
  return false;
}
