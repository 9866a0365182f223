import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import type { PageFailure } from "../../edge/page.ts";
import type { ProfilePage } from "./profile.ts";
import { postsOnPage } from "./site.ts";

const byLink =
  'Open the post in the app, tap Share, then Copy link, and bring it: `findmehere confirm --post KEY --to lemon8 --url "ADDRESS"`.';
const setHandle = "Type `findmehere config set creator.handles.lemon8 YOUR-LEMON8-HANDLE`.";

/** What the page was looked at for: what a failed look leaves open, and what to do instead. */
export interface Purpose {
  open: string;
  instead: string;
  later: string;
}

/** Whether a post is there. */
export const forPost: Purpose = {
  open: "That says nothing of the post.",
  instead: byLink,
  later: "Try again later: `findmehere confirm`.",
};

/** How many follow the account. */
export const forCounts: Purpose = {
  open: "So nothing was noted.",
  instead:
    "Read the number in the app and note it by hand: `findmehere followers add lemon8=1234`.",
  later: "Try again later: `findmehere followers snapshot`.",
};

/** A page that tells nothing of what was looked for. */
export type ClosedPage =
  | { is: "failed"; failure: PageFailure; status: number | null }
  | Exclude<ProfilePage, { is: "open" }>
  | { is: "other-account" };

/** Why the page tells nothing. */
export function closedWords(page: ClosedPage, purpose: Purpose): Problem {
  if (page.is === "failed") return failedPage(page, purpose);
  return page.is === "other-account" ? otherAccount() : silentPage(page, purpose);
}

/** Why there was no page to look at. */
function failedPage(
  { failure, status }: { failure: PageFailure; status: number | null },
  { open, instead, later }: Purpose,
): Problem {
  const said = status === null ? "" : ` (${status})`;
  switch (failure) {
    case "blocked":
      return problem(
        "page-blocked",
        `Lemon8 does not let findmehere look at your page now${said}. ${open}`,
        `Leave it alone for some hours. ${instead}`,
      );
    case "not-found":
      return problem(
        "account-not-found",
        `Lemon8 has no page of your account${said}; perhaps its name is another one.`,
        setHandle,
      );
    case "fault":
      return problem("page-unreachable", `Lemon8 answered with a fault of its own${said}.`, later);
    case "led-away":
      return problem(
        "page-unreachable",
        "Lemon8 sent findmehere on to a place that it does not visit.",
        instead,
      );
    case "network":
      return problem(
        "page-unreachable",
        "Lemon8 could not be reached, or did not answer in time.",
        `Look whether this computer is online. ${later}`,
      );
  }
}

/** Why the page says nothing of the post. */
function silentPage(page: Exclude<ProfilePage, { is: "open" }>, purpose: Purpose): Problem {
  const { open, instead } = purpose;
  switch (page.is) {
    case "private":
      return problem(
        "account-hidden",
        "Your Lemon8 account is private, so its page shows nothing to others.",
        instead,
      );
    case "banned":
      return problem(
        "account-hidden",
        "Lemon8's page says that your account is closed.",
        "Open the app and read what Lemon8 tells you.",
      );
    case "closed-region":
      return problem(
        "account-hidden",
        "Lemon8 does not show its pages where this computer is.",
        instead,
      );
    case "no-account":
      return failedPage({ failure: "not-found", status: null }, purpose);
    case "changed": {
      const lacking = { data: "its data", account: "the account", posts: "the list of posts" };
      return problem(
        "page-changed",
        `Lemon8's page is no longer as findmehere knows it: ${lacking[page.lacks]} cannot be found there. ${open}`,
        `A newer findmehere may know it. ${instead}`,
      );
    }
  }
}

/** The page is another account's than the one that was asked for. */
function otherAccount(): Problem {
  return problem(
    "account-not-found",
    "Lemon8 showed another account's page than yours; perhaps your name there has changed.",
    setHandle,
  );
}

/** Nobody has said whose page is to be looked at. */
export function noHandle(): Problem {
  return problem("account-not-found", "findmehere does not know your Lemon8 handle.", setHandle);
}

/** All that the page shows is newer. */
export function beyondPage(): Problem {
  return problem(
    "page-limit",
    `Your page shows the ${postsOnPage} newest posts only, and all of them are newer than this one may be. So it may be there, unseen.`,
    byLink,
  );
}

/** Several posts fit equally well. */
export function severalFit(count: number): Problem {
  return problem("several-fit", `${count} posts on your page could be this one.`, byLink);
}

/** Why a short link was not followed, as a sentence. */
export function notFollowed(failure: PageFailure, status: number | null): string {
  const said = status === null ? "" : ` (${status})`;
  const words: Record<PageFailure, string> = {
    blocked: `Lemon8 does not let findmehere look now${said}.`,
    "not-found": `Lemon8 does not know it${said}.`,
    fault: `Lemon8 answered with a fault of its own${said}.`,
    "led-away": "It leads to a place that findmehere does not visit.",
    network: "Lemon8 could not be reached, or did not answer in time.",
  };
  return words[failure];
}
