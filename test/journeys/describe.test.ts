import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { privateValues, sampleCaptions, writeSampleZip } from "../demo/sample.ts";
import { findmehere, workFolder } from "../support/cli.ts";
import { existsSync } from "node:fs";

describe("export --describe", () => {
  let work: ReturnType<typeof workFolder>;
  let zip: string;
  beforeEach(async () => {
    work = workFolder();
    zip = join(work.path, "TikTok_Data.zip");
    await writeSampleZip(zip, { origin: "https://video.invalid", now: Date.UTC(2026, 10, 21) });
  });
  afterEach(() => work.dispose());

  it("prints the form of a zip, makes no library, and tells nothing of what is in it", async () => {
    const run = await findmehere(["export", "--describe", zip], { cwd: work.path });
    expect(run.code).toBe(0);
    expect(run.out).toContain("Post.Posts.VideoList");
    for (const value of privateValues) expect(run.out + run.error).not.toContain(value);
    expect(run.out).not.toContain("mira.paints");
    expect(existsSync(join(work.path, "FindMeHere"))).toBe(false);
  });

  it("gives scripts one object for each path", async () => {
    const run = await findmehere(["export", "--describe", zip, "--json"], { cwd: work.path });
    const shapes = run.lines.filter((line) => line.type === "shape");
    expect(run.summary).toMatchObject({ command: "export", shapes: shapes.length });
    expect(shapes.find((shape) => shape["path"] === "Post.Posts.VideoList[].Date")).toMatchObject({
      types: { string: 18 },
      known: true,
    });
  });

  it("asks what to describe", async () => {
    const run = await findmehere(["export", "--describe"], { cwd: work.path });
    expect(run.code).toBe(2);
    expect(run.error).toContain("not clear what to describe");
  });

  it("says that only TikTok's archive can be described", async () => {
    const run = await findmehere(["export", "--describe", sampleCaptions], { cwd: work.path });
    expect(run.code).toBe(2);
    expect(run.error).toContain("cannot be described");
  });
});
