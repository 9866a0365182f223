import type { Destination, LengthUnit, TextLimit } from "../core/destination.ts";
import { problem } from "../core/problem.ts";
import type { Problem } from "../core/problem.ts";
import { fitsWithin, measure } from "../text/measure.ts";

/** The words of a draft and the counts of its media, whoever wrote them. */
export interface DraftTexts {
  title: string;
  /** Topics included. */
  body: string;
  topics: readonly string[];
  /** 0 for a video. */
  photoCount: number;
  /** False while no video or photo of the post is on the disk. */
  hasMedia: boolean;
  /** Key of the post, for the problems. */
  post?: string | undefined;
}

const unitNames: Record<LengthUnit, string> = {
  rednote:
    "units (a Chinese character or a simple sign is 1, an English letter a half, an emoji 2 or more)",
  "rednote-app": "units",
  utf16: "characters",
  "code-points": "characters",
  graphemes: "characters",
};

/** Holds the words of a draft against the limits that its destination declares. */
export function checkTexts(destination: Destination, draft: DraftTexts): Problem[] {
  const { limits, title: place } = destination;
  const about = { to: destination.id, post: draft.post };
  const problems: Problem[] = [];
  const add = (code: Problem["code"], message: string, fix: string): void => {
    problems.push(problem(code, message, fix, about));
  };

  if (draft.title.trim() === "") {
    add(
      "needs-title",
      `There is no title for ${place} yet.`,
      "Write one into title.txt in that folder. If the caption of the post is missing, bring it: `findmehere export @YOUR-HANDLE`, then `findmehere prepare`.",
    );
  }
  const { title, body } = limits;
  if (title.hard !== null && !fitsWithin(draft.title, title.hard, title.unit)) {
    add(
      "title-too-long",
      `The title has ${measure(draft.title, title.unit)} of at most ${title.hard} ${unitNames[title.unit]}.${laxer(draft.title, title)}`,
      "Shorten title.txt in the draft's folder.",
    );
  } else if (
    title.advice !== null &&
    !fitsWithin(draft.title, title.advice.most, title.advice.unit)
  ) {
    add(
      "title-tight",
      `The title has ${measure(draft.title, title.advice.unit)} ${unitNames[title.advice.unit]}; ${place} may show only about ${title.advice.most}.`,
      "Look at it before you post.",
    );
  }
  if (body.hard !== null && !fitsWithin(draft.body, body.hard, body.unit)) {
    add(
      "body-too-long",
      `The text has ${measure(draft.body, body.unit)} of at most ${body.hard} ${unitNames[body.unit]}, topics included.`,
      "Shorten body.txt in the draft's folder.",
    );
  } else if (body.advice !== null && !fitsWithin(draft.body, body.advice.most, body.advice.unit)) {
    add(
      "body-long",
      `The text has ${measure(draft.body, body.advice.unit)} ${unitNames[body.advice.unit]}; more than ${body.advice.most} are not known to be safe on ${place}.`,
      "Shorten body.txt in the draft's folder if the app refuses it.",
    );
  }
  if (draft.topics.length > limits.topics.hard) {
    add(
      "body-too-long",
      `The text has ${draft.topics.length} topics; ${place} takes at most ${limits.topics.hard}.`,
      "Take some out of body.txt in the draft's folder.",
    );
  }
  if (draft.photoCount > limits.photos.hard) {
    add(
      "photos-left-out",
      `The post has ${draft.photoCount} photos and ${place} takes ${limits.photos.hard}, so it goes out without those after photo ${limits.photos.hard}.`,
      "",
    );
  }
  if (destination.needsMedia && !draft.hasMedia) {
    add(
      "no-draft-media",
      `There is no video or photo for this draft yet, and ${place} takes no post without one.`,
      "Fetch the files with `findmehere export`, then run `findmehere prepare` again.",
    );
  }
  return problems;
}

/** What the phone app would say to a title that is over the strict limit. */
function laxer(text: string, { hard, inApp }: TextLimit): string {
  if (inApp === undefined || hard === null) return "";
  const most = measure(text, inApp);
  return most > hard
    ? ""
    : ` By the count of the phone app it fits (${most} of ${hard}), but the web editor may refuse it.`;
}
