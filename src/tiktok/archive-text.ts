/** One line of TikTok's text form; the label is empty where the line has none. */
export interface TextField {
  label: string;
  value: string;
}

/** Lines that belong together, such as those of one post. */
export interface TextBlock {
  /** The first line, from 1. */
  line: number;
  fields: TextField[];
}

const longestLabel = 60;

/** Splits a line at its first colon, because values hold colons too. An address has no label. */
export function textField(line: string): TextField {
  const text = line.replaceAll("\0", "");
  if (isAddress(text)) return { label: "", value: text.trim() };
  // By hand: a pattern would take hours over a line made for that.
  const colon = text.search(/[:：]/);
  const label = text
    .slice(0, Math.min(colon, longestLabel + 20))
    .replace(/^[\s>]+/, "")
    .trim();
  // The lines of a conversation begin with a date.
  if (colon < 1 || label === "" || label.length > longestLabel || /^\d{4}-\d{2}/.test(label)) {
    return { label: "", value: text };
  }
  return { label, value: text.slice(colon).replace(/^[:：]+ ?/, "") };
}

/** True for a line that is an address and nothing else. */
export function isAddress(text: string): boolean {
  return /^\s*https?:\/\//i.test(text);
}

/** Puts lines together to blocks as they come. */
export interface BlockBuilder {
  /** Takes a line; answers the block that ended before it, if one did. */
  add(line: string, number: number): TextBlock | null;
  /** The last block. */
  end(): TextBlock | null;
}

/** More lines than any post has; a file without blank lines must not become one block. */
const longestBlock = { lines: 2000, length: 512 * 1024 };

/** Makes a builder. A block ends at a blank line, or where its first label comes again. */
export function blockBuilder(): BlockBuilder {
  let block: TextBlock | null = null;
  let length = 0;

  function end(): TextBlock | null {
    const ended = block;
    block = null;
    length = 0;
    return ended;
  }

  return {
    add(line, number) {
      if (line.trim() === "") return end();
      const field = textField(line);
      const first = block?.fields[0]?.label ?? "";
      const again = first !== "" && field.label === first;
      const full =
        (block?.fields.length ?? 0) >= longestBlock.lines || length > longestBlock.length;
      const ended = again || full ? end() : null;
      block ??= { line: number, fields: [] };
      length += line.length;
      block.fields.push(field);
      return ended;
    },
    end,
  };
}
