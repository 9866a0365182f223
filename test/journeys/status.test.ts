import { afterAll, beforeAll, expect, test } from "vitest";

import { linesOf, migrateWords, publicationSums, startJourney } from "./sample-journey.ts";
import type { OpenJourney } from "./sample-journey.ts";

let journey: OpenJourney;

beforeAll(async () => {
  journey = await startJourney({ FINDMEHERE_CREATOR_DEADLINE: "2026-12-24" });
});
afterAll(() => journey.close());

test("without a library it says how to make one", async () => {
  const run = await journey.run(["status"]);
  expect(run.code).toBe(2);
  expect(run.error).toContain("findmehere migrate");
});

test("a new library has nothing, and says what comes next", async () => {
  expect((await journey.run(["init", "--tiktok", "mira.paints.daily"])).code).toBe(0);
  const run = await journey.run(["status", "--exit-code"]);
  expect(run.code).toBe(0);
  expect(run.out).toContain("Nothing needs you now");
  expect(run.out).toContain("Nothing is here yet. Next: findmehere migrate TikTok_Data.zip");
});

test("it adds up, from the first migration to the last confirmation", async () => {
  expect((await journey.run([...migrateWords(journey), "--quiet"])).code).toBe(0);
  const at = "2026-10-05T18:00:00Z";
  const before = await journey.run(["status", "--json"], { at });
  expect(before.code).toBe(0);
  expect(publicationSums(before.summary)).toEqual({ rednote: 18, lemon8: 18 });
  expect(before.summary).toMatchObject({
    posts: 18,
    drafts: 36,
    captionsMissing: 2,
    postsIncomplete: 0,
    dueNow: 2,
    needsPerson: 4,
    deadline: "2026-12-24",
  });
  expect(linesOf(before, "publication")).toHaveLength(5);
  await journey.run(["publish", "--due", "--quiet"], { at });
  const after = await journey.run(["status", "--json"], { at });
  expect(after.summary).toMatchObject({ dueNow: 0, needsPerson: 6, proof: {} });
  expect(publicationSums(after.summary)).toEqual({ rednote: 18, lemon8: 18 });
  const url = "https://xhslink.com/a/AbCdEf123";
  const words = ["confirm", "--post", "hello", "--to", "rednote", "--url", url];
  expect((await journey.run(words, { at })).code).toBe(0);
  const live = await journey.run(["status", "--json"], { at });
  expect(live.summary).toMatchObject({ needsPerson: 5, proof: { pasted: 1 } });
  expect(publicationSums(live.summary)).toEqual({ rednote: 18, lemon8: 18 });
});

test("it tells people what needs them, by which command, and when it ends", async () => {
  const run = await journey.run(["status"], { at: "2026-10-05T18:00:00Z" });
  expect(run.code).toBe(0);
  expect(run.out).toContain("rednote  18 in all: 2 held, 15 queued, 1 live (pasted)");
  expect(run.out).toContain("! hello@lemon8 is ready for your phone");
  expect(run.out).toContain('findmehere confirm --post hello --to lemon8 --url "ADDRESS"');
  expect(run.out).toContain("4 drafts are held");
  expect(run.out).toContain("findmehere queue release --all");
  expect(run.out).toMatch(/The move ends: rednote \w{3} \d+ Nov 2026, 19:\d\d; lemon8 /);
  expect(run.out).toContain("Next, in Europe/Madrid");
  expect(run.out).toContain("Before 2026-12-24");
  expect(run.error).toBe("");
});

test("--exit-code ends with 3 while something needs a person", async () => {
  const run = await journey.run(["status", "--exit-code", "--json"]);
  expect(run.code).toBe(3);
});
