import { afterAll, beforeAll, expect, test } from "vitest";
import { problem } from "../../src/core/problem.ts";
import type { Look } from "../../src/core/way.ts";
import { keys } from "../journeys/sample-journey.ts";
import { rawly } from "../store/support.ts";
import { captcha, stagePublish, startSample } from "./publish-stage.ts";

let sample: Awaited<ReturnType<typeof startSample>>;

beforeAll(async () => {
  sample = await startSample();
});
afterAll(() => sample.close());

const hour = 3_600_000;
const looking = "needs-you: Look whether a post is on RedNote";
const done = "done: Nothing is left in the queue";

test("a refusal is told with its reason, once", async () => {
  const said = problem("account-stopped", "Too many links.", "");
  const { run, webhook } = await stagePublish(sample, {
    pressed: () => ({ is: "refused", problem: said }),
  });
  const first = await run();
  expect(first).toMatchObject({ exit: "needsPerson", told: ["refused: RedNote refused a post"] });
  expect((await run()).told).toEqual([]);
  expect(webhook.requests).toHaveLength(1);
  const sent = JSON.parse(webhook.requests[0]!.bytes.toString("utf8")) as { text: string };
  expect(sent.text).toContain(`${keys.newest}@rednote: Too many links.`);
});

test("a press whose answer nobody saw, and a run that died in one, need the creator; each once", async () => {
  const unseen = await stagePublish(sample, {
    pressed: () => ({ is: "unknown", evidence: "the page went away" }),
  });
  expect((await unseen.run()).told).toEqual([looking]);
  expect((await unseen.run()).told).toEqual([]);

  const died = await stagePublish(sample, {});
  rawly(
    died.file,
    "update publications set state = 'submitting', claimed_by = 'a run that died', claimed_until = '2026-10-05T17:59:00.000Z', attempts = 1 where state = 'queued'",
  );
  expect((await died.run()).told).toEqual([looking]);
  expect((await died.run()).told).toEqual([]);
});

test("a sign of risk stops the account and is told once, with what lets it go on", async () => {
  const { run, webhook } = await stagePublish(sample, {
    filled: () => ({ is: "stopped", problem: captcha, risk: captcha }),
  });
  const first = await run();
  expect(first).toMatchObject({ exit: "signIn", told: ["needs-you: RedNote stopped your posts"] });
  expect(String(webhook.told[0]!["text"])).toContain("A captcha was shown.");
  expect(String(webhook.told[0]!["text"])).toContain("queue release --account rednote");
  expect((await run()).told).toEqual([]);
});

test("a post that waits for a sitting is told once; a dry run tells nobody; the sitting itself neither", async () => {
  const { run, webhook } = await stagePublish(sample, {}, { press: "human" });
  await run({ dryRun: true });
  expect(webhook.requests).toEqual([]);
  expect((await run()).told).toEqual(["needs-you: A post for RedNote waits for you"]);
  expect((await run()).told).toEqual([]);
  expect(await run({ sitting: true })).toMatchObject({ summary: { submitted: 1 }, told: [done] });
});

test("a slot is missed quietly once, and told the second time", async () => {
  const { run, time, file } = await stagePublish(sample, {});
  const slot = () => rawly(file, "select due, missed from publications where state = 'queued'")[0]!;
  time.now = Date.parse("2026-10-06T10:00:00Z");
  expect((await run()).told).toEqual([]);
  expect(slot()["missed"]).toBe(1);
  time.now = Date.parse("2026-10-07T10:00:00Z");
  expect((await run()).told).toEqual(["missed: A post for RedNote missed its time again"]);
  expect(slot()["missed"]).toBe(2);
  time.now = Date.parse("2026-10-08T10:00:00Z");
  expect((await run()).told).toEqual([]);
  expect(slot()["missed"]).toBe(3);
});

test("what a look finds out is told: refused after review, or not to be seen after all patience", async () => {
  let look: Look = { is: "pending", seen: "under review" };
  const late = problem("account-stopped", "It broke a rule.", "");
  const reviewed = await stagePublish(sample, { look: () => look });
  expect((await reviewed.run()).told).toEqual([done]);
  look = { is: "refused", problem: late };
  reviewed.time.now += hour;
  expect((await reviewed.run()).told).toEqual(["refused: RedNote refused a post"]);
  expect((await reviewed.run()).told).toEqual([]);

  const unseen = await stagePublish(sample, { look: () => ({ is: "pending", seen: "nothing" }) });
  await unseen.run();
  const told: string[] = [];
  for (let hours = 0; hours < 60; hours += 1) {
    unseen.time.now += hour;
    told.push(...(await unseen.run()).told);
  }
  expect(told).toEqual([looking]);
});
