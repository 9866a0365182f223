import type { Destination } from "../core/destination.ts";
import type { Draft } from "../core/draft.ts";
import type { ReadLanguage } from "../core/layout.ts";
import type { Post } from "../core/post.ts";
import { problem } from "../core/problem.ts";
import type { Problem } from "../core/problem.ts";
import type { TranslationLanguage } from "../core/translation.ts";
import { spaceChinese } from "../text/chinese-spacing.ts";
import { foldFancy, stripInvisible } from "../text/normalise.ts";
import { rememberLast } from "../text/remember.ts";
import { makeBody } from "./body.ts";
import { checkTexts } from "./check.ts";
import { languageNames } from "./language.ts";
import { plainCaption } from "./plain-caption.ts";
import { makeTitle } from "./title.ts";
import { tagKey } from "./topic-table.ts";
import type { TopicTable } from "./topic-table.ts";
import { chooseTopics, noiseTest } from "./topics.ts";
import { chooseVersions } from "./versions.ts";
import type { Version, Wording } from "./versions.ts";

/** The creator's niche as one destination calls it. */
export interface NicheWords {
  /** Topic names in the destination's language. */
  topics: readonly string[];
  /** Name in the destination's language, such as `watercolour` or `水彩速写`. */
  name: string;
}

/** Translations of one text, by language. */
export type Translations = ReadonlyMap<TranslationLanguage, string>;

/** Where a space stands between Chinese and Latin letters: nowhere, in texts, or in titles too. */
export type ChineseSpacing = "off" | "bodies" | "titles";

/** What a draft is made from. */
export interface ComposeInput {
  post: Pick<Post, "key" | "kind" | "caption" | "date"> &
    Partial<Pick<Post, "title" | "hashtags" | "language">>;
  destination: Destination;
  table: TopicTable;
  /** The creator's own rows; they win. */
  overrides?: TopicTable;
  niche: NicheWords | null;
  /** 0 for a video. */
  photoCount: number;
  hasMedia: boolean;
  /** The caption as somebody translated it, whole; Chinese is `zh-Hans`, else `zh-Hant`. */
  translations?: Translations;
  /** The title of a photo post in the same way. */
  titleTranslations?: Translations;
  /** `bodies` when left out. */
  spacing?: ChineseSpacing;
  /** Writes a topic in Simplified letters; see `text/chinese`. */
  simplify?: (name: string) => string;
}

/** The words of a draft; media and edits are added by who writes it to the disk. */
export interface ComposedDraft extends Pick<
  Draft,
  "title" | "body" | "topics" | "dropped" | "problems"
> {
  /** The post's own words without tags and links, where only translations of them go out; null where they do. */
  translatedFrom: string | null;
}

/** Makes the words that one destination gets from one post. Pure: the same input gives the same draft. */
export function composeDraft(input: ComposeInput): ComposedDraft {
  const { post, destination, table, overrides, niche, simplify, spacing = "bodies" } = input;
  const { photoCount, hasMedia } = input;
  const { key } = post;
  const about = { post: key, to: destination.id };
  const caption = withWords(post.caption);
  const photoTitle = withWords(post.title ?? null);
  if (caption === null && photoTitle === null) {
    const empty = { title: "", body: "", topics: [], dropped: [] };
    const problems = checkTexts(destination, { ...empty, photoCount, hasMedia, post: key });
    return { ...empty, problems, translatedFrom: null };
  }

  const isNoise = noiseTest(table, overrides);
  const knownTags = post.hashtags ?? [];
  const plainOf = (text: string | null) =>
    plainCaption(folded(text ?? ""), { removesLinks: true, isNoise, knownTags });
  const plain = plainOf(caption);
  const wording = (own: string | null, words: Translations | undefined): Wording => ({
    own,
    plain: own === null ? "" : own === caption ? plain.text : plainOf(own).text,
    translated: byReaders(words),
  });
  const versions = chooseVersions({
    caption: wording(caption, input.translations),
    title: wording(photoTitle, input.titleTranslations),
    layout: destination.layout,
    readers: destination.readers,
    told: post.language ?? null,
  });
  const spaced = ({ text, translated, language }: Version, where: ChineseSpacing): string =>
    translated && language === "zh" && (spacing === where || spacing === "titles")
      ? spaceChinese(text)
      : text;

  const choice = chooseTopics({
    hashtags: withKnown(plain.tags, knownTags),
    table,
    column: destination.topicColumn,
    most: Math.min(destination.limits.topics.usual, destination.limits.topics.hard),
    niche: niche?.topics ?? [],
    overrides,
    simplify,
  });
  const made = makeTitle({
    texts: versions.titles.map((version) => spaced(version, "titles")),
    destination,
    topics: choice.fromNiche ? [] : choice.topics,
    niche: niche?.name ?? null,
    date: post.date,
    isNoise,
    knownTags,
  });
  const text = makeBody({
    texts: versions.blocks.map((version) => spaced(version, "bodies")),
    topics: choice.topics,
    destination,
    isNoise,
    knownTags,
  });

  const problems: Problem[] = [];
  if (made.source === "topics" || made.source === "niche") {
    problems.push(
      problem(
        "weak-title",
        `The caption holds no words for a title, so it was made from the ${made.source === "topics" ? "topics" : "niche"}.`,
        "Write a better one into title.txt in the draft's folder.",
        about,
      ),
    );
  }
  if (text.cut !== "none") {
    const what = text.cut === "second" ? "Both languages together are" : "The caption is";
    problems.push(
      problem(
        "body-cut",
        `${what} longer than ${destination.title} takes, so ${text.cut === "second" ? "the end of the second one" : "its end"} was left out.`,
        "Look whether body.txt in the draft's folder still says what you want.",
        about,
      ),
    );
  }
  if (versions.missing.length > 0) {
    const names = versions.missing.map((language) => languageNames[language]);
    problems.push(
      problem(
        "no-translation",
        `There is no ${names.join(" and no ")} text: nobody has supplied a translation.`,
        `It goes out without. To change that, type \`findmehere translate export captions.csv\` and fill it in, or \`findmehere translate run --with deepl\`, or put your own words into title.txt and body.txt in the draft's folder. The setting ${destination.id}.layout says which languages a draft has.`,
        about,
      ),
    );
  }
  const { title } = made;
  const { body, topics } = text;
  const onlyTranslated =
    versions.blocks.length > 0 && versions.blocks.every(({ translated }) => translated);
  return {
    title,
    body,
    topics,
    dropped: choice.dropped.concat(text.dropped),
    problems: checkTexts(destination, {
      title,
      body,
      topics,
      photoCount,
      hasMedia,
      post: key,
    }).concat(problems),
    translatedFrom: onlyTranslated ? plain.text : null,
  };
}

const folded = rememberLast(foldFancy);

/** Null for a text that shows nothing. */
function withWords(text: string | null): string | null {
  return text === null || showsNothing(text) ? null : text;
}

function showsNothing(text: string): boolean {
  const first = text.charCodeAt(0);
  // A sign of ASCII is seen, as is a kana or Han letter.
  if ((first > 0x20 && first < 0x7f) || (first > 0x3040 && first < 0x3097)) return false;
  if (first >= 0x4e00 && first <= 0x9fff) return false;
  return stripInvisible(text).trim() === "";
}

const nobodys: ReadonlyMap<ReadLanguage, string> = new Map();

function byReaders(words: Translations | undefined): ReadonlyMap<ReadLanguage, string> {
  if (words === undefined || words.size === 0) return nobodys;
  const chinese = words?.get("zh-Hans") ?? words?.get("zh-Hant");
  const english = words?.get("en");
  return new Map([
    ...(chinese === undefined ? [] : [["zh", chinese] as const]),
    ...(english === undefined ? [] : [["en", english] as const]),
  ]);
}

/** What TikTok saw beside the tags that the pattern found, such as those it adds to a campaign. */
function withKnown(tags: readonly string[], known: readonly string[]): readonly string[] {
  if (known.every((tag) => tags.includes(tag))) return tags;
  const seen = new Set(tags.map(tagKey));
  return [...tags, ...known.filter((tag) => !seen.has(tagKey(tag)))];
}
