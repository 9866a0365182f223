import type { Destination, LengthUnit } from "../core/destination.ts";
import type { Dropped } from "../core/draft.ts";
import { graphemes, measure } from "../text/measure.ts";
import { characterEnds, lastFitting, sentences, tearsAmount, wordEnds } from "../text/segments.ts";
import { plainCaption } from "./plain-caption.ts";

/** What a body is made from. */
export interface BodyInput {
  caption: string | null;
  topics: readonly string[];
  destination: Destination;
  isNoise: (tag: string) => boolean;
}

/** A body and what it leaves out. */
export interface MadeBody {
  /** Exactly what is pasted, topics included. */
  body: string;
  /** The topics that the body carries. */
  topics: string[];
  dropped: Dropped[];
  /** True when the text was shortened to fit. */
  cut: boolean;
}

/** The caption as text with the topics in the last line, never over the hard limit. */
export function makeBody(input: BodyInput): MadeBody {
  const { destination } = input;
  const { unit, hard } = destination.limits.body;
  const { text, dropped } = plainCaption(input.caption ?? "", {
    removesLinks: destination.removesLinks,
    isNoise: input.isNoise,
  });
  const fits = (body: string): boolean => hard === null || measure(body, unit) <= hard;

  const topics: string[] = [];
  for (const name of input.topics) {
    if (fits(topicLine([...topics, name]))) topics.push(name);
    else dropped.push({ what: `#${name}`, why: "there is no room for it in the text" });
  }
  const whole = join(text, topics);
  if (fits(whole) || hard === null) return { body: whole, topics, dropped, cut: false };

  const kept = shorten(text, (part) => fits(join(part, topics)), unit);
  const lost = graphemes(text).length - graphemes(kept).length + 1;
  dropped.push({
    what: `the last ${lost} characters of the caption`,
    why: `the text takes ${hard} units there, topics included`,
  });
  return { body: join(kept, topics), topics, dropped, cut: true };
}

/** Topics as they are typed: `#one #two`. */
function topicLine(topics: readonly string[]): string {
  return topics.map((name) => `#${name}`).join(" ");
}

function join(text: string, topics: readonly string[]): string {
  return [text, topicLine(topics)].filter((part) => part !== "").join("\n\n");
}

/** After a sentence when that keeps most of the room, else after a word, else inside a long word. */
function shorten(text: string, fits: (part: string) => boolean, unit: LengthUnit): string {
  const asSentence = (part: string): string => `${part.trimEnd()} …`;
  const asWord = (part: string): string => `${part.trimEnd()}…`;
  const fitsAsWord = (part: string): boolean => fits(asWord(part));
  const sentenceEnd = lastFitting(text, ends(sentences(text)), (part) => fits(asSentence(part)));
  const wordEnd = lastFitting(text, wordEnds(text), fitsAsWord);
  const whole = [...characterEnds(text)];
  const inside = whole.filter((place) => !tearsAmount(text, place));
  // A text that is one endless number has no better place than any.
  const characterEnd =
    lastFitting(text, inside, fitsAsWord) ?? lastFitting(text, whole, fitsAsWord);
  const length = (end: number | null): number => measure(text.slice(0, end ?? 0), unit);
  // A step to coarser cuts may cost at most a fifth of the text.
  const most = length(characterEnd);
  if (sentenceEnd !== null && length(sentenceEnd) >= most * 0.8)
    return asSentence(text.slice(0, sentenceEnd));
  if (wordEnd !== null && length(wordEnd) >= most * 0.8) return asWord(text.slice(0, wordEnd));
  return most === 0 ? "" : asWord(text.slice(0, characterEnd ?? 0));
}

function ends(parts: readonly string[]): number[] {
  let place = 0;
  return parts.map((part) => (place += part.length));
}
