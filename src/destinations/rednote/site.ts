/**
 * What is known of RedNote's links, as of 2026-11-21, from share texts and tests of public repositories. Nothing was
 * checked against the live site.
 */
export const pageHosts: ReadonlyMap<string, string> = new Map([
  ["xiaohongshu.com", "www.xiaohongshu.com"],
  ["www.xiaohongshu.com", "www.xiaohongshu.com"],
  ["rednote.com", "www.rednote.com"],
  ["www.rednote.com", "www.rednote.com"],
]);

/** Of the app's share texts; `.cn` stands in those of 2026. */
export const shortHosts: readonly string[] = ["xhslink.com", "xhslink.cn"];

/** A note has 24 hexadecimal digits on each of its addresses. */
export const notePath =
  /^\/(?:explore|discovery\/item|user\/profile\/[0-9a-z]+)\/([0-9a-f]{24})\/?$/i;

/** An account's page, on the web or as the app is sent there. */
export const profilePath = /^\/user\/profile\/[0-9a-z]{8,64}\/?$/i;

/** What a note that is gone is sent on to. */
export const gonePath = /^\/404(?:\/|$)/;

/** A short link; before its code may stand one letter for its kind. */
export const shortPath = /^\/(?:[a-z]\/)?[A-Za-z0-9]{4,32}\/?$/;

/**
 * `/a/` and `/o/` stand in share texts of notes only. `/m/` stands in those of profiles (most of what public pages
 * show), of shops, live streams and now and then of notes, so the path alone does not tell.
 */
export const sharedPath = /^\/m\//;

/**
 * The app's words before the link of a profile: "…在小红书收获了3.5万次赞与收藏，查看Ta的主页>>", "来看看我的主页>>".
 */
export const profileWords = /主[页頁]\s*(?:>>|》|：|:)?\s*$/u;

/** The app's words around the link of a note: "…发布了一篇小红书笔记", "复制后打开【小红书】查看笔记！", "… | 小红书】". */
export const noteWords = /小红书笔记|查看笔记|查看精彩内容|\|\s*小红书/u;
