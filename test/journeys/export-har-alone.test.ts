import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Har, recordHar } from "../look-alike/tiktok/har.ts";
import type { CliRun } from "../support/cli.ts";
import { csvRows, filesBelow, jsonRows, problemsOf } from "./export-journey.ts";
import { type HarJourney, startHarJourney } from "./har-journey.ts";

let journey: HarJourney;
let har: Har;
let first: CliRun;

beforeAll(async () => {
  journey = await startHarJourney();
  har = await recordHar(journey.tiktok, { postsOpened: 20, media: "parts", bodies: "in-turn" });
  first = await journey.run(["export", journey.save("page.har", har)]);
});

afterAll(() => journey.dispose());

describe("a HAR file alone makes a library", () => {
  it("with every post of the visit, and nobody else's", () => {
    expect([first.code, first.error]).toEqual([0, ""]);
    expect(first.summary).toMatchObject({ found: 7, exported: 7, failed: 0 });
    expect(csvRows(journey.library).map((row) => row["key"])).toEqual(
      expect.arrayContaining(journey.creator.posts.map(({ id }) => id)),
    );
    expect(problemsOf(first, "not-yours")).toHaveLength(1);
  });

  it("with captions byte for byte, exact counts and pins", () => {
    const rows = new Map(jsonRows(journey.library).map((row) => [row["id"], row]));
    for (const post of journey.creator.posts) {
      expect(rows.get(post.id)).toMatchObject({
        ...{ caption: post.desc, kind: post.kind, visibility: "public" },
        ...{ views: post.stats.plays, likes: post.stats.likes, saves: post.stats.saves },
        ...{
          sources: ["har"],
          url: expect.stringContaining(`/@${journey.creator.handle}/video/${post.id}`),
        },
      });
      expect(rows.get(post.id)?.["pinned"] === true).toBe(post.pinned);
    }
  });

  it("with the files that the browser had, byte for byte", () => {
    const digests = new Set(
      filesBelow(journey.library).map((file) =>
        createHash("sha256")
          .update(readFileSync(join(journey.library, file)))
          .digest("hex"),
      ),
    );
    for (const post of journey.creator.posts) {
      const files = journey.tiktok
        .media(post.id)
        .filter(({ form }) => /^(?:play|image \d+)$/.test(form));
      expect(files.length).toBeGreaterThan(0);
      for (const { form, sha256 } of files)
        expect([form, digests.has(sha256)]).toEqual([form, true]);
    }
  });

  it("and a second time there is nothing new", async () => {
    const again = await journey.run(["export", join(journey.folder, "page.har")]);
    expect(again.summary).toMatchObject({ found: 7, exported: 0, unchanged: 7, failed: 0 });
  });

  it("without a cookie, a token or a signed address in any byte", async () => {
    const told = await journey.run(["export", join(journey.folder, "page.har"), "--verbose"], {
      text: true,
    });
    expect(told.code).toBe(0);
    journey.expectNoSecrets(har, ["library"]);
  });
});
