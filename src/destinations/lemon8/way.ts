import type { Problem } from "../../core/problem.ts";
import type { Look, LookedFor, Reach, Way } from "../../core/way.ts";
import { askPage } from "../../edge/page.ts";
import { askable } from "./hosts.ts";
import { matchPost } from "./match.ts";
import { readProfile } from "./profile.ts";
import type { ProfilePage } from "./profile.ts";
import { lemon8Origin, postsOnPage, profilePath } from "./site.ts";
import { beyondPage, closedWords, forCounts, forPost, noHandle, severalFit } from "./words.ts";
import type { ClosedPage } from "./words.ts";

type OpenPage = Extract<ProfilePage, { is: "open" }>;

/**
 * What findmehere can do on Lemon8: look at the account's own page, once for all looks, and read its numbers there.
 */
export function lemon8Way(reach: Reach): Way {
  const pages = new Map<string, Promise<OpenPage | ClosedPage>>();
  const pageOf = (handle: string, signal: AbortSignal) => {
    const name = handle.toLowerCase();
    const page = pages.get(name) ?? openPage(handle, reach, signal);
    pages.set(name, page);
    return page;
  };
  return {
    readBack: {
      async look(wanted, signal) {
        const handle = bareHandle(wanted.account);
        if (handle === "") return unknown(noHandle());
        return lookAt(wanted, await pageOf(handle, signal));
      },
    },
    async counts(account, signal) {
      const handle = bareHandle(account);
      if (handle === "") return { is: "unknown", problem: noHandle() };
      const page = await pageOf(handle, signal);
      return page.is === "open"
        ? { is: "read", handle: page.handle, counts: page.counts }
        : { is: "unknown", problem: closedWords(page, forCounts) };
    },
  };
}

function bareHandle(account: string): string {
  return account.trim().replace(/^@/u, "");
}

async function openPage(
  handle: string,
  reach: Reach,
  signal: AbortSignal,
): Promise<OpenPage | ClosedPage> {
  const answer = await askPage(`${lemon8Origin}${profilePath(handle)}`, {
    askable: (address) => askable(address, reach),
    signal,
  });
  if (answer.is === "failed") return answer;
  const page = readProfile(answer.is === "page" ? answer.text : "");
  if (page.is !== "open") return page;
  return page.handle.toLowerCase() === handle.toLowerCase() ? page : { is: "other-account" };
}

function lookAt(wanted: LookedFor, page: OpenPage | ClosedPage): Look {
  if (page.is !== "open") return unknown(closedWords(page, forPost));
  const match = matchPost(wanted, page.posts);
  switch (match.is) {
    case "one":
      return {
        is: "live",
        url: `${lemon8Origin}/@${page.handle}/${match.post.id}`,
        remoteId: match.post.id,
      };
    case "several":
      return unknown(severalFit(match.count));
    case "none": {
      const isFull = page.hasMore || page.posts.length >= postsOnPage;
      const seesBack = match.newer < page.posts.length;
      if (isFull && !seesBack) return unknown(beyondPage());
      return { is: "pending", seen: `${match.newer} newer posts, none like it` };
    }
  }
}

function unknown(said: Problem): Look {
  return { is: "unknown", evidence: said.message, problem: said };
}
