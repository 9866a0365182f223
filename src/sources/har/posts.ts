import type { SourcePost } from "../../core/post.ts";
import { webItemAuthor } from "../../tiktok/web-author.ts";
import { webItemPost } from "../../tiktok/web-item.ts";
import { listResponse } from "../../tiktok/web-list.ts";
import { bodyText, inOrder, observedAt } from "./body.ts";
import type { ListAnswer } from "./chain.ts";
import type { HarFile } from "./file.ts";
import { type HarOwner, isOwn } from "./owner.ts";
import type { SavedPage } from "./pages.ts";
import type { HarRequests } from "./requests.ts";

/** What the lists and pages of a HAR file say of the owner's posts. */
export interface HarPosts {
  /** By id; of a post that stands in several places the latest telling. */
  posts: Map<string, SourcePost>;
  /** Items of other accounts. */
  others: number;
  /** Places of items that are no post. */
  bad: string[];
  /** The pages of the owner's lists, one for each that was asked for. */
  answers: ListAnswer[];
}

/** Reads the owner's posts out of the lists and pages, one body at a time. */
export async function readPosts(
  { lists }: HarRequests,
  pages: readonly SavedPage[],
  {
    file,
    owner,
    source,
    origin,
  }: { file: HarFile; owner: HarOwner; source: string; origin: string },
): Promise<HarPosts> {
  const told: HarPosts = {
    ...{ posts: new Map(), others: 0, bad: [], answers: [] },
  };
  const headers = () => ({ Referer: `${origin}/` });

  function add(
    item: unknown,
    from: { place: string; observed: string | null; list: string | null },
  ): void {
    if (!isOwn(item, owner, from.list)) {
      told.others += 1;
      return;
    }
    // The account's id in one item tells whose the items without author are.
    if (owner.secUid === null) owner.secUid = webItemAuthor(item).secUid;
    const { place, observed } = from;
    const post = webItemPost(item, { source, place, observed, owner, headers });
    if (post?.id == null) {
      told.bad.push(place);
      return;
    }
    const before = told.posts.get(post.id)?.fields.pinned ?? null;
    // A pinned post stands in the list a second time, at its own place and without the flag.
    post.fields.pinned ??= before;
    told.posts.set(post.id, post);
  }

  for (const { place, observed, items } of pages) {
    for (const item of items) add(item, { place, observed, list: null });
  }
  const answers = new Map<string, ListAnswer>();
  for (const { entry, asked } of inOrder(lists)) {
    const mine = asked.secUid === null || owner.secUid === null || asked.secUid === owner.secUid;
    const name = `${asked.list} ${asked.order} ${asked.secUid ?? ""} ${asked.cursor ?? ""}`;
    const body = await bodyText(file, entry);
    const page = body === null ? null : listResponse(body);
    const observed = observedAt(entry);
    const place = `log.entries[${entry.place}]`;
    for (const [index, item] of (page?.items ?? []).entries()) {
      add(item, { place: `${place} item ${index + 1}`, observed, list: asked.secUid });
    }
    if (!mine) continue;
    // What was asked for again and came then is not missing.
    const before = answers.get(name);
    const came = page !== null && page.trouble === null;
    if (came || before?.page?.trouble !== null) answers.set(name, { asked, page, observed });
  }
  told.answers = [...answers.values()].filter(
    ({ asked }) => asked.secUid === null || owner.secUid === null || asked.secUid === owner.secUid,
  );
  return told;
}

/** Who made the items of the lists; for a file in which nothing else tells whose it is. */
export async function listedAuthors(
  { lists }: HarRequests,
  file: HarFile,
): Promise<{ handles: Set<string>; trouble: string | null }> {
  const handles = new Set<string>();
  let trouble: string | null = null;
  for (const { entry } of lists) {
    const body = await bodyText(file, entry);
    const page = body === null ? null : listResponse(body);
    trouble ??= page?.trouble?.message ?? null;
    for (const item of page?.items ?? []) {
      const { handle } = webItemAuthor(item);
      if (handle !== null) handles.add(handle);
    }
  }
  return { handles, trouble };
}
