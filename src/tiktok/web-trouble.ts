import { rehydration } from "./web-page.ts";
import { webProfile } from "./web-profile.ts";

/** Why TikTok shows less than was asked for. */
export interface WebTrouble {
  /** One word for code. */
  kind:
    | "challenge"
    | "login"
    | "not-available"
    | "private-post"
    | "no-such-account"
    | "private-account"
    | "region"
    | "refused";
  /** One sentence for people. */
  message: string;
}

const messages: Record<Exclude<WebTrouble["kind"], "refused">, string> = {
  challenge: "TikTok showed a check that only a person in a browser can pass, not the page.",
  login: "TikTok wants a sign-in before it shows this.",
  "not-available":
    "TikTok says that this is not available; it also says so when it blocks your network address.",
  "private-post": "TikTok says that this post is private.",
  "no-such-account": "TikTok knows no account of this name.",
  "private-account":
    "This account is private, and TikTok shows nothing of it without its own sign-in.",
  region: "TikTok does not show this in the region that your network address belongs to.",
};

/** TikTok's own numbers, as current tools know them (2026-08). */
const statuses: Readonly<Record<number, Exclude<WebTrouble["kind"], "refused">>> = {
  10204: "not-available",
  10216: "private-post",
  10221: "no-such-account",
  10222: "private-account",
  10231: "region",
};

/** What a status of a page or a list means; null for 0 and none. A private account that shows its posts is one's own. */
export function statusTrouble(
  status: number | null,
  posts: number | null = null,
): WebTrouble | null {
  if (status === null || status === 0) return null;
  if (status === 10222 && (posts ?? 0) > 0) return null;
  const kind = statuses[status];
  if (kind !== undefined) return troubleOf(kind);
  return { kind: "refused", message: `TikTok answered with its status ${status}.` };
}

/**
 * What is wrong with a page as it came.
 * @param page `address` is the one that it ended at, after redirects
 */
export function pageTrouble(page: { address?: string; html: string }): WebTrouble | null {
  if (isSignIn(page.address ?? "")) return troubleOf("login");
  const data = rehydration(page.html);
  if (data === null) return isChallenge(page.html) ? troubleOf("challenge") : null;
  if (data.userDetail !== null) {
    const { userInfo, statusCode } = data.userDetail;
    const found = webProfile(userInfo, { source: "", observed: null });
    return statusTrouble(statusCode, found?.profile.posts);
  }
  return statusTrouble(data.videoDetail?.statusCode ?? null);
}

/** True for the page that asks a script, then a person, to prove itself; its short form has 640 bytes (2026-08). */
export function isChallenge(html: string): boolean {
  if (/_wafchallengeid|\bid=["']?(?:cs|wci)["'\s>]/.test(html)) return true;
  if (html.includes("Please wait...")) return true;
  return html.length === 640 && /^\s*</.test(html);
}

function isSignIn(address: string): boolean {
  return /^\/login(?:\/|$)/.test(URL.parse(address)?.pathname ?? "");
}

function troubleOf(kind: keyof typeof messages): WebTrouble {
  return { kind, message: messages[kind] };
}
