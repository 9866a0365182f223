import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { sidecar, writeSidecar } from "../support/sidecar.ts";
import { csvRows, keyOf, problemsOf, servePost, startExportJourney } from "./export-journey.ts";
import type { ExportJourney } from "./export-journey.ts";

let journey: ExportJourney;

beforeEach(async () => {
  journey = await startExportJourney();
});

afterEach(() => journey.dispose());

describe("what could not be joined", () => {
  it("captions of posts that the archive lacks are posts too; posts without a caption are listed", async () => {
    const [one, two] = ["2024-04-01 10:00:00", "2024-04-02 10:00:00"] as const;
    const rows = [
      servePost(journey.server, { date: one }),
      servePost(journey.server, { date: two }),
    ];
    const secret = servePost(journey.server, {
      date: "2024-04-03 10:00:00",
      whoCanView: "Only You",
    });
    const zip = await journey.zip("two.zip", [...rows, secret]);
    const folder = join(journey.folder, "two-captions");
    const sidecarAt = (id: string, at: string): Promise<string> =>
      writeSidecar(folder, sidecar({ id, timestamp: Date.parse(at) / 1000, description: id }));
    await sidecarAt("7352800000000000001", "2024-04-01T10:00:03Z");
    await sidecarAt("7360000000000000002", "2024-04-20T10:00:00Z");
    const run = await journey.run(["export", zip, folder]);
    expect(run.code).toBe(0);
    expect(run.summary).toMatchObject({ found: 4, exported: 4, unjoined: 0 });
    expect(csvRows(journey.library).at(-1)).toMatchObject({
      key: "7360000000000000002",
      caption: "7360000000000000002",
      media_files: "",
      sources: "media-folder",
    });
    // Nobody can see a private post's page, so no command would bring its caption.
    expect(problemsOf(run, "no-caption")).toEqual([
      {
        type: "problem",
        code: "no-caption",
        severity: "note",
        message: "No caption was found for the post of 2024-04-02.",
        fix: "Captions are not in TikTok's archive. Type `findmehere export @maya.films`: it reads them from your own page.",
        post: keyOf(two),
      },
    ]);
    const said = await journey.run(["export", zip, folder], { text: true });
    expect(said.error).toContain("`findmehere export @maya.films`");
    const quiet = await journey.run(["export", zip, folder, "--quiet"], { text: true });
    expect(quiet).toMatchObject({ code: 0, out: "", error: "" });
  });

  it("two videos and two captions of one second are not guessed", async () => {
    const date = "2024-06-01 10:00:00";
    const rows = [
      servePost(journey.server, { date }),
      servePost(journey.server, { date, photos: 2 }),
    ];
    const zip = await journey.zip("twins.zip", rows);
    const folder = join(journey.folder, "twins");
    for (const id of ["7375440000000000001", "7375440000000000002"]) {
      const timestamp = Date.parse("2024-06-01T10:00:01Z") / 1000;
      await writeSidecar(folder, sidecar({ id, timestamp, description: `Twin ${id}` }));
    }
    const run = await journey.run(["export", zip, folder]);
    expect(run.summary).toMatchObject({ found: 4, exported: 4 });
    expect(csvRows(journey.library).map((row) => [row["key"], row["problem"]])).toEqual([
      // The photos are no video's: they are not in doubt.
      ["20240601T100000Z", "no-caption"],
      ["20240601T100000Z-2", "ambiguous-join"],
      ["7375440000000000001", "ambiguous-join"],
      ["7375440000000000002", "ambiguous-join"],
    ]);
  });

  it("records of other accounts are left out and said", async () => {
    const zip = await journey.zip("mine.zip", [
      servePost(journey.server, { date: "2024-07-01 10:00:00" }),
    ]);
    const folder = join(journey.folder, "mixed");
    const timestamp = Date.parse("2024-07-01T10:00:00Z") / 1000;
    const id = "7386570000000000001";
    await writeSidecar(folder, sidecar({ id, timestamp, uploader: "someone", description: "x" }));
    const run = await journey.run(["export", zip, folder]);
    expect(run.code).toBe(0);
    expect(run.summary).toMatchObject({ found: 1, exported: 1 });
    expect(problemsOf(run, "not-yours")).toHaveLength(1);
    expect(csvRows(journey.library)[0]?.["caption"]).toBe("");
  });
});
