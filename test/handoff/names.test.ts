import { expect, test } from "vitest";
import { fileName } from "../../src/handoff/names.ts";
import type { PackFile, PhonePack } from "../../src/steps/phone/packs.ts";

function namesOf(title: string, kinds: PackFile["kind"][]): string[] {
  const files = kinds.map((kind, index): PackFile => {
    const file = kind === "video" ? "video.mp4" : `0${index + 1}.jpg`;
    return { path: `/library/${file}`, file, kind, position: index + 1 };
  });
  const pack = { files, draft: { title, post: "7415" }, destination: { id: "lemon8" } };
  return files.map((file) => fileName(pack as unknown as PhonePack, file));
}

test("a file is called by its title, its place and its number", () => {
  expect(namesOf("A calm morning!", ["video", "cover"])).toEqual([
    "A-calm-morning_lemon8.mp4",
    "A-calm-morning_lemon8_cover.jpg",
  ]);
  expect(namesOf("Sea", ["photo", "photo"])).toEqual(["Sea_lemon8_01.jpg", "Sea_lemon8_02.jpg"]);
  expect(namesOf("Sea", ["photo"])).toEqual(["Sea_lemon8.jpg"]);
});

test("other letters stay, long titles end, signs and paths do not come through", () => {
  expect(namesOf("画了一整天的海", ["photo"])).toEqual(["画了一整天的海_lemon8.jpg"]);
  expect(namesOf("海".repeat(90), ["photo"])[0]).toBe(`${"海".repeat(40)}_lemon8.jpg`);
  expect(namesOf('../../etc/passwd\r\n"x"', ["photo"])).toEqual(["etc-passwd-x_lemon8.jpg"]);
  expect(namesOf("🌅🌊", ["photo"])).toEqual(["7415_lemon8.jpg"]);
  expect(namesOf(Array(30).fill("word").join(" "), ["photo"])[0]?.length).toBeLessThan(56);
});
