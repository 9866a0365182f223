import { z } from "zod";
import { whole } from "./whole.ts";

const text = z.string();

/** A chat's number is written with and without quotes. */
const chat = z.union([text, z.int().transform(String)]);

/** Who is told what happens when nobody watches. */
export const notifyShape = z.strictObject({
  ntfy: text,
  webhook: text,
  telegram: chat,
  telegramOrigin: text,
});

/** What is written into `logs/`. */
export const logShape = z.strictObject({
  level: z.enum(["note", "warn", "stop"]),
  format: z.enum(["text", "json"]),
  megabytes: whole(1, 1000),
  backups: whole(1, 50),
  days: whole(1, 3650),
});

/** The settings of both. */
export const tellingSettings: readonly {
  path: string;
  fallback: string | number;
  about: string;
  schema: z.ZodType;
}[] = [
  {
    path: "notify.ntfy",
    fallback: "",
    schema: notifyShape.shape.ntfy,
    about: "tells you by ntfy: a topic of ntfy.sh that nobody guesses, or the address of one",
  },
  {
    path: "notify.webhook",
    fallback: "",
    schema: notifyShape.shape.webhook,
    about: "tells an address of yours, by a POST of JSON",
  },
  {
    path: "notify.telegram",
    fallback: "",
    schema: notifyShape.shape.telegram,
    about: "tells you by your own Telegram bot: the number of your chat with it",
  },
  {
    path: "notify.telegramOrigin",
    fallback: "https://api.telegram.org",
    schema: notifyShape.shape.telegramOrigin,
    about: "where Telegram's Bot API is; another one is a Bot API server of your own",
  },
  {
    path: "log.level",
    fallback: "note",
    schema: logShape.shape.level,
    about: "what runs without a terminal write into logs/: note is all, or warn, or stop",
  },
  {
    path: "log.format",
    fallback: "text",
    schema: logShape.shape.format,
    about: "how a line of the log is written: text or json",
  },
  {
    path: "log.megabytes",
    fallback: 1,
    schema: logShape.shape.megabytes,
    about: "how large the log grows before a new one begins",
  },
  {
    path: "log.backups",
    fallback: 5,
    schema: logShape.shape.backups,
    about: "how many earlier logs are kept",
  },
  {
    path: "log.days",
    fallback: 90,
    schema: logShape.shape.days,
    about: "for how many days earlier logs are kept",
  },
];
