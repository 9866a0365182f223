import { z } from "zod";
import { badNotice, checkedAddress } from "./address.ts";
import { ask, refusal } from "./ask.ts";
import { cutUnits } from "./cut.ts";
import { NoticeError } from "./error.ts";
import { filePatience, messagePatience, telegramFacts } from "./facts.ts";
import { formBody } from "./multipart.ts";
import type { SentBody } from "./multipart.ts";
import type { Carried, NoticeFile, NoticeService } from "./service.ts";

/** What the Bot API says when it says no. */
const refusalShape = z.object({
  parameters: z
    .object({
      retry_after: z.number().optional().catch(undefined),
      migrate_to_chat_id: z.number().optional().catch(undefined),
    })
    .catch({}),
});

const tokenFix =
  "Ask @BotFather for the bot's token and put it into FINDMEHERE_TELEGRAM_TOKEN, or into a file: `findmehere doctor` says which.";

/**
 * A bot of one's own that writes to one chat. The token is a part of every address, so no address is ever told.
 * Throws ExpectedError (exit `settings`), and NoticeError where the token is missing or has another form.
 */
export function telegram(setting: string, origin: string, token: string | null): NoticeService {
  const url = checkedAddress(origin, "notify.telegramOrigin", true);
  if (!/^(-?\d{1,20}|@\w{4,64})$/.test(setting)) {
    throw badNotice(
      "notify.telegram",
      "It is the number of your chat with the bot, such as 123456789, or a channel such as @mira.",
    );
  }
  if (token !== null && !/^\d+:[\w-]{20,}$/.test(token)) {
    throw new NoticeError("key", "the token has not the form of a bot's token", { fix: tokenFix });
  }
  if (token === null) throw new NoticeError("key", "there is no bot token", { fix: tokenFix });
  const base = `${url.origin}${url.pathname.replace(/\/$/, "")}/bot${token}`;
  const call = async (
    method: string,
    body: string | SentBody,
    patience: number,
    signal: AbortSignal,
  ): Promise<void> => {
    const address = `${base}/${method}`;
    const answer = await ask({ address, method: "POST", body, patience, signal });
    if (answer.status < 200 || answer.status >= 300) throw explained(answer);
  };
  const say = (text: string, quiet: boolean, signal: AbortSignal): Promise<void> => {
    const fields = {
      chat_id: setting,
      text: cutUnits(text, telegramFacts.messageUnits),
      link_preview_options: { is_disabled: true },
      disable_notification: quiet,
    };
    return call("sendMessage", JSON.stringify(fields), messagePatience, signal);
  };
  return {
    id: "telegram",
    title: "Telegram",
    host: url.host,
    send: ({ title, text }, signal) => say(`${title}\n\n${text}`, false, signal),
    carries,
    async attach(message, signal) {
      const { words, files } = carries(message);
      for (const word of words) await say(word, true, signal);
      const videos = files.filter(({ isVideo }) => isVideo);
      for (const group of [...videos.map((file) => [file]), ...albums(files)]) {
        const bytes = group.reduce((sum, each) => sum + each.bytes, 0);
        const { method, body } = formFor(setting, group);
        await call(method, body, filePatience(bytes), signal);
      }
    },
  };
}

function carries({ words, files }: Carried): Carried {
  return {
    words: words.filter((word) => word.length <= telegramFacts.messageUnits),
    files: files.filter(({ bytes }) => bytes > 0 && bytes <= telegramFacts.fileBytes),
  };
}

/** Photos go as documents: as photos they would be compressed on the way. */
function formFor(chat: string, files: readonly NoticeFile[]): { method: string; body: SentBody } {
  const fields = { chat_id: chat, disable_notification: "true" };
  const [only] = files;
  if (files.length === 1 && only !== undefined) {
    // Any other form than MP4 is not taken as a video.
    const isVideo = only.isVideo && only.name.endsWith(".mp4");
    const field = isVideo ? "video" : "document";
    const method = isVideo ? "sendVideo" : "sendDocument";
    return { method, body: formBody(fields, [{ field, file: only }]) };
  }
  const parts = files.map((file, index) => ({ field: `file${index}`, file }));
  const media = parts.map(({ field }) => ({ type: "document", media: `attach://${field}` }));
  const body = formBody({ ...fields, media: JSON.stringify(media) }, parts);
  return { method: "sendMediaGroup", body };
}

/** The photos in order; at most ten in one, and not more bytes than one request may have. */
function albums(files: readonly NoticeFile[]): NoticeFile[][] {
  const made: NoticeFile[][] = [];
  let room = 0;
  for (const file of files.filter(({ isVideo }) => !isVideo)) {
    const last = made.at(-1);
    if (last !== undefined && last.length < telegramFacts.album && file.bytes <= room) {
      last.push(file);
      room -= file.bytes;
    } else {
      made.push([file]);
      room = telegramFacts.fileBytes - file.bytes;
    }
  }
  return made;
}

function explained(answer: Parameters<typeof refusal>[0]): NoticeError {
  const { status, text } = answer;
  const { data } = refusalShape.safeParse(jsonOf(text));
  const { retry_after: wait, migrate_to_chat_id: moved } = data?.parameters ?? {};
  if (status === 429 && wait !== undefined) {
    return new NoticeError("busy", "it asks to slow down (429)", { retryAfterMs: wait * 1000 });
  }
  if (moved !== undefined) {
    const fix = `Type \`findmehere config set notify.telegram ${moved}\`.`;
    return new NoticeError("place", "the group became a larger one with another number", { fix });
  }
  if (status === 403) {
    const fix =
      "Open the chat with your bot in Telegram and tap Start (or Unblock), or add it to the group.";
    return new NoticeError("place", "the bot may not write to that chat (403)", { fix });
  }
  if (status === 400) {
    // Our messages are plain texts of the right length, so it is the chat that it does not find.
    const fix = "Write to your bot once, then look whether notify.telegram is your chat's number.";
    return new NoticeError("place", "it cannot write to that chat (400)", { fix });
  }
  return status === 404 ? refusal({ ...answer, status: 401 }, tokenFix) : refusal(answer, tokenFix);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
