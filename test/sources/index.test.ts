import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findSource, signInPlaces, sources } from "../../src/sources/index.ts";
import { refusalOf, temporaryFolder } from "./read.ts";

it("lists exactly the folders of sources", async () => {
  const entries = await readdir(new URL("../../src/sources", import.meta.url), {
    withFileTypes: true,
  });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(sources.map(({ id }) => id).toSorted()).toEqual(folders.toSorted());
});

it("says what each source takes", () => {
  for (const { title, takes } of sources) {
    expect(title).not.toBe("");
    expect(takes.length).toBeGreaterThan(20);
  }
});

it("finds a folder's source", async () => {
  expect((await findSource(await temporaryFolder())).id).toBe("media-folder");
});

it("says when the input is not there", async () => {
  const path = join(await temporaryFolder(), "archive.zip");
  const refusal = await refusalOf(path);
  expect(refusal).toMatchObject({ exit: "input", code: "input-missing" });
  expect(refusal.what).toContain(path);
});

it("says what can be handed over instead of something unknown", async () => {
  const path = join(await temporaryFolder(), "notes.txt");
  await writeFile(path, "hello");
  const refusal = await refusalOf(path);
  expect(refusal).toMatchObject({ exit: "input", code: "unknown-input" });
  expect(refusal.fix).toContain(".zip");
  expect(refusal.fix).toContain(".info.json");
});

it.each(["@maya.films", "https://www.tiktok.com/@maya.films?a=b", "https://example.org/x.zip"])(
  "takes %s for a page, which says itself whether it can be read",
  async (input) => {
    expect((await findSource(input)).id).toBe("tiktok-profile");
  },
);

it("names every place to sign in at once", () => {
  const ids = signInPlaces.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
  expect(ids).toContain("tiktok");
});
