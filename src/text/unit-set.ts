/**
 * Whether a single UTF-16 unit is found by a pattern, remembered for every unit that was asked for: a walk by
 * table is many times faster than a pattern with Unicode classes.
 */
export function unitTest(pattern: RegExp): (unit: number) => boolean {
  const answers = new Uint8Array(0x1_0000);
  return (unit) => {
    // No unit stands outside a text. A table that was once asked for NaN is slow for all that is asked of it.
    if (!(unit >= 0)) return false;
    if (answers[unit] === 0) answers[unit] = pattern.test(String.fromCharCode(unit)) ? 2 : 1;
    return answers[unit] === 2;
  };
}

/** A text without the units at its end that are in the set. */
export function withoutEnd(text: string, isInSet: (unit: number) => boolean): string {
  let end = text.length;
  while (end > 0 && isInSet(text.charCodeAt(end - 1))) end -= 1;
  return end === text.length ? text : text.slice(0, end);
}
