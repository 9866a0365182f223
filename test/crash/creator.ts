import { createHash } from "node:crypto";
import {
  archivePost,
  buildArchive,
  photoLink,
  videoLink,
  writeArchiveZip,
} from "../support/archive.ts";
import type { MediaServer } from "../support/media-server.ts";

/** A small creator: every kind of file that an export brings home. */
export interface CrashCreator {
  /** Bytes of every file by its path from the library's root. */
  files: ReadonlyMap<string, Buffer>;
  /** Path on the server of every file, by the same name. */
  paths: ReadonlyMap<string, string>;
}

/** Puts the creator's files on the server and writes the archive that links to them. */
export async function makeCrashCreator(
  archive: string,
  server: Pick<MediaServer, "put" | "origin">,
): Promise<CrashCreator> {
  const files = new Map<string, Buffer>();
  const paths = new Map<string, string>();
  const { origin } = server;
  const serve = (file: string, address: string, bytes: Buffer): string => {
    const { pathname } = new URL(address);
    files.set(file, bytes);
    paths.set(file, pathname);
    // In pieces, so that there are moments in the middle of a file.
    server.put(pathname, bytes, [{ kind: "drip", chunk: 12_000, everyMs: 4 }]);
    return address;
  };
  const photo = (file: string) => serve(file, photoLink({ id: md5(file), origin }), picture(file));
  const film = (file: string) =>
    serve(file, videoLink({ id: `oE${md5(file)}A`, origin }), video(file));
  const folder = (day: string) => `posts/2024-01-${day}_202401${day}T100000Z`;
  const posts = [
    archivePost({
      date: "2024-01-03 10:00:00",
      link: film(`${folder("03")}/video.mp4`),
      title: "The third day #art",
    }),
    archivePost({
      date: "2024-01-02 10:00:00",
      links: [photo(`${folder("02")}/01.jpg`), photo(`${folder("02")}/02.jpg`)],
      title: "Two pictures",
    }),
    archivePost({
      date: "2024-01-01 10:00:00",
      link: film(`${folder("01")}/video.mp4`),
      cover: photo(`${folder("01")}/cover.jpg`),
    }),
  ];
  const profile = { profilePhoto: photo("avatar.jpg") };
  await writeArchiveZip(archive, buildArchive({ posts, profile }));
  return { files, paths };
}

function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}

function noise(seed: string, outputLength: number): Buffer {
  return createHash("shake256", { outputLength }).update(seed).digest();
}

function video(seed: string): Buffer {
  const head = Buffer.from("00000018667479706d703432000000006d70343269736f6d", "hex");
  return Buffer.concat([head, noise(seed, 60_000)]);
}

function picture(seed: string): Buffer {
  const head = Buffer.from("ffd8ffe000104a46494600010100000100010000", "hex");
  return Buffer.concat([head, noise(seed, 20_000), Buffer.from("ffd9", "hex")]);
}
