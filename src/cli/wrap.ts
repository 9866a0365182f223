import { textWidth } from "./text-width.ts";

/**
 * A sentence as lines no wider than the screen, as Chinese and emoji are drawn; those after the first stand
 * below its text. A word that is wider than a line stays whole.
 * @param head stands before the first line
 */
export function wrapped(
  text: string,
  { columns, head = "" }: { columns: number; head?: string },
): string[] {
  const indent = " ".repeat(textWidth(head));
  const lines: string[] = [];
  let line = head;
  let isFresh = true;
  for (const word of text.split(" ")) {
    const longer = isFresh ? line + word : `${line} ${word}`;
    if (!isFresh && textWidth(longer) > columns) {
      lines.push(line);
      line = indent + word;
    } else line = longer;
    isFresh = false;
  }
  return [...lines, line];
}
