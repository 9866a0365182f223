import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Destination } from "../../src/core/destination.ts";
import { problem } from "../../src/core/problem.ts";
import type { Filled, Look, Pressed } from "../../src/core/way.ts";
import { destinations } from "../../src/destinations/index.ts";
import { configuredServices } from "../../src/notify/index.ts";
import type { QueueRules } from "../../src/queue/rules.ts";
import { publish } from "../../src/steps/publish/publish.ts";
import type { PublishRequest, Route } from "../../src/steps/publish/request.ts";
import { openStore } from "../../src/store/open.ts";
import { keys, migrateWords, startJourney } from "../journeys/sample-journey.ts";
import { rawly } from "../store/support.ts";
import { startWebhook } from "../support/notice-servers.ts";

const zone = "Europe/Madrid";
const monday = Date.parse("2026-10-05T18:00:00Z");
const hour = 3_600_000;
let sample: Awaited<ReturnType<typeof startJourney>>;

beforeAll(async () => {
  sample = await startJourney();
  const run = await sample.run([...migrateWords(sample), "--quiet"]);
  expect(run.code, run.error).toBe(0);
});
afterAll(() => sample.close());

const rules: QueueRules = {
  perDay: 24,
  perWeek: 100,
  times: ["19:30"],
  zone,
  quietHours: { from: "22:00", to: "08:00" },
  minGapMinutes: 0,
  jitterMinutes: 0,
};
const captcha = problem("account-stopped", "A captcha was shown.", "");

/** What the place does; each may be another from run to run. */
interface Place {
  filled(): Filled | null;
  pressed(): Pressed;
  look(): Look;
}

/** One post that is due on a place with a press, and somebody who is told by a webhook. */
async function stage(place: Partial<Place>, own: { press?: Route["press"] } = {}) {
  const journey = sample.copy();
  const webhook = await startWebhook();
  const file = join(journey.library, "findmehere.db");
  const store = await openStore(file);
  onTestFinished(async () => {
    await store.close();
    await webhook.close();
    journey.dispose();
  });
  rawly(
    file,
    "update publications set state = 'skipped' where state = 'queued' and post <> ?",
    keys.newest,
  );
  rawly(file, "update publications set state = 'skipped' where destination <> 'rednote'");
  rawly(
    file,
    "update publications set due = '2026-10-05T17:30:00.000Z', way = 'browser' where state = 'queued'",
  );
  const press = async (): Promise<Pressed> =>
    place.pressed?.() ?? { is: "submitted", remoteId: "note-1" };
  const destination: Destination = {
    ...destinations.find(({ id }) => id === "rednote")!,
    load: async () => ({
      publisher: {
        prepare: async () =>
          place.filled?.() ?? { is: "ready", submit: press, close: async () => {} },
      },
      readBack: { look: async () => place.look?.() ?? { is: "pending", seen: "" } },
    }),
  };
  const settings = {
    ntfy: "",
    webhook: `${webhook.origin}/x`,
    telegram: "",
    telegramOrigin: "https://api.telegram.org",
  };
  const time = { now: monday };
  const request: PublishRequest = {
    root: journey.library,
    store,
    clock: { calendar: () => time.now, wall: () => time.now, sleep: async () => {} },
    routes: [{ destination, rules, way: "browser", press: own.press ?? "auto", account: "mira" }],
    missed: { policy: "next-slot", graceMinutes: 120 },
    zone,
    seed: "a seed",
    only: null,
    sitting: false,
    dryRun: false,
    run: "this-run",
    isRunGone: (run) => run === "a run that died",
    until: null,
    office: {
      services: configuredServices(settings),
      settings,
      destinations,
      zone,
      library: "Mira",
      secret: async () => null,
    },
    drain: new AbortController().signal,
    stop: new AbortController().signal,
  };
  return {
    file,
    time,
    webhook,
    /** One run; answers the exit and what was told in it: kind and title. */
    async run(more: Partial<PublishRequest> = {}) {
      webhook.told.length = 0;
      const step = publish({ ...request, ...more });
      let next = await step.next();
      while (!next.done) next = await step.next();
      const told = webhook.told.map(({ kind, title }) => `${String(kind)}: ${String(title)}`);
      return { exit: next.value.exit, summary: next.value.summary, told };
    },
  };
}

const looking = "needs-you: Look whether a post is on RedNote";
const done = "done: Nothing is left in the queue";

test("a refusal is told with its reason, once", async () => {
  const said = problem("account-stopped", "Too many links.", "");
  const { run, webhook } = await stage({ pressed: () => ({ is: "refused", problem: said }) });
  const first = await run();
  expect(first).toMatchObject({ exit: "needsPerson", told: ["refused: RedNote refused a post"] });
  expect((await run()).told).toEqual([]);
  expect(webhook.requests).toHaveLength(1);
  const sent = JSON.parse(webhook.requests[0]!.bytes.toString("utf8")) as { text: string };
  expect(sent.text).toContain(`${keys.newest}@rednote: Too many links.`);
});

test("a press whose answer nobody saw, and a run that died in one, need the creator; each once", async () => {
  const unseen = await stage({
    pressed: () => ({ is: "unknown", evidence: "the page went away" }),
  });
  expect((await unseen.run()).told).toEqual([looking]);
  expect((await unseen.run()).told).toEqual([]);

  const died = await stage({});
  rawly(
    died.file,
    "update publications set state = 'submitting', claimed_by = 'a run that died', claimed_until = '2026-10-05T17:59:00.000Z', attempts = 1 where state = 'queued'",
  );
  expect((await died.run()).told).toEqual([looking]);
  expect((await died.run()).told).toEqual([]);
});

test("a sign of risk stops the account and is told once, with what lets it go on", async () => {
  const { run, webhook } = await stage({
    filled: () => ({ is: "stopped", problem: captcha, risk: captcha }),
  });
  const first = await run();
  expect(first).toMatchObject({ exit: "signIn", told: ["needs-you: RedNote stopped your posts"] });
  expect(String(webhook.told[0]!["text"])).toContain("A captcha was shown.");
  expect(String(webhook.told[0]!["text"])).toContain("queue release --account rednote");
  expect((await run()).told).toEqual([]);
});

test("a post that waits for a sitting is told once; a dry run tells nobody; the sitting itself neither", async () => {
  const { run, webhook } = await stage({}, { press: "human" });
  await run({ dryRun: true });
  expect(webhook.requests).toEqual([]);
  expect((await run()).told).toEqual(["needs-you: A post for RedNote waits for you"]);
  expect((await run()).told).toEqual([]);
  expect(await run({ sitting: true })).toMatchObject({ summary: { submitted: 1 }, told: [done] });
});

test("a slot is missed quietly once, and told the second time", async () => {
  const { run, time, file } = await stage({});
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
  const reviewed = await stage({ look: () => look });
  expect((await reviewed.run()).told).toEqual([done]);
  look = { is: "refused", problem: late };
  reviewed.time.now += hour;
  expect((await reviewed.run()).told).toEqual(["refused: RedNote refused a post"]);
  expect((await reviewed.run()).told).toEqual([]);

  const unseen = await stage({ look: () => ({ is: "pending", seen: "nothing" }) });
  await unseen.run();
  const told: string[] = [];
  for (let hours = 0; hours < 60; hours += 1) {
    unseen.time.now += hour;
    told.push(...(await unseen.run()).told);
  }
  expect(told).toEqual([looking]);
});
