import type { Destination, TextLimit } from "../core/destination.ts";
import { cutToFit, fitsWithin, measure } from "../text/measure.ts";
import { foldFancy, normaliseLines, stripInvisible } from "../text/normalise.ts";
import { rememberLast } from "../text/remember.ts";
import { hasContact, plainCaption } from "./plain-caption.ts";
import type { PlainCaption } from "./plain-caption.ts";
import { pictureBreak, withoutPictures } from "./pictures.ts";
import { cutAtWord, says, shorten, trimEnds } from "./title-cut.ts";
import type { Room } from "./title-cut.ts";

/** What a title is made from. */
export interface TitleInput {
  /** Texts of the post, the one to take first; the next counts where one says nothing. */
  texts: readonly string[];
  destination: Destination;
  /** Topics that come from the caption's own tags, the best first. */
  topics: readonly string[];
  /** Name of the creator's niche in the destination's language; null when it is not set. */
  niche: string | null;
  /** Day of the post, to tell apart titles that are made from the niche. */
  date: string;
  isNoise: (tag: string) => boolean;
  /** Tags that TikTok itself saw, without sign. */
  knownTags?: readonly string[];
}

/** A title and where its words come from. */
export interface MadeTitle {
  title: string;
  source: "caption" | "topics" | "niche" | "none";
  /** True when the title is shorter than the words that it comes from. */
  cut: boolean;
}

/** The room that a generated title uses: the hard limit, else the advice. */
function roomOf(limit: TextLimit): Room | null {
  if (limit.hard !== null) return { unit: limit.unit, most: limit.hard };
  return limit.advice;
}

/**
 * A title from the first line of the first text that says something: the whole line, else its first sentences, else a clause, else as many
 * words as fit. A caption of nothing but tags gets its topics, else niche and day. Nothing is ever invented.
 */
export function makeTitle(input: TitleInput): MadeTitle {
  const room = roomOf(input.destination.limits.title);
  const fits = (text: string): boolean => room === null || fitsWithin(text, room.most, room.unit);
  for (const text of input.texts) {
    const line = firstLine(text, input);
    if (line === "") continue;
    const title = fits(line) || room === null ? line : shorten(line, room);
    return { title, source: "caption", cut: title !== line };
  }
  if (input.texts.every((text) => text.trim() === ""))
    return { title: "", source: "none", cut: false };
  for (const [source, texts] of [
    ["topics", fromTopics(input.topics)],
    [
      "niche",
      input.niche === null ? [] : [`${input.niche} · ${input.date.slice(0, 10)}`, input.niche],
    ],
  ] as const) {
    const [longest] = texts;
    if (longest === undefined) continue;
    const title =
      texts.find(fits) ?? cutToFit(texts.at(-1) ?? "", room?.most ?? 0, room?.unit ?? "utf16");
    return { title, source, cut: title !== longest };
  }
  return { title: "", source: "none", cut: false };
}

/**
 * The same title told apart from others by a number, inside the room there is.
 * @param isTaken true for a title of another draft of the destination, in small letters
 */
export function tellApart(
  title: string,
  isTaken: (title: string) => boolean,
  destination: Destination,
): string {
  const room = roomOf(destination.limits.title);
  if (title === "" || !isTaken(title.toLowerCase())) return title;
  for (let number = 2; ; number += 1) {
    // "Day 3 2" would read as another day.
    const mark = /\p{N}$/u.test(title) ? ` (${number})` : ` ${number}`;
    const fits = (text: string): boolean =>
      room === null || measure(`${text}${mark}`, room.unit) <= room.most;
    const base =
      room === null || fits(title)
        ? title
        : cutAtWord(title.replace(/…$/u, ""), {
            unit: room.unit,
            most: room.most - Math.ceil(measure(mark, room.unit)),
          });
    const marked = `${base}${mark}`;
    if (!isTaken(marked.toLowerCase())) return marked;
  }
}

/** The first line that says something, without tags, handles, addresses, credits and emoji. */
function firstLine(
  caption: string,
  { isNoise, knownTags = [] }: Pick<TitleInput, "isNoise" | "knownTags">,
): string {
  const clean = cleaned(caption);
  const options = { removesLinks: true, isNoise, knownTags };
  const plain = plainCaption(clean, options);
  if (recent?.plain === plain) return recent.line;
  const found = firstLineOf(plain.text);
  // Without its emoji a line may read as an address: of `a.shop1️⃣` the keycap goes.
  const line = hasContact(found) ? trimEnds(plainCaption(found, options).text) : found;
  recent = { plain, line };
  return line;
}

const cleaned = rememberLast((caption) => stripInvisible(normaliseLines(foldFancy(caption))));
/** All destinations make their title from one line. */
let recent: { plain: PlainCaption; line: string } | null = null;

function firstLineOf(text: string): string {
  let withNumber = "";
  // Line by line: hardly any text needs a look at its second one.
  for (let start = 0, end = 0; start <= text.length; start = end + 1) {
    end = text.indexOf("\n", start);
    if (end === -1) end = text.length;
    const line = firstPart(withoutPictures(text.slice(start, end)));
    if (/\p{L}/u.test(line)) return line;
    if (withNumber === "" && /\p{N}/u.test(line)) withNumber = line;
  }
  return withNumber;
}

/**
 * What stands before the first emoji that closes a sentence, as it does where a capital or a script without
 * capitals follows. Too little to be a title ("Hi 👋") takes the next part along.
 */
function firstPart(line: string): string {
  const [first = "", ...rest] = line.split(pictureBreak);
  let part = first;
  for (const next of rest) {
    if (says(part, 6)) break;
    part = `${part} ${next}`;
  }
  return trimEnds(part);
}

/** Up to three topics, the most that fit; `HermesUnboxing` is read as two words. */
function fromTopics(topics: readonly string[]): string[] {
  const names = topics.slice(0, 3).map((name) => name.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2"));
  return names.map((_, index) => names.slice(0, names.length - index).join(" · "));
}
