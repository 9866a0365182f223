import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { systemClock } from "../../src/edge/clock.ts";
import { startLemon8 } from "../look-alike/lemon8/index.ts";
import type { Lemon8LookAlike, ProfileFault } from "../look-alike/lemon8/index.ts";
import { findmehere, workFolder } from "../support/cli.ts";
import { withLibraryLock } from "../support/lock.ts";
import { asReader } from "../support/reader.ts";
import { linesOf, migrateWords, start, startJourney, testInCopies } from "./sample-journey.ts";
import type { Journey } from "./sample-journey.ts";

/** What the sample's zip says. */
const onTikTok = 10_214;

const counts = {
  ...{ followerCount: 1042, followingCount: 17, postCount: 23, dugCount: 918, favoredCount: 77 },
};

let lemon8: Lemon8LookAlike;
let sample: Awaited<ReturnType<typeof startJourney>>;

beforeAll(async () => {
  lemon8 = await startLemon8("Mira.Paints");
  sample = await startJourney({
    FINDMEHERE_CREATOR_HANDLES_LEMON8: "mira.paints",
    FINDMEHERE_LEMON8_ORIGIN: lemon8.origin,
  });
  const run = await sample.run([...migrateWords(sample), "--quiet"]);
  expect(run.code, run.error).toBe(0);
});
afterEach(() => {
  lemon8.fail(null);
  lemon8.creator.counts = { ...counts };
  lemon8.requests.length = 0;
});
afterAll(async () => {
  await sample.close();
  await lemon8.close();
});

const inCopy = testInCopies(() => sample);

function snapshot(journey: Journey, at = start) {
  return journey.run(["followers", "snapshot", "--json"], { at });
}

function list(journey: Journey, at = start) {
  return journey.run(["followers", "list", "--json"], { at });
}

async function history(journey: Journey): Promise<unknown[][]> {
  const run = await list(journey);
  expect(run.code, run.out).toBe(0);
  return linesOf(run, "followers").map(({ date, place, followers, source }) => [
    ...[date, place, followers, source],
  ]);
}

describe("followers snapshot", () => {
  inCopy(
    "reads Lemon8 once, takes TikTok's from the export, and RedNote is unknown",
    async (journey) => {
      const run = await snapshot(journey);
      expect(run.code, run.out).toBe(0);
      const [tiktok, rednote, there] = linesOf(run, "followers");
      expect(tiktok).toMatchObject({
        ...{
          place: "tiktok",
          account: "mira.paints.daily",
          followers: onTikTok,
          source: "archive",
        },
        ...{ result: "unchanged" },
      });
      expect(tiktok?.["date"]).toMatch(/^2026-\d\d-\d\d$/);
      expect(tiktok?.["at"]).toMatch(/^2026-\d\d-\d\dT/);
      expect(rednote).toEqual({
        ...{ type: "followers", place: "rednote", account: "", followers: null, following: null },
        ...{ posts: null, likes: null, saves: null, date: null, at: null, source: null },
        result: "unknown",
      });
      expect(there).toEqual({
        ...{ type: "followers", place: "lemon8", account: "Mira.Paints", followers: 1042 },
        ...{ following: 17, posts: 23, likes: 918, saves: 77, source: "read", result: "recorded" },
        ...{ date: "2026-10-05", at: expect.stringMatching(/^2026-10-05T08:00:0\d\.\d{3}Z$/) },
      });
      expect(run.summary).toMatchObject({
        ...{ command: "followers snapshot", recorded: 1, unchanged: 1, unknown: 1 },
        counts: { tiktok: onTikTok, rednote: null, lemon8: 1042 },
        problems: { stop: 0, warn: 0, note: 1 },
      });
      const [said] = linesOf(run, "problem");
      expect(said).toMatchObject({ code: "count-unknown", to: "rednote" });
      expect(said?.["message"]).toContain("cannot be read");
      expect(said?.["fix"]).toContain("findmehere followers add rednote=1234");
      expect(lemon8.requests.map(({ path }) => path)).toEqual(["/@mira.paints"]);
      expect(lemon8.requests[0]?.headers.cookie).toBeUndefined();
    },
  );

  inCopy("tells people the same in a table, unknown and never 0", async (journey) => {
    const run = await journey.run(["followers", "snapshot"]);
    expect(run.code, run.error).toBe(0);
    const rows = run.out.trim().split("\n");
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(/2026-\d\d-\d\d {2}TikTok +10,214 {2}told by TikTok's zip$/);
    expect(rows[1]).toMatch(/RedNote +unknown$/);
    expect(rows[2]).toMatch(/^2026-10-05 {2}Lemon8 +1,042 {2}read from your page$/);
    expect(run.error).toContain("findmehere followers add rednote=1234");
  });

  inCopy("keeps what came before, and asks at most every five minutes", async (journey) => {
    await snapshot(journey);
    lemon8.creator.counts = { ...counts, followerCount: 1050 };
    const soon = await snapshot(journey, "2026-10-05T08:03:30Z");
    expect(soon.code).toBe(75);
    expect(soon.summary).toMatchObject({ recorded: 0, unchanged: 2, unknown: 1 });
    expect(soon.summary["counts"]).toMatchObject({ lemon8: 1042 });
    const early = linesOf(soon, "problem").find(({ code }) => code === "look-too-early");
    expect(early).toMatchObject({ severity: "note", to: "lemon8" });
    expect(early?.["fix"]).toContain("Try again in 2 minutes");
    expect(lemon8.requests).toHaveLength(1);
    const later = await snapshot(journey, "2026-10-05T08:06:00Z");
    expect(later.code).toBe(0);
    expect(later.summary["counts"]).toMatchObject({ lemon8: 1050 });
    expect(lemon8.requests).toHaveLength(2);
    const there = (await history(journey)).filter(([, place]) => place === "lemon8");
    expect(there).toEqual([
      ["2026-10-05", "lemon8", 1042, "read"],
      ["2026-10-05", "lemon8", 1050, "read"],
    ]);
  });

  inCopy("two at once ask once", async (journey) => {
    const runs = await Promise.all([snapshot(journey), snapshot(journey)]);
    expect(runs.map(({ code }) => code).toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual([0, 75]);
    expect(lemon8.requests).toHaveLength(1);
  });

  inCopy("confirm and snapshot share that patience", async (journey) => {
    const monday = "2026-10-05T18:00:00Z";
    await journey.run(["publish", "--due", "--quiet"], { at: monday });
    expect((await snapshot(journey, "2026-10-05T18:20:00Z")).code).toBe(0);
    const confirm = await journey.run(["confirm", "--json"], { at: "2026-10-05T18:22:00Z" });
    expect(confirm.code).toBe(0);
    expect(confirm.summary).toMatchObject({ looked: 0 });
    expect(linesOf(confirm, "problem")).toMatchObject([{ code: "look-too-early", to: "lemon8" }]);
    expect(lemon8.requests).toHaveLength(1);
    const looked = await journey.run(["confirm", "--json"], { at: "2026-10-05T18:26:00Z" });
    expect(looked.summary).toMatchObject({ looked: 1, pending: 1 });
    expect((await snapshot(journey, "2026-10-05T18:28:00Z")).code).toBe(75);
    expect(lemon8.requests).toHaveLength(2);
  });

  const faults: [ProfileFault, string, RegExp, number][] = [
    ["forbidden", "page-blocked", /does not let findmehere look .*\(403\)/, 75],
    ["too-many", "page-blocked", /\(429\)/, 75],
    ["missing", "account-not-found", /no page of your account \(404\)/, 3],
    ["no-account", "account-not-found", /no page of your account/, 3],
    ["other-account", "account-not-found", /another account's page/, 3],
    ["private", "account-hidden", /is private/, 3],
    ["banned", "account-hidden", /is closed/, 3],
    ["closed-region", "account-hidden", /where this computer is/, 3],
    ["no-data", "page-changed", /its data cannot be found/, 3],
    ["renamed-beyond", "page-changed", /the account cannot be found/, 3],
    ["server-error", "page-unreachable", /fault of its own \(502\)/, 75],
    ["cut", "page-unreachable", /could not be reached/, 75],
    ["led-away", "page-unreachable", /does not visit/, 75],
  ];
  test.each(faults)(
    "where the page is %s it says %s and notes nothing",
    async (fault, code, words, exit) => {
      const journey = sample.copy();
      try {
        lemon8.fail(fault);
        const run = await snapshot(journey);
        expect(run.code).toBe(exit);
        const said = linesOf(run, "problem").find(({ to }) => to === "lemon8");
        expect(said).toMatchObject({ code });
        expect(said?.["message"]).toMatch(words);
        expect(`${String(said?.["message"])} ${String(said?.["fix"])}`).not.toMatch(
          /--url|the post\b/,
        );
        expect(run.summary["counts"]).toEqual({ tiktok: onTikTok, rednote: null, lemon8: null });
        expect(await history(journey)).toHaveLength(1);
        expect(lemon8.requests.filter(({ path }) => path === "/@mira.paints").length).toBe(1);
      } finally {
        journey.dispose();
      }
    },
  );

  inCopy(
    "a page without the number leaves it unknown, and its names may change a little",
    async (journey) => {
      lemon8.creator.counts = { followingCount: 17 };
      const run = await snapshot(journey);
      expect(run.code).toBe(0);
      const there = linesOf(run, "followers").find(({ place }) => place === "lemon8");
      expect(there).toMatchObject({ followers: null, following: 17, result: "unknown" });
      expect((await journey.run(["followers", "list"])).out).toMatch(/Lemon8 +unknown {2}read/);
      lemon8.creator.counts = { ...counts, followerCount: "1051" };
      lemon8.fail("renamed");
      const renamed = await snapshot(journey, "2026-10-05T09:00:00Z");
      expect(renamed.summary["counts"]).toMatchObject({ lemon8: 1051 });
    },
  );

  inCopy("what was noted by hand is what is known of RedNote, with its day", async (journey) => {
    await journey.run(["followers", "add", "rednote=31", "--on", "2026-09-30"]);
    const run = await snapshot(journey);
    expect(linesOf(run, "followers")[1]).toMatchObject({
      ...{ place: "rednote", followers: 31, date: "2026-09-30", source: "by-hand" },
      result: "unchanged",
    });
    expect(linesOf(run, "problem")).toMatchObject([{ code: "count-unknown", to: "rednote" }]);
    lemon8.fail("forbidden");
    const later = await snapshot(journey, "2026-10-06T08:00:00Z");
    expect(later.summary["counts"]).toEqual({ tiktok: onTikTok, rednote: 31, lemon8: null });
    expect((await history(journey)).filter(([, place]) => place === "rednote")).toHaveLength(1);
  });

  inCopy("without a Lemon8 handle it looks nowhere and says what to set", async (journey) => {
    const run = await journey.run(["followers", "snapshot", "--json"], {
      environment: { FINDMEHERE_CREATOR_HANDLES_LEMON8: "" },
    });
    expect(run.code).toBe(0);
    const said = linesOf(run, "problem").find(({ to }) => to === "lemon8");
    expect(said?.["fix"]).toContain("findmehere config set creator.handles.lemon8");
    expect(lemon8.requests).toEqual([]);
  });

  inCopy("what an earlier findmehere knew of TikTok is taken over once", async (journey) => {
    forget(journey);
    const first = await snapshot(journey);
    expect(linesOf(first, "followers")[0]).toMatchObject({
      ...{ place: "tiktok", followers: onTikTok, source: "archive", result: "recorded" },
    });
    const again = await snapshot(journey, "2026-10-06T08:00:00Z");
    expect(linesOf(again, "followers")[0]).toMatchObject({ result: "unchanged" });
    expect((await history(journey)).filter(([, place]) => place === "tiktok")).toHaveLength(1);
  });

  inCopy("an export that tells another number adds it and takes nothing away", async (journey) => {
    const before = await history(journey);
    expect(before).toMatchObject([[expect.any(String), "tiktok", onTikTok, "archive"]]);
    const words = ["export", journey.archive, "--skip-media", "--quiet"];
    expect((await journey.run(words)).code).toBeLessThanOrEqual(3);
    expect(await history(journey)).toEqual(before);
  });

  inCopy("goes on beside a run that writes the library", async (journey) => {
    const clock = systemClock({});
    await withLibraryLock(journey.library, { command: "export", clock }, async () => {
      expect((await snapshot(journey)).code).toBe(0);
      const add = await journey.run(["followers", "add", "rednote=7", "--json"]);
      expect(add.code, add.out).toBe(0);
      expect(await history(journey)).toHaveLength(3);
    });
  });
});

describe("followers add", () => {
  inCopy(
    "notes numbers by hand, for today or a day before, beside what was read",
    async (journey) => {
      await snapshot(journey);
      const today = await journey.run([
        "followers",
        "add",
        "rednote=1,234",
        "lemon8=1043",
        "--json",
      ]);
      expect(today.code, today.out).toBe(0);
      expect(linesOf(today, "followers")).toMatchObject([
        { place: "rednote", followers: 1234, source: "by-hand", date: "2026-10-05", at: null },
        { place: "lemon8", followers: 1043, account: "mira.paints", result: "recorded" },
      ]);
      expect(today.summary).toMatchObject({ recorded: 2, unchanged: 0, date: "2026-10-05" });
      const words = ["followers", "add", "rednote=0", "--on", "2026-09-01"];
      expect((await journey.run(words)).out).toContain("2026-09-01  RedNote  0  noted by you");
      const all = await history(journey);
      expect(all.filter(([, place]) => place !== "tiktok")).toEqual([
        ["2026-09-01", "rednote", 0, "by-hand"],
        ["2026-10-05", "lemon8", 1042, "read"],
        ["2026-10-05", "rednote", 1234, "by-hand"],
        ["2026-10-05", "lemon8", 1043, "by-hand"],
      ]);
      expect((await list(journey)).summary).toMatchObject({
        newest: { tiktok: onTikTok, rednote: 1234, lemon8: 1043 },
      });
    },
  );

  inCopy("a correction is one more word, the same word is none", async (journey) => {
    for (const [number, result] of [
      ["9", "recorded"],
      ["9", "unchanged"],
      ["8", "recorded"],
      ["9", "recorded"],
    ]) {
      const run = await journey.run(["followers", "add", `tiktok=${number}`, "--json"]);
      expect(linesOf(run, "followers")).toMatchObject([{ followers: Number(number), result }]);
    }
    const typed = (await history(journey)).filter(([, , , source]) => source === "by-hand");
    expect(typed.map(([, , followers]) => followers)).toEqual([9, 8, 9]);
    expect((await list(journey)).summary["newest"]).toMatchObject({ tiktok: 9 });
  });

  const refused: [string[], string][] = [
    [["rednote"], "not-a-count"],
    [["rednote="], "not-a-count"],
    [["rednote=1.2K"], "not-a-count"],
    [["rednote=10+"], "not-a-count"],
    [["rednote=-4"], "not-a-count"],
    [["rednote=1,23"], "not-a-count"],
    [["rednote=99999999999"], "not-a-count"],
    [["lemon8=5", "rednote=1.2K"], "not-a-count"],
    [["rednote=5", "rednote=6"], "not-a-count"],
    [["redbook=5"], "unknown-place"],
    [["=5"], "unknown-place"],
    [["rednote=5", "--on", "2026-10-06"], "wrong-option"],
    [["rednote=5", "--on", "2026-02-30"], "wrong-option"],
    [["rednote=5", "--on", "2026-10-01T10:00Z"], "wrong-option"],
    [["rednote=5", "--on", "yesterday"], "wrong-option"],
  ];
  test("refuses what is no number, place or day, and notes nothing", async () => {
    const before = await history(sample);
    for (const [words, error] of refused) {
      const run = await sample.run(["followers", "add", ...words, "--json"]);
      expect([words, run.code, run.summary["error"]]).toEqual([words, 2, error]);
    }
    expect(await history(sample)).toEqual(before);
  });

  inCopy("without a number it names what is missing", async (journey) => {
    const run = await journey.run(["followers", "add"]);
    expect(run.code).toBe(2);
    expect(run.error).toContain("numbers");
  });
});

describe("followers list", () => {
  inCopy("is a table for people", async (journey) => {
    await snapshot(journey);
    await journey.run(["followers", "add", "rednote=12"]);
    const { out, code } = await journey.run(["followers", "list"]);
    expect(code).toBe(0);
    expect(out.split("\n").toSorted()).toEqual([
      "",
      "2026-10-05  Lemon8    1,042  read from your page",
      "2026-10-05  RedNote      12  noted by you",
      "2026-10-05  TikTok   10,214  told by TikTok's zip",
      "Days in Europe/Madrid.",
      "Newest: TikTok 10,214, RedNote 12, Lemon8 1,042.",
    ]);
  });

  inCopy("shows an empty one what to type next", async (journey) => {
    forget(journey);
    const run = await journey.run(["followers", "list"]);
    expect(run.code).toBe(0);
    expect(run.out).toContain("No number was noted yet.\nNext: findmehere followers snapshot");
  });

  inCopy("reads a library that may not be written; adding says that it cannot", async (journey) => {
    await journey.run(["followers", "add", "rednote=12"]);
    const read = await asReader(journey, ["followers", "list", "--json"]);
    expect(read.code, read.error).toBe(0);
    expect(read.out).toContain('"place":"rednote"');
    for (const words of [["add", "rednote=13"], ["snapshot"]]) {
      const wrote = await asReader(journey, ["followers", ...words]);
      expect(wrote.code, wrote.error).toBe(69);
      expect(wrote.error).not.toContain("bug");
    }
    expect(lemon8.requests).toEqual([]);
    expect(await history(journey)).toHaveLength(2);
  });
});

test("without a library each of them says so", async () => {
  const folder = workFolder();
  try {
    for (const words of [["snapshot"], ["add", "rednote=1"], ["list"]]) {
      const run = await findmehere(["followers", ...words, "--json"], { cwd: folder.path });
      expect([run.code, run.summary["error"]], words.join(" ")).toEqual([2, "no-library"]);
    }
  } finally {
    folder.dispose();
  }
});

/** As if no export had told a number. */
function forget(journey: Journey): void {
  const db = new DatabaseSync(join(journey.library, "findmehere.db"));
  db.exec("delete from follower_counts");
  db.close();
}
