import { createHash } from "node:crypto";
import type { LookAlikePost } from "../look-alike/tiktok/index.ts";
import { archivePost, photoLink, videoLink } from "../support/archive.ts";
import type { ArchiveRow } from "../support/archive.ts";
import type { MediaServer } from "../support/media-server.ts";
import { withSound } from "../support/sample-videos.ts";
import { photoBytes } from "./export-journey.ts";

/** The archive's second of a post of the look-alike, which is a little off, by at most four: ISO 8601 UTC. */
export function archiveSecond({ createTime }: LookAlikePost, index: number): string {
  const off = [0, -3, 4, -1, 2][index % 5] ?? 0;
  return new Date((createTime + off) * 1000).toISOString().replace(".000Z", "Z");
}

/** The key of a post that the archive alone knows. */
export function archiveKey(post: LookAlikePost, index: number): string {
  return archiveSecond(post, index).replaceAll(/[-:]/g, "");
}

/** When an archive was made (milliseconds), where its links lead, and whether it names another object. */
export interface RowParts {
  made: number;
  origin: string;
  otherObject?: boolean;
}

/** A post of the look-alike as an archive has it: the file, the second, who can see it; no words, no id. */
export function lookAlikeRow(post: LookAlikePost, index: number, parts: RowParts): ArchiveRow {
  const { made, origin, otherObject = false } = parts;
  // Links of photos live four days from the making of the archive, those of videos ten.
  const expires = Math.floor(made / 1000) + (post.kind === "photos" ? 4 : 10) * 24 * 60 * 60;
  const row = {
    date: archiveSecond(post, index).slice(0, 19).replace("T", " "),
    likes: "5",
    whoCanView: post.privateItem ? "Only You" : "Everyone",
    sound: "original sound - mira",
  };
  if (post.kind === "photos") {
    const links = post.images.map((id) => photoLink({ id, origin, expires }));
    return archivePost({ ...row, links, ...(links[0] === undefined ? {} : { cover: links[0] }) });
  }
  const id = otherObject ? `oOther${index}${post.videoObject.slice(8)}` : post.videoObject;
  return archivePost({ ...row, link: videoLink({ id, origin, expires }) });
}

/** Puts the files of a row on the archive's server; answers name and SHA-256 of what the library is to have. */
export function serveRow(server: MediaServer, row: ArchiveRow, id: string): Record<string, string> {
  const links = String(row["Link"]).split("\n");
  const files = links.map((link, place): [string, string] => {
    const isVideo = link.includes("mime_type=video_mp4");
    const own = isVideo ? withBox(withSound, id) : photoBytes(id, place + 1);
    server.put(new URL(link).pathname, own);
    return [isVideo ? "video.mp4" : `${String(place + 1).padStart(2, "0")}.jpg`, sha256(own)];
  });
  return Object.fromEntries(files);
}

/** SHA-256 in hex. */
export function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** An MP4 with a box at its end that players skip, so that no two are the same. */
function withBox(mp4: Buffer, text: string): Buffer {
  const box = Buffer.from(`\0\0\0\0free${text}`, "latin1");
  box.writeUInt32BE(box.length, 0);
  return Buffer.concat([mp4, box]);
}
