import { counted } from "../../core/counted.ts";
import { ExpectedError } from "../../core/error.ts";
import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import type { SourceStop } from "../../core/source.ts";
import type { WebTrouble } from "../../tiktok/web-trouble.ts";
import type { Obstacle } from "./look.ts";
import { siteAsOf } from "./site.ts";

/** What every sentence is about. */
export interface Told {
  handle: string;
  /** Posts read so far, and how many there are; null when the page does not say. */
  read: number;
  posts: number | null;
  signedIn: boolean;
  headless: boolean;
  attended: boolean;
}

const asked: Record<Obstacle, string> = {
  captcha: "TikTok shows a captcha",
  "sign-in": "TikTok asks you to sign in",
  challenge: "TikTok checks whether a person is there",
};

/** What is said once, when the window wants the person. */
export function askPerson(obstacle: Obstacle): string {
  return `${asked[obstacle]} in the window that is open. Do it there; this goes on by itself. (Ctrl-C stops; what was read is kept.)`;
}

/** Nobody is there to do what TikTok asks, or nobody did. */
export function personWanted(obstacle: Obstacle, told: Told, waited: boolean): SourceStop {
  const again = `\`findmehere export @${told.handle}\``;
  const there =
    obstacle === "sign-in" && !waited
      ? `Type \`findmehere login tiktok\`, then ${again}.`
      : told.headless
        ? `Type ${again} without --headless, and do it in the window that opens. It goes on from there.`
        : `Type ${again} in a terminal, and do it in the window that opens. It goes on from there.`;
  const what = waited
    ? `${asked[obstacle]}, and nobody did it for 15 minutes.`
    : `${asked[obstacle]}. Nothing was scrolled further.`;
  return stop(
    "signIn",
    problem("site-wants-person", `${what} ${soFar(told)}`, waited ? `Type ${again} again.` : there),
  );
}

/** The site asked to slow down. */
export function slowDown(told: Told): SourceStop {
  return stop(
    "later",
    problem(
      "site-asks-to-wait",
      `TikTok asks to slow down. ${soFar(told)}`,
      `Wait an hour or two, then type \`findmehere export @${told.handle}\`. It completes what is there.`,
    ),
  );
}

/** The window was closed before the page was read. */
export function windowClosed(told: Told): SourceStop {
  return stop(
    "needsPerson",
    problem(
      "page-unfinished",
      `The browser window was closed. ${soFar(told)}`,
      `Type \`findmehere export @${told.handle}\` again and leave the window open.`,
    ),
  );
}

/** The list came to nothing again and again. */
export function listFailed(told: Told): SourceStop {
  return stop(
    "later",
    problem(
      "page-unfinished",
      `TikTok's page stopped giving posts. ${soFar(told)}`,
      `Try again later: \`findmehere export @${told.handle}\`. ${otherWays(told)}`,
    ),
  );
}

/** What a profile page that shows no posts means: a stop, or an ExpectedError (exit `input`) where nothing can come of it. */
export function pageRefused(trouble: WebTrouble, told: Told): SourceStop {
  const { handle } = told;
  const zip =
    "TikTok's zip has all your posts whatever the page shows: `findmehere export my-tiktok-archive.zip`.";
  const refused = (fix: string, exit: SourceStop["exit"]) =>
    stop(exit, problem("page-refused", `@${handle}: ${trouble.message}`, fix));
  if (trouble.kind === "no-such-account") {
    throw new ExpectedError({
      exit: "input",
      code: "no-such-account",
      what: `TikTok knows no account @${handle}.`,
      why: "The handle may be misspelt or have changed, or the account is closed.",
      fix: `Look at your profile in the app, then type \`findmehere export @YOUR-HANDLE\`. ${zip}`,
    });
  }
  if (trouble.kind === "private-account" || trouble.kind === "private-post") {
    return refused(
      told.signedIn
        ? `The sign-in here sees nothing of it. ${zip}`
        : `Sign in as yourself: \`findmehere login tiktok\`, then type \`findmehere export @${handle}\`.`,
      "signIn",
    );
  }
  if (trouble.kind === "region") {
    return refused(
      `Type the command from a network in another country, or use the zip. ${zip}`,
      "needsPerson",
    );
  }
  return refused(`Try again later or from another network. ${zip}`, "later");
}

/** The page has nothing that we can read. */
export function unreadable(handle: string): ExpectedError {
  return new ExpectedError({
    exit: "input",
    code: "page-unreadable",
    what: `TikTok's page of @${handle} has nothing that findmehere can read.`,
    why: `TikTok may have changed its pages since ${siteAsOf}, or something between you and TikTok answers in its place.`,
    fix: "Open the page in a browser of yours. If it looks right there, use TikTok's zip: `findmehere export my-tiktok-archive.zip`.",
  });
}

/** The page does not answer. */
export function unreachable(origin: string, cause: unknown): ExpectedError {
  return new ExpectedError(
    {
      exit: "later",
      code: "page-unreachable",
      what: `TikTok's page does not answer (${URL.parse(origin)?.host ?? origin}).`,
      why: "This computer may be offline, or the network blocks it.",
      fix: "Look whether the page opens in a browser of yours, then type the same command again.",
    },
    { cause },
  );
}

/** The profile counts more posts than the page showed; null when it does not. */
export function gap(told: Told): Problem | null {
  const { read, posts, signedIn } = told;
  if (posts === null || read >= posts) return null;
  return problem(
    "posts-missing",
    `Your page says ${counted(posts, "post")}; it showed ${read}.`,
    signedIn
      ? "TikTok's zip has them all: `findmehere export my-tiktok-archive.zip`."
      : otherWays(told),
  );
}

/** Posts of others stood in the list. */
export function strangersLeftOut(count: number): Problem | null {
  if (count === 0) return null;
  return problem(
    "not-yours",
    `${counted(count, "post")} of other accounts stood in the list of your page and ${count === 1 ? "was" : "were"} left out.`,
    "",
  );
}

/** Items that could not be read. */
export function brokenItems(count: number): Problem | null {
  if (count === 0) return null;
  return problem(
    "bad-record",
    `${counted(count, "item")} of your page could not be read; the others went on.`,
    "TikTok's zip has every post: `findmehere export my-tiktok-archive.zip`.",
  );
}

function otherWays({ signedIn }: Told): string {
  const zip = "TikTok's zip has them all: `findmehere export my-tiktok-archive.zip`.";
  return signedIn ? zip : `Sign in with \`findmehere login tiktok\` and export again. Or: ${zip}`;
}

function soFar({ read, posts }: Told): string {
  if (read === 0) return "No post was read yet.";
  return posts === null || posts < read
    ? `${counted(read, "post")} ${read === 1 ? "was" : "were"} read and ${read === 1 ? "is" : "are"} kept.`
    : `${read} of ${counted(posts, "post")} were read and are kept.`;
}

function stop(exit: SourceStop["exit"], problem: Problem): SourceStop {
  return { type: "stop", exit, problem };
}
