import { composeDraft } from "../compose/draft.ts";
import type { ChineseSpacing, NicheWords, Translations } from "../compose/draft.ts";
import { lintDraft, lintSource } from "../compose/lint-draft.ts";
import { lintFacts } from "../compose/lint-facts.ts";
import type { TopicTable } from "../compose/topic-table.ts";
import type { Clock } from "../core/clock.ts";
import type { Destination } from "../core/destination.ts";
import type { Draft } from "../core/draft.ts";
import { ExpectedError } from "../core/error.ts";
import type { Step } from "../core/event.ts";
import type { Post } from "../core/post.ts";
import { problem } from "../core/problem.ts";
import { draftMediaName } from "../library/draft-files.ts";
import type { DraftMedia } from "../library/draft-files.ts";
import { draftFolder } from "../library/layout.ts";
import { resolveKeys } from "../store/aliases.ts";
import { allDrafts } from "../store/drafts.ts";
import type { Store } from "../store/open.ts";
import { allFiles, allPosts } from "../store/posts.ts";
import type { StoredFile } from "../store/posts.ts";
import type { ChineseScripts } from "../text/chinese.ts";
import type { LintRule } from "../text/lint-table.ts";
import { openDoubts, withDoubt } from "./drafts/doubt.ts";
import { keepDraft, planDraft } from "./drafts/keep.ts";
import { lintRules } from "./drafts/lint-rules.ts";
import { titlesOf } from "./drafts/titles.ts";
import { captionTranslations, translationsFor } from "./drafts/translations.ts";
import type { CaptionTranslations } from "./drafts/translations.ts";

/** What preparing needs. */
export interface PrepareRequest {
  root: string;
  store: Store;
  clock: Clock;
  destinations: readonly Destination[];
  /** The account on each destination, by id; may be empty. */
  accounts: ReadonlyMap<string, string>;
  table: TopicTable;
  /** The creator's own rows of that table; they win. */
  overrides: TopicTable | null;
  /** How Chinese is written on each destination, by id. */
  chinese: ReadonlyMap<string, "zh-Hans" | "zh-Hant">;
  spacing: ChineseSpacing;
  /** The two Chinese scripts; asked for only where something is written in Chinese. */
  scripts: () => Promise<ChineseScripts>;
  /** The creator's niche in each destination's words, by id. */
  niche: ReadonlyMap<string, NicheWords>;
  /** Keys of the posts; null is every public one. */
  posts: readonly string[] | null;
  /** The person agreed that posts which are not public are drafted too. */
  privateToo: boolean;
  force: boolean;
  dryRun: boolean;
  drain: AbortSignal;
}

/** What all drafts of a run share. */
interface DraftWords {
  translated: CaptionTranslations;
  scripts: ChineseScripts | null;
  rules: readonly LintRule[];
}

/** Makes or remakes the drafts of posts for destinations. */
export async function* preparePosts(request: PrepareRequest): Step {
  const { root, store, clock } = request;
  const now = new Date(clock.calendar()).toISOString();
  const { posts, files, keys, doubts, titles } = await store.transaction(async (transaction) => ({
    posts: await allPosts(transaction),
    files: Map.groupBy(await allFiles(transaction), (file) => file.post),
    keys: request.posts === null ? null : await resolveKeys(transaction, request.posts),
    doubts: await openDoubts(transaction),
    titles: titlesOf(await allDrafts(transaction)),
  }));
  const rules = await lintRules(root);
  const chosen = choosePosts(posts, { posts: keys, privateToo: request.privateToo });
  const translated = await store.transaction((transaction) =>
    captionTranslations(transaction, chosen),
  );
  const scripts = await neededScripts(request, chosen, translated);
  const words: DraftWords = { translated, scripts, rules };
  const counts = { made: 0, unchanged: 0, "gone-out": 0 };
  let held = 0;
  let edited = 0;
  for (const post of chosen) {
    if (request.drain.aborted) break;
    for (const destination of request.destinations) {
      const own = files.get(post.key) ?? [];
      const composed = withDoubt(makeDraft(post, destination, own, request, words), doubts);
      const made = { ...composed, draft: titles.apart(composed.draft, destination) };
      const folder = draftFolder(destination.id, post.date, post.key);
      const { draft, result, edits } = await (request.dryRun ? planDraft : keepDraft)(
        { ...made, folder },
        {
          root,
          store,
          destination,
          account: request.accounts.get(destination.id) ?? "",
          now,
          force: request.force,
        },
      );
      titles.note(draft);
      counts[result] += 1;
      yield* edits;
      if (edits.length > 0) edited += 1;
      yield* draft.problems;
      if (draft.problems.some((each) => each.severity === "stop")) held += 1;
      yield draftRecord(draft);
    }
  }
  const left = request.posts === null ? [...posts.values()].filter((post) => !isPublic(post)) : [];
  for (const post of left) {
    yield problem(
      "private-post",
      `The post of ${post.date.slice(0, 10)} is ${post.visibility ?? "of unknown visibility"}, so no draft was made.`,
      `To draft one all the same, type \`findmehere prepare --post KEY --yes\`.`,
      { post: post.key },
    );
  }
  return {
    exit: request.drain.aborted ? "interrupted" : "done",
    summary: {
      type: "summary",
      command: "prepare",
      schemaVersion: 1,
      posts: chosen.length,
      drafts: counts.made + counts.unchanged + counts["gone-out"],
      made: counts.made,
      unchanged: counts.unchanged,
      goneOut: counts["gone-out"],
      edited,
      needTitleOrMedia: held,
      notPublic: left.length,
    },
  };
}

/** The draft as scripts see it. */
export function draftRecord(draft: Draft): Draft {
  const { type, post, to, title, body, topics, dropped, media, edited, problems } = draft;
  return { type, post, to, title, body, topics, dropped, media, edited, problems };
}

function makeDraft(
  post: Post,
  destination: Destination,
  files: readonly StoredFile[],
  { table, overrides, niche, chinese, spacing }: PrepareRequest,
  { translated, scripts, rules }: DraftWords,
): { draft: Draft; media: DraftMedia[] } {
  const own = files
    .filter((file) => file.role === (post.kind === "video" ? "video" : "photo"))
    .toSorted((a, b) => a.position - b.position);
  const inLanguages = (text: string | null): Translations =>
    translationsFor(translated, text, chinese.get(destination.id) ?? "zh-Hans", scripts);
  const { translatedFrom: source, ...words } = composeDraft({
    post,
    destination,
    table,
    ...(overrides === null ? {} : { overrides }),
    translations: inLanguages(post.caption),
    titleTranslations: inLanguages(post.title),
    spacing,
    ...(scripts === null ? {} : { simplify: scripts.simplifyName }),
    niche: niche.get(destination.id) ?? null,
    photoCount: post.kind === "photos" ? own.length : 0,
    hasMedia: own.length > 0,
  });
  const taken = own.slice(0, post.kind === "photos" ? destination.limits.photos.hard : 1);
  const cover = files.find((file) => file.role === "cover");
  const named = (file: StoredFile): DraftMedia => ({
    from: file.path,
    name: draftMediaName(file.path, file.role, file.position),
  });
  const draft: Draft = {
    type: "draft",
    post: post.key,
    to: destination.id,
    ...words,
    problems: [
      ...words.problems,
      ...lintDraft(destination, { ...words, post: post.key }, rules),
      ...(source === null ? [] : lintSource(destination, { source, post: post.key }, rules)),
      ...lintFacts(destination, post),
    ],
    media: taken.map((file) => named(file).name),
    edited: false,
  };
  return { draft, media: [...taken, ...(cover === undefined ? [] : [cover])].map(named) };
}

/** Dictionaries are read only where there is something to look up. */
async function neededScripts(
  { scripts, niche }: PrepareRequest,
  posts: readonly Post[],
  translated: CaptionTranslations,
): Promise<ChineseScripts | null> {
  const isChinese = (text: string | null): boolean => /\p{Script=Han}/u.test(text ?? "");
  const needs =
    translated.size > 0 ||
    posts.some(({ caption, title }) => isChinese(caption) || isChinese(title)) ||
    [...niche.values()].some(({ topics }) => topics.some(isChinese));
  return needs ? scripts() : null;
}

function choosePosts(
  posts: ReadonlyMap<string, Post>,
  request: Pick<PrepareRequest, "posts" | "privateToo">,
): Post[] {
  if (request.posts === null) return [...posts.values()].filter(isPublic);
  return [...new Set(request.posts)].map((key) => {
    const post = posts.get(key);
    if (post === undefined) {
      throw new ExpectedError({
        exit: "usage",
        code: "no-such-post",
        what: `There is no post ${key} in this library.`,
        fix: "Look into posts.csv: the first column holds the keys.",
      });
    }
    if (!isPublic(post) && !request.privateToo) {
      throw new ExpectedError({
        exit: "usage",
        code: "not-public",
        what: `The post ${key} is ${post.visibility ?? "of unknown visibility"} on TikTok.`,
        why: "A draft would carry it to a public place.",
        fix: `If you want that, type \`findmehere prepare --post ${key} --yes\`.`,
      });
    }
    return post;
  });
}

/** Only what is known to be public is drafted unasked. */
export function isPublic(post: Pick<Post, "visibility">): boolean {
  return post.visibility === "public";
}
