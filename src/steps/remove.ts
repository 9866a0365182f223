import type { Clock } from "../core/clock.ts";
import { ExpectedError } from "../core/error.ts";
import type { Step } from "../core/event.ts";
import type { Post } from "../core/post.ts";
import type { PublicationState } from "../core/publication.ts";
import { finishUnion, resolveKey, unfinishedUnions } from "../store/aliases.ts";
import { allDrafts } from "../store/drafts.ts";
import type { Store, StoreTransaction } from "../store/open.ts";
import { allFiles, allPosts } from "../store/posts.ts";
import { movePublication } from "../store/move-publication.ts";
import { allPublications, publicationRecord } from "../store/publications.ts";
import type { StoredPublication } from "../store/publications.ts";
import { deletePost, emptyRecords, putRemoved, removedKeys } from "../store/removed.ts";
import { forgetTranslations } from "../store/translations.ts";
import { finishRemovals } from "./finish-removals.ts";

/** What removing needs. */
export interface RemoveRequest {
  root: string;
  store: Store;
  clock: Clock;
  /** Keys, older keys or ids of the posts. */
  posts: readonly string[];
  /** The person agreed that posts go which may be public somewhere. */
  outToo: boolean;
}

/** What would go, so that a person can be asked. */
export interface RemovalPlan {
  posts: Post[];
  /** How many of the keys were removed before. */
  goneBefore: number;
  files: number;
  bytes: number;
  /** Publications that end with their post, since nobody has seen them. */
  ending: StoredPublication[];
  /** Publications that are remembered: they were out, or a person decided about them. */
  remembered: StoredPublication[];
}

const neverOut: readonly PublicationState[] = ["draft", "held", "queued"];
/** With its post gone nobody can act on these any more. */
const becomeSkipped: readonly PublicationState[] = ["handed-off", "refused"];
const settled: readonly PublicationState[] = ["refused", "skipped"];

/** Takes posts out of the library: rows first, then tables and manifest, then the files. */
export async function* removePosts(request: RemoveRequest): Step {
  const { root, store } = request;
  const at = new Date(request.clock.calendar()).toISOString();
  // What an earlier run left half done goes first.
  yield* finishRemovals(root, store);
  const { plan, remembered } = await store.transaction(async (transaction) => {
    const plan = await planIn(transaction, request);
    return { plan, remembered: await takeOut(transaction, plan, at) };
  });
  for (const publication of remembered) yield publicationRecord(publication);
  let stuck = 0;
  for await (const each of finishRemovals(root, store)) {
    if (each.severity === "warn") stuck += 1;
    yield each;
  }
  return {
    exit: stuck > 0 ? "needsPerson" : "done",
    summary: {
      type: "summary",
      command: "remove",
      schemaVersion: 1,
      removed: plan.posts.length,
      removedBefore: plan.goneBefore,
      keys: plan.posts.map(({ key }) => key),
      files: plan.files,
      bytes: plan.bytes,
      publicationsEnded: plan.ending.length,
      publicationsKept: plan.remembered.length,
    },
  };
}

/** What removing would do; throws ExpectedError (exit `usage`) where it must not be done. */
export function planRemoval(request: RemoveRequest): Promise<RemovalPlan> {
  return request.store.transaction((transaction) => planIn(transaction, request));
}

async function planIn(transaction: StoreTransaction, request: RemoveRequest): Promise<RemovalPlan> {
  const all = await allPosts(transaction);
  const removed = await removedKeys(transaction);
  // Removing twice is no mistake: a run that was killed is simply typed again.
  const typed: { word: string; key: string }[] = [];
  for (const word of request.posts) {
    typed.push({ word, key: await resolveKey(transaction, word) });
  }
  const wanted = typed.filter(({ key }) => !removed.has(key));
  const named = wanted.map(({ word, key }) => all.get(key) ?? noSuchPost(word));
  const posts = [...new Map(named.map((post) => [post.key, post])).values()];
  const keys = new Set(posts.map(({ key }) => key));
  const publications = (await allPublications(transaction)).filter(({ post }) => keys.has(post));
  const files = (await allFiles(transaction)).filter(({ post }) => keys.has(post));
  const remembered = publications.filter(({ state }) => !neverOut.includes(state));
  const out = remembered.filter(({ state }) => !settled.includes(state));
  if (out.length > 0 && !request.outToo) throw mayBePublic(out);
  return {
    posts,
    goneBefore: request.posts.length - wanted.length,
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    ending: publications.filter(({ state }) => neverOut.includes(state)),
    remembered,
  };
}

async function takeOut(
  transaction: StoreTransaction,
  plan: RemovalPlan,
  at: string,
): Promise<StoredPublication[]> {
  const drafts = Map.groupBy(await allDrafts(transaction), (draft) => draft.post);
  const unfinished = await unfinishedUnions(transaction);
  const remembered: StoredPublication[] = [];
  for (const each of plan.remembered) {
    const move = { to: "skipped", by: "person", at, why: "removed from the library" } as const;
    const ends = becomeSkipped.includes(each.state);
    remembered.push(ends ? await movePublication(transaction, each, move) : each);
  }
  for (const { key, folder, caption, title } of plan.posts) {
    const own = drafts.get(key) ?? [];
    const kept = plan.remembered.flatMap(({ post, to }) => (post === key ? to : []));
    const destinations = [...own, ...plan.ending.filter(({ post }) => post === key)]
      .map(({ to }) => to)
      .filter((to) => !kept.includes(to));
    const folders = [folder, ...own.map((draft) => draft.folder)];
    // What a union had not brought together yet goes with it.
    for (const { alias, left } of unfinished.filter((each) => each.key === key)) {
      folders.push(...(left.folder === null ? [] : [left.folder]), ...left.draftFolders);
      await finishUnion(transaction, alias);
    }
    await deletePost(transaction, key, [...new Set(destinations)]);
    await emptyRecords(transaction, key);
    const words = [caption, title].filter((each) => each !== null);
    await forgetTranslations(transaction, words);
    await putRemoved(transaction, { key, at, folders: [...new Set(folders)] });
  }
  return remembered;
}

function noSuchPost(word: string): never {
  throw new ExpectedError({
    exit: "usage",
    code: "no-such-post",
    what: `There is no post ${word} in this library. Nothing was removed.`,
    fix: "Look into posts.csv: the first column holds the keys.",
  });
}

function mayBePublic(out: readonly StoredPublication[]): ExpectedError {
  const items = out.map(({ post, to, state }) => `${post}@${to} is ${state}`);
  const shown = items.slice(0, 5).join(", ") + (items.length > 5 ? ", …" : "");
  const [first] = out.filter(({ state }) => state === "handed-off");
  return new ExpectedError({
    exit: "usage",
    code: "already-out",
    what: `${shown}. Nothing was removed.`,
    why: "Removing it here takes nothing away there: what is public stays public, and you may want to keep what you posted.",
    fix:
      first === undefined
        ? "To remove it here all the same, add `--yes`; that it went out stays noted."
        : `Say first whether you posted it: \`findmehere confirm --post ${first.post} --to ${first.to} --posted\`. Or add \`--yes\`: then it counts as skipped.`,
  });
}
