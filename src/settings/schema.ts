import { z } from "zod";
import type { Destination } from "../core/destination.ts";
import { bodyLayouts } from "../core/layout.ts";
import { missedPolicies } from "../queue/missed.ts";
import { factOf } from "./adjust.ts";
import { logShape, notifyShape, tellingSettings } from "./telling.ts";
import { translateSettings, translateShape } from "./translate.ts";
import { whole } from "./whole.ts";

const text = z.string();
const list = z.array(z.string());

/** It also names a folder, so what TikTok does not allow in a handle is not taken. */
const handle = text.regex(/^(?!\.+$)[A-Za-z0-9_.]*$/, {
  error: "A TikTok handle has only letters, digits, underscores and dots.",
});

/** Scheme, host and port alone: pages are asked for below it. */
const origin = text.refine((value) => URL.parse(value)?.origin === value, {
  error: "An origin is written like https://www.tiktok.com, with nothing behind it",
});

/** `auto`: the place's own hosts, whichever of them it is. */
const originOrAuto = z.union([z.literal("auto"), origin], {
  error: "An origin is written like https://www.tiktok.com, with nothing behind it, or auto",
});

/** Settings of one destination. */
const destinationSettings = z.strictObject({
  way: z.enum(["handoff", "browser"]),
  press: z.enum(["human", "auto"]).optional(),
  origin: originOrAuto.optional(),
  tiktokSync: z.enum(["off", "on"]).optional(),
  layout: z.enum(bodyLayouts),
  chinese: z.enum(["zh-Hans", "zh-Hant"]),
  titleMost: z.int(),
  bodyMost: z.int(),
  topics: z.int(),
});

/** What of `<destination>.…` belongs to the destination. */
export const destinationSettingNames: readonly string[] = Object.keys(destinationSettings.shape);

/** Every setting, validated; what a file, the environment and the flags add up to. */
export const settingsSchema = z.strictObject({
  creator: z.strictObject({
    name: text,
    handles: z.strictObject({ tiktok: handle, rednote: text, rednoteId: text, lemon8: text }),
    niche: text,
    shares: list,
    city: text,
    pet: text,
    timeZone: text,
    deadline: text.refine((value) => value === "" || z.iso.date().safeParse(value).success, {
      error: "A day is written like 2026-12-24",
    }),
  }),
  tiktok: z.strictObject({ origin, mediaHosts: list }),
  destinations: z.record(z.string(), destinationSettings),
  queue: z.strictObject({
    perDay: whole(1, 24),
    perWeek: whole(0, 168),
    times: list.min(1),
    zone: text,
    quietHours: text,
    minGap: text,
    jitter: text,
    missed: z.enum(missedPolicies),
    grace: text,
  }),
  translate: translateShape,
  notify: notifyShape,
  log: logShape,
  text: z.strictObject({ spacing: z.enum(["off", "bodies", "titles"]) }),
  browser: z.strictObject({ executable: text }),
  network: z.strictObject({ allowHosts: list }),
});

/** Every setting, resolved. `destinations` is keyed by destination id; in files each destination stands at the top level. */
export type Settings = z.infer<typeof settingsSchema>;

/** A single value of a setting. */
export type SettingValue = string | number | string[];

/** One setting as the file, the environment, `config` and the README know it. */
export interface Setting {
  /** Dotted path in findmehere.jsonc, such as `queue.perDay`. */
  path: string;
  fallback: SettingValue;
  /** For people. */
  about: string;
  schema: z.ZodType;
}

/** What the settings need to know of a destination. */
type SettingsDestination = Pick<
  Destination,
  "id" | "title" | "ways" | "layout" | "limits" | "settable" | "publicPages" | "shortLinks"
>;

/** The list of every setting. `timeZone` is the machine's IANA zone, the fallback of `creator.timeZone`. */
export function settingsList(
  destinations: readonly SettingsDestination[],
  timeZone: string,
): Setting[] {
  const creator = settingsSchema.shape.creator.shape;
  const queue = settingsSchema.shape.queue.shape;
  return [
    one("creator.name", "", creator.name, "your name as followers know it"),
    one("creator.handles.tiktok", "", handle, "your TikTok handle, without @"),
    one("creator.handles.rednote", "", text, "your display name on RedNote"),
    one(
      "creator.handles.rednoteId",
      "",
      text,
      "your RedNote ID (小红书号), the one people can search",
    ),
    one("creator.handles.lemon8", "", text, "your Lemon8 handle, without @"),
    one("creator.niche", "", text, 'what you make: a word of the list, or "english | 中文"'),
    one("creator.shares", [], list, "what you will share: up to three words of the list"),
    one("creator.city", "", text, "where you are from; may stay empty"),
    one("creator.pet", "", text, "your pet; may stay empty"),
    one("creator.timeZone", timeZone, text, "your time zone, such as America/New_York"),
    one(
      "creator.deadline",
      "",
      creator.deadline,
      "the day you want to be done by, such as 2026-12-24",
    ),
    one(
      "tiktok.origin",
      "https://www.tiktok.com",
      origin,
      "where TikTok's pages are; another one is for tests and mirrors",
    ),
    one("tiktok.mediaHosts", [], list, "more hosts that TikTok media may come from"),
    ...destinations.flatMap((destination) => settingsOf(destination)),
    one(
      "text.spacing",
      "bodies",
      settingsSchema.shape.text.shape.spacing,
      "a space between Chinese and Latin letters in translations: off, bodies, or titles too",
    ),
    ...translateSettings,
    one("queue.perDay", 1, queue.perDay, "most posts a day, per destination"),
    one(
      "queue.perWeek",
      0,
      queue.perWeek,
      "most posts in any seven days; 0 is each destination's own advice",
    ),
    one("queue.times", ["19:30"], queue.times, "times of day at which posts go out"),
    one("queue.zone", "", text, "time zone of those times; empty is creator.timeZone"),
    one("queue.quietHours", "22:00-08:00", text, "when nobody is called; empty is never"),
    one("queue.minGap", "4h", text, "shortest time between two posts of one destination"),
    one("queue.jitter", "20m", text, "posts go out at most this much earlier or later"),
    one(
      "queue.missed",
      "next-slot",
      queue.missed,
      "a slot that passed where findmehere itself posts: next-slot, catch-up or skip",
    ),
    one("queue.grace", "2h", text, "how late such a slot still counts"),
    ...tellingSettings,
    one("browser.executable", "", text, "Chrome, Edge or Chromium to use; empty: the one found"),
    one(
      "network.allowHosts",
      [],
      list,
      "other hosts that downloads and looks may touch, such as 127.0.0.1:8080",
    ),
  ];
}

function one(path: string, fallback: SettingValue, schema: z.ZodType, about: string): Setting {
  return { path, fallback, schema, about };
}

function settingsOf(destination: SettingsDestination): Setting[] {
  const { id, title, ways, layout, limits, settable } = destination;
  const { titleMost, bodyMost } = settable;
  const { chinese, press } = destinationSettings.shape;
  return [
    one(
      `${id}.way`,
      ways[0] ?? "handoff",
      z.enum(ways),
      `how posts reach ${title}: ${ways.join(" or ")}`,
    ),
    ...(ways.includes("browser")
      ? [one(`${id}.press`, "human", press, "who presses the last button: human, or auto")]
      : []),
    ...pageSettings(destination),
    one(
      `${id}.layout`,
      layout,
      z.enum(bodyLayouts),
      `languages of a text for ${title}: ${bodyLayouts.join(", ")}`,
    ),
    one(`${id}.chinese`, "zh-Hans", chinese, "how Chinese is written there: zh-Hans or zh-Hant"),
    one(
      `${id}.titleMost`,
      factOf(limits.title),
      whole(titleMost.least, titleMost.most),
      `how long a title may be, as ${title} counts`,
    ),
    one(
      `${id}.bodyMost`,
      factOf(limits.body),
      whole(bodyMost.least, bodyMost.most),
      `how long a text with its topics may be, as ${title} counts`,
    ),
    one(
      `${id}.topics`,
      limits.topics.usual,
      whole(0, limits.topics.hard),
      `most topics of a post; ${title} takes ${limits.topics.hard}`,
    ),
  ];
}

function pageSettings({ id, title, publicPages, shortLinks }: SettingsDestination): Setting[] {
  if (publicPages === undefined) {
    if (shortLinks === undefined) return [];
    const about = `where ${title}'s short links are asked; another one than auto is for tests and mirrors`;
    return [one(`${id}.origin`, shortLinks.origin, originOrAuto, about)];
  }
  const { tiktokSync } = destinationSettings.shape;
  return [
    one(
      `${id}.origin`,
      publicPages.origin,
      origin,
      `where ${title}'s public pages are; another one is for tests and mirrors`,
    ),
    one(
      `${id}.tiktokSync`,
      "off",
      tiktokSync,
      `on: TikTok's own sync may carry your posts to ${title}; findmehere looks there first`,
    ),
  ];
}

/** The environment variable of a setting: `queue.perDay` is `FINDMEHERE_QUEUE_PER_DAY`. */
export function environmentName(path: string): string {
  const words = path.replaceAll(".", "_").replace(/([a-z0-9])([A-Z])/g, "$1_$2");
  return `FINDMEHERE_${words.toUpperCase()}`;
}
