import { createRequire } from "node:module";
import type stringWidth from "string-width";

const load = createRequire(import.meta.url);

/** Letters and signs of which each takes one column, whatever stands beside it. */
const plain = /^[ -~\u00A0-\u00AC\u00AE-\u00FF\u2010-\u2027\u2192]*$/;

/**
 * How many columns of a terminal a text takes, as Chinese and emoji are drawn. What knows about those takes
 * 20 ms to load, which every command would wait for: it is loaded for the first text that needs it.
 */
export function textWidth(text: string): number {
  if (plain.test(text)) return text.length;
  const wide = load("string-width") as { default: typeof stringWidth };
  return wide.default(text);
}
