import { z } from "zod";
import { parseWebJson, webList, webNumber } from "./web-value.ts";

/** What TikTok wrote into a page for its own script. */
export interface WebPage {
  /** Of a profile page; `userInfo` is for `webProfile`. */
  userDetail: { userInfo: unknown; statusCode: number | null } | null;
  /** Of a post's page; `item` is for `webItemPost`, undefined where the post is not shown. */
  videoDetail: { item: unknown; statusCode: number | null } | null;
  /** Items of older pages, which held the first posts of a profile. */
  items: unknown[];
}

const record = z.record(z.string(), z.unknown()).nullish().catch(null);

const Universal = z.object({
  __DEFAULT_SCOPE__: z.object({
    "webapp.user-detail": z
      .object({ userInfo: z.unknown().optional(), statusCode: webNumber })
      .nullish()
      .catch(null),
    "webapp.video-detail": z
      .object({
        itemInfo: z.object({ itemStruct: z.unknown().optional() }).nullish().catch(null),
        statusCode: webNumber,
      })
      .nullish()
      .catch(null),
  }),
});

const Sigi = z.object({
  ItemModule: webList(z.record(z.string(), z.unknown())),
  UserModule: z.object({ users: record, stats: record }).nullish().catch(null),
});

/** The elements that hold the data, the newest form first. */
const elements = ["__UNIVERSAL_DATA_FOR_REHYDRATION__", "SIGI_STATE", "sigi-persisted-data"];

/** Finds the data in the HTML of a page, without building a document; null when it has none. */
export function rehydration(html: string): WebPage | null {
  for (const id of elements) {
    const data = parseWebJson(scriptOf(html, id) ?? "");
    if (data === undefined) continue;
    const universal = Universal.safeParse(data).data;
    if (universal !== undefined) return universalPage(universal);
    const sigi = Sigi.safeParse(data).data;
    if (sigi !== undefined) return sigiPage(sigi);
  }
  return null;
}

function universalPage({ __DEFAULT_SCOPE__: scope }: z.infer<typeof Universal>): WebPage {
  const user = scope["webapp.user-detail"];
  const video = scope["webapp.video-detail"];
  return {
    userDetail:
      user == null ? null : { userInfo: user.userInfo, statusCode: user.statusCode ?? null },
    videoDetail:
      video == null
        ? null
        : { item: video.itemInfo?.itemStruct, statusCode: video.statusCode ?? null },
    items: [],
  };
}

function sigiPage({ ItemModule, UserModule }: z.infer<typeof Sigi>): WebPage {
  const users = Object.entries(UserModule?.users ?? {});
  const [first] = users;
  return {
    // With several accounts on the page, such as that of a post, nothing says whose page it is.
    userDetail:
      first === undefined || users.length > 1
        ? null
        : {
            userInfo: { user: first[1], stats: UserModule?.stats?.[first[0]] },
            statusCode: null,
          },
    videoDetail: null,
    items: ItemModule,
  };
}

/** The text of the script element with that id. */
function scriptOf(html: string, id: string): string | null {
  let from = 0;
  while (true) {
    const start = html.indexOf("<script", from);
    const open = start === -1 ? -1 : html.indexOf(">", start);
    const end = open === -1 ? -1 : html.indexOf("</script", open);
    if (end === -1) return null;
    const tag = html.slice(start, open);
    if (tag.includes(`"${id}"`) || tag.includes(`'${id}'`)) return html.slice(open + 1, end);
    from = end;
  }
}
