import { z } from "zod";
import { isChallenge, statusTrouble } from "./web-trouble.ts";
import { parseWebJson, webFlag, webNumber } from "./web-value.ts";

const List = z.object({
  itemList: z.array(z.unknown()).nullish().catch(null),
  hasMore: webFlag,
  hasMorePrevious: webFlag,
  cursor: z
    .union([z.string(), z.number().transform(String)])
    .nullish()
    .catch(null),
  statusCode: webNumber,
  status_code: webNumber,
});

/** Why a list response has no list; each wants another deed. */
export interface ListTrouble {
  kind: "empty" | "challenge" | "html" | "not-json" | "no-list" | "status";
  /** One sentence for people. */
  message: string;
}

/** One page of a list of posts. */
export interface ListPage {
  /** For `webItemPost`; they may repeat those of another page. */
  items: unknown[];
  /** Null where it does not say. */
  hasMore: boolean | null;
  /** Where the next page begins; milliseconds for the newest first, else a plain number. */
  cursor: string | null;
  statusCode: number | null;
  trouble: ListTrouble | null;
}

/** Reads the body of a list response. Anything that is no list is a trouble, never an exception. */
export function listResponse(body: string): ListPage {
  if (body.trim() === "") return none("empty", "TikTok answered with nothing.");
  if (/^\s*</.test(body)) {
    return isChallenge(body)
      ? none("challenge", "TikTok answered with a check that only a person in a browser can pass.")
      : none("html", "TikTok answered with a page instead of a list.");
  }
  const list = List.safeParse(parseWebJson(body)).data;
  if (list === undefined)
    return none("not-json", "TikTok answered with something that is no list.");
  const statusCode = list.statusCode ?? list.status_code ?? null;
  const read = {
    items: list.itemList ?? [],
    hasMore: list.hasMore ?? list.hasMorePrevious ?? null,
    cursor: list.cursor ?? null,
    statusCode,
  };
  const refusal = statusTrouble(statusCode, read.items.length);
  if (refusal !== null) return { ...read, trouble: { kind: "status", message: refusal.message } };
  if (list.itemList == null) {
    return { ...read, trouble: { kind: "no-list", message: "TikTok answered without a list." } };
  }
  return { ...read, trouble: null };
}

/** Which list of own posts an address asks for. */
export interface ListAddress {
  list: "post" | "creator";
  /** Whose; null where the address does not say. */
  secUid: string | null;
  /** Where the page begins; `0` is the newest. */
  cursor: string | null;
  /** What comes first: `popular` pages are no walk through time. */
  order: "newest" | "popular" | "oldest";
}

/** Null for every other address, also for the lists of what one reposted, liked or showed as a story. */
export function listAddress(address: string): ListAddress | null {
  const url = URL.parse(address);
  const list = /^\/api\/(post|creator)\/item_list\/?$/.exec(url?.pathname ?? "")?.[1];
  if (url === null || (list !== "post" && list !== "creator")) return null;
  const type = url.searchParams.get("post_item_list_request_type");
  return {
    list,
    secUid: url.searchParams.get("secUid") || null,
    cursor: url.searchParams.get("cursor"),
    order:
      list === "creator" || (type ?? "0") === "0" ? "newest" : type === "1" ? "popular" : "oldest",
  };
}

function none(kind: ListTrouble["kind"], message: string): ListPage {
  return { items: [], hasMore: null, cursor: null, statusCode: null, trouble: { kind, message } };
}
