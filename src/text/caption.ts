import { tokenStarts } from "./token-starts.ts";
import { unitTest } from "./unit-set.ts";

/** What a stretch of a caption is. `topic` is RedNote's own form, `#name[话题]#`. */
export type TokenType = "text" | "hashtag" | "mention" | "link" | "credit" | "topic";

/** A stretch of a caption; the tokens of a caption, joined, are the caption. */
export interface Token {
  type: TokenType;
  text: string;
  start: number;
  end: number;
}

const handle = String.raw`[@＠][A-Za-z0-9_](?:[A-Za-z0-9_.]*[A-Za-z0-9_])?`;

/** Signs that belong to the character before them: a token that ends in front of one would break it. */
const joined = String.raw`\p{M}\u200c\u200d\ufe0f\p{EMod}\u{E0020}-\u{E007F}`;

/** A label may hold emoji and flags; `·` and `・` join words. It never starts inside a character (`#️⃣` is a keycap). */
const label = String.raw`(?![${joined}])[\p{L}\p{M}\p{N}_·・\p{Extended_Pictographic}\p{RI}\p{EMod}\u200c\u200d\ufe0f\uff9f\u{E0020}-\u{E007F}]+`;

const creditAtStart = String.raw`(?<=^\s*)(?:#?(?:duet|stitch)(?:ed)? with|repl(?:y|ying) to|antwoorden aan|antwort (?:an|auf)|respuesta a|respondiendo a|em resposta a|respondendo a|réponse à|répondre à|risposta a|rispondi a|trả lời|回复|回覆)\s*${handle}`;
const creditAnywhere = String.raw`#(?:duet|stitch) with ${handle}`;

const topic = String.raw`[#＃][^#＃\[\]\n]{1,60}\[话题\][#＃]`;
const hashtag = `[#＃]${label}`;
/** Behind a letter the sign is part of an address; scripts without spaces write `谢谢@anna`. */
const mention = String.raw`(?<!(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])[\p{L}\p{N}_.])${handle}`;

/** E-mail addresses count as links: they are a contact, and not a mention. */
const email = String.raw`(?<![A-Za-z0-9._%+\-])[A-Za-z0-9][A-Za-z0-9._%+\-]*@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+`;
const ending = String.raw`(?<![.,!?:;'")\]])`;
const address = String.raw`https?:\/\/[!#-;=?-~]+${ending}`;
const bareAddress = String.raw`(?<![\p{L}\p{N}_.@\-])(?:www\.[!#-;=?-~]+${ending}|(?:[a-z0-9\-]+\.)+(?:(?:com|net|org|shop|store|online|link|bio|app|dev|gg|ee|ly)(?:\/[!#-;=?-~]*${ending})?|(?:me|co|to|io|it|us|uk|de|fr|es|cn|jp|tv|ai|be)\/[!#-;=?-~]+${ending}))(?![A-Za-z0-9@])`;

/** Named by type and tried from left to right: credits before mentions, addresses before the tags inside them. */
export const tokenPattern = new RegExp(
  [
    `(?<credit>${creditAtStart}|${creditAnywhere})`,
    `(?<link>${address}|${email}|${bareAddress})`,
    `(?<topic>${topic})`,
    `(?<hashtag>${hashtag})`,
    `(?<mention>${mention})`,
  ].join("|"),
  "giu",
);
/** Groups by their number: an object of their names for every token costs more than to find it. */
const patternHere = new RegExp(tokenPattern.source.replaceAll(/\(\?<[a-z]+>/g, "("), "iuy");
/** The same where a `#` stands that begins no credit: most tokens are such tags. */
const tagHere = new RegExp(`(${topic})|(${hashtag})`, "iuy");
const tagTypes = ["topic", "hashtag"] as const;
const endOfTopic = "[话题]";
/** Letters that are surely a label. */
const isPlainLabel = unitTest(
  /[A-Za-z0-9_\u00c0-\u00d6\u00d8-\u00f6\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]/u,
);
/** Signs that are surely none, nor hang on a letter before them. */
const endsLabel = unitTest(/[\s!-/:-@[-^`{-~，。！？；：、（）…“”]/u);
const types = ["credit", "link", "topic", "hashtag", "mention"] as const;
const handleHere = new RegExp(handle, "uy");
const trailing = new RegExp(`[${joined}]+`, "uy");

/**
 * Splits a caption into tokens without losing a character.
 * @param known tags that TikTok itself saw in it, without sign: one that stands there, but ends elsewhere than
 * the pattern thinks, says where it ends
 */
export function tokenise(caption: string, known: readonly string[] = []): Token[] {
  const tokens = split(caption, []);
  if (known.length === 0) return tokens;
  const tags = tagsOf(tokens);
  if (known.every((name) => tags.includes(name))) return tokens;
  const found = new Set(tags.map((name) => name.toLowerCase()));
  const others = [...new Set(known.map((name) => name.toLowerCase()))].filter(
    (name) => name !== "" && !found.has(name),
  );
  if (others.length === 0) return tokens;
  return split(
    caption,
    others.toSorted((one, other) => other.length - one.length),
  );
}

/** @param names in small letters, the longest first */
function split(caption: string, names: readonly string[]): Token[] {
  const tokens: Token[] = [];
  const push = (type: TokenType, start: number, end: number): void => {
    if (end > start) tokens.push({ type, text: caption.slice(start, end), start, end });
  };
  const hasTopics = caption.includes(endOfTopic);
  let place = 0;
  let seen = 0;
  for (const start of tokenStarts(caption)) {
    if (start < seen) continue;
    const isTag = mayOnlyBeTag(caption, start);
    const plainEnd = isTag && !hasTopics && names.length === 0 ? plainTagEnd(caption, start) : null;
    if (plainEnd !== null && start >= place) {
      push("text", place, start);
      push("hashtag", start, plainEnd);
      seen = place = plainEnd;
      continue;
    }
    const pattern = isTag ? tagHere : patternHere;
    pattern.lastIndex = start;
    const match = pattern.exec(caption);
    if (match === null) continue;
    seen = match.index + match[0].length;
    if (start < place) continue;
    const type = typeOf(match, isTag ? tagTypes : types);
    let end = seen;
    if (type === "hashtag" && names.length > 0) {
      const begin = match.index + 1;
      const name = names.find(
        (each) => caption.slice(begin, begin + each.length).toLowerCase() === each,
      );
      if (name !== undefined) end = begin + name.length;
    }
    // No such sign is below U+0300.
    if (caption.charCodeAt(end) >= 0x300) {
      trailing.lastIndex = end;
      end += trailing.exec(caption)?.[0].length ?? 0;
    }
    push("text", place, match.index);
    push(type, match.index, end);
    place = end;
    // `#art@anna` and `@anna@joe` are two; only behind a plain word is the sign part of something else.
    while (startsHandle(caption.charCodeAt(place))) {
      handleHere.lastIndex = place;
      const glued = handleHere.exec(caption)?.[0].length ?? 0;
      if (glued === 0) break;
      push("mention", place, place + glued);
      place += glued;
    }
  }
  push("text", place, caption.length);
  return tokens;
}

/** Where a tag of plain letters ends; null where only the pattern can tell, or where a handle follows. */
function plainTagEnd(caption: string, start: number): number | null {
  const { length } = caption;
  let end = start + 1;
  while (end < length && isPlainLabel(caption.charCodeAt(end))) end += 1;
  if (end === start + 1 || startsHandle(caption.charCodeAt(end))) return null;
  return end === length || endsLabel(caption.charCodeAt(end)) ? end : null;
}

function startsHandle(unit: number): boolean {
  return unit === 0x40 || unit === 0xff20;
}

/** True at a `#` of no credit: those begin with `#duet` and `#stitch`, and ſ is an s to a pattern. */
function mayOnlyBeTag(caption: string, at: number): boolean {
  const unit = caption.charCodeAt(at);
  return (unit === 0x23 || unit === 0xff03) && !/[dsſ]/i.test(caption.charAt(at + 1));
}

function typeOf(match: RegExpExecArray, types: readonly TokenType[]): TokenType {
  for (let index = 0; index < types.length; index += 1)
    if (match[index + 1] !== undefined) return types[index] ?? "text";
  return "text";
}

const creditOfOthers = new RegExp(
  String.raw`(?:^\s*(?:duet|stitch)(?:ed)? with\s*|#(?:duet|stitch)(?:ed)? with\s*)${handle}`,
  "iu",
);

/** What a caption says a post was made as, by the credit that TikTok writes; null where it has none. */
export function creditOf(caption: string): "duet" | "stitch" | null {
  const [credit] = creditOfOthers.exec(caption) ?? [];
  if (credit === undefined) return null;
  return /duet/i.test(credit) ? "duet" : "stitch";
}

/** The name in a hashtag or topic token, without its signs. */
export function tagName(token: Token): string {
  if (token.type === "hashtag") return token.text.slice(1).trim();
  return token.text
    .replace(/^[#＃]/u, "")
    .replace(/\[话题\][#＃]$/u, "")
    .trim();
}

/** Every tag of a text in its order, without signs. */
export function hashtagsIn(text: string): string[] {
  return tagsOf(tokenise(text));
}

function tagsOf(tokens: readonly Token[]): string[] {
  return tokens.filter((token) => token.type === "hashtag" || token.type === "topic").map(tagName);
}
