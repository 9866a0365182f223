import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readTemplate, readTemplates } from "../../src/library/templates.ts";
import { place } from "./place.ts";

const shipped = new URL("../../templates/", import.meta.url);

test("what comes with findmehere is read where the creator has nothing", async () => {
  const path = "pages/handoff.liquid";
  const text = readFileSync(new URL(path, shipped), "utf8");
  expect(await readTemplate(null, path)).toBe(text);
  expect(await readTemplate(place().root, path)).toBe(text);
});

test("a creator's own file wins, an empty one too", async () => {
  const { root, write } = place();
  write("templates/pages/handoff.liquid", "<p>mine</p>");
  expect(await readTemplate(root, "pages/handoff.liquid")).toBe("<p>mine</p>");
  write("templates/pages/handoff.liquid", "");
  expect(await readTemplate(root, "pages/handoff.liquid")).toBe("");
});

test("a whole folder is read by path, with one's own in their places", async () => {
  const { root, write } = place();
  const all = await readTemplates(null, "announcement");
  const paths = readdirSync(new URL("announcement/", shipped), {
    recursive: true,
    withFileTypes: true,
  }).filter((entry) => entry.isFile());
  expect(all.size).toBe(paths.length);
  expect(all.size).toBeGreaterThan(3);
  for (const path of all.keys()) expect(path).toMatch(/^announcement\/[^\\]+$/);

  const [first = "", second = ""] = all.keys();
  write(`templates/${first}`, "mine");
  write("templates/announcement/no-such-place/en.liquid", "nobody asked");
  const mixed = await readTemplates(root, "announcement");
  expect([...mixed.keys()]).toEqual([...all.keys()]);
  expect(mixed.get(first)).toBe("mine");
  expect(mixed.get(second)).toBe(all.get(second));
});

test("a name that nobody has is a bug of ours, not silence", async () => {
  await expect(readTemplate(place().root, "pages/none.liquid")).rejects.toThrow("ENOENT");
});
