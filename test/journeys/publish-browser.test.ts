import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { makeDueLibrary, runCounting, statesOf } from "../crash/publish/library.ts";
import type { DueLibrary, PublishRunOptions } from "../crash/publish/library.ts";
import { startCountingSite } from "../look-alike/counting/site.ts";
import type { CountingOptions } from "../look-alike/counting/site.ts";

let made: DueLibrary;
let number = 0;

beforeAll(async () => {
  made = await makeDueLibrary(3);
}, 60_000);
afterAll(() => made.dispose());

interface Line extends Record<string, unknown> {
  type: string;
}

/** A copy of the library with a site of its own. */
async function stage(options: CountingOptions = {}) {
  const site = await startCountingSite(options);
  onTestFinished(() => site.close());
  number += 1;
  const library = made.copy(`stage-${number}`);
  const run = async (words: readonly string[], more: Partial<PublishRunOptions> = {}) => {
    const json = ["publish", "confirm", "status"].includes(words[0] ?? "") ? ["--json"] : [];
    const done = await runCounting([...words, ...json], { library, origin: site.origin, ...more });
    const lines = json.length === 0 ? [] : linesOf(done.out);
    return { ...done, lines, summary: lines.at(-1) ?? { type: "none" } };
  };
  const states = () => statesOf(library).map(({ state }) => state);
  return { site, library, run, states };
}

function linesOf(out: string): Line[] {
  return out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
}

function problems(lines: readonly Line[], code: string): Line[] {
  return lines.filter((line) => line.type === "problem" && line["code"] === code);
}

const due = ["publish", "--due"];
const dayAfter = (days: number, time = "12:30") =>
  `2026-12-${String(1 + days).padStart(2, "0")}T${time}:00Z`;

describe("the way on which findmehere presses", () => {
  it("sends each due post once, sees it live, and has nothing more to do", async () => {
    const { site, run, states } = await stage();
    const dry = await run([...due, "--dry-run"]);
    expect(site.presses()).toBe(0);
    const first = await run(due);
    expect(first.code).toBe(0);
    expect(first.summary).toMatchObject({ due: 3, submitted: 3, looked: 3, live: 3, failed: 0 });
    const sent = (lines: readonly Line[]) =>
      lines.filter(({ state }) => state === "submitted").map(({ post }) => post);
    expect(sent(dry.lines)).toEqual(sent(first.lines));
    expect(states()).toEqual(["live", "live", "live"]);
    expect((await run(due)).summary).toMatchObject({ due: 0, submitted: 0, looked: 0 });
    expect([...site.accepted.values()]).toEqual([1, 1, 1]);
  });

  it("stops the account at a sign of risk until a person clears it, whatever cron says", async () => {
    const { site, run, states } = await stage({
      fault: (press) => (press === 1 ? "captcha" : "accept"),
    });
    const first = await run(due);
    expect(first.code).toBe(77);
    expect(states()).toEqual(["queued", "queued", "unconfirmed"]);
    for (const days of [1, 2]) {
      const again = await run(due, { now: dayAfter(days) });
      expect(again.code).toBe(0);
      const [said] = problems(again.lines, "account-stopped");
      expect(said).toMatchObject({
        fix: expect.stringContaining("queue release --account counting"),
      });
    }
    expect(site.presses()).toBe(1);
    const status = await run(["status"], { now: dayAfter(2) });
    expect(JSON.stringify(status.summary["needs"])).toContain("queue release --account counting");
    const cleared = await run(["queue", "release", "--account", "counting"]);
    expect(cleared.code).toBe(0);
    expect(cleared.out).toContain("The site wants a person.");
    await run(due, { now: dayAfter(3) });
    expect(states().toSorted()).toEqual(["live", "live", "unconfirmed"]);
    const none = await run(["queue", "release", "--account", "counting"]);
    expect(none.code).toBe(2);
    expect(none.error).toContain("is not stopped");
  });

  it("notes a refusal with its words and does not try again", async () => {
    const { site, run, states } = await stage({ fault: () => "refuse" });
    const first = await run(due);
    expect(first.code).toBe(3);
    expect(first.summary).toMatchObject({ refused: 3, submitted: 0 });
    expect(problems(first.lines, "page-refused")[0]).toMatchObject({ message: "违反社区规范" });
    await run(due, { now: dayAfter(1) });
    expect(site.presses()).toBe(3);
    expect(states()).toEqual(["refused", "refused", "refused"]);
    const shown = await run(["queue", "show", statesOfFirst(first.lines)]);
    expect(shown.out).toContain("违反社区规范");
  });

  it("asks a person where nobody saw the answer, and presses again only on their word", async () => {
    const { site, run, states } = await stage({
      fault: (press) => (press <= 3 ? "fail-before" : "accept"),
    });
    const first = await run(due);
    expect(first.code).toBe(3);
    expect(first.summary).toMatchObject({ unconfirmed: 3 });
    const [said] = problems(first.lines, "outcome-unknown");
    expect(said).toMatchObject({ fix: expect.stringContaining("--not-there") });
    await run(due, { now: dayAfter(1) });
    expect(site.presses()).toBe(3);
    expect(states()).toEqual(["unconfirmed", "unconfirmed", "unconfirmed"]);
    const post = String(said?.["post"]);
    const word = ["confirm", "--post", post, "--to", "counting", "--not-there"];
    const back = await run(word, { now: dayAfter(1) });
    expect(back.summary).toMatchObject({ state: "queued" });
    expect((await run(word, { now: dayAfter(1) })).code).toBe(2);
    await run(due, { now: dayAfter(3) });
    expect(site.accepted.get(post)).toBe(1);
    expect(states().toSorted()).toEqual(["live", "unconfirmed", "unconfirmed"]);
  });

  it("looks now, after 10 minutes, an hour, one and two days; then a person is asked", async () => {
    const { site, run, states } = await stage();
    site.hide(true);
    expect((await run(due)).summary).toMatchObject({ submitted: 3, looked: 3, live: 0 });
    // Not visible yet is not failed, and nobody looks all the time.
    expect((await run(["confirm"], { now: "2026-12-01T12:04:00Z" })).summary).toMatchObject({
      looked: 0,
    });
    expect((await run(due, { now: "2026-12-01T12:09:00Z" })).summary).toMatchObject({ looked: 0 });
    for (const now of ["2026-12-01T12:11:00Z", "2026-12-01T13:01:00Z", "2026-12-02T12:01:00Z"]) {
      expect((await run(due, { now })).summary, now).toMatchObject({ looked: 3, live: 0 });
      expect((await run(due, { now })).summary, now).toMatchObject({ looked: 0 });
      expect(states()).toEqual(["submitted", "submitted", "submitted"]);
    }
    const last = await run(due, { now: "2026-12-03T12:01:00Z" });
    expect(last.code).toBe(3);
    expect(problems(last.lines, "not-seen")).toHaveLength(3);
    expect(states()).toEqual(["unconfirmed", "unconfirmed", "unconfirmed"]);
    site.hide(false);
    const seen = await run(["confirm"], { now: "2026-12-05T12:00:00Z" });
    expect(seen.summary).toMatchObject({ looked: 3, live: 3 });
    expect(seen.lines[0]).toMatchObject({ state: "live", proof: "read-back" });
    expect([...site.accepted.values()]).toEqual([1, 1, 1]);
  });

  it("looks after what the site itself will show from that moment on", async () => {
    const { site, run, states } = await stage({ fault: () => "schedule" });
    site.hide(true);
    expect((await run(due)).summary).toMatchObject({ scheduled: 3, submitted: 0, looked: 0 });
    expect((await run(due, { now: "2026-12-02T13:59:00Z" })).summary).toMatchObject({ looked: 0 });
    expect((await run(due, { now: "2026-12-02T14:01:00Z" })).summary).toMatchObject({ looked: 3 });
    expect(states()).toEqual(["scheduled", "scheduled", "scheduled"]);
    // Two days after that moment, not after the press.
    await run(due, { now: "2026-12-04T13:00:00Z" });
    expect(states()).toEqual(["scheduled", "scheduled", "scheduled"]);
    site.hide(false);
    await run(due, { now: "2026-12-04T14:01:00Z" });
    expect(states()).toEqual(["live", "live", "live"]);
  });

  it("says again and again that it is at work while a press takes long", async () => {
    const { site, library } = await stage({
      fault: (press) => (press === 1 ? "hang" : "accept"),
      hang: 2_000,
    });
    const seen = new Set<string>();
    const watch = setInterval(() => {
      const claimed = statesOf(library).find(({ state }) => state === "submitting");
      if (claimed !== undefined) seen.add(claimed.claimed_until ?? "");
    }, 20);
    // Every wait is a hundred times shorter: half a minute becomes 300 ms.
    const run = await runCounting(due, {
      ...{ library, origin: site.origin },
      environment: { FINDMEHERE_TEST_PACE: "100" },
    });
    clearInterval(watch);
    expect(run.code).toBe(0);
    expect(seen.size).toBeGreaterThan(2);
    expect([...site.accepted.values()]).toEqual([1, 1, 1]);
  });

  it("keeps the caps, and begins nothing after its time", async () => {
    const { site, run } = await stage();
    const none = await run([...due, "--max-duration", "0"]);
    expect(none.summary).toMatchObject({ due: 3, submitted: 0 });
    const capped = { environment: { FINDMEHERE_QUEUE_PER_DAY: "1" } };
    const first = await run(due, capped);
    expect(first.summary).toMatchObject({ submitted: 1, waiting: 2 });
    expect((await run(due, capped)).summary).toMatchObject({ submitted: 0, waiting: 2 });
    expect((await run(due, { ...capped, now: dayAfter(1) })).summary).toMatchObject({
      submitted: 1,
    });
    expect(site.presses()).toBe(2);
  });

  it("leaves the press to the person who wants it, and does it in a sitting", async () => {
    const { site, run } = await stage();
    const human = { environment: { FINDMEHERE_COUNTING_PRESS: "human" } };
    const cron = await run(due, human);
    expect(cron.code).toBe(0);
    expect(cron.summary).toMatchObject({ due: 3, waiting: 3, submitted: 0 });
    expect(problems(cron.lines, "needs-sitting")[0]).toMatchObject({
      fix: expect.stringContaining("findmehere publish --sit"),
    });
    expect(site.presses()).toBe(0);
    expect((await run(["publish", "--sit"], human)).summary).toMatchObject({ submitted: 3 });
  });
});

describe("a slot that passed while nothing ran", () => {
  const late = (policy: string) => ({ environment: { FINDMEHERE_QUEUE_MISSED: policy } });

  it("goes to the next slot; those behind it move on, in their order", async () => {
    const { site, run, library } = await stage();
    const slots = () => statesOf(library).toSorted((a, b) => (a.due < b.due ? -1 : 1));
    const before = slots();
    // At five past one the first slot is an hour late and still counts; a day later none does.
    const first = await run(due, { ...late("next-slot"), now: "2026-11-22T01:05:00Z" });
    expect(first.summary).toMatchObject({ due: 1, submitted: 1, missed: 0 });
    const next = await run(due, { ...late("next-slot"), now: "2026-11-23T00:00:00Z" });
    expect(next.summary).toMatchObject({ due: 2, submitted: 0, missed: 2 });
    expect(problems(next.lines, "slot-missed")).toHaveLength(2);
    expect(site.presses()).toBe(1);
    const after = slots();
    expect(after.map(({ post }) => post)).toEqual(before.map(({ post }) => post));
    expect(after.slice(1).every((slot) => slot.due > "2026-11-23")).toBe(true);
    expect(after.map(({ missed }) => missed)).toEqual([0, 1, 1]);
    for (const now of ["2026-11-23T20:00:00Z", "2026-11-24T20:00:00Z"]) {
      expect((await run(due, { ...late("next-slot"), now })).summary).toMatchObject({
        submitted: 1,
      });
    }
  });

  it("is skipped, or caught up with, as the setting says", async () => {
    const skipping = await stage();
    const skipped = await skipping.run(due, late("skip"));
    expect(skipped.summary).toMatchObject({ missed: 3, submitted: 0 });
    expect(skipping.states()).toEqual(["skipped", "skipped", "skipped"]);
    const catching = await stage();
    expect((await catching.run(due, late("catch-up"))).summary).toMatchObject({ submitted: 3 });
  });
});

describe("Ctrl-C in the middle of a press", () => {
  it("once finishes the post and takes no other; twice stops, and nothing is pressed again", async () => {
    const { site, library, run, states } = await stage({ fault: () => "hang", hang: 1_500 });
    const interrupt = (times: number) =>
      runCounting(due, {
        library,
        origin: site.origin,
        started: (child) => {
          const pressed = site.presses();
          const timer = setInterval(() => {
            if (site.presses() === pressed) return;
            clearInterval(timer);
            child.kill("SIGINT");
            if (times === 2) setTimeout(() => child.kill("SIGINT"), 100);
          }, 5);
        },
      });
    expect((await interrupt(1)).code).toBe(130);
    expect(states()).toEqual(["queued", "queued", "submitted"]);
    expect((await interrupt(2)).code).toBe(130);
    expect(states()).toEqual(["queued", "unconfirmed", "submitted"]);
    await site.quiet();
    await run(due, { now: dayAfter(1) });
    expect(states()).toEqual(["live", "live", "live"]);
    expect([...site.accepted.values()]).toEqual([1, 1, 1]);
  });
});

function statesOfFirst(lines: readonly Line[]): string {
  const first = lines.find(({ type }) => type === "publication");
  return `${String(first?.["post"])}@counting`;
}
