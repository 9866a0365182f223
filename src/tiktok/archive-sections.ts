import { looseKey } from "./archive-value.ts";

/**
 * What a part of the archive is to us. `enter`: look inside; `posts`, `deleted`, `followers` and `following`:
 * lists; `profile`: the map of the profile; `story`: known while it is empty; `skip`: known and private or of no
 * use; `unknown`: nobody has seen it yet.
 */
type SectionUse =
  | "enter"
  | "posts"
  | "deleted"
  | "profile"
  | "followers"
  | "following"
  | "story"
  | "skip"
  | "unknown";

const postSections = ["video", "videos", "post", "posts"];
const activitySections = ["activity", "youractivity"];
const profileSections = [...activitySections, "profile", "profileandsettings"];
const otherSections = [
  "adsanddata",
  "appsettings",
  "comment",
  "comments",
  "directmessage",
  "directmessages",
  "income+wallet",
  "incomepluswallet",
  "income+wallettransactions",
  "incomepluswallettransactions",
  "likesandfavorites",
  "likesandfavourites",
  "locationreview",
  "poireview",
  "tiktoklive",
  "tiktokshop",
  "tiktokshopping",
];
/** Numbers and switches that stand beside a list. */
const siblings = ["app", "isfastlane"];

/** True when the top level has this key in one of the known generations of the archive. */
export function isKnownSection(key: string): boolean {
  return [...postSections, ...profileSections, ...otherSections].includes(looseKey(key));
}

const newestOnly = [
  "profileandsettings",
  "likesandfavorites",
  "likesandfavourites",
  "income+wallet",
];
const sinceMiddle = ["post", "youractivity", "directmessage", "locationreview", "tiktokshop"];

/** The oldest generation of the archive that has this key at its top level. */
export function sectionForm(key: string): "old" | "middle" | "newest" {
  const name = looseKey(key);
  if (newestOnly.includes(name)) return "newest";
  return sinceMiddle.includes(name) ? "middle" : "old";
}

/** True for the sections that hold the creator's own posts. */
export function isPostSection(key: string): boolean {
  return postSections.includes(looseKey(key));
}

/**
 * Says what the part below these keys is. Posts are found by their whole path, never by the name of the list
 * alone: the watch history has a `VideoList` too, with thousands of strangers' videos.
 */
export function sectionUse(path: readonly string[]): SectionUse {
  const [top, ...rest] = path.map(looseKey);
  if (top === undefined) return "enter";
  if (postSections.includes(top)) return postSectionUse(rest);
  if (profileSections.includes(top)) return profileSectionUse(top, rest);
  return otherSections.includes(top) ? "skip" : "unknown";
}

function postSectionUse([section, ...list]: string[]): SectionUse {
  if (section === undefined) return "enter";
  if (section === "story") return "story";
  if (section === "videolist") return list.length === 0 ? "posts" : "unknown";
  if (siblings.includes(section)) return "skip";
  if (section === "recentlydeletedposts")
    return listUse(list, ["postlist", "videolist"], "deleted");
  if (postSections.includes(section)) return listUse(list, ["videolist"], "posts");
  return "unknown";
}

function profileSectionUse(top: string, [section, ...list]: string[]): SectionUse {
  if (section === undefined) return "enter";
  const found = insideProfileSection(top, section, list);
  // These sections are full of private things that we know and leave alone.
  return found === "unknown" ? "skip" : found;
}

function insideProfileSection(top: string, section: string, list: readonly string[]): SectionUse {
  if (section === "profileinformation" || section === "profileinfo") {
    return listUse(list, ["profilemap"], "profile");
  }
  if (["follower", "followers", "followerlist"].includes(section)) {
    return listUse(list, ["fanslist"], "followers");
  }
  if (["following", "followinglist"].includes(section)) {
    return listUse(list, ["following"], "following");
  }
  const ownPosts = activitySections.includes(top) && ["videos", "posts"].includes(section);
  return ownPosts ? listUse(list, ["videolist"], "posts") : "skip";
}

function listUse(
  [list, ...deeper]: readonly string[],
  names: readonly string[],
  use: SectionUse,
): SectionUse {
  if (list === undefined) return "enter";
  // A list that is an object this time: its keys are not known.
  if (deeper.length > 0) return "unknown";
  if (names.includes(list)) return use;
  return siblings.includes(list) ? "skip" : "unknown";
}
