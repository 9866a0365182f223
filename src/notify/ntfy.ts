import type { NoticeKind } from "../core/notice.ts";
import { badNotice, checkedAddress } from "./address.ts";
import { ask, refusal } from "./ask.ts";
import { cutBytes } from "./cut.ts";
import { filePatience, messagePatience, ntfyFacts } from "./facts.ts";
import { fileBody } from "./multipart.ts";
import type { Carried, NoticeFile, NoticeService } from "./service.ts";

/** ntfy draws a picture for each of these words. */
const tags: Record<NoticeKind, string> = {
  ready: "package",
  "needs-you": "warning",
  refused: "no_entry",
  missed: "hourglass",
  done: "tada",
  test: "wave",
};

/** From 1, no sound, to 5. */
const urgent = 4;
const usual = 3;
const silent = 1;

const fix =
  "Is the topic yours, and FINDMEHERE_NTFY_TOKEN right? `findmehere doctor --notify` tries it.";

/**
 * ntfy.sh or a server of one's own. Messages go as JSON, in which titles may be Chinese; files follow as the
 * body of a PUT. Throws ExpectedError (exit `settings`).
 * @param setting a topic of ntfy.sh, or the whole address of one
 */
export function ntfy(setting: string, token: string | null): NoticeService {
  const whole = /^https?:/i.test(setting) ? setting : `${ntfyFacts.origin}/${setting}`;
  const url = checkedAddress(whole, "notify.ntfy", token !== null);
  const topic = url.pathname.slice(1).replace(/\/$/, "");
  if (!ntfyFacts.topic.test(topic) || url.search !== "" || url.hash !== "") {
    throw badNotice(
      "notify.ntfy",
      "It is a topic, such as mira-x7Kq29, or the whole address of one, such as https://ntfy.example.org/mira-x7Kq29.",
    );
  }
  const headers: Record<string, string> =
    token === null ? {} : { authorization: `Bearer ${token}` };
  const say = async (fields: object, signal: AbortSignal): Promise<void> => {
    const answer = await ask({
      address: `${url.origin}/`,
      method: "POST",
      headers,
      body: JSON.stringify({ topic, ...fields }),
      patience: messagePatience,
      signal,
    });
    if (answer.status < 200 || answer.status >= 300) throw refusal(answer, fix);
  };
  const put = async (file: NoticeFile, signal: AbortSignal): Promise<void> => {
    const answer = await ask({
      address: `${url.origin}/${topic}`,
      method: "PUT",
      headers: { ...headers, filename: file.name, priority: String(silent) },
      body: fileBody(file),
      patience: filePatience(file.bytes),
      signal,
    });
    if (answer.status < 200 || answer.status >= 300) throw refusal(answer);
  };
  return {
    id: "ntfy",
    title: "ntfy",
    host: url.host,
    send: ({ kind, title, text }, signal) =>
      say(
        {
          title: cutBytes(title, ntfyFacts.titleBytes),
          message: cutBytes(text, ntfyFacts.messageBytes),
          tags: [tags[kind]],
          priority: kind === "done" || kind === "test" ? usual : urgent,
        },
        signal,
      ),
    carries,
    async attach(message, signal) {
      const { words, files } = carries(message);
      for (const word of words) await say({ message: word, priority: silent }, signal);
      for (const file of files) await put(file, signal);
    },
  };
}

function carries({ words, files }: Carried): Carried {
  const fitting = files.filter(({ bytes }) => bytes > 0 && bytes <= ntfyFacts.fileBytes);
  return {
    // Cut it would be pasted cut; the pack has it whole.
    words: words.filter((word) => Buffer.byteLength(word) <= ntfyFacts.messageBytes),
    files: fitting.slice(0, ntfyFacts.files),
  };
}
