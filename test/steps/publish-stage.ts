import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import type { Destination } from "../../src/core/destination.ts";
import { problem } from "../../src/core/problem.ts";
import type { Filled, Look, Pressed } from "../../src/core/way.ts";
import { destinations } from "../../src/destinations/index.ts";
import { configuredServices } from "../../src/notify/index.ts";
import type { QueueRules } from "../../src/queue/rules.ts";
import { publish } from "../../src/steps/publish/publish.ts";
import { wayOpener } from "../../src/steps/publish/routes.ts";
import type { PublishRequest, Route } from "../../src/steps/publish/request.ts";
import { openStore } from "../../src/store/open.ts";
import { keys, migrateWords, startJourney } from "../journeys/sample-journey.ts";
import { rawly } from "../store/support.ts";
import { startWebhook } from "../support/notice-servers.ts";

const zone = "Europe/Madrid";
const monday = Date.parse("2026-10-05T18:00:00Z");
/** A library with everything of the sample creator queued; the test that starts it closes it. */
export async function startSample(): Promise<Journey> {
  const sample = await startJourney();
  const run = await sample.run([...migrateWords(sample), "--quiet"]);
  expect(run.code, run.error).toBe(0);
  return sample;
}

type Journey = Awaited<ReturnType<typeof startJourney>>;

const rules: QueueRules = {
  perDay: 24,
  perWeek: 100,
  times: ["19:30"],
  zone,
  quietHours: { from: "22:00", to: "08:00" },
  minGapMinutes: 0,
  jitterMinutes: 0,
};
/** A sign of risk. */
export const captcha = problem("account-stopped", "A captcha was shown.", "");

/** What the place does; each may be another from run to run. */
interface Place {
  /** Happens after everything is filled in and noted, and before the answer. */
  meanwhile(): void | Promise<void>;
  filled(): Filled | null;
  pressed(): Pressed;
  look(): Look;
}

/** One post that is due on a place with a press, and somebody who is told by a webhook. */
export async function stagePublish(
  sample: Journey,
  place: Partial<Place>,
  own: { press?: Route["press"] } = {},
) {
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
  const press = async (): Promise<Pressed> => {
    await place.meanwhile?.();
    return place.pressed?.() ?? { is: "submitted", remoteId: "note-1" };
  };
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
    routes: [
      {
        ...{ destination, rules, way: "browser", press: own.press ?? "auto", account: "mira" },
        open: wayOpener(destination, { origin: "", allowHosts: [] }),
        ...{ looksByItself: true, tiktokSync: false },
      },
    ],
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
    store,
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
