import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bringFile, isNameFrom, nameFrom, namesIn } from "../../src/library/bring-file.ts";
import { removeOwnFiles } from "../../src/library/remove-files.ts";
import { place } from "./place.ts";

describe("bringing a file to another name", () => {
  test("is a link, replaces what lies there at once, and may be repeated", async () => {
    const folder = place().root;
    const [from, to] = [join(folder, "video.mp4"), join(folder, "other.mp4")];
    writeFileSync(from, "new");
    writeFileSync(to, "old");
    // What a killed run left.
    writeFileSync(`${to}.bringing`, "half");
    for (let time = 0; time < 2; time += 1) {
      await bringFile(from, to);
      expect(readFileSync(to, "utf8")).toBe("new");
      expect(statSync(to).ino).toBe(statSync(from).ino);
      expect(readdirSync(folder).toSorted()).toEqual(["other.mp4", "video.mp4"]);
    }
  });

  test("a folder that is not there has no names", async () => {
    expect(await namesIn(join(place().root, "none"))).toEqual([]);
  });
});

describe("a file that gave way", () => {
  test("has a name that says whose it was, and goes with its post", async () => {
    const folder = place().root;
    const names = ["video.mp4", "01.jpg", "cover.webp", "title.txt", "body.txt"].map((name) =>
      nameFrom(name, "20240917T140721Z-2"),
    );
    expect(names[0]).toBe("video.from-20240917T140721Z-2.mp4");
    for (const name of names) {
      expect(isNameFrom(name)).toBe(true);
      writeFileSync(join(folder, name), "");
    }
    writeFileSync(join(folder, "01.jpg.bringing"), "");
    expect(["video.mp4", "notes.from-me.txt", "title.txt"].some(isNameFrom)).toBe(false);
    writeFileSync(join(folder, "notes.from-me.txt"), "");
    expect(await removeOwnFiles(folder, ".")).toEqual({ others: ["notes.from-me.txt"], stuck: [] });
    expect(readdirSync(folder)).toEqual(["notes.from-me.txt"]);
  });
});
