import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { draftFolder, linesOf, migrateWords, queueOf, startJourney } from "./sample-journey.ts";
import type { OpenJourney } from "./sample-journey.ts";

let journey: OpenJourney;

beforeAll(async () => {
  journey = await startJourney({ FINDMEHERE_CREATOR_HANDLES_LEMON8: "mira.paints" });
  const run = await journey.run([...migrateWords(journey), "--skip-media"]);
  expect(run.code).toBe(0);
});
afterAll(() => journey.close());

test("announce writes every text and lists what it wrote", async () => {
  const run = await journey.run(["announce", "--json"]);
  expect(run.code).toBe(0);
  expect(run.summary).toMatchObject({ command: "announce", written: 26, notWritten: 0, hellos: 2 });
  const caption = journey.read("announcement/texts/tiktok-caption.en.txt");
  expect(caption).toContain("mira.paints");
  expect(journey.read("announcement/texts/tiktok-caption.zh-Hans.txt")).toMatch(/\p{Script=Han}/u);
  const people = await journey.run(["announce"]);
  expect(people.out).toContain("26 texts written, 0 not. 2 introductions are ready as drafts.");
  expect(people.out).toContain("tiktok-caption.en.txt");
  expect(people.out).toContain(journey.library);
});

test("announce follows the settings, the tone and the languages", async () => {
  const name = { environment: { FINDMEHERE_CREATOR_NAME: "Mira Moves" } };
  const run = await journey.run(
    ["announce", "--tone", "playful", "--languages", "en,zh-Hant", "--json"],
    name,
  );
  expect(run.code).toBe(0);
  const languages = new Set(linesOf(run, "text").map(({ language }) => language));
  expect(languages).toEqual(new Set(["en", "zh-Hant"]));
  const hello = linesOf(run, "draft").find(({ to }) => to === "lemon8");
  expect(hello?.["body"]).toContain("Mira Moves");
  const warm = await journey.run(["announce", "--json"], name);
  const before = linesOf(warm, "draft").find(({ to }) => to === "lemon8");
  expect(before?.["body"]).not.toBe(hello?.["body"]);
});

test("a tone or language that does not exist exits 2 with the nearest one", async () => {
  const tone = await journey.run(["announce", "--tone", "playfull"]);
  expect(tone.code).toBe(2);
  expect(tone.error).toContain("Did you mean playful?");
  const language = await journey.run(["announce", "--languages", "en,zh-Hantt"]);
  expect(language.code).toBe(2);
  expect(language.error).toContain("Did you mean zh-Hant?");
});

test("a person's words in an introduction stay, and the queue stays as it was", async () => {
  const own = journey.copy();
  const queue = queueOf(await own.run(["queue", "list", "--all", "--json"]));
  const folder = draftFolder(own, "hello", "lemon8");
  own.write(`${folder}/title.txt`, "Hello, it is really me 🍋\n");
  const run = await own.run(["announce", "--json"]);
  const hello = linesOf(run, "draft").find(({ to }) => to === "lemon8");
  expect(hello).toMatchObject({ title: "Hello, it is really me 🍋", edited: true });
  expect(own.read(`${folder}/title.txt`).trim()).toBe("Hello, it is really me 🍋");
  expect(queueOf(await own.run(["queue", "list", "--all", "--json"]))).toEqual(queue);
  own.dispose();
});

test("a template of the creator's own wins; a broken one is told and leaves the other texts alone", async () => {
  const own = journey.copy();
  mkdirSync(join(own.library, "templates/announcement/tiktok-caption"), { recursive: true });
  const template = "templates/announcement/tiktok-caption/warm.en.liquid";
  own.write(template, "Find me on Lemon8: {{ lemon8 }}\n");
  const run = await own.run(["announce", "--json"]);
  expect(run.code).toBe(0);
  expect(own.read("announcement/texts/tiktok-caption.en.txt").trim()).toBe(
    "Find me on Lemon8: mira.paints",
  );
  own.write(template, "Find me {% if %}\n");
  const broken = await own.run(["announce", "--json"]);
  expect(linesOf(broken, "problem")).toContainEqual(
    expect.objectContaining({ code: "template-broken" }),
  );
  expect(broken.summary).toMatchObject({ written: 25, hellos: 2 });
  // The text of the run before would still say what nobody stands for any more.
  expect(existsSync(join(own.library, "announcement/texts/tiktok-caption.en.txt"))).toBe(false);
  own.dispose();
});

test("words that may be limited are told of texts that are no draft, where they are pasted", async () => {
  const own = journey.copy();
  const texts: Record<string, string> = {
    "tiktok-caption/warm.en.liquid": "---\nBecause of the TikTok ban: RedNote, Lemon8\n",
    "rednote-introduction/warm.en.liquid": "title: Hi\n---\nHi, money back!\n",
    "discord/warm.en.liquid": "---\nJoin my Discord, weird w\u0435chat too\n",
  };
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(join(own.library, "templates/announcement", path, ".."), { recursive: true });
    own.write(`templates/announcement/${path}`, text);
  }
  const run = await own.run(["announce", "--json"]);
  expect(run.code).toBe(0);
  const told = linesOf(run, "problem")
    .filter(({ code }) => String(code).startsWith("word-"))
    .map(({ to, severity, message }) => `${String(to)} ${String(severity)} ${String(message)}`);
  // Naming the new places is what a TikTok caption of the announcement is for; Discord is nobody's rival there.
  expect(told).toEqual([
    expect.stringMatching(/^rednote warn RedNote introduction \(en\): “money back”: /),
    expect.stringMatching(/^tiktok note TikTok caption \(en\): “TikTok ban”: /),
  ]);
  own.dispose();
});
