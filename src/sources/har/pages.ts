import { handleOfAddress, idOfAddress } from "../../tiktok/page-address.ts";
import { rehydration, type WebPage } from "../../tiktok/web-page.ts";
import { webProfile, type WebProfile } from "../../tiktok/web-profile.ts";
import { pageTrouble, type WebTrouble } from "../../tiktok/web-trouble.ts";
import { bodyText, inOrder, observedAt } from "./body.ts";
import type { HarFile } from "./file.ts";
import type { HarRequests } from "./requests.ts";

/** One page that the browser showed. */
export interface SavedPage {
  /** Where it stands, for messages. */
  place: string;
  observed: string | null;
  /** Of the profile that the page is of; null for a post's page and all others. */
  handle: string | null;
  profile: WebProfile | null;
  /** Items that stand in the page itself. */
  items: unknown[];
  trouble: WebTrouble | null;
}

/** Reads what stands in the HTML of TikTok's pages, in the order in which they were opened. */
export async function readPages(
  requests: HarRequests,
  file: HarFile,
  { source, origin }: { source: string; origin: string },
): Promise<SavedPage[]> {
  const pages: SavedPage[] = [];
  for (const { entry, address } of inOrder(requests.pages)) {
    const html = (await bodyText(file, entry)) ?? "";
    const data = rehydration(html);
    const observed = observedAt(entry);
    const headers = () => ({ Referer: `${origin}/` });
    const profile = webProfile(data?.userDetail?.userInfo, { source, observed, headers });
    pages.push({
      place: `log.entries[${entry.place}]`,
      observed,
      handle: profile?.handle ?? (idOfAddress(address) === null ? handleOfAddress(address) : null),
      profile,
      items: itemsOf(data),
      trouble: pageTrouble({ address, html }),
    });
  }
  return pages;
}

function itemsOf(data: WebPage | null): unknown[] {
  if (data === null) return [];
  const item = data.videoDetail?.item;
  return item === undefined ? data.items : [item, ...data.items];
}
