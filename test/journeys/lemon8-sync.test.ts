import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect } from "vitest";

import { idAt, startLemon8 } from "../look-alike/lemon8/index.ts";
import type { Lemon8LookAlike } from "../look-alike/lemon8/index.ts";
import { startHandoff } from "./phone-journey.ts";
import {
  itemsOf,
  keys,
  linesOf,
  migrateWords,
  startJourney,
  testInCopies,
} from "./sample-journey.ts";
import type { Journey } from "./sample-journey.ts";

const monday = "2026-10-05T18:00:00Z";
const tuesday = "2026-10-06T18:00:00Z";
const newest = `${keys.newest}@lemon8`;

let lemon8: Lemon8LookAlike;
/** The introduction is handed off; the newest post is due on Tuesday. */
let sample: Awaited<ReturnType<typeof startJourney>>;
/** The caption of the newest post on TikTok. */
let caption: string;

beforeAll(async () => {
  lemon8 = await startLemon8();
  sample = await startJourney({
    FINDMEHERE_CREATOR_HANDLES_LEMON8: "mira.paints",
    FINDMEHERE_LEMON8_ORIGIN: lemon8.origin,
  });
  const run = await sample.run([...migrateWords(sample), "--quiet"]);
  expect(run.code, run.error).toBe(0);
  const set = await sample.run(["config", "set", "lemon8.tiktokSync", "on"], { at: null });
  expect(set.code, set.error).toBe(0);
  await sample.run(["publish", "--due", "--quiet"], { at: monday });
  const rows = sample.read("posts.jsonl").trim().split("\n");
  const posts = rows.map((row) => JSON.parse(row) as { key: string; caption: string });
  caption = posts.find(({ key }) => key === keys.newest)?.caption ?? "";
  expect(caption.length).toBeGreaterThan(20);
});
afterEach(() => {
  lemon8.fail(null);
  lemon8.creator.posts = [];
  lemon8.requests.length = 0;
});
afterAll(async () => {
  await sample.close();
  await lemon8.close();
});

const inCopy = testInCopies(() => sample);

inCopy("the introduction was never on TikTok, so nobody looks for it", async () => {
  expect(lemon8.requests).toEqual([]);
});

inCopy(
  "a post that TikTok's sync has carried there is synced, and never handed off",
  async (journey) => {
    const id = idAt("2026-09-30T10:00:00Z");
    lemon8.creator.posts = [{ id, title: "", text: caption }];
    const run = await tick(journey, tuesday);
    expect(run.code, run.out).toBe(0);
    expect(run.summary).toMatchObject({ synced: 1, failed: 0 });
    expect(sum(run.summary)).toBe(run.summary["due"]);
    const url = `https://www.lemon8-app.com/@mira.paints/${id}`;
    expect(linesOf(run, "publication")).toContainEqual(
      expect.objectContaining({ post: keys.newest, to: "lemon8", state: "synced", url }),
    );
    expect(lemon8.requests.map(({ path }) => path)).toEqual(["/@mira.paints"]);
    expect(run.out + run.error).not.toContain(caption.slice(0, 20));
    const history = await journey.run(["queue", "show", newest], { at: tuesday });
    expect(history.out).toContain("TikTok's own sync has carried it there");
    for (const at of ["2026-10-07T18:00:00Z", "2026-10-09T18:00:00Z"]) {
      expect(itemsOf(await tick(journey, at))).not.toContain(newest);
    }
    const status = await journey.run(["status", "--json"], { at: tuesday });
    expect(status.summary["publications"]).toMatchObject({ lemon8: { synced: 1 } });
  },
);

inCopy("what is given to the phone ahead of its slot is looked for, too", async (journey) => {
  const id = idAt("2026-09-30T10:00:00Z");
  lemon8.creator.posts = [{ id, title: "", text: caption }];
  const folder = join(journey.folder, "phone");
  const words = ["handoff", "--folder", folder, "--next", "7", "--json"];
  const run = await journey.run(words, { at: monday });
  expect(run.code, run.out).toBe(0);
  const url = `https://www.lemon8-app.com/@mira.paints/${id}`;
  const states = linesOf(run, "publication");
  expect(states).toContainEqual(
    expect.objectContaining({ post: keys.newest, to: "lemon8", state: "synced", url }),
  );
  expect(readdirSync(folder).filter((name) => name.endsWith(`${keys.newest}_lemon8`))).toEqual([]);
  expect(states.filter(({ to, state }) => to === "lemon8" && state === "queued")).not.toEqual([]);
  expect(lemon8.requests).toHaveLength(1);
});

inCopy("and so it is where the pages are served; who cannot look says so once", async (journey) => {
  const id = idAt("2026-09-30T10:00:00Z");
  lemon8.fail("too-many");
  const blind = await startHandoff(journey, ["--next", "7"], { at: monday });
  blind.interrupt();
  const said = linesOf(await blind.ended, "problem");
  expect(said.filter(({ code }) => code === "sync-not-looked")).toMatchObject([{ to: "lemon8" }]);
  lemon8.fail(null);
  lemon8.creator.posts = [{ id, title: "", text: caption }];
  const seen = await startHandoff(journey, ["--next", "7"], { at: monday, text: true });
  expect(seen.shown()).toContain(`${newest} is there already, carried by TikTok's sync`);
  seen.interrupt();
  expect((await seen.ended).code).toBe(130);
  const list = await journey.run(["queue", "list", "--all", "--json"], { at: monday });
  expect(statesOf(list)).toContain(`${newest} synced`);
});

inCopy("what is only like it, or older than it, is handed off", async (journey) => {
  lemon8.creator.posts = [
    { id: idAt("2026-09-30T10:00:00Z"), title: "Something else", text: `Not ${caption}` },
    { id: idAt("2020-01-01T10:00:00Z"), title: "", text: caption },
  ];
  const run = await tick(journey, tuesday);
  expect(run.summary).toMatchObject({ synced: 0 });
  expect(statesOf(run)).toContain(`${newest} handed-off`);
  expect(linesOf(run, "problem").map(({ code }) => code)).not.toContain("sync-not-looked");
});

inCopy("where nobody could look, it is handed off with a word of caution", async (journey) => {
  lemon8.fail("too-many");
  const run = await tick(journey, tuesday);
  expect(run.code, run.out).toBe(0);
  expect(statesOf(run)).toContain(`${newest} handed-off`);
  const said = linesOf(run, "problem").filter(({ code }) => code === "sync-not-looked");
  expect(said).toHaveLength(1);
  expect(said[0]).toMatchObject({ severity: "warn", post: keys.newest, to: "lemon8" });
  expect(said[0]?.["message"]).toContain("(429)");
  const shown = await journey.run(["queue", "show", newest], { at: tuesday });
  expect(shown.out).toContain("Nobody could look whether TikTok's sync has already carried it");
});

inCopy("a dry run asks nobody, and neither does a setting that is off", async (journey) => {
  await journey.run(["publish", "--due", "--dry-run", "--json"], { at: tuesday });
  await journey.run(["config", "set", "lemon8.tiktokSync", "off"], { at: null });
  const run = await tick(journey, tuesday);
  expect(statesOf(run)).toContain(`${newest} handed-off`);
  expect(lemon8.requests).toEqual([]);
});

inCopy("people are told where it is", async (journey) => {
  const id = idAt("2026-09-30T10:00:00Z");
  lemon8.creator.posts = [{ id, title: "", text: caption }];
  const words = ["publish", "--post", keys.newest, "--to", "lemon8"];
  const run = await journey.run(words, { at: tuesday });
  expect(run.code, run.error).toBe(0);
  expect(run.out).toContain(
    `${newest} is there already, carried by TikTok's sync: https://www.lemon8-app.com/@mira.paints/${id}`,
  );
});

inCopy("with the setting on, a timer looks for what was said to be posted", async (journey) => {
  const posted = ["confirm", "--post", "hello", "--to", "lemon8", "--posted"];
  await journey.run(posted, { at: "2026-10-05T18:30:00Z" });
  const first = await tick(journey, "2026-10-05T18:40:00Z");
  expect(first.summary).toMatchObject({ looked: 1, live: 0 });
  expect((await tick(journey, "2026-10-05T18:41:00Z")).summary).toMatchObject({ looked: 0 });
  expect(lemon8.requests).toHaveLength(1);
});

function tick(journey: Journey, at: string) {
  return journey.run(["publish", "--due", "--json"], { at });
}

function statesOf(run: Awaited<ReturnType<typeof tick>>): string[] {
  return linesOf(run, "publication").map(
    ({ post, to, state }) => `${String(post)}@${String(to)} ${String(state)}`,
  );
}

function sum(summary: Record<string, unknown>): number {
  const parts = ["handedOff", "synced", "submitted", "scheduled", "failed", "waiting", "missed"];
  return parts.reduce((total, name) => total + Number(summary[name]), 0);
}
