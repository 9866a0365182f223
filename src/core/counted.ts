/** A number with its noun, for sentences: `1 post`, `3 posts`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
