import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openBrowser } from "../../src/edge/browser.ts";
import type { OpenBrowser } from "../../src/edge/browser.ts";
import { systemClock } from "../../src/edge/clock.ts";
import { needChromium } from "../tasks/system.ts";

let profiles: string;

beforeEach(() => {
  profiles = mkdtempSync(join(tmpdir(), "findmehere-profiles-"));
});
afterEach(() => rmSync(profiles, { recursive: true, force: true, maxRetries: 5 }));

function open(): Promise<OpenBrowser> {
  return openBrowser({
    wish: { executable: needChromium(), profiles, headless: true, attended: false },
    place: "tiktok",
    holder: { command: "login tiktok", clock: systemClock({}) },
    withoutScreen: "",
  });
}

/** Ends the browser itself, as a person does who closes its last window. */
async function endBrowser({ context, page }: OpenBrowser): Promise<void> {
  const session = await context.newCDPSession(page);
  // The answer may be lost with the browser.
  session.send("Browser.close").catch(() => undefined);
}

test("a browser that ends just before it is closed is closed, and its profile free again", async () => {
  // Within these milliseconds Playwright learns of the end; each turn opens the profile of the one before.
  for (const milliseconds of [0, 16, 22, 26, 30, 34, 40]) {
    const browser = await open();
    await endBrowser(browser);
    await wait(milliseconds);
    await expect(browser.close()).resolves.toBeUndefined();
    await expect(browser.close()).resolves.toBeUndefined();
  }
});

test("a browser that ended long before is closed", async () => {
  const browser = await open();
  const gone = new Promise((closed) => browser.context.once("close", closed));
  await endBrowser(browser);
  await gone;
  await expect(browser.close()).resolves.toBeUndefined();
});
