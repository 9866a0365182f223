import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { CliRun } from "../support/cli.ts";
import {
  draftFolder,
  itemsOf,
  keys,
  linesOf,
  migrateWords,
  queueOf,
  start,
  startJourney,
  testInCopies,
  zone,
} from "./sample-journey.ts";
import type { Journey, OpenJourney } from "./sample-journey.ts";

/** Drafts and introductions, nothing planned yet. */
let sample: OpenJourney;

beforeAll(async () => {
  sample = await startJourney();
  for (const words of [["export", ...migrateWords(sample).slice(1)], ["announce"], ["prepare"]]) {
    const run = await sample.run([...words, "--quiet"]);
    expect(run.code, run.error).toBe(0);
  }
});
afterAll(() => sample.close());

const inCopy = testInCopies(() => sample);

describe("queue add", () => {
  inCopy(
    "--dry-run prints exactly what the real run makes, and changes nothing",
    async (journey) => {
      const words = ["queue", "add", "--json", "--per-week", "5", "--times", "12:00,19:30"];
      const dry = await journey.run([...words, "--dry-run"]);
      expect(dry.code).toBe(0);
      const between = await journey.run(["queue", "list", "--all", "--json"]);
      expect(linesOf(between, "publication").every(({ state }) => state === "draft")).toBe(true);
      const real = await journey.run(words);
      expect(linesOf(real, "publication")).toEqual(linesOf(dry, "publication"));
      expect(linesOf(real, "problem")).toEqual(linesOf(dry, "problem"));
      expect({ ...real.summary, dryRun: true }).toEqual(dry.summary);
      expect(real.summary).toMatchObject({ command: "queue add", planned: 32, held: 4 });
      const list = await journey.run(["queue", "list", "--state", "queued", "--json"]);
      expect(queueOf(list).toSorted()).toEqual(queueOf(real).toSorted());
      const again = await journey.run(words);
      expect(again.summary).toMatchObject({ planned: 0, held: 0, firstDue: null });
    },
  );

  test("--order decides who goes first; the introduction stays at the head", async () => {
    const first = async (order: string) => {
      const run = await sample.run(["queue", "add", "--dry-run", "--json", "--order", order]);
      return itemsOf(run)
        .filter((item) => item.endsWith("@lemon8"))
        .map((item) => item.slice(0, -"@lemon8".length));
    };
    const newest = await first("newest");
    const oldest = await first("oldest");
    const best = await first("best");
    expect(newest.slice(0, 2)).toEqual(["hello", keys.newest]);
    expect(oldest.slice(0, 2)).toEqual(["hello", keys.oldest]);
    expect(best).toEqual(["hello", ...bestFirst(newest.slice(1))]);
    expect(best.indexOf(keys.mostLiked)).toBeLessThan(newest.indexOf(keys.mostLiked));
    expect(oldest.slice(1)).toEqual(newest.slice(1).toReversed());
    expect(best.toSorted()).toEqual(newest.toSorted());
    const wrong = await sample.run(["queue", "add", "--dry-run", "--order", "newst"]);
    expect(wrong.code).toBe(2);
    expect(wrong.error).toContain("Did you mean newest?");
  });

  test("caps hold in every day and in any seven days, for each destination", async () => {
    const usual = await plan([]);
    expect(most(usual, "rednote", 1)).toBe(1);
    expect(most(usual, "rednote", 7)).toBe(3);
    expect(most(usual, "lemon8", 7)).toBe(7);
    const more = await plan(["--per-day", "2", "--per-week", "9", "--times", "12:00,19:30"]);
    for (const to of ["rednote", "lemon8"]) {
      expect(most(more, to, 1)).toBe(2);
      expect(most(more, to, 7)).toBe(9);
    }
  });

  test("keeps the time of day over the change of the clock", async () => {
    const run = await plan(["--to", "lemon8", "--per-week", "7"]);
    const local = linesOf(run, "publication").map(({ due }) => wallClock(String(due), zone));
    expect(local.length).toBe(16);
    for (const time of local) expect(time >= "19:10" && time <= "19:50").toBe(true);
    const before = await sample.run(
      ["queue", "add", "--dry-run", "--json", "--to", "lemon8", "--start", "2026-10-23"],
      {},
    );
    const utcHours = linesOf(before, "publication").map(({ due }) =>
      Number(String(due).slice(11, 13)),
    );
    // Summer time ends in Madrid on 25 October 2026: 19:30 is 17:30 UTC before and 18:30 after.
    expect(utcHours.slice(0, 2)).toEqual([17, 17]);
    expect(utcHours.slice(2).every((hour) => hour === 18)).toBe(true);
  });

  test("--zone plans in another zone, and the creator's own night stays quiet", async () => {
    const run = await plan(["--zone", "America/New_York", "--times", "12:00", "--to", "lemon8"]);
    for (const { due } of linesOf(run, "publication")) {
      const time = wallClock(String(due), "America/New_York");
      expect(time >= "11:40" && time <= "12:20").toBe(true);
    }
    const night = await sample.run([
      "queue",
      "add",
      "--dry-run",
      "--zone",
      "America/New_York",
      "--times",
      "20:00",
    ]);
    // 20:00 in New York is two in the morning in Madrid, on every day of the year.
    expect(night.code).toBe(78);
    expect(night.error).toContain("queue.quietHours");
    const unknown = await sample.run(["queue", "add", "--dry-run", "--zone", "Mars/Olympus"]);
    expect(unknown.code).toBe(78);
    expect(unknown.error).toContain("America/New_York");
  });

  test("--start keeps every slot from that local day on", async () => {
    const run = await plan(["--start", "2026-12-01"]);
    expect(linesOf(run, "publication")[0]?.["due"]).toMatch(/^2026-12-01T18:/);
    const wrong = await sample.run(["queue", "add", "--dry-run", "--start", "2026-02-30"]);
    expect(wrong.code).toBe(2);
    expect(wrong.error).toContain('--start cannot be "2026-02-30".');
  });

  test("notes how many go out after the deadline, by the creator's own day", async () => {
    const last = await plan(["--to", "lemon8"]);
    const day = new Date(Date.parse(String(last.summary["lastDue"])) + 2 * 3_600_000)
      .toISOString()
      .slice(0, 10);
    const deadline = (value: string) => ({
      environment: { FINDMEHERE_CREATOR_DEADLINE: value },
    });
    const words = ["queue", "add", "--dry-run", "--json", "--to", "lemon8"];
    const inTime = await sample.run(words, deadline(day));
    expect(linesOf(inTime, "problem").map(({ code }) => code)).not.toContain("after-deadline");
    const late = await sample.run(words, deadline("2026-10-06"));
    const told = linesOf(late, "problem").filter(({ code }) => code === "after-deadline");
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      severity: "note",
      message: "14 of 16 posts go out after your deadline, 2026-10-06.",
    });
    // An evening in New York is the next day in UTC, and still the same day for the creator.
    const evening = await sample.run([...words, "--times", "21:00"], {
      environment: {
        FINDMEHERE_CREATOR_TIME_ZONE: "America/New_York",
        FINDMEHERE_CREATOR_DEADLINE: "2026-10-05",
        FINDMEHERE_QUEUE_JITTER: "0",
      },
    });
    expect(evening.summary["firstDue"]).toBe("2026-10-06T01:00:00Z");
    expect(linesOf(evening, "problem").find(({ code }) => code === "after-deadline")).toMatchObject(
      { message: "15 of 16 posts go out after your deadline, 2026-10-05." },
    );
  });
});

describe("queue list and queue release", () => {
  inCopy("list shows what is not finished, --state some, --all everything", async (journey) => {
    const nothing = await journey.run(["queue", "list", "--state", "queued"]);
    expect(nothing.code).toBe(0);
    expect(nothing.out).toContain("queue list --all");
    await journey.run(["queue", "add", "--quiet"]);
    const at = "2026-10-05T18:00:00Z";
    await journey.run(["publish", "--due", "--quiet"], { at });
    const url = "https://www.lemon8-app.com/@mira.paints/7410000000000000001";
    const live = await journey.run(["confirm", "--post", "hello", "--to", "lemon8", "--url", url], {
      at,
    });
    expect(live.code, live.error).toBe(0);
    const open = await journey.run(["queue", "list", "--json"], { at });
    expect(open.summary).toMatchObject({ command: "queue list", shown: 35, all: 36 });
    expect(itemsOf(open)).not.toContain("hello@lemon8");
    const all = await journey.run(["queue", "list", "--all", "--json"], { at });
    expect(itemsOf(all)).toHaveLength(36);
    const some = await journey.run(["queue", "list", "--state", "live,handed-off", "--json"]);
    expect(itemsOf(some).toSorted()).toEqual(["hello@lemon8", "hello@rednote"]);
    const one = await journey.run(["queue", "list", "--state", "held", "--to", "lemon8"]);
    expect(one.out).toContain(`${keys.noCaption}@lemon8`);
    expect(one.out).toContain("no slot");
    expect(one.out).not.toContain("@rednote");
    const wrong = await journey.run(["queue", "list", "--state", "hold"]);
    expect(wrong.code).toBe(2);
    expect(wrong.error).toContain("Did you mean held?");
  });

  inCopy("a title in title.txt releases a held post: one item, a key, several", async (journey) => {
    await journey.run(["queue", "add", "--quiet"]);
    const still = await journey.run(["queue", "release", `${keys.noCaption}@rednote`, "--json"]);
    expect(still.code).toBe(0);
    expect(still.summary).toMatchObject({ command: "queue release", planned: 0, held: 1 });
    expect(linesOf(still, "problem")[0]).toMatchObject({ code: "needs-title" });
    expect(String(linesOf(still, "problem")[0]?.["message"])).toContain("It stays held.");

    write(journey, keys.noCaption, "rednote", "织出来的画");
    const one = await journey.run(["queue", "release", `${keys.noCaption}@rednote`, "--json"]);
    expect(one.code).toBe(0);
    expect(one.summary).toMatchObject({ planned: 1, held: 0 });
    const last = (await journey.run(["queue", "list", "--to", "rednote", "--json"])).lines;
    expect(queueOf(one)).toHaveLength(1);
    const dues = last.flatMap(({ due }) => (typeof due === "string" ? [due] : []));
    expect(new Set(dues).size).toBe(17);

    write(journey, keys.emptyCaption, "rednote", "格子");
    write(journey, keys.emptyCaption, "lemon8", "Plaid");
    const key = await journey.run(["queue", "release", keys.emptyCaption, "--json"]);
    expect(key.summary).toMatchObject({ planned: 2, held: 0 });
    expect(itemsOf(key).toSorted()).toEqual([
      `${keys.emptyCaption}@lemon8`,
      `${keys.emptyCaption}@rednote`,
    ]);
    const left = await journey.run(["queue", "list", "--state", "held", "--json"]);
    expect(itemsOf(left)).toEqual([`${keys.noCaption}@lemon8`]);
  });

  inCopy("several items at once are released together", async (journey) => {
    await journey.run(["queue", "add", "--quiet"]);
    write(journey, keys.noCaption, "lemon8", "A weave of colours");
    write(journey, keys.emptyCaption, "lemon8", "Plaid");
    const several = await journey.run([
      "queue",
      "release",
      `${keys.noCaption}@lemon8`,
      `${keys.emptyCaption}@lemon8`,
      "--json",
    ]);
    expect(several.summary).toMatchObject({ planned: 2, held: 0 });
  });

  inCopy(
    "--allow passes over a stop, and the pack goes out on its day all the same",
    async (journey) => {
      await journey.run(["queue", "add", "--quiet"]);
      const item = `${keys.noCaption}@rednote`;
      const typo = await journey.run(["queue", "release", item, "--allow", "need-title"]);
      expect(typo.code).toBe(2);
      expect(typo.error).toContain("Did you mean needs-title?");
      const over = await journey.run([
        "queue",
        "release",
        item,
        "--allow",
        "needs-title",
        "--json",
      ]);
      expect(over.summary).toMatchObject({ planned: 1, held: 0 });
      // A later prepare does not take the permission back while the words are the same.
      await journey.run(["prepare", "--quiet"]);
      const at = "2026-11-20T18:00:00Z";
      const publish = await journey.run(
        ["publish", "--post", keys.noCaption, "--to", "rednote", "--json"],
        { at },
      );
      expect(publish.code, publish.out).toBe(0);
      expect(publish.summary).toMatchObject({ due: 1, handedOff: 1, failed: 0 });
    },
  );

  inCopy("--all releases what is mended and leaves the rest held", async (journey) => {
    await journey.run(["queue", "add", "--quiet"]);
    write(journey, keys.noCaption, "rednote", "织出来的画");
    write(journey, keys.emptyCaption, "lemon8", "Plaid");
    const run = await journey.run(["queue", "release", "--all", "--json"]);
    expect(run.code).toBe(0);
    expect(run.summary).toMatchObject({ command: "queue release", planned: 2, held: 2 });
    expect(itemsOf(run).toSorted()).toEqual([
      `${keys.noCaption}@rednote`,
      `${keys.emptyCaption}@lemon8`,
    ]);
    const unclear = await journey.run(["queue", "release"]);
    expect(unclear.code).toBe(2);
    expect(unclear.error).toContain("give --all");
    const both = await journey.run(["queue", "release", "--all", `${keys.noCaption}@lemon8`]);
    expect(both.code).toBe(2);
  });

  inCopy(
    "releasing what is not held, or not there, exits 2 and changes nothing",
    async (journey) => {
      await journey.run(["queue", "add", "--quiet"]);
      write(journey, keys.noCaption, "rednote", "织出来的画");
      const before = queueOf(await journey.run(["queue", "list", "--all", "--json"]));
      const queued = await journey.run([
        "queue",
        "release",
        `${keys.noCaption}@rednote`,
        `${keys.newest}@rednote`,
        "--json",
      ]);
      expect(queued.code).toBe(2);
      expect(queued.summary).toMatchObject({ error: "move-not-allowed" });
      const nobody = await journey.run(["queue", "release", "7000000000000000000@lemon8"]);
      expect(nobody.code).toBe(2);
      expect(nobody.error).toContain("There is no publication 7000000000000000000@lemon8.");
      const place = await journey.run(["queue", "release", "hello@lemon9"]);
      expect(place.code).toBe(2);
      expect(place.error).toContain("lemon8");
      expect(queueOf(await journey.run(["queue", "list", "--all", "--json"]))).toEqual(before);
    },
  );
});

/** Views for each day up to the newest post, a month at least; likes stand in at the rate of those with both. */
function bestFirst(posts: readonly string[]): string[] {
  const rows = sample
    .read("posts.jsonl")
    .trimEnd()
    .split("\n")
    .map(
      (line) =>
        JSON.parse(line) as {
          key: string;
          date: string;
          views: number | null;
          likes: number | null;
        },
    );
  const latest = Math.max(...rows.map(({ date }) => Date.parse(date)));
  const both = rows.filter(({ views, likes }) => views !== null && likes !== null);
  const sum = (name: "views" | "likes") => both.reduce((all, row) => all + (row[name] ?? 0), 0);
  const rate = sum("views") / sum("likes") || 1;
  const score = (key: string): number => {
    const row = rows.find((each) => each.key === key);
    if (row === undefined || (row.views ?? row.likes) === null) return -1;
    const days = Math.floor((latest - Date.parse(row.date)) / 86_400_000);
    return (row.views ?? (row.likes ?? 0) * rate) / Math.max(30, days);
  };
  return posts.toSorted((one, other) => score(other) - score(one));
}

async function plan(words: readonly string[]): Promise<CliRun> {
  const run = await sample.run(["queue", "add", "--dry-run", "--json", ...words]);
  expect(run.code, run.out).toBe(0);
  for (const { due } of linesOf(run, "publication")) expect(String(due) >= start).toBe(true);
  return run;
}

/** Writes a title as a person would, with an editor's line break. */
function write(journey: Journey, post: string, to: string, title: string): void {
  journey.write(`${draftFolder(journey, post, to)}/title.txt`, `${title}\n`);
}

/** The most posts of a destination in so many consecutive local days. */
function most(run: CliRun, to: string, days: number): number {
  const own = linesOf(run, "publication")
    .filter((line) => line["to"] === to)
    .map(({ due }) => localDay(String(due)));
  return Math.max(
    ...own.map((first) => own.filter((day) => day >= first && day < first + days).length),
  );
}

function localDay(due: string): number {
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(new Date(due));
  return Date.parse(day) / 86_400_000;
}

function wallClock(due: string, place: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: place,
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(due));
}
