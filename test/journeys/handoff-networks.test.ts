import { networkInterfaces } from "node:os";
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { keyboard, onTerminal } from "../support/terminal.ts";
import type { Terminal } from "../support/terminal.ts";
import { startHandoff } from "./phone-journey.ts";
import { startMigrated } from "./sample-journey.ts";
import type { OpenJourney } from "./sample-journey.ts";

const monday = "2026-10-05T18:00:00Z";
const program = fileURLToPath(new URL("../support/two-networks.ts", import.meta.url));

let sample: OpenJourney;

beforeAll(async () => {
  sample = await startMigrated();
});
afterAll(() => sample.close());

/** `handoff` as typed on a terminal of a computer that is in two networks. */
function typed(columns = 80): Terminal {
  const words = [process.execPath, program, "handoff", "--library", sample.library];
  const { PATH, TERM = "xterm" } = process.env;
  return onTerminal(words, {
    columns,
    cwd: sample.folder,
    environment: {
      ...{ PATH, TERM, HOME: sample.folder, LANG: "C.UTF-8" },
      ...{ ...sample.environment, FINDMEHERE_NOW: monday, FINDMEHERE_TEST: "1" },
      FINDMEHERE_LEMON8_ORIGIN: "http://127.0.0.1:9",
    },
  });
}

describe("a computer in two networks", () => {
  test("asks in which one the phone is, and serves nowhere else", async () => {
    const terminal = typed();
    await terminal.shows("In which network is your phone?");
    await terminal.shows("192.168.1.20  en0");
    expect(terminal.shown()).toContain("10.0.0.7  en1");
    expect(terminal.shown()).not.toContain("127.0.0.1");
    terminal.press(keyboard.down);
    await terminal.shows("❯ 10.0.0.7");
    terminal.press(keyboard.enter);
    // This machine has no such address, so it ends there: at the one that was chosen.
    expect(await terminal.ended, terminal.shown()).toBe(69);
    expect(terminal.shown()).toContain("Nothing can be served at 10.0.0.7.");
    expect(terminal.shown()).toContain("does not have that address now");
  });

  test("Ctrl-C at the question serves nothing", async () => {
    const terminal = typed(40);
    await terminal.shows("In which network is your phone?");
    terminal.press(keyboard.ctrlC);
    expect(await terminal.ended, terminal.shown()).toBe(130);
    expect(terminal.shown()).toContain("Nothing is served.");
    // Sentences end at a word where the terminal ends.
    for (const line of terminal.shown().split("\n")) expect(line.length).toBeLessThanOrEqual(40);
  });
});

describe("IPv6", () => {
  const own = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter(({ family }) => family === "IPv6")
    .map(({ address }) => address)
    .filter((address) => address === "::1" || /^f[cd]/i.test(address));

  test("is served at an address that was typed, in brackets, by that name alone", async () => {
    for (const address of own) {
      const journey = sample.copy();
      const handoff = await startHandoff(journey, ["--address", `[${address}]`], {
        at: monday,
        text: true,
      });
      const { host, port, pathname } = new URL(handoff.address);
      expect(host).toBe(`[${address}]:${port}`);
      const page = await fetch(handoff.address);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain("Ready for your phone");
      await expect(fetch(`http://127.0.0.1:${port}${pathname}`)).rejects.toThrow("fetch failed");
      handoff.interrupt();
      expect((await handoff.ended).code).toBe(130);
      journey.dispose();
    }
    if (own.length === 0) {
      const { code } = await sample.run(["handoff", "--address", "::1"], { at: monday });
      expect(code).toBe(69);
    }
    console.log(`  served at ${own.length} IPv6 addresses of this machine`);
  });

  test("one that this machine has not is refused", async () => {
    const words = ["handoff", "--address", "fd00:1:2:3:4:5:6:7"];
    const { code, error } = await sample.run(words, { at: monday });
    expect(code).toBe(2);
    expect(error).toContain("does not have that address");
  });
});
