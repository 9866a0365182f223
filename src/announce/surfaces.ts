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

/** The most lines of a text, and the most of each, where people read it from a picture. */
export interface MostLines {
  most: number;
  each: MostText;
}

/** When a text is pasted; the stages follow one another. */
export type AnnouncementStage = "newPlaces" | "linkPage" | "tiktok" | "elsewhere";

/** The stages in their order, with why they stand there. */
export const announcementStages: readonly { id: AnnouncementStage; title: string }[] = [
  { id: "newPlaces", title: "RedNote and Lemon8 first, so that nobody comes to an empty page" },
  { id: "linkPage", title: "Then your link page, if you have one" },
  { id: "tiktok", title: "Then TikTok, in this order" },
  { id: "elsewhere", title: "Then everywhere else" },
];

/** A place where one text of the announcement is pasted. */
export interface AnnouncementSurface {
  /** The name of its folder in templates/announcement/. */
  id: string;
  /** What people call it. */
  label: string;
  stage: AnnouncementStage;
  /** What to do with the text, in one sentence. */
  use: string;
  /** Null where the place has no title. */
  title: MostText | null;
  /** With the line of topics; null where no limit is known. */
  body: MostText | null;
  lines: MostLines | null;
  topics: number;
  /** Whether names and handles of other places may be said there. */
  contacts: boolean;
  /** Words that the place punishes; null where everything may be said. */
  refuses: RegExp | null;
  /** The destination on which it introduces the creator, in the first of these languages that was written. */
  introduces: { destination: string; languages: readonly AnnouncementLanguage[] } | null;
}

const plain = { title: null, body: null, lines: null, topics: 0, refuses: null, introduces: null };

const link = String.raw`[@＠]|https?:|www\.`;
const otherPlaces = String.raw`lemon8|instagram|youtube|facebook|whatsapp|telegram|wechat|微信`;
const onRednote = new RegExp(`${link}|tik\\s?tok|抖音|${otherPlaces}|小红书号|小紅書號|私信`, "iu");
/** Some creators measured fewer views where a post names another app (inverse.com, partnerkin.com, read 2026-11-21). */
const withoutNames = new RegExp(
  `${link}|${otherPlaces}|red\\s?note|xiaohongshu|小红书|小紅書`,
  "iu",
);
/** An @ becomes a link to whoever has that name there, which is a stranger. */
const mention = /[@＠]/u;
/** On a picture 1,080 wide, 30 Han characters or 60 letters of 36 pixels fill a line; more lines get smaller. */
const onPicture: MostText = { unit: "rednote", most: 30 };

/**
 * The surfaces in the order of their use, with their limits as of 2026-11-20.
 *
 * TikTok: a bio of 80 (an emoji may count 2) and a caption of 4,000 characters, as all sources agree. RedNote:
 * 20 units of title as its web editor counts and 1,000 of body, seen in published notes; a profile of 100, whose
 * unit nobody tells, so the stricter one. Lemon8 documents no length; 50 and 2,200 are what its community advises.
 * Discord: 2,000 characters, its own documentation. Subjects and titles of a page: 60, our choice. Cards, stories
 * and clips: what stays readable, our choice.
 */
export const announcementSurfaces: readonly AnnouncementSurface[] = [
  {
    ...plain,
    id: "rednote-profile",
    label: "RedNote profile",
    stage: "newPlaces",
    use: "RedNote, Me, Edit profile, Bio",
    body: { unit: "utf16", most: 100 },
    contacts: false,
    refuses: onRednote,
  },
  {
    ...plain,
    id: "rednote-introduction",
    label: "RedNote introduction",
    stage: "newPlaces",
    use: "your first note; it is ready as a draft",
    title: { unit: "rednote", most: 20 },
    body: { unit: "rednote", most: 1000 },
    topics: 5,
    contacts: false,
    refuses: onRednote,
    introduces: { destination: "rednote", languages: ["zh-Hans", "zh-Hant", "en"] },
  },
  {
    ...plain,
    id: "lemon8-hello",
    label: "Lemon8 hello",
    stage: "newPlaces",
    use: "your first post; it is ready as a draft",
    title: { unit: "utf16", most: 50 },
    body: { unit: "utf16", most: 2200 },
    topics: 5,
    contacts: false,
    refuses: new RegExp(link, "iu"),
    introduces: { destination: "lemon8", languages: ["en", "zh-Hans", "zh-Hant"] },
  },
  {
    ...plain,
    id: "link-page",
    label: "Link page",
    stage: "linkPage",
    use: "the page behind the link of your bio; the title is its heading",
    title: { unit: "utf16", most: 60 },
    contacts: true,
  },
  {
    ...plain,
    id: "tiktok-bio",
    label: "TikTok bio",
    stage: "tiktok",
    use: "Edit profile, Bio, before the post that points to it",
    body: { unit: "utf16", most: 80 },
    contacts: true,
    refuses: mention,
  },
  {
    ...plain,
    id: "photo-card",
    label: "Photo card",
    stage: "tiktok",
    use: "the words on a picture for TikTok or Instagram; never on RedNote or Lemon8",
    lines: { most: 8, each: onPicture },
    contacts: true,
  },
  {
    ...plain,
    id: "video-script",
    label: "Video script",
    stage: "tiktok",
    use: "what you say and show in a clip, one line at a time",
    lines: { most: 10, each: onPicture },
    contacts: true,
  },
  {
    ...plain,
    id: "tiktok-caption",
    label: "TikTok caption",
    stage: "tiktok",
    use: "under that post; pin the post",
    body: { unit: "utf16", most: 4000 },
    topics: 5,
    contacts: true,
    refuses: mention,
  },
  {
    ...plain,
    id: "video-script-no-names",
    label: "Video script without names",
    stage: "tiktok",
    use: "instead of the script, if naming other apps worries you; your bio says where",
    lines: { most: 10, each: onPicture },
    contacts: false,
    refuses: withoutNames,
  },
  {
    ...plain,
    id: "tiktok-caption-no-names",
    label: "TikTok caption without names",
    stage: "tiktok",
    use: "instead of the caption, if naming other apps worries you; your bio says where",
    body: { unit: "utf16", most: 4000 },
    topics: 5,
    contacts: false,
    refuses: withoutNames,
  },
  {
    ...plain,
    id: "instagram-story",
    label: "Instagram story",
    stage: "elsewhere",
    use: "as text on a story",
    lines: { most: 8, each: onPicture },
    contacts: true,
    refuses: mention,
  },
  {
    ...plain,
    id: "email",
    label: "E-mail",
    stage: "elsewhere",
    use: "to your mailing list; the title is the subject",
    title: { unit: "utf16", most: 60 },
    contacts: true,
  },
  {
    ...plain,
    id: "discord",
    label: "Discord message",
    stage: "elsewhere",
    use: "in your server or any group chat",
    body: { unit: "utf16", most: 2000 },
    contacts: true,
    refuses: mention,
  },
];
