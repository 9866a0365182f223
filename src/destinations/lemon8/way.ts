import type { PastedAddress } from "../../core/pasted-address.ts";
import type { Problem } from "../../core/problem.ts";
import type { Followed, Look, LookedFor, Reach, Way } from "../../core/way.ts";
import { recognise } from "./address.ts";
import { ask } from "./ask.ts";
import { onLemon8 } from "./hosts.ts";
import { matchPost } from "./match.ts";
import { readProfile } from "./profile.ts";
import type { ProfilePage } from "./profile.ts";
import { lemon8Origin, postsOnPage, profilePath } from "./site.ts";
import {
  beyondPage,
  failedPage,
  noHandle,
  notFollowed,
  otherAccount,
  severalFit,
  silentPage,
} from "./words.ts";

type OpenPage = Extract<ProfilePage, { is: "open" }>;

/** What findmehere can do on Lemon8: look at the account's own page, once for all looks, and follow its short links. */
export function lemon8Way(reach: Reach): Way {
  const pages = new Map<string, Promise<OpenPage | Problem>>();
  return {
    readBack: {
      async look(wanted, signal) {
        const handle = wanted.account.trim().replace(/^@/u, "");
        if (handle === "") return unknown(noHandle());
        const name = handle.toLowerCase();
        const page = pages.get(name) ?? openPage(handle, reach, signal);
        pages.set(name, page);
        return lookAt(wanted, await page);
      },
    },
    follow: (short, signal) => follow(short, reach, signal),
  };
}

async function openPage(
  handle: string,
  reach: Reach,
  signal: AbortSignal,
): Promise<OpenPage | Problem> {
  const answer = await ask(`${lemon8Origin}${profilePath(handle)}`, { reach, signal });
  if (answer.is === "failed") return failedPage(answer.failure, answer.status);
  const page = readProfile(answer.is === "page" ? answer.text : "");
  if (page.is !== "open") return silentPage(page);
  return page.handle.toLowerCase() === handle.toLowerCase() ? page : otherAccount();
}

function lookAt(wanted: LookedFor, page: OpenPage | Problem): Look {
  if ("type" in page) return unknown(page);
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

/** The address of a post is enough: it is not asked for. */
async function follow(short: PastedAddress, reach: Reach, signal: AbortSignal): Promise<Followed> {
  const postAt = (address: URL): PastedAddress | null => {
    const found = recognise(onLemon8(address, reach));
    return found?.id === null ? null : found;
  };
  const isEnough = (address: URL): boolean => postAt(address) !== null;
  const answer = await ask(short.url, { reach, signal, isEnough });
  if (answer.is === "failed") {
    if (answer.failure === "not-found") return { is: "no-post" };
    return { is: "not-followed", why: notFollowed(answer.failure, answer.status) };
  }
  const address = postAt(answer.address);
  return address === null ? { is: "no-post" } : { is: "post", address };
}
