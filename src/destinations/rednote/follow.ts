import type { Followed, FollowShort, Reach } from "../../core/way.ts";
import { askPage } from "../../edge/page.ts";
import type { PageFailure } from "../../edge/page.ts";
import { isProfilePage, isShort, noteAt } from "./address.ts";
import { gonePath, pageHosts } from "./site.ts";

/**
 * Follows RedNote's short links as far as the address that they lead to. RedNote's own pages are never asked: a note
 * that is opened without its token looks like a program to it (2026-10).
 */
export function rednoteFollower(reach: Reach): FollowShort {
  return async ({ url }, signal): Promise<Followed> => {
    const answer = await askPage(url, {
      askable: (address) => askable(address, reach),
      isEnough: (address) => followedTo(address) !== null,
      signal,
    });
    if (answer.is === "enough") return followedTo(answer.address) ?? { is: "no-post" };
    // A page in place of a new address: nobody knows what it would do in the app.
    if (answer.is === "page") return { is: "not-followed", why: `${words.fault}.` };
    if (answer.failure === "not-found") return { is: "no-post" };
    const said = answer.status === null ? "" : ` (${answer.status})`;
    return { is: "not-followed", why: `${words[answer.failure]}${said}.` };
  };
}

function followedTo(address: URL): Followed | null {
  const note = noteAt(address);
  if (note !== null) return { is: "post", address: note };
  if (isProfilePage(address)) return { is: "profile" };
  const isGone = pageHosts.has(address.hostname) && gonePath.test(address.pathname);
  return isGone ? { is: "no-post" } : null;
}

/** Only its short hosts, by https; with an address of somebody's own in the settings, that one in their place. */
function askable(address: URL, { origin, allowHosts }: Reach): URL | null {
  const { protocol, host, hostname, pathname, search, username, password } = address;
  if (username !== "" || password !== "") return null;
  if (isShort(address)) {
    const isOwn = origin !== "auto" && !ownOrigins.includes(origin);
    return new URL(`${pathname}${search}`, isOwn ? origin : `https://${hostname}`);
  }
  const isAllowed = address.origin === origin || allowHosts.includes(host);
  return isAllowed && ["http:", "https:"].includes(protocol) ? address : null;
}

/** RedNote's own, which have no short links. */
const ownOrigins: readonly string[] = [
  "https://creator.rednote.com",
  "https://creator.xiaohongshu.com",
];

const words: Record<PageFailure, string> = {
  blocked: "RedNote does not let findmehere look now",
  "not-found": "RedNote does not know it",
  fault: "RedNote answered with something else than an address",
  "led-away": "It leads to a place that findmehere does not visit",
  network: "RedNote could not be reached, or did not answer in time",
};
