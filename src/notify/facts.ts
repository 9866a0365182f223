/**
 * What ntfy takes (its docs, server defaults and server/errors.go, read 2026-11-21): a message is UTF-8 of at
 * most 4,096 bytes, a longer one silently becomes a file; a file is the body of a PUT, on ntfy.sh at most
 * 15 MB, kept for 3 hours; titles beyond Latin-1 go safely only through JSON, which is posted to the root.
 * A topic is up to 64 letters, digits, `_` and `-`; who knows it can read it.
 */
export const ntfyFacts = {
  origin: "https://ntfy.sh",
  topic: /^[-_A-Za-z0-9]{1,64}$/,
  messageBytes: 4096,
  titleBytes: 250,
  fileBytes: 15 * 1024 * 1024,
  /** A choice of ours: each is a notification of its own. */
  files: 10,
} as const;

/**
 * What Telegram's Bot API takes (Bot API 10.3 of 2026-08-24, in accounts read 2026-11-21): a text of 1 to 4,096
 * UTF-16 units, files of at most 50 MB by upload, albums of 2 to 10. A photo sent as a photo is compressed, so
 * ours go as documents. 429 says `parameters.retry_after` in seconds; 403 is a bot that was blocked; 400 with
 * `chat not found` a wrong id; 401 and 404 a wrong token.
 */
export const telegramFacts = {
  messageUnits: 4096,
  fileBytes: 50 * 1024 * 1024,
  album: 10,
} as const;

/** A webhook has this long to answer. */
export const webhookPatience = 5_000;

/** How long the others may take for a message. */
export const messagePatience = 10_000;

/** How long a file of so many bytes may take: a home line sends at least 1 Mbit a second. */
export function filePatience(bytes: number): number {
  return Math.min(120_000, 15_000 + bytes / 125);
}
