import { endsOpen } from "../compose/dangling.ts";
import type { PlaceholderForm } from "../core/translation.ts";
import { tokenise } from "./caption.ts";

/** A caption in two parts that, joined, are the caption. */
export interface CaptionParts {
  /** What people read. */
  words: string;
  /** The block of tags at the end with the space before it; it becomes topics and is not translated. */
  tags: string;
}

/** A stretch of a text: to be translated, or to come back as it is. */
export interface Stretch {
  text: string;
  kept: boolean;
  /** What comes back in its place, where a term that the creator settled is in it. */
  becomes?: string;
}

/** A term that no translator touches. */
export interface ProtectedTerm {
  term: string;
  /** What it is in the translation; null: it stays as it is. */
  becomes: string | null;
}

/** A text of which every placeholder came back, in pieces; or why it is not to be believed. */
export type Restored = { pieces: Stretch[] } | { lost: string };

const emoji =
  /\p{RI}\p{RI}|[0-9#*]\ufe0f?\u20e3|\p{Extended_Pictographic}(?:\ufe0f|\p{EMod})?[\u{E0020}-\u{E007F}]*(?:\u200d\p{Extended_Pictographic}(?:\ufe0f|\p{EMod})?)*|[\p{RI}\p{EMod}\ufe0f\u200d]/u;
/** Engines drop or change what cannot be seen, and XML has no room for most of it. */
const unseen =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\u2800\u3164\ufeff\ufffe\uffff\p{Surrogate}]/u;
/** Our own signs, should a caption have them. */
const brackets = /[⟦⟧]/u;
const spaceless =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const always = [emoji, unseen, brackets].map(({ source }) => source);

/** Splits the block of tags at the end off a caption. */
export function splitTags(caption: string): CaptionParts {
  const tokens = tokenise(caption);
  let begin = tokens.length;
  for (let index = tokens.length - 1; index >= 0; index -= 1) {
    const token = tokens[index];
    if (token?.type === "hashtag" || token?.type === "topic") begin = index;
    else if (token?.type !== "text" || token.text.trim() !== "") break;
  }
  const before = (index: number) => tokens.slice(0, index).map(({ text }) => text);
  // "Painting at the #beach #art": the first tag ends the sentence.
  if (begin < tokens.length && endsOpen(before(begin).join(""))) begin += 1;
  const words = before(begin).join("").trimEnd();
  return { words, tags: caption.slice(words.length) };
}

/**
 * Splits a text into what is translated and what stays: tags, handles, links, credits, emoji, characters that
 * cannot be seen, and these terms (brands, names, glossary). The stretches, joined, are the text.
 */
export function protect(text: string, terms: readonly ProtectedTerm[] = []): Stretch[] {
  const names = terms
    .filter(({ term }) => term.trim() !== "")
    .toSorted((a, b) => b.term.length - a.term.length);
  const kept = new RegExp(
    [...names.map(({ term }) => termPattern(term)), ...always].join("|"),
    "giu",
  );
  const found: Stretch[] = [];
  const push = (part: string, isKept: boolean, becomes?: string): void => {
    const last = found.at(-1);
    if (part === "") return;
    if (last?.kept !== isKept) {
      found.push({ text: part, kept: isKept, ...(becomes === undefined ? {} : { becomes }) });
      return;
    }
    if (becomes !== undefined || last.becomes !== undefined)
      last.becomes = (last.becomes ?? last.text) + (becomes ?? part);
    last.text += part;
  };
  for (const token of tokenise(text)) {
    if (token.type !== "text") {
      push(token.text, true);
      continue;
    }
    let place = 0;
    for (const match of token.text.matchAll(kept)) {
      push(token.text.slice(place, match.index), false);
      const term = names[match.slice(1).findIndex((group) => group !== undefined)];
      push(match[0], true, term === undefined ? undefined : (term.becomes ?? match[0]));
      place = match.index + match[0].length;
    }
    push(token.text.slice(place), false);
  }
  return found;
}

/** True when there is a word to translate. */
export function hasWords(stretches: readonly Stretch[]): boolean {
  return stretches.some(({ text, kept }) => !kept && /\p{L}/u.test(text));
}

/** The stretches as a translator gets them, what stays as numbered placeholders. */
export function mask(stretches: readonly Stretch[], form: PlaceholderForm): string {
  let id = 0;
  return stretches
    .map(({ text, kept }) => {
      if (kept) return form === "xml" ? `<x id="${id++}"/>` : `⟦${id++}⟧`;
      return form === "xml" ? escapeXml(text) : text;
    })
    .join("");
}

/** Puts what stays back into a translation; every placeholder has to be there exactly once, in one piece. */
export function unmask(
  translation: string,
  stretches: readonly Stretch[],
  form: PlaceholderForm,
): Restored {
  const kept = stretches.filter((stretch) => stretch.kept);
  const seen = new Set<number>();
  const pattern = form === "xml" ? /<x\s+id="(\d+)"\s*(?:\/>|>\s*<\/x\s*>)/g : /⟦(\d+)⟧/g;
  const pieces: Stretch[] = [];
  let place = 0;
  const words = (end: number): string => translation.slice(place, end);
  for (const match of translation.matchAll(pattern)) {
    const id = Number(match[1]);
    const stretch = kept[id];
    if (stretch === undefined || seen.has(id)) return { lost: "a placeholder came back twice" };
    seen.add(id);
    const between = plain(words(match.index), form);
    if (between === null) return { lost: "a placeholder came back broken" };
    pieces.push({ text: between, kept: false }, stretch);
    place = match.index + match[0].length;
  }
  const rest = plain(words(translation.length), form);
  if (rest === null) return { lost: "a placeholder came back broken" };
  if (seen.size < kept.length) return { lost: "a tag, handle, link or emoji was lost" };
  return { pieces: [...pieces, { text: rest, kept: false }] };
}

/** A text of its pieces, with what terms became. */
export function joinStretches(stretches: readonly Stretch[]): string {
  return stretches.reduce((text, { becomes, text: own }, index) => {
    const next = becomes ?? own;
    // Engines put spaces around a placeholder; between two Chinese words there is none.
    const isTerm = becomes !== undefined || stretches[index - 1]?.becomes !== undefined;
    const tight = isTerm && /\p{Script=Han} $/u.test(text) && /^\p{Script=Han}/u.test(next);
    const begins = isTerm && /\p{Script=Han}$/u.test(text) && /^ \p{Script=Han}/u.test(next);
    return (tight ? text.slice(0, -1) : text) + (begins ? next.slice(1) : next);
  }, "");
}

/** The words of a text without what stays. */
export function wordsOf(stretches: readonly Stretch[]): string {
  return stretches.flatMap(({ text, kept }) => (kept ? [] : [text])).join(" ");
}

/** The words between placeholders; null where a torn placeholder or foreign markup is left in them. */
function plain(text: string, form: PlaceholderForm): string | null {
  if (form === "brackets") return brackets.test(text) ? null : text;
  if (/[<>]/.test(text.replaceAll(/&[a-z]+;/g, ""))) return null;
  return unescapeXml(text);
}

/** A whole word; scripts without spaces do not tell where a word ends. */
function termPattern(term: string): string {
  const letter = String.raw`(?!${spaceless.source})[\p{L}\p{N}]`;
  const before = spaceless.test([...term][0] ?? "") ? "" : `(?<!${letter})`;
  const after = spaceless.test([...term].at(-1) ?? "") ? "" : `(?!${letter})`;
  return `${before}(${escapePattern(term)})${after}`;
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** Text as XML writes it. */
export function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Text out of XML: the five names and numbers, nothing else; null for any other. */
export function unescapeXml(text: string): string | null {
  let known = true;
  const made = text.replaceAll(/&([^;&\s]{0,10};)?/g, (_, name: string = "") => {
    const number = /^#(?:(\d+)|x([\da-f]+));$/i.exec(name);
    const point =
      number === null ? NaN : number[1] === undefined ? parseInt(number[2] ?? "", 16) : +number[1];
    if (point > 0 && point <= 0x10ffff) return String.fromCodePoint(point);
    const sign = entities[name];
    if (sign === undefined) known = false;
    return sign ?? "";
  });
  return known ? made : null;
}

const entities: Record<string, string> = {
  "amp;": "&",
  "lt;": "<",
  "gt;": ">",
  "quot;": '"',
  "apos;": "'",
};
