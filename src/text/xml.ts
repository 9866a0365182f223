import { ExpectedError } from "../core/error.ts";
import { unescapeXml } from "./protect.ts";

/** An element of an XML file. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: (XmlElement | string)[];
}

/** No file of ours nests deeper, and none may make this one run out of stack. */
const deepest = 64;
const piece =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([^\s<>/]+)\s*>|<([^\s<>/!?&"'=]+)((?:\s+[^\s<>=/"']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/gy;
const attribute = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * Reads a small XML file: elements, texts, comments, CDATA, the five named entities and numbers. Document types
 * and entities of one's own are refused, since they can make a small file endless or read other files. Names
 * come without their prefix. Throws ExpectedError (exit `input`) with the line of a fault.
 */
export function parseXml(text: string): XmlElement {
  const whole = text.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n");
  const top: XmlElement = { name: "", attributes: {}, children: [] };
  const open: XmlElement[] = [top];
  piece.lastIndex = 0;
  for (let place = 0; place < whole.length;) {
    piece.lastIndex = place;
    const match = piece.exec(whole);
    if (match === null) throw broken(whole, place, reasonAt(whole, place));
    const [all, data, closing, opening, attributes = "", alone] = match;
    const parent = open.at(-1) ?? top;
    if (closing !== undefined) {
      if (open.length < 2 || parent.name !== bare(closing))
        throw broken(whole, place, `</${closing}> closes nothing`);
      open.pop();
    } else if (opening !== undefined) {
      const made: XmlElement = { name: bare(opening), attributes: {}, children: [] };
      for (const [, name = "", double, single] of attributes.matchAll(attribute))
        made.attributes[name] = decoded(double ?? single ?? "", whole, place);
      parent.children.push(made);
      if (alone !== "/") open.push(made);
      if (open.length > deepest) throw broken(whole, place, "it is nested too deep");
    } else if (data !== undefined) parent.children.push(data);
    else if (!all.startsWith("<")) parent.children.push(decoded(all, whole, place));
    place += all.length;
  }
  const roots = top.children.filter((child) => typeof child !== "string");
  const stray = top.children.some((child) => typeof child === "string" && child.trim() !== "");
  const [root] = roots;
  if (open.length > 1 || root === undefined || roots.length > 1 || stray)
    throw broken(whole, whole.length, "it ends too early or has something beside its one element");
  return root;
}

/** The elements of this name directly below an element. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter(
    (child): child is XmlElement => typeof child !== "string" && child.name === name,
  );
}

/** Every element of this name, however deep. */
export function descendantsOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => {
    if (typeof child === "string") return [];
    return [...(child.name === name ? [child] : []), ...descendantsOf(child, name)];
  });
}

/** The text of an element with everything in it. */
export function textOf(element: XmlElement): string {
  return element.children
    .map((child) => (typeof child === "string" ? child : textOf(child)))
    .join("");
}

function bare(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function decoded(text: string, whole: string, place: number): string {
  const made = unescapeXml(text);
  if (made === null) throw broken(whole, place, "it has an entity that is none of the five of XML");
  return made;
}

function reasonAt(text: string, place: number): string {
  if (/^<!(?:DOCTYPE|ENTITY)/i.test(text.slice(place, place + 10)))
    return "it has a document type, which is not taken for safety";
  return "a tag is not written right";
}

function broken(text: string, place: number, why: string): ExpectedError {
  const line = text.slice(0, place).split("\n").length;
  return new ExpectedError({
    exit: "input",
    code: "translations-broken",
    what: `The XLIFF file cannot be read at line ${line}: ${why}.`,
    fix: "Save it again as XLIFF 1.2 in your editor, and try once more.",
  });
}
