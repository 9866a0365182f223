import { existsSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { servePost, startExportJourney } from "./export-journey.ts";
import type { ExportJourney } from "./export-journey.ts";

let journey: ExportJourney;
let archive: string;
let count = 0;
/** A fresh library for each run. */
let library: string;

beforeAll(async () => {
  journey = await startExportJourney();
  const row = servePost(journey.server, { date: "2024-01-01 10:00:00" });
  archive = await journey.zip("archive.zip", [row]);
});

beforeEach(() => {
  count += 1;
  library = `library-${count}`;
});

afterAll(() => journey.dispose());

describe("options with a wrong value", () => {
  it.each([
    [
      ["--since", "yesterday"],
      '--since cannot be "yesterday". It takes a day, such as 2026-12-01.',
    ],
    [["--since", "2024-02-30"], '--since cannot be "2024-02-30". It takes a day, such as'],
    [["--until", "01.02.2024"], '--until cannot be "01.02.2024". It takes a day, such as'],
    [
      ["--since", "2024-03-01", "--until", "2024-02-01"],
      '--until cannot be "2024-02-01". It has to be --since (2024-03-01) or later.',
    ],
    [["--limit", "0"], '--limit cannot be "0". It takes a whole number from 1 on.'],
    [["--limit", "many"], '--limit cannot be "many". It takes a whole number from 1 on.'],
    [["--only", "vidoes"], '--only cannot be "vidoes". Did you mean videos? It takes pinned,'],
    [["--concurrency", "0"], '--concurrency cannot be "0". It takes a whole number from 1 on.'],
    [["--concurrency", "2.5"], '--concurrency cannot be "2.5". It takes a whole number'],
    ...["500", "0K", "fast", "2MB", "-1M", "1.M", "500B", ""].map((speed): [string[], string] => [
      [`--bwlimit=${speed}`],
      `--bwlimit cannot be "${speed}". It takes bytes a second with K, M or G, at least 1K`,
    ]),
    [["--copy", "--link"], "--copy and --link cannot both be given. Leave one of them out."],
  ])("%j end with 2, say so, and make no library", async (options, sentence) => {
    const before = journey.server.requests.length;
    const run = await journey.run(["export", archive, ...options], { library });
    expect(run.code).toBe(2);
    expect(run.lines).toHaveLength(2);
    expect(`${String(run.lines[0]?.["message"])} ${String(run.lines[0]?.["fix"])}`).toContain(
      sentence,
    );
    expect(run.summary).toMatchObject({ error: "wrong-option" });
    const said = await journey.run(["export", archive, ...options], { library, text: true });
    expect(said).toMatchObject({ code: 2, out: "" });
    expect(said.error.replaceAll("\n", " ")).toContain(sentence);
    expect(existsSync(join(journey.folder, library))).toBe(false);
    expect(journey.server.requests.length).toBe(before);
  });

  it("an option that does not exist ends with 2 and names the nearest; so does a source that is missing", async () => {
    const run = await journey.run(["export", archive, "--limits", "3"], { library, text: true });
    expect(run).toMatchObject({ code: 2, out: "" });
    expect(run.error).toContain("--limits");
    expect(run.error).toContain("Did you mean --limit?");
    const none = await journey.run(["export"], { library });
    expect(none.code).toBe(2);
    expect(none.summary).toMatchObject({ error: "what-to-export" });
    expect(existsSync(join(journey.folder, library))).toBe(false);
  });

  it("a setting that is wrong ends with 78 and makes no library", async () => {
    const environment = { FINDMEHERE_NETWORK_ALLOW_HOSTS: "http://127.0.0.1/path" };
    const run = await journey.run(["export", archive], { library, environment });
    expect(run.code).toBe(78);
    expect(run.lines[0]?.["message"]).toContain("network.allowHosts");
    expect(existsSync(join(journey.folder, library))).toBe(false);
    const queue = { FINDMEHERE_QUEUE_PER_DAY: "many" };
    const other = await journey.run(["export", archive], { library, environment: queue });
    expect(other.code).toBe(78);
    expect(existsSync(join(journey.folder, library))).toBe(false);
  });
});
