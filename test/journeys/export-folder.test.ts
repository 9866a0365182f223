import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { sample, sampleFolder } from "../demo/sample.ts";
import type { SamplePost } from "../demo/sample.ts";
import { captions } from "../fixtures/sample-creator/recipe/captions.ts";
import type { CliRun } from "../support/cli.ts";
import { writeGalleryFile } from "../support/sidecar.ts";
import { webPhotos } from "../support/web-item.ts";
import { csvRows, filesBelow, jsonRows, problemsOf, startExportJourney } from "./export-journey.ts";
import type { ExportJourney } from "./export-journey.ts";

const { creator, posts } = sample();
const author = { id: creator.userId, uniqueId: creator.handle, nickname: creator.displayName };

/** Session values that stand in the sidecars of this folder. */
const secrets = [
  "INVENTED-ttwid-0000",
  "INVENTED-chain-0000",
  "signature=INVENTED",
  "invented sample)",
  "secret-signature",
  "secret-session",
  "secret-token",
];

let journey: ExportJourney;
let folder: string;
let before: Map<string, string>;
let run: CliRun;

function post(name: string): SamplePost {
  const found = posts.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no post ${name}`);
  return found;
}

function media(file: string | undefined): Buffer {
  return readFileSync(join(sampleFolder, file ?? ""));
}

/** Puts a sample post's sidecar, with a session in it, and its files as yt-dlp leaves them. */
function download(name: string, files: Record<string, Buffer | string>): void {
  const { sidecar } = post(name);
  const stem = basename(sidecar ?? "", ".info.json");
  const content = JSON.parse(media(sidecar ?? "").toString()) as Record<string, unknown>;
  const session = { Cookie: "sessionid=secret-session", "X-Token": "secret-token" };
  const withSession = { ...content, http_headers: session, cookies: "msToken=secret-token" };
  const clips = join(folder, "yt-dlp");
  writeFileSync(join(clips, `${stem}.info.json`), JSON.stringify(withSession));
  for (const [ending, bytes] of Object.entries(files)) {
    writeFileSync(join(clips, `${stem}${ending}`), bytes);
  }
}

/** A photo post as gallery-dl leaves it; the photos are written from the last to the first. */
async function gallery(name: string): Promise<void> {
  const { id, date, objectIds, files } = post(name);
  const item = webPhotos(objectIds, { id, createTime: Date.parse(date) / 1000, author });
  const own = join(folder, "gallery-dl/tiktok", creator.handle);
  const record = { ...item, desc: captions[name], headers: { Cookie: "secret-session" } };
  for (const [index, file] of [...files.entries()].toReversed()) {
    const fileId = objectIds[index] ?? "";
    const parts = { item: record, type: "image" as const, num: index + 1, fileId };
    await writeGalleryFile(own, { ...parts, extension: "jpg", bytes: media(file) });
  }
  const music = { item: record, type: "audio" as const, extension: "mp3", bytes: "ID3 music" };
  await writeGalleryFile(own, music);
  const me = { item: author, type: "avatar" as const, fileId: "a".repeat(32), extension: "webp" };
  await writeGalleryFile(own, { ...me, bytes: media(creator.avatarFile) });
}

/** What every file of a folder is: its bytes and its time. */
function stateOf(root: string): Map<string, string> {
  return new Map(
    filesBelow(root).map((path) => {
      const file = join(root, path);
      const sum = createHash("sha256").update(readFileSync(file)).digest("hex");
      return [path, `${sum} ${statSync(file).mtimeMs}`];
    }),
  );
}

function row(name: string): Record<string, string> {
  return csvRows(journey.library).find((each) => each["id"] === post(name).id) ?? {};
}

function kept(name: string, file: string): Buffer {
  return readFileSync(join(journey.library, dirname(row(name)["media_files"] ?? ""), file));
}

beforeAll(async () => {
  journey = await startExportJourney();
  folder = join(journey.folder, "saved");
  mkdirSync(join(folder, "yt-dlp"), { recursive: true });
  const [hello, lattice, sky, cats] = ["hello", "lattice", "skySheets", "catSheets"] as const;
  download(hello, {
    ".mp4": media(post(hello).files[0]),
    ".image": media(post(hello).coverFile ?? ""),
    ".eng-US.vtt": "WEBVTT\n\n00:00.000 --> 00:01.000\nhello\n",
    ".fh264_540p_873954-0.mp4": "half",
  });
  download(lattice, { ".mp4": media(post(lattice).files[0]) });
  download("night", { ".mp4.part": "half" });
  download(sky, { ".mp3": "ID3 music" });
  download(cats, { ".m4a": "music" });
  await gallery(sky);
  const weave = post("weave");
  writeFileSync(join(folder, `my weave [${weave.id}].mp4`), media(weave.files[0]));
  writeFileSync(join(folder, "holiday.mp4"), media(weave.files[0]));
  const playlist = filesBelow(join(sampleFolder, "captions")).find((each) => /\[MS4w/.test(each));
  cpSync(join(sampleFolder, "captions", playlist ?? ""), join(folder, "yt-dlp", playlist ?? ""));
  for (const path of filesBelow(folder)) utimesSync(join(folder, path), 1.7e9, 1.7e9);
  before = stateOf(folder);
  run = await journey.run(["export", folder, "--verbose"]);
});

afterAll(() => journey.dispose());

describe("a folder of yt-dlp and gallery-dl alone", () => {
  it("becomes a library with a post for each id", () => {
    expect(run.summary, run.error).toMatchObject({ command: "export", found: 6 });
    const names = ["hello", "lattice", "catSheets", "skySheets", "weave", "night"];
    const ids = names.map((name) => post(name).id).toSorted();
    expect(
      csvRows(journey.library)
        .map((each) => each["id"])
        .toSorted(),
    ).toEqual(ids);
    expect(row("hello")).toMatchObject({ sources: "media-folder", visibility: "public" });
    const exact = new Map(jsonRows(journey.library).map((each) => [each["id"], each["caption"]]));
    for (const name of names) {
      expect(exact.get(post(name).id), name).toBe(name === "weave" ? null : captions[name]);
    }
  });

  it("keeps videos, photos in order and covers, byte for byte", () => {
    for (const name of ["hello", "lattice", "weave"]) {
      expect(kept(name, "video.mp4").equals(media(post(name).files[0])), name).toBe(true);
    }
    expect(kept("hello", "cover.jpg").equals(media(post("hello").coverFile ?? ""))).toBe(true);
    const photos = row("skySheets")["media_files"]?.split(";") ?? [];
    expect(photos).toHaveLength(11);
    for (const [index, path] of photos.entries()) {
      const bytes = readFileSync(join(journey.library, path));
      expect(bytes.equals(media(post("skySheets").files[index])), path).toBe(true);
    }
    const avatar = readFileSync(join(journey.library, "avatar.webp"));
    expect(avatar.equals(media(creator.avatarFile))).toBe(true);
  });

  it("leaves the originals as they are", () => {
    expect(stateOf(folder)).toEqual(before);
  });

  it("lists what fits nothing, each with what helps", () => {
    const about = (code: string) => problemsOf(run, code).map(({ message }) => message);
    expect(about("media-without-id")).toEqual([expect.stringContaining("holiday.mp4")]);
    expect(about("media-without-sidecar")).toEqual([expect.stringContaining("my weave")]);
    expect(about("sidecar-without-media")).toEqual([expect.stringContaining("One last night sky")]);
    expect(about("unfinished-file")).toEqual([expect.stringMatching(/^2 files/)]);
    expect(about("photos-missing")).toEqual([expect.stringContaining(post("catSheets").id)]);
  });

  it("lets no cookie, header or signed address past the door", async () => {
    const again = await journey.run(["export", folder, "--verbose"], { text: true });
    const said = [run.out, run.error, again.out, again.error].map((text) => Buffer.from(text));
    const written = filesBelow(journey.folder)
      .filter((path) => !path.startsWith("saved/"))
      .map((path) => readFileSync(join(journey.folder, path)));
    expect(written.length).toBeGreaterThan(20);
    const places = filesBelow(folder).map((path) => readFileSync(join(folder, path)));
    for (const secret of secrets) {
      expect(
        places.some((bytes) => bytes.includes(secret)),
        `${secret} is in the folder`,
      ).toBe(true);
      expect(
        [...said, ...written].some((bytes) => bytes.includes(secret)),
        secret,
      ).toBe(false);
    }
  });

  it("says the second time that nothing is new", async () => {
    const again = await journey.run(["export", folder]);
    expect(again.summary).toMatchObject({ found: 6, exported: 0, bytes: 0 });
    expect(stateOf(folder)).toEqual(before);
  });
});
