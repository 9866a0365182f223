import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { announcementStages, announcementSurfaces } from "../../src/announce/surfaces.ts";
import { measure } from "../../src/text/measure.ts";
import { linesOf, migrateWords, startJourney } from "./sample-journey.ts";
import type { OpenJourney } from "./sample-journey.ts";

const ids = announcementSurfaces.map(({ id }) => id);
const everyLanguage = ["--languages", "en,zh-Hans,zh-Hant"];

let journey: OpenJourney;

beforeAll(async () => {
  journey = await startJourney({
    FINDMEHERE_CREATOR_NAME: "Mira",
    FINDMEHERE_CREATOR_HANDLES_LEMON8: "mira.paints",
    FINDMEHERE_CREATOR_HANDLES_REDNOTE: "米拉画画",
    FINDMEHERE_CREATOR_HANDLES_REDNOTE_ID: "94501234567",
    FINDMEHERE_CREATOR_NICHE: "watercolour",
    FINDMEHERE_CREATOR_CITY: "Austin",
    FINDMEHERE_CREATOR_PET: "cat",
  });
  const run = await journey.run([...migrateWords(journey), "--skip-media"]);
  expect(run.code).toBe(0);
});
afterAll(() => journey.close());

function filesIn(root: string): string[] {
  return readdirSync(join(root, "announcement/texts")).toSorted();
}

test.each(["warm", "brief", "playful"])(
  "every place gets a %s text in three languages, each a file within its limit",
  async (tone) => {
    const run = await journey.run(["announce", "--tone", tone, ...everyLanguage, "--json"]);
    expect(run.code).toBe(0);
    expect(run.summary).toMatchObject({ written: 39, notWritten: 0, hellos: 2 });
    const texts = linesOf(run, "text");
    expect(texts.map(({ surface }) => surface)).toEqual(ids.flatMap((id) => [id, id, id]));
    expect(texts.flatMap(({ files }) => files as string[]).toSorted()).toEqual(
      filesIn(journey.library).map((name) => `announcement/texts/${name}`),
    );
    for (const { id, title, body } of announcementSurfaces) {
      for (const language of ["en", "zh-Hans", "zh-Hant"]) {
        const path = `announcement/texts/${id}.${language}`;
        const text = journey.read(`${path}.txt`);
        expect(text).not.toMatch(/\{\{|\{%|undefined|null|\n{3}/);
        if (body !== null) expect(measure(text, body.unit)).toBeLessThanOrEqual(body.most);
        expect(existsSync(join(journey.library, `${path}.title.txt`))).toBe(title !== null);
      }
    }
    for (const id of ["rednote-profile", "rednote-introduction", "tiktok-caption-no-names"]) {
      expect(journey.read(`announcement/texts/${id}.en.txt`)).not.toMatch(
        /94501234567|mira\.paints|lemon8|rednote/i,
      );
    }
    expect(journey.read("announcement/texts/tiktok-bio.en.txt")).toContain("94501234567");
  },
);

test("the answer says what to do with each text, in the order of its use, once", async () => {
  const run = await journey.run(["announce"]);
  const lines = run.out.split("\n");
  const at = (words: string) => {
    const found = lines.flatMap((line, index) => (line.includes(words) ? [index] : []));
    expect(found, words).toHaveLength(1);
    return found[0]!;
  };
  const order = announcementStages.flatMap(({ id, title }) => [
    at(title),
    ...announcementSurfaces
      .filter(({ stage }) => stage === id)
      .flatMap(({ id: surface, label, use }) => [at(`${label}: ${use}`), at(`${surface}.en.txt`)]),
  ]);
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(run.out).toContain(join(journey.library, "announcement/texts"));
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(120);
});

test("without a new place the texts that need one are named once, and old ones go away", async () => {
  const own = journey.copy();
  const empty = {
    FINDMEHERE_CREATOR_HANDLES_LEMON8: "",
    FINDMEHERE_CREATOR_HANDLES_REDNOTE: "",
    FINDMEHERE_CREATOR_HANDLES_REDNOTE_ID: "",
  };
  await own.run(["announce", "--json"]);
  expect(filesIn(own.library)).toContain("tiktok-bio.en.txt");
  const run = await own.run(["announce", "--json"], { environment: empty });
  expect(run.summary).toMatchObject({ written: 6, notWritten: 20, hellos: 2 });
  const said = linesOf(run, "problem").filter(({ code }) => code === "text-not-written");
  expect(said).toHaveLength(1);
  expect(said[0]?.["message"]).toContain("TikTok bio");
  expect(said[0]?.["fix"]).toContain("findmehere config set creator.handles.rednoteId");
  expect(filesIn(own.library)).not.toContain("tiktok-bio.en.txt");
  expect(filesIn(own.library)).toContain("rednote-profile.en.txt");
  const people = await own.run(["announce"], { environment: empty });
  expect(people.out).not.toContain("TikTok bio:");
  expect(people.out).toContain("RedNote profile:");
  own.dispose();
});

test("a name too long for a card leaves the card without it, and one too long for a profile too", async () => {
  const own = journey.copy();
  const name = "N".repeat(90);
  await own.run(["announce", "--json"], { environment: { FINDMEHERE_CREATOR_NAME: name } });
  expect(own.read("announcement/texts/photo-card.en.txt")).not.toContain(name);
  expect(own.read("announcement/texts/rednote-profile.en.txt")).not.toContain(name);
  expect(own.read("announcement/texts/email.en.txt")).toContain(name);
  own.dispose();
});
