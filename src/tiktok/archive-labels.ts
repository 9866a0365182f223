import { looseKey } from "./archive-value.ts";

/** What a file of the text form is to us; `unknown`: its content must say. */
export type TextFileUse =
  | "posts"
  | "deleted"
  | "profile"
  | "followers"
  | "following"
  | "other"
  | "unknown";

const uses: Readonly<Record<Exclude<TextFileUse, "unknown">, readonly string[]>> = {
  posts: ["post", "posts", "video", "videos"],
  deleted: ["recentlydeletedpost", "recentlydeletedposts"],
  profile: ["profileinfo", "profileinformation", "profielinformatie"],
  followers: ["follower", "followers", "followerlist", "volger", "volgers"],
  following: ["following", "followinglist", "volgend"],
  other: [
    ["adinterests", "autofill", "blocklist", "comment", "comments", "directmessage"],
    ["directmessages", "chathistory", "favoritecollection", "favoriteeffects", "favoritehashtags"],
    ["favoritesounds", "favoritevideos", "favouritevideos", "golivehistory", "golivesettings"],
    ["hashtag", "hashtags", "kijkgeschiedenis", "likelist", "livewatchhistory", "watchlivehistory"],
    ["watchlivesettings", "locationreviews", "loginhistory", "mostrecentlocationdata"],
    ["offtiktokactivity", "offtiktokactivities", "orderhistory", "purchases", "purchasehistory"],
    ["reposts", "searches", "searchhistory", "settings", "sharehistory", "shoppingcartlist"],
    ["statuslist", "transactionhistory", "usagedataviathirdpartyapps", "videobrowsinghistory"],
    ["watchhistory", "recentlydeletedstories"],
  ].flat(),
};

/** What the name of a text file says; names are translated, so an unknown one says nothing. */
export function textFileUse(baseName: string): TextFileUse {
  if (baseName.length > 100) return "unknown";
  const name = looseKey(baseName.replace(/\.txt$/i, "").replace(/[\s_]*(?:\(\d+\)|\d+)$/, ""));
  for (const use of ["posts", "deleted", "profile", "followers", "following", "other"] as const) {
    if (uses[use].includes(name)) return use;
  }
  return "unknown";
}

const linkLabels = ["link", "videolink", "url", "lien", "enlace", "链接", "連結", "リンク", "링크"];
const coverLabels = ["coverimage", "cover"];
const titleLabels = ["title", "titel", "titre", "título", "titolo", "标题", "標題", "タイトル"];
const handleLabels = [
  ["username", "gebruikersnaam", "benutzername", "nomd'utilisateur", "nomd’utilisateur"],
  ["nombredeusuario", "nomeutente", "nomedeusuário", "имяпользователя", "kullanıcıadı"],
  ["ユーザー名", "사용자이름", "用户名", "使用者名稱", "namapengguna", "tênngườidùng"],
].flat();

/** What a label of a post means where it is not one of the English names. */
export function labelMeaning(label: string): "link" | "cover" | "title" | "handle" | null {
  const name = looseKey(label);
  if (linkLabels.includes(name)) return "link";
  if (coverLabels.includes(name)) return "cover";
  if (titleLabels.includes(name)) return "title";
  return handleLabels.includes(name) ? "handle" : null;
}

const profileKeys: Readonly<Record<string, string>> = {
  displayname: "displayName",
  nickname: "displayName",
  bio: "bioDescription",
  biodescription: "bioDescription",
  likesreceived: "likesReceived",
  profilephoto: "profilePhoto",
  followercount: "followerCount",
  followingcount: "followingCount",
  lemon8link: "lemon8Link",
};

/** The key of the JSON's map of the profile for a label; null for the private ones and the rest. */
export function profileKey(label: string): string | null {
  if (labelMeaning(label) === "handle") return "userName";
  return profileKeys[looseKey(label)] ?? null;
}
