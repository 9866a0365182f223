import { access } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { Destination } from "../../core/destination.ts";
import { isVideoName } from "../../core/media-ending.ts";
import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import type { Post } from "../../core/post.ts";
import { draftMediaName, placeDraftMedia } from "../../library/draft-files.ts";
import { renderPackPage } from "../../library/pack-page.ts";
import type { PackPage } from "../../library/pack-page.ts";
import { readTemplate } from "../../library/templates.ts";
import type { StoredDraft } from "../../store/drafts.ts";
import type { Store } from "../../store/open.ts";
import { filesOf, findPost } from "../../store/posts.ts";
import type { StoredFile } from "../../store/posts.ts";
import { declarationsOf } from "./declarations.ts";
import { stepsOf } from "./steps.ts";
import { currentDraft } from "./words.ts";

/** What making a pack needs. */
export interface PackContext {
  root: string;
  store: Store;
  destinations: readonly Destination[];
  /** The account's name to show, by destination id. */
  accounts: ReadonlyMap<string, string>;
}

/** A draft that can go out. */
export interface ReadyDraft {
  destination: Destination;
  draft: StoredDraft;
  /** Name of the cover in the draft's folder; null when there is none. */
  cover: string | null;
}

/**
 * Makes everything ready that the creator needs on the phone: the words as they stand in title.txt and
 * body.txt, the media, and a page that works from the disk. May be repeated. Answers the page's path from
 * the library's root, or why it cannot be made.
 */
export async function makePack(
  context: PackContext,
  item: { post: string; to: string },
): Promise<string | Problem> {
  const ready = await readyDraft(context, item);
  if ("type" in ready) return ready;
  const { root, store } = context;
  const { destination, draft } = ready;
  const post = await store.transaction((transaction) => findPost(transaction, item.post));
  const path = `${draft.folder}/index.html`;
  const page = packPageOf(context, destination, draft, post);
  const template = await readTemplate(root, packTemplate);
  await writeFileAtomic(join(root, path), renderPackPage(template, page));
  return path;
}

/**
 * The draft with the words as they stand in title.txt and body.txt, and all its media in its folder; or why it
 * cannot go out. May be repeated.
 */
export async function readyDraft(
  { root, store, destinations }: PackContext,
  { post, to }: { post: string; to: string },
): Promise<ReadyDraft | Problem> {
  const about = { post, to };
  const destination = destinations.find((each) => each.id === to);
  if (destination === undefined) throw new Error(`unknown destination ${to}`);
  const draft = await currentDraft(root, store, destination, post);
  if (draft === null) {
    return problem("no-draft", "It has no draft.", "Type `findmehere prepare`.", about);
  }
  const stop = draft.problems.find((each) => each.severity === "stop");
  if (stop !== undefined) return { ...stop, ...about };
  const files = await store.transaction((transaction) => filesOf(transaction, post));
  const missing = await placeMedia(root, draft, files);
  const cover = files.find(({ role }) => role === "cover");
  if (missing === null) {
    const name = cover && draftMediaName(cover.path, cover.role, cover.position);
    return { destination, draft, cover: name ?? null };
  }
  return problem(
    "no-draft-media",
    `The file ${missing} is missing, so the pack cannot be made.`,
    "Type `findmehere verify` to see what is missing, and export the archive again.",
    about,
  );
}

/** Puts the draft's media into its folder again, should something be gone; answers what the library lacks. */
async function placeMedia(
  root: string,
  draft: StoredDraft,
  files: readonly StoredFile[],
): Promise<string | null> {
  const media = files.map((file) => ({
    from: file.path,
    name: draftMediaName(file.path, file.role, file.position),
    role: file.role,
  }));
  const wanted = media.filter(({ name, role }) => draft.media.includes(name) || role === "cover");
  for (const name of draft.media) {
    const found = wanted.find((each) => each.name === name);
    if (found === undefined || !(await exists(join(root, found.from)))) return name;
  }
  const present: typeof wanted = [];
  for (const each of wanted) if (await exists(join(root, each.from))) present.push(each);
  await placeDraftMedia(root, draft.folder, present);
  return null;
}

/** The template of a pack's page, from templates/. */
export const packTemplate = "pages/handoff.liquid";

/** Everything that the page of a pack says; `post` null for an introduction. */
export function packPageOf(
  { accounts }: Pick<PackContext, "accounts">,
  destination: Destination,
  draft: StoredDraft,
  post: Post | null,
): PackPage {
  return {
    destinationTitle: destination.title,
    destinationTitleZh: destination.titleZh,
    account: accounts.get(destination.id) ?? "",
    postKey: draft.post,
    title: draft.title,
    body: draft.body,
    topics: draft.topics,
    editorTopics: editorTopics(destination, draft.topics),
    media: draft.media.map((file, index) => ({
      file,
      kind: isVideoName(file) ? "video" : "photo",
      position: index + 1,
    })),
    steps: stepsOf(destination, draft, post, "folder"),
    openApp: destination.handoff.openApp,
    confirmCommand: `findmehere confirm --post ${draft.post} --to ${destination.id} --url "PASTE-THE-LINK"`,
    original: post === null ? null : { date: post.date, url: post.url },
    notes: declarationsOf(draft, post),
    languages: ["en", "zh"],
  };
}

function editorTopics({ handoff }: Destination, topics: readonly string[]): string {
  const { editorTopic } = handoff;
  if (editorTopic === null) return "";
  return topics.map((name) => `${editorTopic.before}${name}${editorTopic.after}`).join(" ");
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
