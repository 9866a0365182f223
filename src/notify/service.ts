import type { NoticeKind, NoticeServiceId } from "../core/notice.ts";

/** A file of a pack. */
export interface NoticeFile {
  /** Absolute. */
  path: string;
  /** As the phone is to see it. */
  name: string;
  bytes: number;
  isVideo: boolean;
}

/** A publication that a notice is about. */
export interface NoticeItem {
  post: string;
  to: string;
  state: string;
  /** The page of its pack, from the library's root; null when it has none. */
  pack: string | null;
}

/** What is to be told. */
export interface NoticeMessage {
  /** The same for every try of the same notice. */
  id: string;
  kind: NoticeKind;
  /** The library's name for people. */
  library: string;
  /** ISO 8601 UTC. */
  at: string;
  title: string;
  text: string;
  items: readonly NoticeItem[];
  /** What is pasted into the app: title, then body; each alone, so that it can be copied whole. */
  words: readonly string[];
  files: readonly NoticeFile[];
}

/** What the phone needs of a pack. */
export type Carried = Pick<NoticeMessage, "words" | "files">;

/** A service that carries notices. Both functions throw NoticeError. */
export interface NoticeService {
  id: NoticeServiceId;
  title: string;
  /** Where it is; never its path, which may be a secret. */
  host: string;
  /** Says it. */
  send(message: NoticeMessage, signal: AbortSignal): Promise<void>;
  /** What of a message's words and files it takes; the rest is too long, too large or too many. */
  carries(message: Carried): Carried;
  /** Sends what it takes of them afterwards, without a sound; null where the service takes no files. */
  attach: ((message: NoticeMessage, signal: AbortSignal) => Promise<void>) | null;
}

/** What of the settings is about notices. */
export interface NotifySettings {
  ntfy: string;
  webhook: string;
  telegram: string;
  telegramOrigin: string;
}
