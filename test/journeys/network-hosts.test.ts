import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { CliRun } from "../support/cli.ts";
import { startSecureServer } from "../download/certificate.ts";
import type { SecureServer } from "../download/certificate.ts";
import {
  keyOf,
  problemsOf,
  results,
  servePost,
  startExportJourney,
  videoPath,
} from "./export-journey.ts";
import type { ExportJourney } from "./export-journey.ts";

const dates = [1, 2, 3, 4, 5, 6].map((day) => `2024-01-0${day} 10:00:00`);
const [one = "", two = "", three = "", four = "", five = ""] = dates;
const goesOn = "it goes on where it stopped.";

/** A host on this machine that takes no connection. */
async function closedHost(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}

describe("an export over hosts that cannot be reached", () => {
  let journey: ExportJourney;
  let secure: SecureServer;
  let closed: string;
  let run: CliRun;
  let reached = 0;

  beforeAll(async () => {
    [journey, secure, closed] = await Promise.all([
      startExportJourney(),
      startSecureServer(() => (reached += 1)),
      closedHost(),
    ]);
    const at = (date: string, origin: string) =>
      servePost(journey.server, { date, origin, unserved: true });
    const archive = await journey.zip("hosts.zip", [
      servePost(journey.server, { date: one }),
      at(two, "http://nobody.invalid"),
      at(three, `https://${secure.host}`),
      at(four, `http://${closed}`),
      at(five, `https://${journey.server.host}`),
    ]);
    const hosts = [journey.server.host, "nobody.invalid", secure.host, closed].join(",");
    run = await journey.run(["export", archive, "--concurrency", "8"], {
      environment: { FINDMEHERE_NETWORK_ALLOW_HOSTS: hosts },
    });
  });

  afterAll(() => Promise.all([journey.dispose(), secure.close()]));

  function told(date: string): Record<string, unknown> | undefined {
    return problemsOf(run, "download-failed").find((problem) => problem["post"] === keyOf(date));
  }

  it("fetches what can be fetched, ends with 3 and names what failed", () => {
    expect(run.code, run.error).toBe(3);
    expect(Object.values(results(run))).toEqual(["exported", ...Array(4).fill("failed")]);
  });

  it("says that nobody has that name", () => {
    expect(told(two)).toMatchObject({
      message: "The video could not be fetched: no server of that name was found (nobody.invalid).",
      fix: `Look at your internet connection and type the same command again; ${goesOn}`,
    });
  });

  it("says that a server takes no connection", () => {
    expect(told(four)?.["message"]).toBe(
      `The video could not be fetched: the server takes no connection (${closed}).`,
    );
  });

  it("says that a certificate is not to be trusted, and sends nothing there", () => {
    expect(told(three)).toMatchObject({
      message: `The video could not be fetched: the server could not prove whose it is (${secure.host}).`,
      fix: `Look whether this computer's date is right, and whether a network's sign-in page, a virus scanner or a proxy stands in between; then type the same command again; ${goesOn}`,
    });
    expect(reached).toBe(0);
  });

  it("does not fall back to plain http where https was asked for", () => {
    expect(told(five)?.["message"]).toContain("the server could not prove whose it is");
    expect(journey.server.requests.map(({ path }) => path)).toEqual([videoPath(one)]);
  });
});

describe("a site that asks to slow down", () => {
  let journey: ExportJourney;

  beforeAll(async () => {
    journey = await startExportJourney();
  });

  afterAll(() => journey.dispose());

  const pause = (retryAfter: string) => [{ kind: "status", status: 429, retryAfter } as const];

  it("for long ends the run with 75 and is asked nothing more; the next run does the rest", async () => {
    const rows = dates.map((date, index) =>
      servePost(journey.server, {
        date,
        title: "A",
        expires: 4_000_000_000 + index,
        ...(index === 2 ? { faults: pause("10800").map((fault) => ({ ...fault, times: 1 })) } : {}),
      }),
    );
    const archive = await journey.zip("slow.zip", rows);
    const run = await journey.run(["export", archive, "--concurrency", "1"]);
    expect(run.code, run.error).toBe(75);
    expect(Object.values(results(run))).toEqual([
      ...["exported", "exported", "failed", "failed", "failed", "failed"],
    ]);
    expect(journey.server.requests).toHaveLength(3);
    const told = problemsOf(run, "download-failed");
    expect(told).toHaveLength(4);
    for (const problem of told) {
      expect(problem).toMatchObject({
        message: `The video could not be fetched: the server asked to slow down (${journey.server.host}).`,
        fix: "Type the same command again in 4 hours; it goes on where it stopped.",
      });
    }
    const again = await journey.run(["export", archive]);
    expect(again.code, again.error).toBe(0);
    expect(again.summary).toMatchObject({ found: 6, exported: 4, unchanged: 2 });
    expect(journey.server.requests).toHaveLength(7);
  });

  it("beside another failure ends with 3: that one needs a person", async () => {
    journey.server.reset();
    const archive = await journey.zip("both.zip", [
      servePost(journey.server, { date: one, faults: [{ kind: "status", status: 404 }] }),
      servePost(journey.server, { date: two, expires: 4_100_000_000, faults: pause("900") }),
    ]);
    const run = await journey.run(["export", archive], { library: "another" });
    expect(run.code, run.error).toBe(3);
    expect(run.summary).toMatchObject({ found: 2, failed: 2 });
  });
});

describe("the time that is left", () => {
  it("is said by kind before the fetching begins, with how many files there are", async () => {
    const journey = await startExportJourney();
    const hours = (count: number) => Math.floor(Date.now() / 1000) + count * 3600 + 60;
    const archive = await journey.zip("soon.zip", [
      servePost(journey.server, { date: one, photos: 3, expires: hours(75) }),
      servePost(journey.server, { date: two, expires: hours(30) }),
      servePost(journey.server, { date: three, expires: hours(200) }),
    ]);
    const run = await journey.run(["export", archive], { text: true });
    expect(run.code, run.error).toBe(0);
    expect(run.error).toContain(
      "Fetching 3 photos (the first link dies in 3 days), 2 videos (the first link dies in 30 hours).\n",
    );
    expect(run.error.indexOf("Fetching")).toBeLessThan(run.error.indexOf("No caption"));
    await journey.dispose();
  });
});
