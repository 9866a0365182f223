import { unknownPostKeys } from "./archive-post.ts";
import { isKnownSection, isPostSection, sectionUse } from "./archive-sections.ts";
import { looseKey } from "./archive-value.ts";
import { isSchemaKey } from "./schema-words.ts";

/** A path of the archive as it may be shown. */
export interface ShapePath {
  name: string;
  known: boolean;
}

const profileKeys = new Set(
  [
    "PlatformInfo bioDescription birthDate emailAddress likesReceived profilePhoto profileVideo",
    "telephoneNumber userName displayName followerCount followingCount aiSelf inferredGender instagramLink",
    "lemon8Link youtubeLink accountRegion fundraiser Description Name Platform ProfilePhoto",
  ]
    .flatMap((line) => line.split(" "))
    .map(looseKey),
);
/** Everything else below messages may be the name of a person. */
const messageKeys = new Set(
  ["chathistory", "directmessages", "directmessage", "groupchat", "groupchats", "app"].concat([
    "date",
    "from",
    "content",
    "to",
    "type",
    "status",
    "messages",
  ]),
);

/** Where a value stands: keys, and null for the rows of a list. */
export type ShapePart = string | null;

/** Names a path without any key that a person may have made, and says whether findmehere knows it. */
export function shapePath(parts: readonly ShapePart[]): ShapePath {
  const keys = parts.filter((part) => part !== null);
  let depth = 0;
  const name = parts
    .map((part) => {
      if (part === null) return "[]";
      depth += 1;
      return `.${mayShow(keys.slice(0, depth)) ? part : "*"}`;
    })
    .join("");
  return { name: name.replace(/^\./, ""), known: isKnown(parts, keys) };
}

function mayShow(keys: readonly string[]): boolean {
  const key = keys.at(-1) ?? "";
  if (inMessages(keys)) return messageKeys.has(looseKey(key));
  if (isSchemaKey(key)) return true;
  // TikTok names the sections, and the keys of the rows of own posts; people do not.
  const name = /^[\p{L}\p{N} _+&():-]{1,40}$/u.test(key);
  return name && (keys.length === 1 || isPostSection(keys[0] ?? ""));
}

/** Below messages the keys are the names of people. */
function inMessages(keys: readonly string[]): boolean {
  return keys.slice(0, -1).some((key) => /messag|chat/i.test(key));
}

function isKnown(parts: readonly ShapePart[], keys: readonly string[]): boolean {
  const [top] = keys;
  if (top === undefined) return true;
  if (!isKnownSection(top)) return false;
  const list = parts.indexOf(null);
  const use = sectionUse(list < 0 ? keys : keys.slice(0, list));
  if (use === "posts" || use === "deleted") {
    const rest = list < 0 ? [] : keys.slice(list);
    return (
      rest.length < 2 &&
      unknownPostKeys(Object.fromEntries(rest.map((key) => [key, 1]))).length === 0
    );
  }
  if (use === "story") return keys.length < 3 && list < 0;
  if (use === "enter") return list < 0;
  if (use === "unknown") return isInProfile(keys);
  if (use === "skip")
    return keys.length === 1 || inMessages(keys) || isSchemaKey(keys.at(-1) ?? "");
  return true;
}

/** Below the map of the profile, which is read as a whole. */
function isInProfile(keys: readonly string[]): boolean {
  const map = keys.findIndex((key) => looseKey(key) === "profilemap");
  return map > 0 && keys.slice(map + 1).every((key) => profileKeys.has(looseKey(key)));
}
