import { describe, expect, test } from "vitest";
import { destinations } from "../../src/destinations/index.ts";
import { environmentName, settingsList } from "../../src/settings/schema.ts";

const list = settingsList(destinations, "Europe/Madrid");

test("is every setting of the contract that exists so far, with its default", () => {
  expect(Object.fromEntries(list.map(({ path, fallback }) => [path, fallback]))).toEqual({
    "creator.name": "",
    "creator.handles.tiktok": "",
    "creator.handles.rednote": "",
    "creator.handles.rednoteId": "",
    "creator.handles.lemon8": "",
    "creator.niche": "",
    "creator.shares": [],
    "creator.city": "",
    "creator.pet": "",
    "creator.timeZone": "Europe/Madrid",
    "creator.deadline": "",
    "tiktok.origin": "https://www.tiktok.com",
    "tiktok.mediaHosts": [],
    "rednote.layout": "zh-first",
    "rednote.chinese": "zh-Hans",
    "rednote.titleMost": 20,
    "rednote.bodyMost": 1000,
    "rednote.topics": 5,
    "rednote.way": "handoff",
    "rednote.origin": "auto",
    "lemon8.origin": "https://www.lemon8-app.com",
    "lemon8.tiktokSync": "off",
    "lemon8.layout": "en-only",
    "lemon8.chinese": "zh-Hans",
    "lemon8.titleMost": 50,
    "lemon8.bodyMost": 2200,
    "lemon8.topics": 5,
    "text.spacing": "bodies",
    "translate.deepl.url": "",
    "translate.libretranslate.url": "https://libretranslate.com",
    "translate.openai.url": "https://api.openai.com/v1",
    "translate.openai.model": "",
    "translate.keep": [],
    "translate.patience": 0,
    "lemon8.way": "handoff",
    "queue.perDay": 1,
    "queue.perWeek": 0,
    "queue.times": ["19:30"],
    "queue.zone": "",
    "queue.quietHours": "22:00-08:00",
    "queue.minGap": "4h",
    "queue.jitter": "20m",
    "queue.missed": "next-slot",
    "queue.grace": "2h",
    "notify.ntfy": "",
    "notify.webhook": "",
    "notify.telegram": "",
    "notify.telegramOrigin": "https://api.telegram.org",
    "log.level": "note",
    "log.format": "text",
    "log.megabytes": 1,
    "log.backups": 5,
    "log.days": 90,
    "browser.executable": "",
    "network.allowHosts": [],
  });
});

test.each(list.map((setting) => [setting.path, setting] as const))(
  "%s says what it is, and its default is right",
  (_, setting) => {
    expect(setting.about.length).toBeGreaterThan(5);
    expect(setting.schema.safeParse(setting.fallback).success).toBe(true);
  },
);

describe("environment variables", () => {
  test.each([
    ["queue.perDay", "FINDMEHERE_QUEUE_PER_DAY"],
    ["creator.handles.rednoteId", "FINDMEHERE_CREATOR_HANDLES_REDNOTE_ID"],
    ["creator.timeZone", "FINDMEHERE_CREATOR_TIME_ZONE"],
    ["rednote.way", "FINDMEHERE_REDNOTE_WAY"],
    ["lemon8.way", "FINDMEHERE_LEMON8_WAY"],
    ["network.allowHosts", "FINDMEHERE_NETWORK_ALLOW_HOSTS"],
  ])("%s is %s", (path, name) => {
    expect(environmentName(path)).toBe(name);
  });

  test("no two settings share one", () => {
    const names = list.map(({ path }) => environmentName(path));
    expect(new Set(names).size).toBe(list.length);
  });
});
