/** How much a problem matters: `stop` blocks the item, `warn` wants a look, `note` is only said. */
export type Severity = "stop" | "warn" | "note";

/** What a problem code says. */
export interface ProblemMeaning {
  /** The usual one. */
  severity: Severity;
  /** True where the code may stop a draft although it is not always so. */
  mayStop?: true;
  meaning: string;
}

/** The codes of drafts and texts, part of the table of all. */
export const draftProblemCodes = {
  "private-post": {
    severity: "note",
    meaning: "the post is private or friends-only: kept in the library, never drafted unasked",
  },
  "needs-title": {
    severity: "stop",
    meaning: "the draft has neither a caption nor a title; write one in its title.txt",
  },
  "weak-title": {
    severity: "warn",
    meaning: "the title was made from topics or the niche, not from words of the caption",
  },
  "same-title": { severity: "note", meaning: "another draft has that title; it got a number" },
  "title-too-long": { severity: "stop", meaning: "the title is over the destination's limit" },
  "title-tight": {
    severity: "note",
    meaning: "the title is longer than the destination's advice",
  },
  "body-cut": { severity: "warn", meaning: "the text was shortened to fit the destination" },
  "body-long": { severity: "warn", meaning: "the text is longer than the destination's advice" },
  "body-too-long": { severity: "stop", meaning: "the text is over the destination's limit" },
  "no-translation": {
    severity: "note",
    meaning: "the caption is only in its own language; nobody has supplied a translation",
  },
  "no-draft-media": {
    severity: "stop",
    meaning: "the draft has no video or photo yet, and the destination takes no post without one",
  },
  "no-draft": { severity: "stop", meaning: "the post has no draft for that destination yet" },
  "template-broken": {
    severity: "warn",
    meaning: "a template of yours has a mistake, so its text was not written",
  },
  "choose-media": {
    severity: "note",
    meaning: "you choose the photo for this post yourself, on the phone",
  },
  "photos-left-out": {
    severity: "warn",
    meaning: "the destination takes fewer photos than the post has",
  },
  "word-platform": {
    severity: "warn",
    mayStop: true,
    meaning: "the words name another platform; it may be limited",
  },
  "word-contact": {
    severity: "stop",
    mayStop: true,
    meaning: "the words send people away: an address, a contact, a code",
  },
  "word-ad-law": {
    severity: "warn",
    mayStop: true,
    meaning: "the words sound like a promise or a ranking of advertising",
  },
  "word-medical": {
    severity: "stop",
    mayStop: true,
    meaning: "the words promise an effect on the body",
  },
  "word-finance": {
    severity: "stop",
    mayStop: true,
    meaning: "the words speak of money schemes, credit or gambling",
  },
  "word-limited": {
    severity: "note",
    mayStop: true,
    meaning: "the words touch something that may be limited",
  },
  "word-watermark": {
    severity: "note",
    mayStop: true,
    meaning: "the words carry another app's credit or mark",
  },
  "word-culture": {
    severity: "note",
    mayStop: true,
    meaning: "the words may not read as you mean them",
  },
  "date-bound": {
    severity: "stop",
    mayStop: true,
    meaning: "the words are tied to a day or a year that may be over when the post goes out",
  },
  "licensed-sound": {
    severity: "warn",
    meaning: "the video's sound is not the creator's own; it may be muted or limited elsewhere",
  },
  "others-work": {
    severity: "stop",
    mayStop: true,
    meaning: "a duet or stitch shows someone else's work, and only they can allow to post it again",
  },
  "paid-partnership": {
    severity: "warn",
    meaning: "the post was declared as advertising on TikTok; declare it there too",
  },
  "ai-content": {
    severity: "warn",
    meaning: "the post was declared as made with AI on TikTok; declare it there too",
  },
  "text-not-written": {
    severity: "note",
    meaning: "an announcement text needs a setting that is empty",
  },
  "text-too-long": {
    severity: "warn",
    meaning: "an announcement text is over its limit and was not written",
  },
} as const satisfies Record<string, ProblemMeaning>;
