import type { Destination } from "../core/destination.ts";
import type { Draft } from "../core/draft.ts";
import type { Post } from "../core/post.ts";
import { problem } from "../core/problem.ts";
import type { Problem } from "../core/problem.ts";
import { foldFancy, stripInvisible } from "../text/normalise.ts";
import { makeBody } from "./body.ts";
import { checkTexts } from "./check.ts";
import { isForeign, readersOf } from "./language.ts";
import { plainCaption } from "./plain-caption.ts";
import { makeTitle } from "./title.ts";
import { chooseTopics, isNoiseTag } from "./topics.ts";
import type { TopicTable } from "./topic-table.ts";

/** The creator's niche as one destination calls it. */
export interface NicheWords {
  /** Topic names in the destination's language. */
  topics: readonly string[];
  /** Name in the destination's language, such as `watercolour` or `水彩速写`. */
  name: string;
}

/** What a draft is made from. */
export interface ComposeInput {
  post: Pick<Post, "key" | "kind" | "caption" | "date">;
  destination: Destination;
  table: TopicTable;
  /** The creator's own rows; they win. */
  overrides?: TopicTable;
  niche: NicheWords | null;
  /** 0 for a video. */
  photoCount: number;
  hasMedia: boolean;
}

/** The words of a draft; media and edits are added by who writes it to the disk. */
export type ComposedDraft = Pick<Draft, "title" | "body" | "topics" | "dropped" | "problems">;

/** Makes the words that one destination gets from one post. Pure: the same input gives the same draft. */
export function composeDraft(input: ComposeInput): ComposedDraft {
  const { post, destination, table, overrides, niche } = input;
  const about = { post: post.key, to: destination.id };
  const media = { photoCount: input.photoCount, hasMedia: input.hasMedia, post: post.key };
  const caption = stripInvisible(post.caption ?? "").trim() === "" ? null : post.caption;
  if (caption === null) {
    const empty = { title: "", body: "", topics: [], dropped: [] };
    return { ...empty, problems: checkTexts(destination, { ...empty, ...media }) };
  }

  const isNoise = (tag: string): boolean => isNoiseTag(tag, table, overrides);
  const plain = plainCaption(foldFancy(caption), { removesLinks: true, isNoise });
  const choice = chooseTopics({
    hashtags: plain.tags,
    table,
    column: destination.topicColumn,
    most: Math.min(destination.limits.topics.usual, destination.limits.topics.hard),
    niche: niche?.topics ?? [],
    ...(overrides === undefined ? {} : { overrides }),
  });
  const made = makeTitle({
    caption,
    destination,
    topics: choice.fromNiche ? [] : choice.topics,
    niche: niche?.name ?? null,
    date: post.date,
    isNoise,
  });
  const text = makeBody({ caption, topics: choice.topics, destination, isNoise });

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
  if (text.cut) {
    problems.push(
      problem(
        "body-cut",
        `The caption is longer than ${destination.title} takes, so its end was left out.`,
        "Look whether body.txt in the draft's folder still says what you want.",
        about,
      ),
    );
  }
  if (isForeign(/\p{L}/u.test(plain.text) ? plain.text : made.title, destination.topicColumn)) {
    problems.push(
      problem(
        "no-translation",
        `The caption is not in ${readersOf(destination.topicColumn)}, and nobody has supplied a translation.`,
        "It goes out as it is, unless you put your own words into title.txt and body.txt in the draft's folder.",
        about,
      ),
    );
  }
  const draft = {
    title: made.title,
    body: text.body,
    topics: text.topics,
    dropped: [...choice.dropped, ...text.dropped],
  };
  return { ...draft, problems: [...checkTexts(destination, { ...draft, ...media }), ...problems] };
}
