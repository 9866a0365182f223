import { describe, expect, it } from "vitest";
import { creatorOf } from "../look-alike/tiktok/index.ts";
import type { Scenario } from "../look-alike/tiktok/index.ts";
import { jsonRows, problemsOf } from "./export-journey.ts";
import { expectToldOnce, startPageJourney } from "./page-journey.ts";
import type { PageJourney } from "./page-journey.ts";

const words = ["export", "@mira.paints", "--headless", "--skip-media"];
const creator = creatorOf("mira.paints", 80);

/** A journey of a test's own, which leaves no browser behind. */
async function withJourney(
  scenario: Partial<Scenario>,
  body: (journey: PageJourney) => Promise<void>,
): Promise<void> {
  const journey = await startPageJourney(creator, scenario);
  try {
    await body(journey);
    await journey.expectClean([]);
  } finally {
    await journey.dispose();
  }
}

type Way = [name: string, Partial<Scenario>, exit: number, code: string, said: string];

async function expectStopped([, scenario, exit, code, said]: Way): Promise<void> {
  await withJourney(scenario, async (journey) => {
    const run = await journey.run(words);
    expectToldOnce(run, { exit, code, said });
  });
}

describe("what TikTok puts in the way of a run without a person", () => {
  it("stops at a captcha at once, keeps what was read, and completes it when it is solved", async () => {
    await withJourney({ captcha: { after: 1, form: "dialog" } }, async (journey) => {
      const stopped = await journey.run(words);
      expect(stopped.code, stopped.out).toBe(77);
      const [problem] = problemsOf(stopped, "site-wants-person");
      expect(problem?.["message"]).toContain("captcha");
      expect(problem?.["message"]).toContain("35 of 80 posts");
      expect(problem?.["fix"]).toContain("without --headless");
      expect(jsonRows(journey.library)).toHaveLength(35);
      // One answer, then the one that brought the captcha; nothing was scrolled after it.
      expect(journey.tiktok.listRequests()).toHaveLength(2);

      journey.tiktok.solve();
      const done = await journey.run(words);
      expect(done.code, done.out).toBe(0);
      expect(done.summary).toMatchObject({ found: 80, exported: 45, unchanged: 35 });
      expect(jsonRows(journey.library)).toHaveLength(80);
      await journey.expectClean([stopped.out, stopped.error, done.out, done.error]);
    });
  });

  const ways: Way[] = [
    [
      "the older captcha",
      { captcha: { after: 1, form: "older" } },
      77,
      "site-wants-person",
      "captcha",
    ],
    [
      "a sheet to sign in",
      { loginSheet: { after: 1, closable: true } },
      77,
      "site-wants-person",
      "sign in",
    ],
    [
      "a check instead of a list",
      { listFaults: [{ on: [2], answer: "challenge" }] },
      77,
      "site-wants-person",
      "checks",
    ],
    [
      "too many lists",
      { listFaults: [{ on: [2], answer: "too-many" }] },
      75,
      "site-asks-to-wait",
      "slow down",
    ],
  ];
  it.each(ways)("%s", (...way) => expectStopped(way));

  const checks: Way[] = [
    [
      "a check of the browser",
      { challenge: "waits" },
      77,
      "site-wants-person",
      "checks whether a person",
    ],
    ["the short form of that check", { challenge: "640-bytes" }, 77, "site-wants-person", "checks"],
  ];
  // Whether a check is passed by itself is waited for ten seconds: both at once.
  it.concurrent.each(checks)("%s", (...way) => expectStopped(way));

  it("passes a check that a script can pass", async () => {
    await withJourney({ challenge: "solves-itself" }, async (journey) => {
      const run = await journey.run(words);
      expect([run.code, run.summary["found"]]).toEqual([0, 80]);
    });
  });
});
