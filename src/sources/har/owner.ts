import { handleOfAddress } from "../../tiktok/page-address.ts";
import { isItemOf, type WebAuthor, webItemAuthor } from "../../tiktok/web-author.ts";
import { whosePosts } from "./errors.ts";
import type { SavedPage } from "./pages.ts";

/** Whose posts are meant, and how to tell. */
export interface HarOwner extends WebAuthor {
  handle: string;
  /** True when profiles of other accounts were looked at too. */
  amongOthers: boolean;
}

/**
 * Whose posts are meant: the one that is known, else whose profile was opened first, else the only author; null
 * when there is none. Throws ExpectedError (exit `usage`) when there are several.
 */
export async function ownerOf(
  known: string,
  {
    pages,
    titles,
    authors,
  }: {
    pages: readonly SavedPage[];
    titles: readonly string[];
    /** Who made the listed items; asked only where nothing else tells. */
    authors: () => Promise<Set<string>>;
  },
): Promise<HarOwner | null> {
  const opened = pages.flatMap(({ handle }) => handle ?? []);
  const titled = titles.flatMap((title) => handleOfTitle(title) ?? []);
  const handle = known.replace(/^@/, "") || (opened[0] ?? titled[0] ?? (await onlyAuthor(authors)));
  if (handle === null) return null;
  const mine = (each: string) => each.toLowerCase() === handle.toLowerCase();
  const profile = pages.findLast((page) => page.profile !== null && mine(page.profile.handle));
  return {
    handle,
    secUid: profile?.profile?.secUid ?? null,
    amongOthers: !opened.every(mine),
  };
}

async function onlyAuthor(authors: () => Promise<Set<string>>): Promise<string | null> {
  const found = [...(await authors())];
  if (found.length > 1) throw whosePosts(found.slice(0, 10));
  return found[0] ?? null;
}

/** Chrome titles a page with its address, Firefox with its words: `Mika (@mika.draws) | TikTok`. */
function handleOfTitle(title: string): string | null {
  const url = URL.parse(title);
  if (url !== null && /^https?:$/.test(url.protocol)) return handleOfAddress(url.pathname);
  return /\(@([A-Za-z0-9_.]+)\)/.exec(title)?.[1] ?? null;
}

/**
 * Whether an item is the owner's. One that names no author is so only where its list is the owner's, or where
 * no other account's profile was opened.
 * @param listOf `secUid` of the account whose list it stands in
 */
export function isOwn(item: unknown, owner: HarOwner, listOf: string | null): boolean {
  const told = isItemOf(item, owner);
  if (told !== null) return told;
  if (listOf !== null && owner.secUid !== null) return listOf === owner.secUid;
  return webItemAuthor(item).handle === null && !owner.amongOthers;
}
