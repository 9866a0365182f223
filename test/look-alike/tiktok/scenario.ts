/** How one or several list requests are answered wrongly. Requests are counted from 1 since the start or the last `change`. */
export interface ListFault {
  on: readonly number[] | "always";
  answer:
    /** 200 with 0 bytes. */
    | "empty"
    /** 200 with JSON that has no `itemList`. */
    | "no-item-list"
    /** 200 with JSON whose `statusCode` is not 0. */
    | "status-code"
    /** 200 with the `Please wait...` page. */
    | "challenge"
    /** 200 with the page of 640 bytes. */
    | "640-bytes"
    /** 429 with `Retry-After`. */
    | "too-many"
    /** 500. */
    | "server-error"
    /** The line breaks in the middle of the body. */
    | "cut";
  /** Of `status-code`; 10101 when left out. */
  statusCode?: number;
}

/** How some media requests are answered wrongly. Requests are counted from 1 for each path. */
export interface MediaFault {
  /** Part of the path, such as an object's name or `/media-video-hvc1/`; every path when left out. */
  path?: string;
  kind?: "video" | "image" | "sound" | "subtitles" | "avatar";
  on?: readonly number[];
  answer:
    | { to: "slow"; bytesPerSecond: number }
    /** The line breaks after so many bytes. */
    | { to: "cut"; after: number }
    /** Bytes stop after so many, and the line stays open. */
    | { to: "stall"; after: number }
    /** 200 with a page instead of the file. */
    | { to: "html" }
    /** 200 with the page of 640 bytes instead of the file. */
    | { to: "640-bytes" }
    /** 200 with JSON instead of the file. */
    | { to: "json" }
    /** 200 with 0 bytes. */
    | { to: "empty" }
    | { to: "status"; status: number; retryAfter?: string }
    /** 302 to the second host, which wants no cookie and is to get none. */
    | { to: "redirect" }
    /** The whole file whatever range was asked. */
    | { to: "no-ranges" }
    /** Another ETag on each answer. */
    | { to: "new-etag" };
}

/** What the site does; every part may be changed while it runs. */
export interface Scenario {
  /** Posts a list answer; the page asks for as many. */
  pageSize: number;
  /** Milliseconds before a list answer. */
  latency: number;
  /** Pinned posts come once more at their own date. */
  pinnedAgain: boolean;
  /** So many posts of a page come again on the next. */
  overlap: number;
  /** List request `from` is answered, and its answer again `times` times, with `hasMore` true. */
  repeatPage: { from: number; times: number } | null;
  listFaults: readonly ListFault[];
  /** The list ends after so many posts of the creator, whatever `videoCount` says. */
  listEndsAfter: number | null;
  /** After every so many posts one of somebody else stands in the list; 0: none. */
  strangers: number;
  /** Items that have no `author`. */
  withoutAuthor: "none" | "every-second" | "all";
  createTimeAsText: boolean;
  bitrateInfoAsDict: boolean;
  playAddr: "text" | "empty" | "list";
  /** What the profile says; the number of public posts when null. */
  videoCount: number | null;
  /** `statusCode` of the profile page, which is HTTP 200 all the same. */
  profileStatus: 0 | 10204 | 10216 | 10221 | 10222 | 10231;
  /** The profile page is 429. */
  profileTooMany: boolean;
  /** The profile sends who is not signed in to `/login`. */
  loginRedirect: boolean;
  /** First page of who has not passed it: passes by itself, waits for the person, or the 640 bytes form that waits. */
  challenge: "none" | "solves-itself" | "waits" | "640-bytes";
  /** A captcha lies over the page after so many list answers; no list is given until it is solved. */
  captcha: { after: number; form: "dialog" | "older" } | null;
  /** The sign-in sheet lies over the page after so many list answers. */
  loginSheet: { after: number; closable: boolean } | null;
  /** The panel with its button stands instead of more posts after so many list answers, for so many requests. */
  somethingWentWrong: { after: number; times: number } | null;
  cookieBanner: boolean;
  /** Where the page keeps its data. */
  rehydration: "universal" | "sigi" | "none";
  /** The page asks for the reposts as well, and gets so many. */
  reposts: number;
  mediaFaults: readonly MediaFault[];
}

/** A site that does nothing special. */
export const usual: Scenario = {
  pageSize: 35,
  latency: 15,
  pinnedAgain: false,
  overlap: 0,
  repeatPage: null,
  listFaults: [],
  listEndsAfter: null,
  strangers: 0,
  withoutAuthor: "none",
  createTimeAsText: false,
  bitrateInfoAsDict: false,
  playAddr: "text",
  videoCount: null,
  profileStatus: 0,
  profileTooMany: false,
  loginRedirect: false,
  challenge: "none",
  captcha: null,
  loginSheet: null,
  somethingWentWrong: null,
  cookieBanner: false,
  rehydration: "universal",
  reposts: 0,
  mediaFaults: [],
};
