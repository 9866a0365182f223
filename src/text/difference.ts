/** A line of a difference: only in the first text, only in the second, or in both. */
export interface DifferenceLine {
  sign: "-" | "+" | " ";
  text: string;
}

/** Texts with more pairs of lines than this are told apart as wholes. */
const mostPairs = 1_000_000;

/** What to take out of one text and put in to get the other, line by line, as few as possible; all lines of both. */
export function lineDifference(from: string, to: string): DifferenceLine[] {
  const one = from.split("\n");
  const other = to.split("\n");
  let start = 0;
  while (start < Math.min(one.length, other.length) && one[start] === other[start]) start += 1;
  let end = 0;
  while (
    end < Math.min(one.length, other.length) - start &&
    one[one.length - 1 - end] === other[other.length - 1 - end]
  ) {
    end += 1;
  }
  const same = (text: string): DifferenceLine => ({ sign: " ", text });
  return [
    ...one.slice(0, start).map(same),
    ...middle(one.slice(start, one.length - end), other.slice(start, other.length - end)),
    ...one.slice(one.length - end).map(same),
  ];
}

/** A difference for people: `- ` and `+ ` lines, unchanged ones only beside them, never more than `most`. */
export function shortDifference(lines: readonly DifferenceLine[], most: number): string[] {
  const near = (index: number): boolean =>
    [-1, 0, 1].some((step) => (lines[index + step]?.sign ?? " ") !== " ");
  const shown = lines.flatMap(({ sign, text }, index) => {
    if (near(index)) return [`${sign} ${text}`.trimEnd()];
    return near(index - 1) ? ["  …"] : [];
  });
  if (shown.length <= most) return shown;
  return [...shown.slice(0, most), `  … and ${shown.length - most} more lines`];
}

function middle(one: readonly string[], other: readonly string[]): DifferenceLine[] {
  const out = (text: string): DifferenceLine => ({ sign: "-", text });
  const into = (text: string): DifferenceLine => ({ sign: "+", text });
  if (one.length * other.length > mostPairs) return [...one.map(out), ...other.map(into)];
  // Longest common lines, reckoned from the end.
  const width = other.length + 1;
  const common = new Uint32Array((one.length + 1) * width);
  const at = (row: number, column: number): number => common[row * width + column] ?? 0;
  for (let row = one.length - 1; row >= 0; row -= 1) {
    for (let column = other.length - 1; column >= 0; column -= 1) {
      common[row * width + column] =
        one[row] === other[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const lines: DifferenceLine[] = [];
  let row = 0;
  let column = 0;
  while (row < one.length || column < other.length) {
    const [left, right] = [one[row], other[column]];
    if (left !== undefined && left === right) {
      lines.push({ sign: " ", text: left });
      row += 1;
      column += 1;
    } else if (
      left !== undefined &&
      (right === undefined || at(row + 1, column) >= at(row, column + 1))
    ) {
      lines.push(out(left));
      row += 1;
    } else {
      lines.push(into(right ?? ""));
      column += 1;
    }
  }
  return lines;
}
