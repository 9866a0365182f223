import type { Lemon8Creator, Lemon8Post, ProfileFault } from "./scenario.ts";

/** The site's own words hold these, too: a page is not blocked because it says so. */
const chrome =
  '<script>window.i18n={"captcha":"Verify","challenge":"Challenge","consent":"Consent"}</script>';

/** The account's page, the newest posts first. */
export function profilePage(creator: Lemon8Creator, fault: ProfileFault | null): string {
  if (fault === "no-data") return pageOf("Lemon8", "<main></main>");
  const encoded = `%40${encodeURIComponent(creator.handle)}`;
  const name = fault === "renamed" ? "$UserDetailV3" : "$UserDetailV2";
  const list = fault === "renamed" ? "$UserPostV2" : "$UserPost";
  const isClosed = fault === "private" || fault === "banned";
  const shown = isClosed || fault === "no-posts" ? [] : creator.posts.slice(0, 20);
  const data = {
    $USBanInfo: {
      ...{ isPostBanDuration: false, isPreBanDuration: false, isInPreBanRegion: false },
      isForbiddenCrawling: fault === "closed-region",
    },
    ...(fault === "no-account" || fault === "closed-region"
      ? { [`${name}+${encoded}`]: null }
      : fault === "renamed-beyond"
        ? { profile: { handle: creator.handle } }
        : { [`${name}+${encoded}`]: accountOf(creator, fault) }),
    ...(fault === "no-list" || fault === "renamed-beyond"
      ? {}
      : {
          [`${list}+${encoded}`]: {
            items: shown.map((post) => itemOf(creator, post)),
            hasMore: creator.posts.length > shown.length,
            maxBeHotTime: 1_775_000_000,
            offset: shown.length,
          },
        }),
  };
  return contextPage(`@${creator.handle}`, { "routes/$user_link_name": data });
}

/** A post's own page; `null` where it is gone. */
export function postPage(creator: Lemon8Creator, id: string, post: Lemon8Post | null): string {
  const detail =
    post === null
      ? { unavailableReason: "deleted" }
      : {
          ...itemOf(creator, post),
          ...{ readCount: 812, diggCount: 31, favoriteCount: 12 },
        };
  return contextPage(post?.title ?? "Lemon8", {
    "routes/$user_link_name_.$article_id": {
      [`$ArticleDetail+${id}`]: detail,
      [`$UserDetailV2+%40${encodeURIComponent(creator.handle)}`]: accountOf(creator, null),
    },
  });
}

/** What is shown where a post is gone. */
export function discoverPage(): string {
  return contextPage("Trending", { "routes/discover.$keyword": { $Keyword: { posts: [] } } });
}

function accountOf({ handle, counts }: Lemon8Creator, fault: ProfileFault | null): object {
  return {
    userId: "7100000000000000001",
    nickName: "Mira",
    linkName: fault === "other-account" ? "somebody.else" : handle,
    ...counts,
    description: "watercolour",
    privacyStatus: fault === "private" ? 1 : 0,
    isBannedAccount: fault === "banned",
    seoBan: false,
    thirdLinks: [],
  };
}

function itemOf({ handle }: Lemon8Creator, { id, title, text, kind }: Lemon8Post): object {
  return {
    groupId: id,
    articleClass: kind ?? "Gallery",
    articleRegion: "us",
    articleLikes: 3,
    title,
    shortContent: [...text].slice(0, 299).join(""),
    imageList: [
      {
        url: `https://p16-lemon8-sign-sg.tiktokcdn.com/obj/${id}~tplv-logo.jpg?x-expires=1775000000&x-signature=s3cret`,
        ...{ width: 640, height: 853 },
      },
    ],
    author: { linkName: handle, nickName: "Mira" },
  };
}

function contextPage(title: string, loaderData: object): string {
  const encoded = encodeURIComponent(JSON.stringify({ state: { loaderData } }));
  const attributes = 'type="application/json" data-ttark="__remixContext"';
  return pageOf(title, `<main></main><script ${attributes}>\n${encoded}\n</script>`);
}

function pageOf(title: string, body: string): string {
  const safe = title.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<!doctype html><html><head><title>${safe}</title>${chrome}</head><body>${body}</body></html>`;
}
