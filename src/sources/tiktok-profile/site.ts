/**
 * Everything that this source knows of TikTok's pages, in one place: addresses, elements, cookies, limits.
 *
 * None of it was seen on the live site by us. It was gathered on the day below from current code of public
 * tools, pages that people saved, and tickets. [A]: in current code of a widely used tool or in real data;
 * [B]: one good source; [C]: plausible, not verified.
 */
export const siteAsOf = "2026-11-20";

/** Hosts that show profiles beside the configured origin [A: accepted by public tools, 2026-08]. */
export const pageHosts: readonly string[] = ["www.tiktok.com", "tiktok.com", "m.tiktok.com"];

/** Where TikTok sends who has to sign in, and where one signs in [A: redirects seen by public tools, 2026-08]. */
export const signInPath = "/login";

/** Elements that hold the data of a page, the newest form first [A: public tools, 2026-08]. */
export const dataElements =
  "script#__UNIVERSAL_DATA_FOR_REHYDRATION__, script#SIGI_STATE, script#sigi-persisted-data";

/** Cookies that are there exactly while somebody is signed in [B: cookie files of public tools, 2026-08]. */
export const sessionCookies: readonly string[] = ["sessionid", "sessionid_ss", "sid_tt"];

/** A captcha over the page [B: the newer and the older dialog in public automation code, 2025; its words are not verified]. */
export const captcha =
  "#captcha-verify-container-main-page, .captcha-verify-container, #captcha_container, .captcha_verify_container, .captcha_verify_bar";

/** The sheet that asks to sign in and lies over the page [B: public automation code, 2025; not verified since]. */
export const signInSheet = '#login-modal, [data-e2e="login-modal"]';

/** The page of the check that a script, then perhaps a person, has to pass [A: public tools, 2026-08]. */
export const challenge = "#wci, #cs";

/**
 * The button of the panel that stands instead of posts, `Something went wrong` [C: seen in tickets; the
 * panel's class and the button's words are not verified].
 */
export const retryButton = {
  panel: 'main[class*="ErrorContainer"], [class*="DivErrorContainer"]',
  words: /^(?:retry|refresh|try again)$/i,
};

/** The cookie banner, a custom element with a tree of its own [B: public automation code, 2025], and its decline button [C]. */
export const cookieBanner = {
  element: "tiktok-cookie-banner",
  decline: /^(?:decline|reject|refuse)/i,
};

/** The status of a site that asks to slow down (HTTP). */
export const tooManyRequests = 429;

/** Pauses between two scrolls, milliseconds: as a person looks at a page. */
export const scrollPause = { least: 1500, most: 4000 };

/** How long a person may take to do what the site asks, and how often we look, milliseconds. */
export const personPatience = { most: 15 * 60_000, look: 1000 };

/** How long a page may take to show its data, milliseconds; the script's own check is passed within it. */
export const pageTimeout = 10_000;
/** How long a list answer may be on its way, milliseconds. */
export const answerTimeout = 20_000;

/** How often in a row something may come to nothing before the reading ends. */
export const patience = {
  /** Answers that tell nothing new, though there is said to be more. */
  repeats: 3,
  /** Answers that are no list. */
  failures: 5,
  /** Scrolls at the end of the page without any answer. */
  silences: 5,
  /** Presses of the page's own button. */
  presses: 3,
};
