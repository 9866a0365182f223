import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { archivePost, buildArchive, videoLink, writeArchiveZip } from "../support/archive.ts";
import type { MediaServer } from "../support/media-server.ts";

/** What an invented creator made. */
export interface CreatorParts {
  posts: number;
  /** Of each video. */
  bytes: number;
  /** Keeps the objects of several creators apart on one server. */
  name: string;
  /** Puts the videos into this library, as an export would have, instead of on the server. */
  library?: string;
}

/** Puts a creator's videos on the server and writes the archive that links to them. */
export async function makeCreator(
  archive: string,
  server: Pick<MediaServer, "put" | "origin">,
  { posts, bytes, name, library }: CreatorParts,
): Promise<void> {
  const avatar = `/tos-useast5-avt-0068-tx/oAvatar${name}~c5.png`;
  server.put(avatar, picture());
  const rows = Array.from({ length: posts }, (_, index) => {
    const id = `oE${name}${String(index).padStart(8, "0")}`;
    const link = videoLink({ id, origin: server.origin });
    const date = dateOf(index);
    if (library === undefined) server.put(new URL(link).pathname, video(id, bytes));
    else putInto(library, date, video(id, bytes));
    return archivePost({
      date,
      link,
      title: `Day ${index + 1} of my sketchbook #art`,
    });
  });
  // The newest post stands first in an archive.
  const profile = { profilePhoto: `${server.origin}${avatar}?x-expires=4102444800` };
  await writeArchiveZip(archive, buildArchive({ posts: rows.toReversed(), profile }));
}

function putInto(library: string, date: string, bytes: Buffer): void {
  const key = `${date.replaceAll(/[-:]/g, "").replace(" ", "T")}Z`;
  const place = join(library, "posts", `${date.slice(0, 10)}_${key}`);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, "video.mp4"), bytes);
}

/** `2019-01-01 12:00:00` and so on, a post every 5 hours. */
function dateOf(index: number): string {
  const at = new Date(Date.UTC(2019, 0, 1, 12) + index * 5 * 3_600_000);
  return at.toISOString().slice(0, 19).replace("T", " ");
}

/** Bytes in the boxes of an MP4, other ones for each seed: a header, and a body that cannot be pressed. */
function video(seed: string, bytes: number): Buffer {
  const header = box("ftyp", Buffer.from("isom\0\0\x02\0isomiso2avc1mp41", "latin1"));
  const noise = createHash("shake256", { outputLength: bytes - header.length - 8 });
  return Buffer.concat([header, box("mdat", noise.update(seed).digest())]);
}

function box(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, body]);
}

/** One grey point. */
function picture(): Buffer {
  return Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
    "base64",
  );
}
