import type { Dropped } from "../core/draft.ts";
import { tagName, tokenise } from "../text/caption.ts";
import type { Token } from "../text/caption.ts";
import { mayHaveContact } from "../text/token-starts.ts";
import { hasRightToLeft, normaliseLines, stripFillers, stripInvisible } from "../text/normalise.ts";
import { unitTest } from "../text/unit-set.ts";
import { recentTexts } from "../text/remember.ts";
import type { RecentTexts } from "../text/remember.ts";
import { closeGaps, gap, needsSpace, tagGap } from "./close-gaps.ts";
import { endsOpen } from "./dangling.ts";

/** How a caption is made plain. */
export interface PlainOptions {
  /** Take out addresses, e-mails and handles. */
  removesLinks: boolean;
  /** True for a tag that is no word and leaves its sentence too; see `noiseTest`. */
  isNoise: (tag: string) => boolean;
  /** Tags that TikTok itself saw in the caption, without sign. */
  knownTags?: readonly string[];
}

/** A caption as running text. */
export interface PlainCaption {
  text: string;
  /** Every tag in its order, without sign. */
  tags: readonly string[];
  /** What was taken out, tags not counted. */
  dropped: readonly Dropped[];
}

const blank = /^[\s\p{P}\p{S}\p{Extended_Pictographic}\p{RI}\p{EMod}\p{M}\u200c\u200d]*$/u;

/**
 * Turns a caption into running text: the block of tags goes (its tags become topics), a tag inside a sentence
 * becomes its word, credits go, and addresses and handles go where the destination punishes them. Words and
 * line breaks stay as the author wrote them.
 */
export function plainCaption(caption: string, options: PlainOptions): PlainCaption {
  const { byCaption, byClean } = recentAnswers(options);
  const known = byCaption.find(caption);
  if (known !== undefined) return known;
  // Blank signs are kept until the lines are normalised: a line of them is a forced gap.
  const lines = normaliseLines(caption);
  const clean = hasRightToLeft(lines) ? stripFillers(lines) : stripInvisible(lines);
  const made = byClean.find(clean) ?? plainOf(clean, options);
  byCaption.keep(caption, made);
  byClean.keep(clean, made);
  return made;
}

/** What was made with the same options just now: title and body, and all destinations, start from one caption. */
interface RecentAnswers {
  options: PlainOptions;
  byCaption: RecentTexts<PlainCaption>;
  byClean: RecentTexts<PlainCaption>;
}

let recent: RecentAnswers | null = null;

function recentAnswers(options: PlainOptions): RecentAnswers {
  if (recent === null || !isSame(recent.options, options)) {
    const { knownTags = [] } = options;
    recent = {
      options: { ...options, knownTags: [...knownTags] },
      byCaption: recentTexts(),
      byClean: recentTexts(),
    };
  }
  return recent;
}

function isSame(one: PlainOptions, other: PlainOptions): boolean {
  if (one.removesLinks !== other.removesLinks || one.isNoise !== other.isNoise) return false;
  const [tags, others] = [one.knownTags ?? [], other.knownTags ?? []];
  return tags.length === others.length && tags.every((tag, index) => tag === others[index]);
}

function plainOf(clean: string, options: PlainOptions): PlainCaption {
  const tokens = tokenise(clean, options.knownTags);
  const inBlock = blockTags(tokens);
  const dropped: Dropped[] = [];
  const tags: string[] = [];
  let text = "";
  let last = "";
  let isAtGap = false;
  // A text that grows is never read to its end, which would write it anew for every token.
  const add = (piece: string): void => {
    text += piece;
    last = piece;
    isAtGap = endsAtGap(piece) ?? isAtGap;
  };
  const joined = (next: string): string =>
    needsSpace(last.length > 1 ? last : text, next) ? ` ${next}` : next;
  let before: Token | null = null;
  for (const [index, token] of tokens.entries()) {
    const isAfterTopic = before?.type === "topic";
    before = token;
    if (token.type === "hashtag" || token.type === "topic") {
      const name = tagName(token);
      tags.push(name);
      // "Painting at the #beach #watercolour": the first tag of the block is the end of the sentence.
      const isWord =
        !options.isNoise(name) && (!inBlock.has(index) || (!isAtGap && endsOpen(text)));
      add(isWord ? joined(name) : tagGap);
      continue;
    }
    const reason = whyDropped(token, options);
    if (reason === null) {
      // Only `#name[话题]#` can be followed by a letter: the two must not melt together.
      add(isAfterTopic ? joined(token.text) : token.text);
      continue;
    }
    dropped.push({ what: token.text.trim(), why: reason });
    add(gap);
  }
  const made = { text: closeGaps(text), tags, dropped };
  // Two halves may have become an address when what stood between them went.
  if (!options.removesLinks || !hasContact(made.text)) return made;
  const rest = plainCaption(made.text, options);
  return { text: rest.text, tags: [...tags, ...rest.tags], dropped: [...dropped, ...rest.dropped] };
}

/** True when a text has an address or a handle. */
export function hasContact(text: string): boolean {
  if (!mayHaveContact(text)) return false;
  return tokenise(text).some(({ type }) => type === "link" || type === "mention");
}

/**
 * True where only white space stands behind the last gap, or some of it is a line break; sought from the end. Null
 * where there is only white space without one.
 */
function endsAtGap(text: string): boolean | null {
  for (let at = text.length - 1; at >= 0; at -= 1) {
    const sign = text.charAt(at);
    if (sign === "\n" || sign === gap || sign === tagGap) return true;
    if (sign.trim() !== "") return false;
  }
  return null;
}

function whyDropped(token: Token, options: PlainOptions): string | null {
  if (token.type === "credit") return "it points at somebody else's TikTok post";
  if (!options.removesLinks) return null;
  if (token.type === "link") return "links and addresses are punished there";
  if (token.type === "mention")
    return "that handle belongs to TikTok, and handles are punished there";
  return null;
}

/** Tags that are a list and not part of a sentence: at the end, alone on their line, or three in a row. */
function blockTags(tokens: readonly Token[]): Set<number> {
  const block = new Set<number>();
  const isTag = (index: number): boolean => {
    const type = index < tokens.length ? tokens[index]?.type : undefined;
    return type === "hashtag" || type === "topic";
  };
  for (let index = tokens.length - 1; index >= 0; index -= 1) {
    if (isTag(index)) block.add(index);
    else if (tokens[index]?.type === "text" && !blank.test(tokens[index]?.text ?? "")) break;
  }
  for (let start = 0; start < tokens.length; start += 1) {
    if (!isTag(start)) continue;
    const run = [start];
    let next = start + 1;
    while (isTag(next) || (isGapInRun(tokens[next]) && isTag(next + 1))) {
      if (isTag(next)) run.push(next);
      next += 1;
    }
    const ownLine =
      (start === 0 || endsLine(tokens[start - 1]?.text ?? "")) &&
      (next === tokens.length || /^[^\S\n]*\n/.test(tokens[next]?.text ?? ""));
    if (run.length >= 3 || ownLine) for (const index of run) block.add(index);
    start = next - 1;
  }
  return block;
}

/** True where nothing but spaces stands behind the last line break. */
function endsLine(text: string): boolean {
  let at = text.length - 1;
  while (isBlank(text.charCodeAt(at))) at -= 1;
  return text.charCodeAt(at) === 0x0a;
}

const isBlank = unitTest(/[^\S\n]/u);

function isGapInRun(token: Token | undefined): boolean {
  return token?.type === "text" && /^[^\S\n]*$/.test(token.text);
}
