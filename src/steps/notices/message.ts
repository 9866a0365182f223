import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Destination } from "../../core/destination.ts";
import { isVideoName } from "../../core/media-ending.ts";
import type { PublicationState } from "../../core/publication.ts";
import type { NoticeFile, NoticeItem, NoticeMessage, NoticeService } from "../../notify/service.ts";
import { stoppedAccount } from "../../store/accounts.ts";
import { resolveKey } from "../../store/aliases.ts";
import type { WaitingNotice } from "../../store/notices.ts";
import type { Store, StoreTransaction } from "../../store/open.ts";
import { findPublication } from "../../store/publications.ts";
import { findPost } from "../../store/posts.ts";
import { declarationsOf } from "../drafts/declarations.ts";
import { stepsOf } from "../drafts/steps.ts";
import { currentDraft } from "../drafts/words.ts";
import { confirmCommand } from "./words.ts";

/** What a message is made of beside the notice. */
export interface MessageContext {
  root: string;
  store: Store;
  destinations: readonly Destination[];
  /** The library's name for people. */
  library: string;
}

/** States in which an item's notice is still news; an event that is not here always is. */
const still: Record<string, readonly PublicationState[]> = {
  ready: ["handed-off"],
  refused: ["refused"],
  unconfirmed: ["unconfirmed"],
  sitting: ["queued"],
  missed: ["queued"],
};

/** The message of a notice as things stand now; null when it is no longer true, such as of a post that is live. */
export async function messageOf(
  context: MessageContext,
  notice: WaitingNotice,
  at: string,
): Promise<NoticeMessage | null> {
  const subject = await context.store.transaction((transaction) => subjectOf(transaction, notice));
  if (subject === "over") return null;
  const [title = "", ...lines] = notice.text.split("\n");
  const base: NoticeMessage = {
    id: noticeId(notice),
    kind: notice.kind,
    library: context.library,
    at,
    title,
    text: lines.join("\n"),
    items: subject === null ? [] : [{ ...subject, pack: null }],
    words: [],
    files: [],
  };
  return notice.kind === "ready" && subject !== null ? withPack(context, base, subject) : base;
}

type Subject = Omit<NoticeItem, "pack">;

/** Which publication it is about, under the key that it has now; null when it is about none. */
async function subjectOf(
  transaction: StoreTransaction,
  { about }: WaitingNotice,
): Promise<Subject | "over" | null> {
  const account = /^account:([a-z0-9-]+):(.*)#/.exec(about);
  if (account !== null) {
    const name = { to: account[1] ?? "", account: account[2] ?? "" };
    return (await stoppedAccount(transaction, name)) === null ? "over" : null;
  }
  const [, post, to, what = ""] = /^(.+)@([a-z0-9-]+)#([a-z-]+)-\d+$/.exec(about) ?? [];
  if (post === undefined || to === undefined) return null;
  const key = await resolveKey(transaction, post);
  const found = await findPublication(transaction, { post: key, to });
  const states = still[what];
  if (found === null || (states !== undefined && !states.includes(found.state))) return "over";
  return { post: key, to, state: found.state };
}

/** Where the pack lies, what to do with it, and what the phone needs of it. */
async function withPack(
  context: MessageContext,
  message: NoticeMessage,
  item: Subject,
): Promise<NoticeMessage> {
  const { root, store, destinations } = context;
  const destination = destinations.find(({ id }) => id === item.to);
  const draft =
    destination === undefined ? null : await currentDraft(root, store, destination, item.post);
  if (destination === undefined || draft === null) return message;
  const post = await store.transaction((transaction) => findPost(transaction, item.post));
  const files = await filesOf(join(root, draft.folder), draft.media);
  const pack = `${draft.folder}/index.html`;
  const notes = declarationsOf(draft, post).flatMap(({ en, zh }) => [`! ${en}`, `  ${zh}`]);
  const steps = stepsOf(destination, draft, post, "folder").map(
    ({ en, zh }, index) => `${index + 1}. ${en}\n   ${zh}`,
  );
  return {
    ...message,
    text: [
      message.text,
      `The pack lies on your computer: ${fromHome(join(root, pack))}`,
      `Once it is posted: ${confirmCommand(item, '--url "THE-COPIED-LINK"')}`,
      "",
      ...notes,
      ...(notes.length === 0 ? [] : [""]),
      ...steps,
    ].join("\n"),
    items: [{ ...item, pack }],
    words: [draft.title, draft.body].filter((each) => each.trim() !== ""),
    files,
  };
}

/** Says first what a service cannot carry, so that nobody waits for it. */
export function sayingWhatStays(
  message: NoticeMessage,
  { title, attach, carries }: Pick<NoticeService, "title" | "attach" | "carries">,
): NoticeMessage {
  if (attach === null) return message;
  const { words, files } = carries(message);
  const stays = [
    ...message.files
      .filter((file) => !files.includes(file))
      .map(({ name, bytes }) => `${name} (${(bytes / 1_000_000).toFixed(1)} MB)`),
    ...(words.length < message.words.length ? ["a text"] : []),
  ];
  if (stays.length === 0) return message;
  const text = `Too much for ${title}, so not sent here: ${stays.join(", ")}. \`findmehere handoff\` on your computer puts it on your phone.`;
  return { ...message, text: `${text}\n${message.text}` };
}

async function filesOf(folder: string, names: readonly string[]): Promise<NoticeFile[]> {
  const found: NoticeFile[] = [];
  for (const name of names) {
    const path = join(folder, name);
    // What is gone is told by whoever makes the pack; the notice goes out all the same.
    const size = await stat(path).then(
      ({ size }) => size,
      () => 0,
    );
    found.push({ path, name, bytes: size, isVideo: isVideoName(name) });
  }
  return found.filter(({ bytes }) => bytes > 0);
}

/** The path without the name that the creator has on this computer. */
function fromHome(path: string): string {
  const home = homedir();
  return path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}

/** The same for every try, so that a receiver can tell a second arrival. */
function noticeId({ kind, about }: WaitingNotice): string {
  return createHash("sha256").update(`${kind}\n${about}`).digest("hex").slice(0, 32);
}
