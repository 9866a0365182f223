import { draftProblemCodes } from "./draft-problem-codes.ts";
import type { ProblemMeaning } from "./draft-problem-codes.ts";
import { queueProblemCodes } from "./queue-problem-codes.ts";
import { translationProblemCodes } from "./translation-problem-codes.ts";

/**
 * Every problem code with its usual severity and its meaning; `codes` and the README print this.
 * Codes are stable: a meaning may be worded better, a code is never used for something else.
 */
export const problemCodes = {
  "links-expired": {
    severity: "warn",
    meaning: "the download links inside the archive have died; ask TikTok for a new archive",
  },
  "links-expire-soon": {
    severity: "note",
    meaning: "the download links in the archive die within a day",
  },
  "download-failed": { severity: "warn", meaning: "a file could not be downloaded" },
  "file-gone": { severity: "warn", meaning: "the server no longer has the file" },
  "not-media": {
    severity: "warn",
    meaning: "the server answered with something that is not a video or a picture",
  },
  "copy-failed": { severity: "warn", meaning: "a file that you gave could not be taken over" },
  "not-linked": { severity: "note", meaning: "files were copied; the disk could not link them" },
  "with-watermark": { severity: "warn", meaning: "only the form with TikTok's mark could be had" },
  "no-sound": { severity: "note", meaning: "no form of a video has sound and plays everywhere" },
  "host-refused": {
    severity: "warn",
    meaning: "the address is not on a known TikTok media host, so nothing was asked of it",
  },
  "account-found": {
    severity: "note",
    meaning:
      "your TikTok profile names an account of yours elsewhere that the settings do not know",
  },
  "site-wants-person": { severity: "warn", meaning: "the site wants a person; reading stopped" },
  "site-asks-to-wait": { severity: "warn", meaning: "the site asks to slow down; reading stopped" },
  "page-refused": { severity: "warn", meaning: "the site does not show the page, and says why" },
  "page-unfinished": { severity: "warn", meaning: "the page was not read to its end" },
  "not-yours": {
    severity: "note",
    meaning: "a record of another account than yours; it was left out",
  },
  "no-media": { severity: "warn", meaning: "the source names no file for the post" },
  "no-caption": { severity: "note", meaning: "no source has a caption for the post" },
  "caption-without-post": {
    severity: "note",
    meaning: "a caption file that matches no post of the library",
  },
  "captions-open": {
    severity: "note",
    meaning: "rows of a table of captions are not filled in; they were left alone",
  },
  "caption-twice": {
    severity: "warn",
    meaning: "a table has two captions for one post; the last one was taken",
  },
  "ambiguous-join": {
    severity: "warn",
    mayStop: true,
    meaning: "two posts may be one and the same; nothing was guessed",
  },
  "posts-united": { severity: "note", meaning: "two posts of the library proved to be one" },
  "bad-record": {
    severity: "warn",
    meaning: "a record of the source could not be read; the others went on",
  },
  "caption-edited": {
    severity: "note",
    meaning: "the caption is another one on TikTok now; the older one is kept in post.json",
  },
  "post-gone": {
    severity: "note",
    meaning: "the post is no longer on TikTok; it stays in the library",
  },
  "media-without-sidecar": {
    severity: "note",
    meaning: "a file of a folder names its post, but nothing tells the caption and the counts",
  },
  "media-without-id": {
    severity: "note",
    meaning: "a video or picture of a folder that nothing says the post of; it was not taken",
  },
  "sidecar-without-media": {
    severity: "note",
    meaning: "a folder tells of a post, but its video is not there",
  },
  "photos-missing": {
    severity: "note",
    meaning: "a folder lacks photos of a photo post; yt-dlp saves only the music of a slideshow",
  },
  "unfinished-file": {
    severity: "note",
    meaning: "a file of a folder was not downloaded to the end; it was left out",
  },
  "other-site": {
    severity: "note",
    meaning: "a record of another site than TikTok; it was left out",
  },
  "not-read": {
    severity: "warn",
    meaning: "a part of a folder was not read: a link, or something that may not be opened",
  },
  "list-page-missing": {
    severity: "warn",
    meaning: "a page of the list of posts was not saved, or came as something else",
  },
  "posts-missing": {
    severity: "warn",
    meaning: "the profile counts more posts than its page showed",
  },
  "unknown-keys": {
    severity: "note",
    meaning: "the archive has parts that findmehere does not know; they were left alone",
  },
  "archive-copies": {
    severity: "note",
    meaning: "the input holds the archive more than once; the fullest was read",
  },
  "section-not-requested": {
    severity: "note",
    meaning: "a part is missing from the archive, so it was not asked for at TikTok",
  },
  "deleted-posts": {
    severity: "note",
    meaning: "the archive lists recently deleted posts; they are left out",
  },
  ...draftProblemCodes,
  "hand-off-waiting": {
    severity: "note",
    meaning: "a due post waits because of your quiet hours, your caps, or two packs not posted yet",
  },
  "notice-not-sent": {
    severity: "note",
    meaning: "you could not be told by ntfy, webhook or Telegram; it is tried again, or no more",
  },
  "notice-without-file": {
    severity: "note",
    meaning: "you were told, but the service did not take the files; they lie in the pack",
  },
  "file-missing": { severity: "warn", meaning: "a file of the manifest is not on the disk" },
  "file-differs": {
    severity: "warn",
    meaning: "a file is not what was downloaded; something changed it",
  },
  "not-in-manifest": {
    severity: "warn",
    meaning: "the manifest does not name a file that the library has",
  },
  "removed-posts": {
    severity: "note",
    meaning: "posts that you removed are in the source again; they were left out",
  },
  "files-left": {
    severity: "note",
    meaning: "something of a post that is no longer there stayed on the disk",
  },
  "manifest-line-broken": {
    severity: "warn",
    meaning: "a line of the manifest cannot be read",
  },
  "after-deadline": {
    severity: "note",
    meaning: "posts are planned after the deadline that you set",
  },
  "schedule-broken": {
    severity: "warn",
    meaning: "the schedule of `publish --due` cannot work as it stands",
  },
  "schedule-passing": {
    severity: "warn",
    meaning: "the schedule runs a program that its owner, such as nvm or npx, will take away",
  },
  "schedule-variables": {
    severity: "warn",
    meaning: "settings stand in this window's environment, which a timer does not see",
  },
  "schedule-signed-out": {
    severity: "note",
    meaning: "the schedule rests while you are not signed in on the computer",
  },
  "slot-off-rules": {
    severity: "warn",
    meaning: "a slot that you chose breaks your caps, your gap or your quiet hours",
  },
  "slot-twice": {
    severity: "note",
    meaning: "the clock shows the time that you chose twice on that day; the first one was taken",
  },
  "row-refused": {
    severity: "warn",
    meaning: "a row of a table of the queue cannot be; nothing of the table was taken",
  },
  "synced-folder": {
    severity: "warn",
    meaning: "the library lies in iCloud, OneDrive or Dropbox; databases and sync do not mix",
  },
  ...translationProblemCodes,
  ...queueProblemCodes,
} as const satisfies Record<string, ProblemMeaning>;

/** One of the stable problem codes. */
export type ProblemCode = keyof typeof problemCodes;

/** The codes that may stop a draft; a person can release it over them. */
export function stoppingCodes(): ProblemCode[] {
  return Object.entries<ProblemMeaning>(problemCodes).flatMap(([code, { severity, mayStop }]) =>
    severity === "stop" || mayStop === true ? [code as ProblemCode] : [],
  );
}
