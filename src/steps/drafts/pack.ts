import { access } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { Destination } from "../../core/destination.ts";
import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import type { Post } from "../../core/post.ts";
import { draftMediaName, placeDraftMedia } from "../../library/draft-files.ts";
import { renderPackPage } from "../../library/pack-page.ts";
import { readTemplate } from "../../library/templates.ts";
import type { StoredDraft } from "../../store/drafts.ts";
import type { Store } from "../../store/open.ts";
import { allFiles, allPosts } from "../../store/posts.ts";
import type { StoredFile } from "../../store/posts.ts";
import { currentDraft } from "./words.ts";

/** What making a pack needs. */
export interface PackContext {
  root: string;
  store: Store;
  destinations: readonly Destination[];
  /** The account's name to show, by destination id. */
  accounts: ReadonlyMap<string, string>;
}

/**
 * Makes everything ready that the creator needs on the phone: the words as they stand in title.txt and
 * body.txt, the media, and a page that works from the disk. May be repeated. Answers the page's path from
 * the library's root, or why it cannot be made.
 */
export async function makePack(
  context: PackContext,
  { post, to }: { post: string; to: string },
): Promise<string | Problem> {
  const { root, store } = context;
  const about = { post, to };
  const destination = context.destinations.find((each) => each.id === to);
  if (destination === undefined) throw new Error(`unknown destination ${to}`);
  const draft = await currentDraft(root, store, destination, post);
  if (draft === null) {
    return problem("no-draft", "It has no draft.", "Type `findmehere prepare`.", about);
  }
  const stop = draft.problems.find((each) => each.severity === "stop");
  if (stop !== undefined) return { ...stop, ...about };
  const { posts, files } = await store.transaction(async (transaction) => ({
    posts: await allPosts(transaction),
    files: (await allFiles(transaction)).filter((file) => file.post === post),
  }));
  const missing = await placeMedia(root, draft, files);
  if (missing !== null) {
    return problem(
      "no-draft-media",
      `The file ${missing} is missing, so the pack cannot be made.`,
      "Type `findmehere verify` to see what is missing, and export the archive again.",
      about,
    );
  }
  const page = await renderPage(context, destination, draft, posts.get(post) ?? null);
  const path = `${draft.folder}/index.html`;
  await writeFileAtomic(join(root, path), page);
  return path;
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

async function renderPage(
  { root, accounts }: PackContext,
  destination: Destination,
  draft: StoredDraft,
  post: Post | null,
): Promise<string> {
  const choose = draft.problems.some((each) => each.code === "choose-media");
  // An introduction has no files of ours: the steps about them would only puzzle.
  const kind = post?.kind ?? (draft.media.length === 0 ? null : "photos");
  return renderPackPage(await readTemplate(root, "pages/handoff.liquid"), {
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
      kind: /\.(mp4|mov|webm|3gp)$/.test(file) ? "video" : "photo",
      position: index + 1,
    })),
    steps: destination.handoff.steps
      .filter((step) => step.kind === undefined || step.kind === kind)
      .map((step) => step.text),
    openApp: destination.handoff.openApp,
    confirmCommand: `findmehere confirm --post ${draft.post} --to ${destination.id} --url "PASTE-THE-LINK"`,
    original: post === null ? null : { date: post.date, url: post.url },
    notes: choose
      ? [
          {
            en: "Choose a photo for this post yourself: you, your work or your pet.",
            zh: "请自己选一张照片：你自己、你的作品或你的宠物都可以。",
          },
        ]
      : [],
    languages: ["en", "zh"],
  });
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
