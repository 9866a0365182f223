import type { Creator } from "../core/creator.ts";
import { graphemes } from "../text/measure.ts";
import { hasRightToLeft } from "../text/normalise.ts";
import { findEntry } from "./lists.ts";
import type { NicheLists } from "./lists.ts";
import type { AnnouncementVariables } from "./variables.ts";
import { oneLine, readWords } from "./words.ts";
import type { Words } from "./words.ts";

/** What the announcement may say of the creator. */
export interface AnnouncementFacts {
  variables: AnnouncementVariables;
  /** Values that are in no list and that only one language is given of. */
  unknown: UnknownValue[];
}

/** A value of the settings that half of the texts cannot use. */
export interface UnknownValue {
  setting: string;
  value: string;
  missing: "English" | "Chinese";
}

/** What the facts are made of. */
export interface FactsInput {
  creator: Creator;
  lists: NicheLists;
  /** ISO 8601 day, in the creator's zone, that is printed as the date. */
  day: string;
  /** Year of the first public post, where it is known. */
  sinceYear?: number | undefined;
}

const longestShareEn = 60;
const longestShareZh = 20;

/** Gathers the variables of the announcement; only what is known is in them. */
export function announcementFacts({
  creator,
  lists,
  day,
  sinceYear,
}: FactsInput): AnnouncementFacts {
  const unknown: UnknownValue[] = [];
  const note = (setting: string, words: Words): void => {
    if (words.en === undefined && words.zh !== undefined) {
      unknown.push({ setting, value: words.zh, missing: "English" });
    }
    if (words.zh === undefined && words.en !== undefined) {
      unknown.push({ setting, value: words.en, missing: "Chinese" });
    }
  };
  const shares = creator.shares
    .map((share) => readWords(share, lists.shares))
    .filter((share) => share.en !== undefined || share.zh !== undefined)
    .slice(0, 3);
  const city = readWords(creator.city, lists.places);
  const pet = readWords(creator.pet, lists.pets);
  const niche = readWords(creator.niche, lists.niches);
  note("creator.niche", niche);
  for (const share of shares) note("creator.shares", share);
  note("creator.pet", pet);
  // A place's name in Latin letters is fine in a Chinese text, and the other way round.
  const cityZh = city.zh ?? city.en;
  const variables = onlyKnown({
    name: isolated(plain(creator.name)),
    ...contact(creator.handles),
    ...nicheVariables(niche, findEntry(lists.niches, creator.niche)),
    share_en: joinFitting(shares, (share) => share.en, joinEnglish, longestShareEn),
    share_zh: joinFitting(shares, (share) => share.zh, joinChinese, longestShareZh),
    share_zh_hant: joinFitting(shares, hant, joinChinese, longestShareZh),
    city_en: city.en ?? city.zh,
    city_zh: cityZh,
    city_zh_hant: city.zhHant ?? cityZh,
    pet_en: pet.en,
    pet_zh: pet.zh,
    pet_zh_hant: hant(pet),
    pet_tag_zh: findEntry(lists.pets, creator.pet)?.topicZh,
    since_year: sinceYear === undefined ? undefined : String(sinceYear),
    date_en: longDate(day, "en-GB"),
    date_zh: longDate(day, "zh-Hans-CN"),
  });
  return { variables, unknown };
}

function hant(words: Words): string | undefined {
  return words.zhHant ?? words.zh;
}

function contact(handles: Creator["handles"]): AnnouncementVariables {
  const name = plain(handles.rednote);
  const id = plain(handles.rednoteId);
  return onlyKnown({
    tiktok: plain(handles.tiktok),
    lemon8: plain(handles.lemon8),
    rednote_name: name,
    rednote_id: id,
    rednote_line_en: rednoteLine(name, id, ["RedNote: ", "RedNote ID: ", " (ID ", ")"]),
    rednote_line_zh: rednoteLine(name, id, ["小红书：", "小红书号：", "（小红书号 ", "）"]),
    rednote_line_zh_hant: rednoteLine(name, id, ["小紅書：", "小紅書號：", "（小紅書號 ", "）"]),
    ...shortRednote(name, id),
  });
}

/** The name is not unique there, so the ID, which people can search, is always shown where it is known. */
function rednoteLine(
  name: string,
  id: string,
  [byName, byId, open, close]: readonly [string, string, string, string],
): string {
  if (name !== "") return byName + name + (id === "" ? "" : open + id + close);
  return id === "" ? "" : byId + id;
}

/** For places with little room: the ID alone, or the name where there is no ID. */
function shortRednote(name: string, id: string): AnnouncementVariables {
  if (id !== "") {
    return {
      rednote_short_en: `RedNote ${id}`,
      rednote_short_zh: `小红书号 ${id}`,
      rednote_short_zh_hant: `小紅書號 ${id}`,
    };
  }
  if (name === "") return {};
  return {
    rednote_short_en: `RedNote ${name}`,
    rednote_short_zh: `小红书 ${name}`,
    rednote_short_zh_hant: `小紅書 ${name}`,
  };
}

function nicheVariables(
  words: Words,
  entry: NicheLists["niches"][number] | undefined,
): AnnouncementVariables {
  if (entry !== undefined) {
    return {
      niche_en: entry.en,
      niche_zh: entry.zh,
      niche_zh_hant: entry.zhHant ?? entry.zh,
      niche_short_en: entry.shortEn,
      niche_short_zh: entry.shortZh,
      niche_short_zh_hant: entry.shortZhHant ?? entry.shortZh,
      niche_tag_en: entry.tagEn,
      niche_tag_zh: entry.tagZh,
    };
  }
  const { en, zh } = words;
  const shortZh = zh !== undefined && graphemes(zh).length <= 4 ? zh : undefined;
  return onlyKnown({
    niche_en: en,
    niche_zh: zh,
    niche_zh_hant: zh,
    niche_short_en: en !== undefined && en.length <= 12 ? en : undefined,
    niche_short_zh: shortZh,
    niche_short_zh_hant: shortZh,
    niche_tag_en: en === undefined ? undefined : asTag(en).toLowerCase(),
    niche_tag_zh: zh === undefined ? undefined : asTag(zh),
  });
}

/** A tag holds letters, their marks and digits only. */
function asTag(words: string): string {
  return words.replace(/[^\p{L}\p{M}\p{N}]+/gu, "");
}

/** As many as fit, the first ones first. */
function joinFitting(
  shares: readonly Words[],
  pick: (share: Words) => string | undefined,
  join: (parts: string[]) => string,
  longest: number,
): string | undefined {
  const parts = shares.map(pick).filter((part) => part !== undefined);
  while (parts.length > 0) {
    const joined = join(parts);
    if (graphemes(joined).length <= longest) return joined;
    parts.pop();
  }
  return undefined;
}

function joinEnglish(parts: string[]): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

function joinChinese(parts: string[]): string {
  return parts.join("、");
}

function longDate(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** One line without a leading @: templates print their own. */
function plain(value: string): string {
  return oneLine(value).replace(/^[@＠\s]+/u, "");
}

/** A name that runs from right to left must not turn the line around it. Handles stay bare: people copy them. */
function isolated(name: string): string {
  return hasRightToLeft(name) ? `\u2068${name}\u2069` : name;
}

type Values = { [Name in keyof AnnouncementVariables]: string | undefined };

function onlyKnown(values: Values): AnnouncementVariables {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ""),
  );
}
