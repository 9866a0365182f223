// TikTok accepts pictures inside a tag (#50tonarmy😜); a handle may hold dots but does not end with one.
const hashtag =
  /[#＃]((?:[\p{L}\p{M}\p{N}_·・\p{Extended_Pictographic}\p{RI}\p{EMod}]|\u200d|\ufe0f|\uff9f)+)/gu;
const mention = /(?<![\p{L}\p{N}_.])[@＠]([A-Za-z0-9_](?:[A-Za-z0-9_.]*[A-Za-z0-9_])?)/gu;

/** The hashtags of a caption without their sign, each once, in order. */
export function captionHashtags(caption: string): string[] {
  return names(caption, hashtag);
}

/** The handles that a caption mentions, without their sign, each once, in order. */
export function captionMentions(caption: string): string[] {
  return names(caption, mention);
}

function names(caption: string, pattern: RegExp): string[] {
  const found = Array.from(caption.matchAll(pattern), (match) => match[1] ?? "");
  return [...new Set(found)];
}
