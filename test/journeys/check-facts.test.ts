import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { recordHar } from "../look-alike/tiktok/har.ts";
import type { CliRun } from "../support/cli.ts";
import { linesOf } from "./sample-journey.ts";
import { startHarJourney } from "./har-journey.ts";
import type { HarJourney } from "./har-journey.ts";

let journey: HarJourney;
let duet: string;
let credited: string;
let advert: string;

/** The facts that a run tells of a post, as `CODE SEVERITY`, for RedNote. */
function factsOf(run: CliRun, post: string): string[] {
  return linesOf(run, "problem")
    .filter((line) => line["post"] === post && line["to"] === "rednote")
    .filter(({ code }) =>
      /^(licensed-sound|others-work|paid-partnership|ai-content)$/.test(String(code)),
    )
    .map(({ code, severity }) => `${String(code)} ${String(severity)}`);
}

beforeAll(async () => {
  journey = await startHarJourney();
  const [first, second, third] = journey.creator.posts.filter(({ kind }) => kind === "video");
  Object.assign(first!, { duetOf: "7111111111111111111" });
  Object.assign(second!, { isAd: true, AIGCDescription: "Creator labeled as AI-generated" });
  // Nothing but its caption tells that it is one.
  Object.assign(third!, { desc: "#stitch with @ana.art and I tried it too" });
  duet = first!.id;
  credited = third!.id;
  advert = second!.id;
  const har = await recordHar(journey.tiktok, {
    postsOpened: 20,
    media: "parts",
    bodies: "in-turn",
  });
  expect((await journey.run(["export", journey.save("page.har", har)])).code).toBe(0);
  expect((await journey.run(["prepare"])).code).toBe(0);
});
afterAll(() => journey.dispose());

test("what TikTok told of a post is said where it goes out, and nothing of posts like any other", async () => {
  const run = await journey.run(["check", "--json"]);
  expect(run.code).toBe(3);
  expect(factsOf(run, duet)).toContain("others-work stop");
  expect(factsOf(run, credited)).toContain("others-work stop");
  expect(factsOf(run, advert)).toEqual(
    expect.arrayContaining(["paid-partnership warn", "ai-content warn"]),
  );
  for (const { id } of journey.creator.posts) {
    if ([duet, credited, advert].includes(id)) continue;
    expect(factsOf(run, id).filter((fact) => !fact.startsWith("licensed-sound"))).toEqual([]);
  }
});

test("someone else's work is held until the creator says that they may, and stays allowed", async () => {
  const queued = await journey.run(["queue", "add", "--to", "rednote", "--json"]);
  const told = linesOf(queued, "problem").find(
    ({ code, post }) => code === "others-work" && post === duet,
  );
  expect(told).toMatchObject({ post: duet, to: "rednote" });
  const command = /`findmehere (queue release [^`]+)`/.exec(String(told?.["fix"]))?.[1] ?? "";
  expect(command).toBe(`queue release ${duet}@rednote --allow others-work`);
  expect(String(told?.["fix"])).not.toContain("--all`");
  const freed = await journey.run([...command.split(" "), "--json"]);
  expect(freed.summary).toMatchObject({ planned: 1, held: 0 });

  // New words are no new question about whose work it is.
  const { folders } = (await journey.run(["check", "--json"])).summary;
  const folder = (folders as Record<string, string>)[`${duet}@rednote`] ?? "none";
  writeFileSync(join(journey.library, folder, "title.txt"), "A new title");
  for (const words of [
    ["check", "--json"],
    ["prepare", "--json"],
    ["check", "--json"],
  ]) {
    expect(factsOf(await journey.run(words), duet)).toContain("others-work warn");
  }
});
