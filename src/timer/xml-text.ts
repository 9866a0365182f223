import { escapeXml } from "../text/protect.ts";

/** An element with a text, on a line of its own. */
export function xmlLine(indent: number, name: string, text: string): string {
  return `${"  ".repeat(indent)}<${name}>${escapeXml(text)}</${name}>`;
}
