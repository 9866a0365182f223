import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { systemBrowser, thisMachine } from "../../src/edge/browser-find.ts";
import { creatorOf } from "../look-alike/tiktok/index.ts";
import { startPageJourney } from "./page-journey.ts";
import type { PageJourney } from "./page-journey.ts";

const words = ["export", "@mira.paints", "--headless", "--skip-media"];
const creator = creatorOf("mira.paints", 80);

let journey: PageJourney;

afterEach(async () => {
  await journey.expectClean([]);
  await journey.dispose();
});

describe("what is refused before any browser starts", () => {
  it("somebody else's page, an address that is no page, and a browser that is not there", async () => {
    journey = await startPageJourney(creator);
    const { tiktok, folder } = journey;
    await journey.run(["init", "--tiktok", "mira.paints"]);
    const library = ["--library", journey.library];
    const others = await journey.run(["export", "@maya.films", "--headless", ...library], {
      text: true,
    });
    expect([others.code, others.error]).toEqual([
      2,
      expect.stringContaining("creator.handles.tiktok"),
    ]);
    const post = await journey.run(["export", `${tiktok.profile}/video/7415551234567890123`], {
      text: true,
    });
    expect([post.code, post.error]).toEqual([65, expect.stringContaining("one post")]);

    const wrong = { FINDMEHERE_BROWSER_EXECUTABLE: "/nowhere/chrome" };
    const named = await journey.run(words, { text: true, environment: wrong });
    expect([named.code, named.error]).toEqual([78, expect.stringContaining("/nowhere/chrome")]);

    const empty = join(folder, "empty");
    mkdirSync(empty);
    const bare = { PATH: empty, FINDMEHERE_BROWSER_EXECUTABLE: "" };
    if (systemBrowser({ ...thisMachine, environment: bare }) === null) {
      const none = await journey.run(words, { text: true, environment: bare });
      expect([none.code, none.error]).toEqual([69, expect.stringContaining("no Chrome, Edge")]);
      expect(none.error).toContain("browser.executable");
      const doctor = await journey.run(["doctor"], { text: true, environment: bare });
      expect([doctor.code, doctor.out]).toEqual([0, expect.stringContaining("none found")]);
    }
    if (process.platform === "linux") {
      const blind = await journey.run(["export", "@mira.paints"], { text: true });
      expect([blind.code, blind.error]).toEqual([69, expect.stringContaining("--headless")]);
    }
    expect(tiktok.requests).toEqual([]);
  });
});

describe("runs that end early, and beside each other", () => {
  it("keeps what was read at Ctrl-C and ends with 130; the next run completes it", async () => {
    journey = await startPageJourney(creator, { pageSize: 20 });
    const { tiktok } = journey;
    let interrupt = (): void => undefined;
    const started = journey.run(words, {
      // Nearly at a person's own pace, so that there is time.
      environment: { FINDMEHERE_TEST_PACE: "4" },
      started: (child) => (interrupt = () => child.kill("SIGINT")),
    });
    await expect.poll(() => tiktok.listRequests().length, { timeout: 20_000 }).toBeGreaterThan(1);
    interrupt();
    const run = await started;
    expect(run.code, run.out + run.error).toBe(130);
    expect(Number(run.summary["found"])).toBeGreaterThan(0);
    const again = await journey.run(words);
    expect([again.code, again.summary["found"]]).toEqual([0, 80]);
  });

  it("leaves no browser behind when it is killed, lets nobody else in while it runs, and can begin again", async () => {
    journey = await startPageJourney(creator, { latency: 4000 });
    const { tiktok } = journey;
    await journey.run(["init", "--tiktok", "mira.paints"]);
    let kill = (): void => undefined;
    const started = journey.run(words, {
      started: (child) => (kill = () => child.kill("SIGKILL")),
    });
    await expect.poll(() => tiktok.listRequests().length, { timeout: 20_000 }).toBe(1);
    const busy = await journey.run(words, { text: true });
    kill();
    expect([busy.code, busy.error]).toEqual([75, expect.stringContaining("`export` since")]);
    expect((await started).code).toBeNull();
    await journey.expectClean([]);
    tiktok.change({ latency: 10 });
    const again = await journey.run(words);
    expect([again.code, again.summary["found"]], again.error).toEqual([0, 80]);
  });
});
