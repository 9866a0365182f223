import { join } from "node:path";
import { afterEach, expect, it, onTestFinished } from "vitest";
import type { SourceEvent } from "../../src/core/source.ts";
import { systemClock } from "../../src/edge/clock.ts";
import { read } from "../../src/sources/tiktok-profile/reader.ts";
import { creatorOf, startTikTok } from "../look-alike/tiktok/index.ts";
import { workFolder } from "../support/cli.ts";
import { sourceContext } from "../support/source-context.ts";
import { needChromium } from "../tasks/system.ts";

const work = workFolder();

afterEach(() => work.dispose());

it("offers media with the page's own cookies and Referer, which the hosts want, and shows them to nobody", async () => {
  const tiktok = await startTikTok({ creator: creatorOf("mira.paints", 10) });
  onTestFinished(() => tiktok.close());
  const context = sourceContext({
    clock: systemClock({ FINDMEHERE_TEST: "1", FINDMEHERE_TEST_PACE: "40" }),
    owner: "mira.paints",
    origin: tiktok.origin,
    browser: {
      executable: needChromium(),
      profiles: join(work.path, "state", "browsers", "library"),
      headless: true,
      attended: false,
    },
  });
  const events: SourceEvent[] = [];
  for await (const event of read("@mira.paints", context)) events.push(event);

  const posts = events.filter((event) => event.type === "post");
  expect(posts).toHaveLength(10);
  expect(events.filter((event) => event.type === "coverage")).toEqual([
    expect.objectContaining({ whole: true, privateToo: false }),
  ]);
  const profile = events.find((event) => event.type === "profile");
  const origins = [...posts.flatMap(({ media }) => media.map((each) => each.origins[0]))].concat(
    profile?.avatar.slice(0, 1) ?? [],
  );
  expect(origins.length).toBeGreaterThan(20);
  let wantsCookie = 0;
  for (const origin of origins) {
    if (origin.at !== "web" || origin.headers === undefined) throw new Error("not from the web");
    const headers = origin.headers(origin.address);
    const given = await fetch(origin.address, { headers });
    expect(given.status, origin.address.replace(/\?.*/, "")).toBe(200);
    await given.arrayBuffer();
    if (!origin.address.includes("tk=tt_chain_token")) continue;
    wantsCookie += 1;
    const refused = await fetch(origin.address, { headers: { Referer: headers["Referer"] ?? "" } });
    expect(refused.status).toBe(403);
    await refused.arrayBuffer();
    expect(origin.headers("https://example.org/a")).toEqual({ Referer: `${tiktok.origin}/` });
  }
  expect(wantsCookie).toBeGreaterThan(5);
  const [cookie = ""] = /tt_chain_token=[^;]+/.exec(
    origins.flatMap((each) =>
      each.at === "web" ? (each.headers?.(each.address)["Cookie"] ?? []) : [],
    )[0] ?? "",
  ) ?? [""];
  expect(cookie).not.toBe("");
  expect(JSON.stringify(events)).not.toContain(cookie.split("=")[1]);
});
