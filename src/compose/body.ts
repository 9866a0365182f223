import type { Destination, LengthUnit } from "../core/destination.ts";
import type { Dropped } from "../core/draft.ts";
import { countGraphemes, endsCharacter } from "../text/graphemes.ts";
import { fitsWithin, measure, unitsWithin } from "../text/measure.ts";
import {
  lastCharacterEnd,
  lastSentenceEnd,
  lastWordEnd,
  longestFitting,
  tearsAmount,
} from "../text/segments.ts";
import { plainCaption } from "./plain-caption.ts";

/** What a body is made from. */
export interface BodyInput {
  /** The texts in their order, one for each language. */
  texts: readonly string[];
  topics: readonly string[];
  destination: Destination;
  isNoise: (tag: string) => boolean;
  /** Tags that TikTok itself saw, without sign. */
  knownTags?: readonly string[];
}

/** A body and what it leaves out. */
export interface MadeBody {
  /** Exactly what is pasted, topics included. */
  body: string;
  /** The topics that the body carries. */
  topics: string[];
  dropped: Dropped[];
  /** Which text was shortened to fit: the only or first one, or only the one in the second language. */
  cut: "none" | "second" | "first";
}

/** Stands between two languages, on a line of its own; as bilingual notes have it (2025). */
const between = "\n—\n";

/**
 * The texts with the topics in the last line, never over the hard limit. Where both languages do not fit, the
 * second one is cut first.
 */
export function makeBody(input: BodyInput): MadeBody {
  const { destination, isNoise, knownTags = [] } = input;
  const { unit, hard } = destination.limits.body;
  const plain = input.texts.map((text) =>
    plainCaption(text, { removesLinks: destination.removesLinks, isNoise, knownTags }),
  );
  const [only] = plain;
  const isOne = plain.length === 1 && only !== undefined;
  const dropped = once(isOne ? only.dropped : plain.flatMap((each) => each.dropped));
  const fits = (body: string): boolean => hard === null || fitsWithin(body, hard, unit);

  const topics: string[] = [];
  let line = "";
  for (const name of input.topics) {
    const longer = line === "" ? `#${name}` : `${line} #${name}`;
    if (fits(longer)) {
      topics.push(name);
      line = longer;
    } else dropped.push({ what: `#${name}`, why: "there is no room for it in the text" });
  }
  const [first = "", second = ""] = isOne
    ? [only.text]
    : [...new Set(plain.map(({ text }) => text))].filter((text) => text !== "");
  const bodyOf = (one: string, other: string): string => join(one, other, line);
  const whole = bodyOf(first, second);
  if (fits(whole) || hard === null) return { body: whole, topics, dropped, cut: "none" };

  const lost = (text: string, kept: string, which: string): void => {
    if (text === kept) return;
    const count = countLost(text, kept) + (kept === "" ? 0 : 1);
    dropped.push({
      what: `the last ${count} characters of the ${which}`,
      why: `the text takes ${hard} units there, topics included`,
    });
  };
  const room = (other: string): Room => ({ unit, most: hard - measure(other, unit) });
  const shortSecond =
    second && shorten(second, (part) => fits(bodyOf(first, part)), room(bodyOf(first, "…")));
  lost(second, shortSecond, "second language");
  if (fits(bodyOf(first, shortSecond)))
    return { body: bodyOf(first, shortSecond), topics, dropped, cut: "second" };
  const shortFirst = shorten(
    first,
    (part) => fits(bodyOf(part, shortSecond)),
    room(bodyOf("…", shortSecond)),
  );
  lost(first, shortFirst, second === "" ? "caption" : "first language");
  return { body: bodyOf(shortFirst, shortSecond), topics, dropped, cut: "first" };
}

/** How many characters one text has more than its beginning with an ellipsis; only where they part is counted. */
function countLost(text: string, kept: string): number {
  const same = Math.max(0, kept.length - 2);
  const isSame =
    text.startsWith(kept.slice(0, same)) && endsCharacter(text, same) && endsCharacter(kept, same);
  return isSame
    ? countGraphemes(text.slice(same)) - countGraphemes(kept.slice(same))
    : countGraphemes(text) - countGraphemes(kept);
}

function once(dropped: readonly Dropped[]): Dropped[] {
  return dropped.length < 2
    ? [...dropped]
    : dropped.filter(
        ({ what }, index) => dropped.findIndex((each) => each.what === what) === index,
      );
}

/** @param topics as they are typed: `#one #two` */
function join(first: string, second: string, topics: string): string {
  const text = first === "" || second === "" ? first + second : first + between + second;
  return text === "" || topics === "" ? text + topics : `${text}\n\n${topics}`;
}

/** What is left for a text beside everything else; only a guess where units are not counted one by one. */
interface Room {
  unit: LengthUnit;
  most: number;
}

/** After a sentence when that keeps most of the room, else after a word, else inside a long word. */
function shorten(
  text: string,
  fits: (part: string) => boolean,
  { unit, most: left }: Room,
): string {
  const guess = unitsWithin(text, left, unit);
  const asSentence = (part: string): string => `${part.trimEnd()} …`;
  const asWord = (part: string): string => `${part.trimEnd()}…`;
  const sentenceEnd = lastSentenceEnd(
    text,
    longestFitting(text, (part) => fits(asSentence(part)), guess),
  );
  const longest = longestFitting(text, (part) => fits(asWord(part)), guess);
  const wordEnd = lastWordEnd(text, longest);
  // A text that is one endless number has no better place than any.
  const characterEnd =
    lastCharacterEnd(text, longest, (place) => !tearsAmount(text, place)) ??
    lastCharacterEnd(text, longest);
  const length = (end: number | null): number => measure(text.slice(0, end ?? 0), unit);
  // A step to coarser cuts may cost at most a fifth of the text.
  const most = length(characterEnd);
  if (sentenceEnd !== null && length(sentenceEnd) >= most * 0.8)
    return asSentence(text.slice(0, sentenceEnd));
  if (wordEnd !== null && length(wordEnd) >= most * 0.8) return asWord(text.slice(0, wordEnd));
  return most === 0 ? "" : asWord(text.slice(0, characterEnd ?? 0));
}
