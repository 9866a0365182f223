import { hashtagsIn, tokenise } from "../text/caption.ts";

/** The hashtags of a caption without their sign, each once, in order. */
export function captionHashtags(caption: string): string[] {
  return [...new Set(hashtagsIn(caption))];
}

/** The handles that a caption mentions or credits, without their sign, each once, in order. */
export function captionMentions(caption: string): string[] {
  const handles = tokenise(caption).flatMap(({ type, text }) => {
    if (type !== "mention" && type !== "credit") return [];
    return /[@＠](.+)$/u.exec(text)?.[1] ?? [];
  });
  return [...new Set(handles)];
}
