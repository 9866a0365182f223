import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import type { Failure } from "./ask.ts";
import type { ProfilePage } from "./profile.ts";
import { postsOnPage } from "./site.ts";

const byLink =
  'Open the post in the app, tap Share, then Copy link, and bring it: `findmehere confirm --post KEY --to lemon8 --url "ADDRESS"`.';
const setHandle = "Type `findmehere config set creator.handles.lemon8 YOUR-LEMON8-HANDLE`.";
const later = "Try again later: `findmehere confirm`.";

/** Why there was no page to look at. */
export function failedPage(failure: Failure, status: number | null): Problem {
  const said = status === null ? "" : ` (${status})`;
  switch (failure) {
    case "blocked":
      return problem(
        "page-blocked",
        `Lemon8 does not let findmehere look at your page now${said}. That says nothing of the post.`,
        `Leave it alone for some hours. ${byLink}`,
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
        byLink,
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
export function silentPage(page: Exclude<ProfilePage, { is: "open" }>): Problem {
  switch (page.is) {
    case "private":
      return problem(
        "account-hidden",
        "Your Lemon8 account is private, so its page shows nobody its posts.",
        byLink,
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
        byLink,
      );
    case "no-account":
      return failedPage("not-found", null);
    case "changed": {
      const lacking = { data: "its data", account: "the account", posts: "the list of posts" };
      return problem(
        "page-changed",
        `Lemon8's page is no longer as findmehere knows it: ${lacking[page.lacks]} cannot be found there. That says nothing of the post.`,
        `A newer findmehere may know it. ${byLink}`,
      );
    }
  }
}

/** The page is another account's than the one that was asked for. */
export function otherAccount(): Problem {
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
export function notFollowed(failure: Failure, status: number | null): string {
  const said = status === null ? "" : ` (${status})`;
  const words: Record<Failure, string> = {
    blocked: `Lemon8 does not let findmehere look now${said}.`,
    "not-found": `Lemon8 does not know it${said}.`,
    fault: `Lemon8 answered with a fault of its own${said}.`,
    "led-away": "It leads to a place that findmehere does not visit.",
    network: "Lemon8 could not be reached, or did not answer in time.",
  };
  return words[failure];
}
