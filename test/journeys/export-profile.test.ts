import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { creatorOf } from "../look-alike/tiktok/index.ts";
import type { CliRun } from "../support/cli.ts";
import { problemsOf } from "./export-journey.ts";
import { startPageJourney } from "./page-journey.ts";
import type { PageJourney } from "./page-journey.ts";

const words = ["export", "@mira.paints", "--headless", "--skip-media"];

let journey: PageJourney;

afterEach(async () => {
  await journey.expectClean([]);
  await journey.dispose();
});

/** Ids of the posts of a run, in the order of the creator's list. */
function idsOf(run: CliRun): unknown[] {
  const posts = run.lines.filter(({ type }) => type === "post");
  return posts
    .toSorted((one, other) => (String(one["date"]) < String(other["date"]) ? 1 : -1))
    .map((post) => post["id"]);
}

describe("export @handle", () => {
  it("reads a hundred posts to the end into a new library, and asks the page for nothing itself", async () => {
    const creator = creatorOf("mira.paints", 100);
    journey = await startPageJourney(creator);
    const { tiktok, library, profiles } = journey;
    const first = await journey.run(words);
    expect(first.code, first.out + first.error).toBe(0);
    expect(idsOf(first)).toEqual(creator.posts.map(({ id }) => id));
    expect(problemsOf(first, "posts-missing")).toEqual([]);
    const profile = JSON.parse(readFileSync(join(library, "profile.json"), "utf8")) as object;
    expect(profile).toMatchObject({ handle: "mira.paints", followers: 427_682, posts: 100 });
    const settings = readFileSync(join(library, "findmehere.jsonc"), "utf8");
    expect(settings).toContain('"mira.paints"');

    // The look-alike answers only what the page's own script signed: three pages, and not one more.
    expect(tiktok.listRequests().map(({ status }) => status)).toEqual([200, 200, 200]);
    const asked = new Set(tiktok.requests.map(({ userAgent }) => userAgent));
    expect(asked.size).toBe(1);

    const [id = "", ...others] = readdirSync(profiles);
    expect(others).toEqual([]);
    if (process.platform !== "win32") {
      const modes = ["", id, `${id}/tiktok`, `${id}/tiktok/profile`].map(
        (folder) => statSync(join(profiles, folder)).mode & 0o777,
      );
      expect(modes).toEqual([0o700, 0o700, 0o700, 0o700]);
    }

    const again = await journey.run([words[0]!, tiktok.profile, ...words.slice(2)]);
    expect(again.code, again.out).toBe(0);
    expect(again.summary).toMatchObject({ found: 100, exported: 0, unchanged: 100 });
    expect(readdirSync(profiles)).toEqual([id]);

    // Each reading of the page told how many follow, and both stay.
    const list = await journey.run(["followers", "list", "--json"]);
    const told = list.lines.filter(({ type }) => type === "followers");
    expect(told).toHaveLength(2);
    for (const each of told) {
      expect(each).toMatchObject({ place: "tiktok", followers: 427_682, source: "page" });
      expect(each).toMatchObject({ account: "mira.paints", at: expect.stringMatching(/Z$/) });
    }
    await journey.expectClean([first.out, first.error, again.out, again.error]);
  });

  it("takes pinned, overlapping, empty and broken pages, and drops what is not the creator's", async () => {
    const creator = creatorOf("mira.paints", 60, {
      change: (_post, index) => (index === 40 || index === 55 ? { pinned: true } : {}),
    });
    journey = await startPageJourney(creator, {
      ...{ pageSize: 20, pinnedAgain: true, overlap: 4, strangers: 6, reposts: 5 },
      cookieBanner: true,
      listFaults: [
        { on: [2], answer: "empty" },
        { on: [4], answer: "cut" },
        { on: [5], answer: "no-item-list" },
      ],
    });
    const run = await journey.run(words);
    expect(run.code, run.out + run.error).toBe(0);
    const strangers = problemsOf(run, "not-yours");
    expect(strangers).toHaveLength(1);
    expect(run.summary["found"]).toBe(60);
    expect(idsOf(run)).toEqual(creator.posts.map(({ id }) => id));
    const pinned = run.lines.filter((line) => line.type === "post" && line["pinned"] === true);
    expect(pinned.map((post) => post["id"]).toSorted()).toEqual(
      [creator.posts[40]!.id, creator.posts[55]!.id].toSorted(),
    );
  });

  it("says how many posts the page did not show", async () => {
    journey = await startPageJourney(creatorOf("mira.paints", 50), { listEndsAfter: 35 });
    const run = await journey.run(words);
    expect(run.code, run.out).toBe(0);
    expect(run.summary["found"]).toBe(35);
    expect(problemsOf(run, "posts-missing")).toEqual([
      expect.objectContaining({
        severity: "warn",
        message: "Your page says 50 posts; it showed 35.",
        fix: expect.stringContaining("findmehere login tiktok"),
      }),
    ]);
  });

  it("ends where the page tells the same again and again", async () => {
    const repeatPage = { from: 1, times: 1000 };
    journey = await startPageJourney(creatorOf("mira.paints", 50), { repeatPage });
    const run = await journey.run(words);
    expect(run.code, run.out).toBe(0);
    expect(run.summary["found"]).toBe(35);
    expect(problemsOf(run, "posts-missing")).toHaveLength(1);
  });

  it("presses the page's own button, and gives up when the page does", async () => {
    journey = await startPageJourney(creatorOf("mira.paints", 80), {
      somethingWentWrong: { after: 1, times: 2 },
      withoutAuthor: "every-second",
    });
    const mended = await journey.run(words);
    expect(mended.code, mended.out).toBe(0);
    expect(mended.summary["found"]).toBe(80);

    const always = Array.from({ length: 200 }, (_, index) => index + 2);
    journey.tiktok.change({
      somethingWentWrong: null,
      listFaults: [{ on: always, answer: "empty" }],
    });
    const given = await journey.run(words);
    expect(given.code, given.out).toBe(75);
    expect(problemsOf(given, "page-unfinished")[0]?.["message"]).toContain("35 of 80 posts");
    expect(given.summary["found"]).toBe(35);
  });

  it("reads no further than what is wanted", async () => {
    const creator = creatorOf("mira.paints", 100, {
      change: (_post, index) => (index === 99 ? { pinned: true } : {}),
    });
    journey = await startPageJourney(creator, { pageSize: 20 });
    const limited = await journey.run([...words, "--limit", "5"]);
    expect(limited.code, limited.out).toBe(0);
    expect(idsOf(limited)).toEqual(creator.posts.slice(0, 5).map(({ id }) => id));
    expect(problemsOf(limited, "posts-missing")).toEqual([]);
    const since = new Date(creator.posts[24]!.createTime * 1000).toISOString().slice(0, 10);
    const dated = await journey.run([...words, "--since", since]);
    expect(idsOf(dated)).toEqual(creator.posts.slice(0, 25).map(({ id }) => id));
    expect(journey.tiktok.listRequests().length).toBeLessThan(6);
  });
});
