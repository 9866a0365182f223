import type { LengthUnit } from "../core/destination.ts";

/** The tones of voice in which the announcement is written. */
export const announcementTones = ["warm", "brief", "playful"] as const;

/** A tone of voice. */
export type AnnouncementTone = (typeof announcementTones)[number];

/** The languages of the announcement. */
export const announcementLanguages = ["en", "zh-Hans", "zh-Hant"] as const;

/** A language of the announcement, as in BCP 47. */
export type AnnouncementLanguage = (typeof announcementLanguages)[number];

/** The most that a text may measure. */
export interface MostText {
  unit: LengthUnit;
  most: number;
}

/** A place where one text of the announcement is pasted. */
export interface AnnouncementSurface {
  /** The name of its folder in templates/announcement/. */
  id: string;
  /** What people call it. */
  label: string;
  /** Null where the place has no title. */
  title: MostText | null;
  /** With the line of topics. */
  body: MostText;
  topics: number;
  /** Whether names and handles of other places may be said there. */
  contacts: boolean;
  /** Words that the place punishes; null where everything may be said. */
  refuses: RegExp | null;
  /** The destination on which it introduces the creator, in the first of these languages that was written. */
  introduces: { destination: string; languages: readonly AnnouncementLanguage[] } | null;
}

const link = String.raw`[@＠]|https?:|www\.`;
const otherPlaces = String.raw`tik\s?tok|lemon8|instagram|youtube|facebook|whatsapp|telegram|wechat|微信|抖音`;

/**
 * The surfaces with their limits as of 2026-11-20. TikTok: 4,000 characters. RedNote: 20 units of title as its
 * web editor counts and 1,000 of body, seen in published notes. Lemon8 documents no length; 50 and 2,200 are
 * what its community advises.
 */
export const announcementSurfaces: readonly AnnouncementSurface[] = [
  {
    id: "tiktok-caption",
    label: "TikTok caption",
    title: null,
    body: { unit: "utf16", most: 4000 },
    topics: 5,
    contacts: true,
    refuses: null,
    introduces: null,
  },
  {
    id: "rednote-introduction",
    label: "RedNote introduction",
    title: { unit: "rednote", most: 20 },
    body: { unit: "rednote", most: 1000 },
    topics: 5,
    contacts: false,
    refuses: new RegExp(`${link}|${otherPlaces}|小红书号|小紅書號|私信`, "iu"),
    introduces: { destination: "rednote", languages: ["zh-Hans", "zh-Hant", "en"] },
  },
  {
    id: "lemon8-hello",
    label: "Lemon8 hello",
    title: { unit: "utf16", most: 50 },
    body: { unit: "utf16", most: 2200 },
    topics: 5,
    contacts: false,
    refuses: new RegExp(link, "iu"),
    introduces: { destination: "lemon8", languages: ["en", "zh-Hans", "zh-Hant"] },
  },
];
