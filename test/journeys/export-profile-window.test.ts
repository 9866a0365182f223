import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { creatorOf } from "../look-alike/tiktok/index.ts";
import type { Scenario } from "../look-alike/tiktok/index.ts";
import { startScreen } from "../support/screen.ts";
import type { Screen } from "../support/screen.ts";
import { jsonRows } from "./export-journey.ts";
import { startPageJourney } from "./page-journey.ts";
import type { OpenTerminal, PageJourney } from "./page-journey.ts";

const words = ["export", "@mira.paints", "--skip-media"];
const creator = creatorOf("mira.paints", 80);

let screen: Screen;
let journey: PageJourney;

beforeAll(async () => {
  screen = await startScreen();
});

afterAll(() => screen.stop());
afterEach(() => journey.dispose());

async function start(scenario: Partial<Scenario>): Promise<OpenTerminal> {
  journey = await startPageJourney(creator, scenario);
  return journey.terminal(words, screen.environment);
}

describe("with a window and a person", () => {
  it("waits at a captcha without scrolling, and goes on from there by itself", async () => {
    const run = await start({ captcha: { after: 1, form: "dialog" } });
    await run.shows("this goes on by itself");
    const asked = journey.tiktok.listRequests().length;
    const browser = await journey.person();
    const [page] = browser.contexts()[0]!.pages();
    await page!.waitForSelector("#captcha_slide_button");
    expect(journey.tiktok.listRequests()).toHaveLength(asked);
    // The person drags the slider.
    const slider = (await page!.locator("#captcha_slide_button").boundingBox())!;
    await page!.mouse.move(slider.x + 10, slider.y + 10);
    await page!.mouse.down();
    await page!.mouse.move(slider.x + 250, slider.y + 10, { steps: 5 });
    await page!.mouse.up();
    const { code, shown } = await run.ended;
    expect(code, shown).toBe(0);
    expect(shown).toContain("80 posts found. 80 exported");
    // The page was not opened anew: its list went on where it was.
    expect(journey.tiktok.requests.filter(({ path }) => path === "/@mira.paints")).toHaveLength(1);
    await journey.expectClean([shown]);
  });

  it.each<[string, Partial<Scenario>, (journey: PageJourney) => void]>([
    ["a sign-in page before everything", { loginRedirect: true }, ({ tiktok }) => tiktok.signIn()],
    [
      "a sheet to sign in",
      { loginSheet: { after: 1, closable: false } },
      ({ tiktok }) => tiktok.signIn(),
    ],
    ["a check before everything", { challenge: "waits" }, ({ tiktok }) => tiktok.solve()],
  ])("waits at %s", async (_name, scenario, act) => {
    const run = await start(scenario);
    await run.shows("this goes on by itself");
    act(journey);
    const { code, shown } = await run.ended;
    expect(code, shown).toBe(0);
    expect(shown).toContain("80 posts found. 80 exported");
    await journey.expectClean([shown]);
  });

  it("keeps what was read when the window is closed, and when nobody comes", async () => {
    const run = await start({ captcha: { after: 1, form: "older" } });
    await run.shows("this goes on by itself");
    const browser = await journey.person();
    await browser.contexts()[0]!.pages()[0]!.close();
    const closed = await run.ended;
    expect(closed.code, closed.shown).toBe(3);
    expect(closed.shown).toContain("The browser window was closed. 35 of 80 posts");
    expect(jsonRows(journey.library)).toHaveLength(35);

    const patient = { ...screen.environment, FINDMEHERE_TEST_PACE: "2000" };
    const nobody = await journey.terminal(words, patient).ended;
    expect(nobody.code, nobody.shown).toBe(77);
    expect(nobody.shown).toContain("nobody did it for 15 minutes");
    await journey.expectClean([closed.shown, nobody.shown]);
  });

  it("stops waiting at Ctrl-C", async () => {
    const run = await start({ captcha: { after: 1, form: "dialog" } });
    await run.shows("this goes on by itself");
    run.interrupt();
    const { code, shown } = await run.ended;
    expect(code, shown).toBe(130);
    expect(jsonRows(journey.library)).toHaveLength(35);
    await journey.expectClean([shown]);
  });
});
