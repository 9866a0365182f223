import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { rednoteUnits } from "../../src/text/measure.ts";
import { draftFolder, inCopyOf, keys, linesOf, startMigrated } from "./sample-journey.ts";
import type { Journey, OpenJourney } from "./sample-journey.ts";

let sample: OpenJourney;

beforeAll(async () => {
  sample = await startMigrated();
});
afterAll(() => sample.close());

function inCopy(body: (journey: Journey) => Promise<void>): Promise<void> {
  return inCopyOf(sample, body);
}

/** Gives a post a caption of its own. */
async function captioned(journey: Journey, captions: Record<string, string>): Promise<void> {
  const rows = Object.entries(captions).map(
    ([key, text]) => `${key},"${text.replaceAll('"', '""')}"`,
  );
  journey.write("own.csv", `key,caption\n${rows.join("\n")}\n`);
  const run = await journey.run(["export", join(journey.library, "own.csv"), "--json"]);
  expect(run.code).toBe(0);
}

async function draftsOf(journey: Journey, words: readonly string[]) {
  const run = await journey.run(["prepare", ...words, "--json"]);
  expect(run.code).toBe(0);
  return { drafts: linesOf(run, "draft"), problems: linesOf(run, "problem") };
}

describe("what prepare makes", () => {
  test("a language that nobody supplied is left out and said, for what the layout asks", () =>
    inCopy(async (journey) => {
      await captioned(journey, { [keys.newest]: "Dawn at the harbour #fyp" });
      const one = ["--post", keys.newest, "--to", "rednote"];
      const asIs = await draftsOf(journey, one);
      expect(asIs.drafts[0]).toMatchObject({ title: "Dawn at the harbour" });
      expect(asIs.problems).toMatchObject([{ code: "no-translation" }]);
      const english = await draftsOf(journey, [...one, "--language", "en-only"]);
      expect(english.problems).toEqual([]);
      expect(english.drafts[0]?.["body"]).toBe(asIs.drafts[0]?.["body"]);
      const wrong = await journey.run(["prepare", "--language", "en-onyl"]);
      expect(wrong.code).toBe(2);
      expect(wrong.error).toContain("en-only");
    }));

  test("equal titles are told apart, the same ones every time", () =>
    inCopy(async (journey) => {
      const long = "Every single morning I fill a page before work and it keeps me sane";
      await captioned(journey, {
        [keys.newest]: long,
        [keys.second]: long,
        [keys.third]: "Day 3",
        [keys.oldest]: "day 3",
      });
      const first = await draftsOf(journey, ["--to", "rednote"]);
      const titles = first.drafts.map(({ title }) => String(title).toLowerCase());
      const words = titles.filter((title) => title !== "");
      expect(new Set(words).size).toBe(words.length);
      expect(titles.filter((title) => title.startsWith("day 3")).toSorted()).toEqual([
        "day 3",
        "day 3 (2)",
      ]);
      expect(titles.filter((title) => title.startsWith("every single"))).toHaveLength(2);
      for (const title of titles) expect(rednoteUnits(title)).toBeLessThanOrEqual(20);
      expect(
        first.problems.filter(({ code }) => code === "same-title").length,
      ).toBeGreaterThanOrEqual(2);
      const again = await draftsOf(journey, ["--to", "rednote"]);
      expect(again.drafts).toEqual(first.drafts);
      const alone = await draftsOf(journey, ["--to", "rednote", "--post", keys.third]);
      expect(alone.drafts[0]).toEqual(first.drafts.find(({ post }) => post === keys.third));
    }));

  test("settings move the limits, within what they may", () =>
    inCopy(async (journey) => {
      const caption = `One two three four five six seven eight ${"More words follow here. ".repeat(40)}#aa #bb #cc`;
      await captioned(journey, { [keys.newest]: caption });
      const environment = {
        FINDMEHERE_REDNOTE_TITLE_MOST: "10",
        FINDMEHERE_REDNOTE_BODY_MOST: "100",
        FINDMEHERE_REDNOTE_TOPICS: "1",
      };
      const run = await journey.run(
        ["prepare", "--post", keys.newest, "--to", "rednote", "--json"],
        { environment },
      );
      const [draft] = linesOf(run, "draft");
      expect(rednoteUnits(String(draft?.["title"]))).toBeLessThanOrEqual(10);
      expect(rednoteUnits(String(draft?.["body"]))).toBeLessThanOrEqual(100);
      expect(rednoteUnits(String(draft?.["body"]))).toBeGreaterThan(80);
      expect(draft?.["topics"]).toHaveLength(1);
      expect((await journey.run(["config", "set", "rednote.topics", "11"])).code).toBe(78);
      expect((await journey.run(["config", "set", "rednote.layout", "en-only"])).code).toBe(0);
      const english = await draftsOf(journey, ["--post", keys.newest, "--to", "rednote"]);
      expect(english.problems.map(({ code }) => code)).not.toContain("no-translation");
    }));

  test("a title that only the phone app takes is stopped, and the app's count is told", () =>
    inCopy(async (journey) => {
      const folder = draftFolder(journey, keys.newest, "rednote");
      journey.write(`${folder}/title.txt`, "水彩写生水彩写生水彩写生水彩写生水彩😀");
      const { problems } = await draftsOf(journey, ["--post", keys.newest, "--to", "rednote"]);
      expect(problems).toEqual([]);
      journey.write(`${folder}/title.txt`, "水彩写生水彩写生水彩写生水彩写生水彩写😀");
      const over = await draftsOf(journey, ["--post", keys.newest, "--to", "rednote"]);
      expect(over.problems).toMatchObject([
        {
          code: "title-too-long",
          severity: "stop",
          message: expect.stringContaining("phone app it fits (20 of 20)"),
        },
      ]);
    }));

  test("the creator's own rows of the table of topics win over ours, and ours stay", () =>
    inCopy(async (journey) => {
      mkdirSync(join(journey.library, "templates"));
      journey.write(
        "templates/topics.tsv",
        "tiktok_tag\trednote_topic_zh\tlemon8_tag\tcategory\tconfidence\nmakeup\t我的妆\tmylook\tbeauty\thigh\nmybrand\t\t\tdrop\thigh\n",
      );
      await captioned(journey, { [keys.newest]: "Look #makeup #mybrand #ootd" });
      const { drafts } = await draftsOf(journey, ["--post", keys.newest]);
      expect(drafts.map(({ topics }) => topics)).toEqual([
        ["我的妆", "OOTD"],
        ["mylook", "ootd"],
      ]);
      expect(drafts[0]?.["dropped"]).toContainEqual(expect.objectContaining({ what: "#mybrand" }));
    }));

  test("RedNote's topics are Simplified; the pack holds them for the web editor too", () =>
    inCopy(async (journey) => {
      await captioned(journey, { [keys.newest]: "今天的海 #城市寫生" });
      const { drafts } = await draftsOf(journey, ["--post", keys.newest]);
      expect(drafts.map(({ topics }) => topics)).toEqual([["城市写生"], ["城市寫生"]]);
      for (const to of ["rednote", "lemon8"]) {
        expect((await journey.run(["publish", "--post", keys.newest, "--to", to])).code).toBe(0);
      }
      const page = (to: string) =>
        journey.read(`${draftFolder(journey, keys.newest, to)}/index.html`);
      expect(page("rednote")).toContain("#城市写生[话题]#</textarea>");
      expect(page("lemon8")).not.toContain("[话题]");
    }));
});
