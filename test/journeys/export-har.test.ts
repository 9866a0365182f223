import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Har, recordHar } from "../look-alike/tiktok/har.ts";
import { jsonRows, problemsOf, servePost } from "./export-journey.ts";
import { type HarJourney, startHarJourney } from "./har-journey.ts";

let journey: HarJourney;
let har: Har;

beforeAll(async () => {
  journey = await startHarJourney();
  har = await recordHar(journey.tiktok, { signedIn: true });
});

afterAll(() => journey.dispose());

it("joins the posts of an archive, whose order does not matter", async () => {
  const rows = journey.creator.posts.map(({ createTime, kind, images }) => {
    const date = new Date(createTime * 1000).toISOString().slice(0, 19).replace("T", " ");
    return servePost(journey.server, {
      date,
      ...(kind === "photos" && { photos: images.length }),
    });
  });
  const archive = await journey.zip("archive.zip", rows, {
    profile: { userName: journey.creator.handle },
  });
  const inputs = [archive, journey.save("list.har", har)];
  for (const [library, words] of [
    ["archive-first", inputs],
    ["har-first", inputs.toReversed()],
  ] as const) {
    const joined = await journey.run(["export", ...words], { library });
    expect([joined.code, joined.error]).toEqual([0, ""]);
    expect(joined.summary).toMatchObject({ found: 7, exported: 7, failed: 0 });
    const folder = join(journey.folder, library);
    const told = jsonRows(folder).map(({ id, caption, views, sources }) => ({
      ...{ id, caption, views, sources },
    }));
    expect(told.toSorted(byId)).toEqual(
      journey.creator.posts
        .map(({ id, desc, stats }) => ({
          ...{ id, caption: desc, views: stats.plays, sources: ["har", "tiktok-archive"] },
        }))
        .toSorted(byId),
    );
  }
  const told = await journey.run(["export", ...inputs, "--verbose"], {
    ...{ text: true, library: "archive-first" },
  });
  expect(told.code).toBe(0);
  journey.expectNoSecrets(har, ["archive-first", "har-first"]);
});

describe("what is wrong with a HAR file is said with what to do", () => {
  it.each([
    ["without content", "har-without-content", "with content"],
    ["of another site", "har-other-site", "your profile"],
    ["that breaks off", "broken-json", "Save it again"],
  ])("%s", async (name, code, fix) => {
    const empty = structuredClone(har);
    for (const { response } of empty.log.entries) delete response.content.text;
    const path =
      name === "of another site"
        ? journey.save("other.har", { log: { ...har.log, entries: [] } })
        : journey.save("empty.har", empty);
    if (name === "that breaks off") {
      writeFileSync(path, readFileSync(path).subarray(0, -200));
    }
    const refused = await journey.run(["export", path]);
    expect(refused.code).toBe(65);
    expect(refused.summary["error"]).toBe(code);
    const [told] = problemsOf(refused, code);
    expect(told?.["fix"]).toContain(fix);
    expect(told?.["message"]).toContain(path);
  });
});

function byId(left: { id: unknown }, right: { id: unknown }): number {
  return String(left.id) < String(right.id) ? -1 : 1;
}
