import { join } from "node:path";

/** Fixed names inside a library. */
export const libraryNames = {
  settings: "findmehere.jsonc",
  database: "findmehere.db",
  profile: "profile.json",
  postsTable: "posts.csv",
  postsLines: "posts.jsonl",
  followers: "followers.csv",
  following: "following.csv",
  manifest: "manifest-sha256.txt",
  posts: "posts",
  drafts: "drafts",
  announcement: "announcement",
  logs: "logs",
} as const;

/** Where the parts of a library lie. */
export interface LibraryPaths {
  root: string;
  settings: string;
  database: string;
}

/** The paths of a library whose root is this folder. */
export function libraryPaths(root: string): LibraryPaths {
  return {
    root,
    settings: join(root, libraryNames.settings),
    database: join(root, libraryNames.database),
  };
}

/** Folder of a post below the root, with `/`: `posts/2024-09-17_<key>`. */
export function postFolder(date: string, key: string): string {
  return `${libraryNames.posts}/${date.slice(0, 10)}_${key}`;
}

/** Folder of a draft below the root, with `/`: `drafts/rednote/2024-09-17_<key>`. */
export function draftFolder(destination: string, date: string, key: string): string {
  return `${libraryNames.drafts}/${destination}/${date.slice(0, 10)}_${key}`;
}

/** File name of a media file without its ending; photos are numbered with as many digits as the set needs. */
export function mediaName(role: string, position: number, count: number): string {
  if (role !== "photo") return role;
  return String(position).padStart(Math.max(2, String(count).length), "0");
}
