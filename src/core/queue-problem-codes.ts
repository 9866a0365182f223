/** Problem codes of publishing and looking, part of the one table. */
export const queueProblemCodes = {
  "slot-missed": {
    severity: "note",
    meaning: "nothing ran at a slot of the browser way; `queue.missed` says what then",
  },
  "needs-sitting": {
    severity: "note",
    meaning: "a post is due, and you press the last button yourself",
  },
  "not-filled-in": {
    severity: "warn",
    meaning: "the place's form could not be filled in; nothing was posted",
  },
  "outcome-unknown": {
    severity: "warn",
    meaning: "nobody knows whether a post went out; it is not pressed again",
  },
  "account-stopped": {
    severity: "warn",
    meaning: "the place showed a sign of risk; nothing goes out there until you clear it",
  },
  "look-failed": {
    severity: "note",
    meaning: "a look at your own page failed; it says nothing of the post",
  },
  "folder-file-yours": {
    severity: "note",
    meaning: "a file in the folder for your phone is yours or was changed; it was left alone",
  },
  "media-address-needed": {
    severity: "warn",
    meaning: "a scheduler takes media only by a public address, and there is none",
  },
  "scheduler-limit": {
    severity: "warn",
    meaning: "a row of a scheduler's table is not as the scheduler takes it",
  },
  "page-blocked": {
    severity: "note",
    meaning: "the place does not let findmehere look at your page now",
  },
  "page-changed": {
    severity: "warn",
    meaning: "the place's page is no longer as findmehere knows it; it says nothing of the post",
  },
  "page-unreachable": {
    severity: "note",
    meaning: "your page on the place could not be reached",
  },
  "account-not-found": {
    severity: "warn",
    meaning: "the place has no page of the account that the settings name",
  },
  "account-hidden": {
    severity: "warn",
    meaning: "your page is private, closed, or not shown where this computer is",
  },
  "page-limit": {
    severity: "note",
    meaning: "there are more newer posts than your page shows, so an older one may be there unseen",
  },
  "several-fit": {
    severity: "note",
    meaning: "several posts on your page could be the one that is looked for",
  },
  "link-not-followed": {
    severity: "note",
    meaning: "a short link is kept as you pasted it, since it could not be followed",
  },
  "sync-not-looked": {
    severity: "warn",
    meaning: "nobody could look whether TikTok's sync has already carried a post there",
  },
  "look-too-early": {
    severity: "note",
    meaning: "your page on the place was looked at a moment ago; it is not asked again so soon",
  },
  "count-unknown": {
    severity: "note",
    meaning: "how many follow you on a place is not known; nothing is guessed",
  },
  "not-seen": {
    severity: "warn",
    meaning: "two days after it went out a post is still not to be seen",
  },
} as const;
