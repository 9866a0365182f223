import type { OptionDefinition } from "./command.ts";

/** How hard the network is used, of whatever downloads. */
export const speedOptions: readonly OptionDefinition[] = [
  { flags: "--concurrency <number>", about: "files at once (default 4)" },
  {
    flags: "--bwlimit <speed>",
    about: "most bytes a second of all downloads together, such as 500K or 1.5M (K is 1024)",
  },
];

/** Of `export` and of `migrate`, which exports first. */
export const exportOptions: readonly OptionDefinition[] = [
  { flags: "--since <day>", about: "only posts from this day on, such as 2024-01-01" },
  { flags: "--until <day>", about: "only posts up to this day" },
  { flags: "--limit <number>", about: "only so many posts, newest first" },
  { flags: "--only <kinds>", about: "only videos, photos or pinned; several by commas" },
  { flags: "--public-only", about: "leave private and friends-only posts out of the library" },
  { flags: "--no-followers", about: "no tables of followers and of the people you follow" },
  { flags: "--skip-media", about: "no videos and photos, only what is known about them" },
  ...speedOptions,
  { flags: "--copy", about: "copy the files of a folder into the library (default)" },
  { flags: "--link", about: "link the files of a folder instead, which takes no room" },
  { flags: "--headless", about: "read your TikTok page without a window" },
];

/** Of `queue add` and `migrate`. */
export const queueOptions: readonly OptionDefinition[] = [
  { flags: "--to <destinations>", about: "rednote, lemon8 or both by commas (default both)" },
  { flags: "--start <day>", about: "no post before this day" },
  { flags: "--per-day <number>", about: "most posts a day" },
  { flags: "--per-week <number>", about: "most posts in any seven days" },
  { flags: "--times <times>", about: "times of day by commas, such as 12:00,19:30" },
  { flags: "--zone <zone>", about: "time zone of those times" },
  { flags: "--quiet-hours <hours>", about: "when nobody is called, such as 22:00-08:00" },
  { flags: "--order <order>", about: "newest, oldest, best or pinned-first (default)" },
];

/** Of `announce` and `migrate`. */
export const announceOptions: readonly OptionDefinition[] = [
  { flags: "--tone <tone>", about: "warm (default), brief or playful" },
  { flags: "--languages <languages>", about: "en,zh-Hans (default) or also zh-Hant" },
];

/** Of `prepare`. */
export const prepareOptions: readonly OptionDefinition[] = [
  { flags: "--to <destinations>", about: "rednote, lemon8 or both by commas (default both)" },
  { flags: "--post <keys...>", about: "only these posts; a private one only this way" },
  {
    flags: "--language <layout>",
    about: "zh-first, en-first, zh-only or en-only, instead of the setting",
  },
  {
    flags: "--force",
    about: "write findmehere's own words over a person's edits, which are kept beside them",
  },
  { flags: "--dry-run", about: "say what would be made, change nothing" },
];

/** Of `export` alone. */
export const onlyExportOptions: readonly OptionDefinition[] = [
  {
    flags: "--describe",
    about: "print only the form of the zip, nothing of what is in it, for a report",
  },
  {
    flags: "--missing <file>",
    about: "write a table of the posts without a caption, to fill in; needs no source",
  },
  { flags: "--restore <keys>", about: "bring removed posts back; keys by commas" },
];

/** Of `init`: every answer is a flag. */
export const initOptions: readonly OptionDefinition[] = [
  { flags: "--tiktok <handle>", about: "your TikTok handle" },
  { flags: "--name <name>", about: "your name as followers know it" },
  { flags: "--rednote <name>", about: "your display name on RedNote" },
  { flags: "--rednote-id <id>", about: "your RedNote ID (小红书号)" },
  { flags: "--lemon8 <handle>", about: "your Lemon8 handle" },
  { flags: "--niche <niche>", about: 'what you make: a word of the list, or "english | 中文"' },
  { flags: "--shares <words>", about: "what you will share, up to three words of the list" },
  { flags: "--city <city>", about: "where you are from" },
  { flags: "--pet <pet>", about: "your pet" },
  { flags: "--time-zone <zone>", about: "your time zone, such as America/New_York" },
  { flags: "--per-week <number>", about: "most posts in any seven days" },
  { flags: "--deadline <day>", about: "the day you want to be done by" },
  {
    flags: "--list",
    about: "print the niches, things to share, places and pets to choose from",
  },
];

/** Of `check`. */
export const checkOptions: readonly OptionDefinition[] = [
  { flags: "--to <destinations>", about: "rednote, lemon8 or both by commas (default both)" },
  { flags: "--post <keys...>", about: "only these posts" },
  { flags: "--severity <severity>", about: "stop, warn or note (default): this and worse" },
];

/** Of `doctor`. */
export const doctorOptions: readonly OptionDefinition[] = [
  { flags: "--notify", about: "send a test message by each service that is set up" },
];

/** Of `confirm`. */
export const confirmOptions: readonly OptionDefinition[] = [
  { flags: "--post <key>", about: "the post" },
  { flags: "--to <destination>", about: "its destination" },
  {
    flags: "--url <address>",
    about: "the address of the post, or the copied share text: it is live",
  },
  { flags: "--posted", about: "posted, no link yet" },
  { flags: "--not-today", about: "not posted; back into the queue" },
  { flags: "--not-there", about: "you looked: it did not go out; back into the queue" },
];

/** Of `handoff`. */
export const handoffOptions: readonly OptionDefinition[] = [
  { flags: "--next <days>", about: "also what is planned for so many days from now, such as 7" },
  { flags: "--address <address>", about: "serve at this address of this computer" },
  { flags: "--port <number>", about: "serve at this port (default: one that is free)" },
  { flags: "--tls-cert <file>", about: "serve over HTTPS with your own certificate (PEM)" },
  { flags: "--tls-key <file>", about: "and its key" },
  {
    flags: "--folder <folder>",
    about: "serve nothing: write each post into this folder, and keep it up to date",
  },
  { flags: "--zip <file>", about: "serve nothing: write them into one zip" },
];
