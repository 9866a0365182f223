import { ExpectedError } from "../../core/error.ts";

const saveAgain =
  "In your browser open the network panel, then your profile; reload the page, scroll down to its end, and choose 'Save all as HAR with content'. Then hand over that file.";

/** The JSON breaks off or is wrong at a known place. */
export function brokenHar(path: string, why: string, cause?: unknown): ExpectedError {
  return new ExpectedError(
    {
      exit: "input",
      code: "broken-json",
      what: `The HAR file ${path} is broken.`,
      why,
      fix: `Save it again, and wait until the browser is done. ${saveAgain}`,
    },
    { cause },
  );
}

/** It is JSON, but nothing that a network panel saves; or far more than one saves. */
export function notHar(path: string, why: string): ExpectedError {
  return refusal("not-a-har", `${path} is not a HAR file that can be read.`, why);
}

/** Nothing in it was asked of TikTok. */
export function otherSite(path: string): ExpectedError {
  return refusal(
    "har-other-site",
    `The HAR file ${path} is of another site.`,
    "Nothing in it was asked of TikTok.",
  );
}

/** The browser saved what was asked, but not what was answered. */
export function withoutContent(path: string): ExpectedError {
  return refusal(
    "har-without-content",
    `The HAR file ${path} was saved without content.`,
    "It says what the browser asked for, but not what TikTok answered.",
  );
}

/** TikTok's pages are in it, but no post. */
export function noPosts(path: string, why: string): ExpectedError {
  return refusal("har-without-posts", `The HAR file ${path} holds no list of posts.`, why);
}

/** Posts of several accounts, and nothing that tells which is meant. */
export function whosePosts(handles: readonly string[]): ExpectedError {
  return new ExpectedError({
    exit: "usage",
    code: "whose-posts",
    what: `This speaks of several accounts: ${handles.map((each) => `@${each}`).join(", ")}.`,
    why: "findmehere works only on the creator's own posts, and cannot tell which account is yours.",
    fix: "Say it first: `findmehere init --tiktok YOUR-HANDLE`, then type this command again.",
  });
}

/** The file is no longer what was read, so that its places mean nothing. */
export function changedMeanwhile(path: string): ExpectedError {
  return new ExpectedError({
    exit: "input",
    code: "input-changed",
    what: `The HAR file ${path} was changed while it was read.`,
    fix: "Leave it alone until the export is done, and type the same command again.",
  });
}

function refusal(code: string, what: string, why: string): ExpectedError {
  return new ExpectedError({ exit: "input", code, what, why, fix: saveAgain });
}
