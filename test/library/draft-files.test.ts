import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Draft } from "../../src/core/draft.ts";
import {
  draftMediaName,
  placeDraftMedia,
  readDraftWords,
  writeDraftWords,
} from "../../src/library/draft-files.ts";
import { place } from "./place.ts";

const folder = "drafts/rednote/2024-09-17_7";
const draft: Draft = {
  type: "draft",
  post: "7",
  to: "rednote",
  title: "清晨的山🌄",
  body: "first\n\nsecond\n#水彩",
  topics: ["水彩"],
  dropped: [{ what: "@maya", why: "a handle" }],
  media: ["video.mp4"],
  edited: false,
  problems: [],
};

describe("words", () => {
  test("come back as they were written", async () => {
    const { root, read } = place();
    await writeDraftWords(root, folder, draft);
    expect(await readDraftWords(root, folder)).toEqual({ title: draft.title, body: draft.body });
    expect(read(`${folder}/title.txt`)).toBe(draft.title);
  });

  test("draft.json is the object that scripts know, without anything of our own", async () => {
    const { root, read } = place();
    const stored = { ...draft, written: { title: "", body: "" }, madeAt: "now", folder };
    await writeDraftWords(root, folder, stored);
    expect(JSON.parse(read(`${folder}/draft.json`))).toEqual(draft);
  });

  test.each([
    ["a line break that an editor adds", "title\n"],
    ["Windows line ends", "title\r\n"],
    ["a byte order mark", "\uFEFFtitle"],
  ])("%s is not an edit", async (_, text) => {
    const { root, write } = place();
    write(`${folder}/title.txt`, text);
    write(`${folder}/body.txt`, "one\r\n\r\ntwo\r\n");
    expect(await readDraftWords(root, folder)).toEqual({ title: "title", body: "one\n\ntwo" });
  });

  test("an empty line more is an edit", async () => {
    const { root, write } = place();
    write(`${folder}/body.txt`, "one\n\n");
    expect(await readDraftWords(root, folder)).toEqual({ title: null, body: "one\n" });
  });
});

describe("media", () => {
  const original = "posts/2024-09-17_7/video.mp4";

  test("take no room twice: a link to the original", async () => {
    const { root, write } = place();
    write(original, "moving pictures");
    const media = [{ from: original, name: "video.mp4" }];
    await placeDraftMedia(root, folder, media);
    await placeDraftMedia(root, folder, media);
    const [one, other] = [original, `${folder}/video.mp4`].map((path) =>
      statSync(join(root, path)),
    );
    expect(other?.ino).toBe(one?.ino);
    expect(one?.nlink).toBe(2);
  });

  test("follow an original that changed", async () => {
    const { root, write, read } = place();
    write(original, "first");
    write("posts/2024-09-17_7/video2.mp4", "second");
    await placeDraftMedia(root, folder, [{ from: original, name: "video.mp4" }]);
    const second = { from: "posts/2024-09-17_7/video2.mp4", name: "video.mp4" };
    await placeDraftMedia(root, folder, [second]);
    expect(read(`${folder}/video.mp4`)).toBe("second");
    expect(read(original)).toBe("first");
  });

  test("of an earlier draft go, and everything else stays", async () => {
    const { root, write, list } = place();
    write(original, "x");
    for (const name of ["01.jpg", "02.jpg", "100.png", "cover.webp", "notes.txt", "my video.mp4"]) {
      write(`${folder}/${name}`, name);
    }
    write(`${folder}/title.txt`, "mine");
    await placeDraftMedia(root, folder, [{ from: original, name: "video.mp4" }]);
    expect(list(folder)).toEqual(["my video.mp4", "notes.txt", "title.txt", "video.mp4"]);
    expect(list("posts/2024-09-17_7")).toEqual(["video.mp4"]);
  });

  test.each([
    ["posts/a/video.webm", "video", 1, "video.webm"],
    ["posts/a/007.jpg", "photo", 7, "07.jpg"],
    ["posts/a/35.png", "photo", 35, "35.png"],
    ["posts/a/cover.jpg", "cover", 1, "cover.jpg"],
  ])("%s becomes %s %i: %s", (path, role, position, name) => {
    expect(draftMediaName(path, role, position)).toBe(name);
  });
});
