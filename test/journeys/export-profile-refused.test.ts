import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { creatorOf } from "../look-alike/tiktok/index.ts";
import type { Scenario } from "../look-alike/tiktok/index.ts";
import { expectToldOnce, startPageJourney } from "./page-journey.ts";
import type { PageJourney } from "./page-journey.ts";

const words = ["export", "@mira.paints", "--headless", "--skip-media"];
const creator = creatorOf("mira.paints", 80);

let journey: PageJourney;

afterEach(async () => {
  await journey.expectClean([]);
  await journey.dispose();
});

describe("a page that TikTok does not show", () => {
  const ways: [string, Partial<Scenario>, number, string, string][] = [
    ["the sign-in page", { loginRedirect: true }, 77, "site-wants-person", "sign in"],
    ["too many pages", { profileTooMany: true }, 75, "site-asks-to-wait", "slow down"],
    ["a private account", { profileStatus: 10222 }, 77, "page-refused", "private"],
    ["a page that is not available", { profileStatus: 10204 }, 75, "page-refused", "not available"],
    ["another region", { profileStatus: 10231 }, 3, "page-refused", "region"],
  ];
  it.each(ways)("%s", async (_name, scenario, exit, code, said) => {
    journey = await startPageJourney(creator, scenario);
    const run = await journey.run(words);
    expectToldOnce(run, { exit, code, said });
  });

  it("leaves nothing behind for an account that does not exist", async () => {
    journey = await startPageJourney(creator);
    const run = await journey.run(["export", "@nobody.here", "--headless"], { text: true });
    expect(run.code, run.error).toBe(65);
    expect(run.error).toContain("TikTok knows no account @nobody.here");
    expect(existsSync(join(journey.folder, "FindMeHere"))).toBe(false);
  });
});
