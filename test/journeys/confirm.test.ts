import { afterAll, beforeAll, expect } from "vitest";

import type { CliRun } from "../support/cli.ts";
import {
  itemsOf,
  keys,
  linesOf,
  publicationSums,
  startMigrated,
  testInCopies,
} from "./sample-journey.ts";
import type { Journey, OpenJourney } from "./sample-journey.ts";

const monday = "2026-10-05T18:00:00Z";
const tuesday = "2026-10-06T18:00:00Z";
const note = "65f1a2b3c4d5e6f708192a3b";

/** Both introductions and the first post of each destination are handed off. */
let sample: OpenJourney;

beforeAll(async () => {
  sample = await startMigrated({
    FINDMEHERE_CREATOR_HANDLES_LEMON8: "mira.paints",
    FINDMEHERE_CREATOR_HANDLES_REDNOTE: "Mira paints",
  });
  await sample.run(["publish", "--due", "--quiet"], { at: monday });
  await sample.run(["publish", "--due", "--quiet"], { at: tuesday });
});
afterAll(() => sample.close());

const inCopy = testInCopies(() => sample);

inCopy(
  "right addresses of both destinations make posts live with proof pasted",
  async (journey) => {
    const lemon8 = await confirm(journey, "hello@lemon8", [
      "--url",
      "https://lemon8-app.com/mira.paints/7410000000000000001?region=us&share_token=s3cret",
    ]);
    expect(lemon8.code, lemon8.out).toBe(0);
    expect(lemon8.summary).toMatchObject({
      command: "confirm",
      state: "live",
      proof: "pasted",
      url: "https://www.lemon8-app.com/@mira.paints/7410000000000000001",
    });
    const shared = `12 Mira paints发布了一篇小红书笔记，快来看看吧！😆 AbC1dEf 😆 https://www.xiaohongshu.com/discovery/item/${note}?xsec_token=ABs3cret%3D&xsec_source=app_share，复制本条信息，打开【小红书】App查看精彩内容！`;
    const rednote = await confirm(journey, "hello@rednote", ["--url", shared]);
    expect(rednote.code, rednote.out).toBe(0);
    expect(rednote.summary).toMatchObject({
      state: "live",
      proof: "pasted",
      url: `https://www.xiaohongshu.com/explore/${note}`,
    });
    const all = await journey.run(["queue", "list", "--all", "--json"]);
    expect(all.out).not.toMatch(/token|s3cret|xsec/);
    const { summary } = await status(journey);
    expect(summary["publications"]).toEqual({
      rednote: { held: 2, queued: 15, live: 1 },
      lemon8: { held: 2, queued: 14, "handed-off": 1, live: 1 },
    });
    expect(summary["proof"]).toEqual({ pasted: 2 });
  },
);

inCopy("says what is recorded, and that nobody has looked at it yet", async (journey) => {
  const url = "https://s.lemon8-app.com/al/AbCdEfGh";
  const run = await journey.run(["confirm", "--post", "hello", "--to", "lemon8", "--url", url], {
    at: tuesday,
  });
  expect(run.code).toBe(0);
  expect(run.out).toContain(`hello@lemon8 is live: ${url}.`);
  expect(run.out).toContain("pasted by you; nobody has looked at it yet");
  expect(run.out).toContain("1 more ready to post there");
});

inCopy(
  "the same confirm twice is fine; another address for a live post is not",
  async (journey) => {
    const url = "https://www.lemon8-app.com/@mira.paints/7410000000000000001";
    const first = await confirm(journey, "hello@lemon8", ["--url", url]);
    const again = await confirm(journey, "hello@lemon8", ["--url", `${url}?share=1`]);
    expect(again.code).toBe(0);
    expect(again.out).toBe(first.out);
    const other = await confirm(journey, "hello@lemon8", [
      "--url",
      "https://www.lemon8-app.com/@mira.paints/7410000000000000002",
    ]);
    expect(other.code).toBe(2);
    expect((await list(journey)).includes("hello@lemon8 live")).toBe(true);
  },
);

inCopy("what proves nothing exits 2 and records nothing", async (journey) => {
  await confirm(journey, "hello@rednote", [
    "--url",
    `https://www.rednote.com/explore/${note}?xsec_token=x`,
  ]);
  const before = await list(journey);
  const refused: [string, string[], string][] = [
    [
      "hello@lemon8",
      ["--url", "https://www.lemon8-app.com/topic/7410000000000000001"],
      "not-an-address",
    ],
    ["hello@lemon8", ["--url", `https://www.xiaohongshu.com/explore/${note}`], "not-an-address"],
    ["hello@lemon8", ["--url", "it is online now"], "not-an-address"],
    [
      "hello@lemon8",
      ["--url", "http://www.lemon8-app.com/@mira.paints/7410000000000000001"],
      "not-an-address",
    ],
    [
      "hello@lemon8",
      ["--url", "https://www.lemon8-app.com/@somebody/7410000000000000001"],
      "not-your-post",
    ],
    // The same note under its other host.
    [
      `${keys.newest}@rednote`,
      ["--url", `https://www.xiaohongshu.com/explore/${note}`],
      "address-taken",
    ],
    [
      `${keys.oldest}@lemon8`,
      ["--url", "https://www.lemon8-app.com/@mira.paints/7410000000000000009"],
      "move-not-allowed",
    ],
    [`${keys.noCaption}@lemon8`, ["--posted"], "move-not-allowed"],
    [`${keys.oldest}@lemon8`, ["--not-today"], "move-not-allowed"],
    ["nobody@lemon8", ["--posted"], "no-such-publication"],
  ];
  for (const [item, words, error] of refused) {
    const run = await confirm(journey, item, words);
    expect([run.code, run.summary["error"]], `${item} ${words.join(" ")}`).toEqual([2, error]);
    expect(String(run.lines[0]?.["message"]).length).toBeGreaterThan(20);
  }
  expect(await list(journey)).toEqual(before);
  await status(journey);
  const people = await journey.run([
    "confirm",
    "--post",
    "hello",
    "--to",
    "lemon8",
    "--url",
    "https://www.lemon8-app.com/@somebody/7410000000000000001",
  ]);
  expect(people.error).toContain("That post belongs to @somebody, and you are @mira.paints");
  expect(people.error).toContain("Nothing was recorded.");
});

inCopy("the words have to be clear", async (journey) => {
  for (const words of [
    ["--post", "hello"],
    ["--posted"],
    ["--post", "hello", "--posted"],
    ["--post", "hello", "--to", "lemon8", "--posted", "--not-today"],
  ]) {
    const run = await journey.run(["confirm", ...words]);
    expect(run.code).toBe(2);
    expect(run.error).toContain("one of --url, --posted, --not-today or --not-there");
  }
});

inCopy("--posted is noted without a link, and the link may follow", async (journey) => {
  const posted = await confirm(journey, "hello@lemon8", ["--posted"]);
  expect(posted.code).toBe(0);
  expect(posted.summary).toMatchObject({ state: "submitted", url: null, proof: null, left: 1 });
  const { summary } = await status(journey);
  expect(summary["publications"]).toMatchObject({ lemon8: { submitted: 1, "handed-off": 1 } });
  expect(summary["proof"]).toEqual({});
  const url = "https://www.lemon8-app.com/@mira.paints/7410000000000000001";
  const later = await confirm(journey, "hello@lemon8", ["--url", url]);
  expect(later.summary).toMatchObject({ state: "live", url, proof: "pasted" });
  expect((await status(journey)).summary["proof"]).toEqual({ pasted: 1 });
});

inCopy("--not-today goes back into the queue, not before the next day", async (journey) => {
  const run = await confirm(journey, `${keys.newest}@lemon8`, ["--not-today"]);
  expect(run.code, run.out).toBe(0);
  expect(run.summary).toMatchObject({ state: "queued" });
  const due = String(linesOf(run, "publication")[0]?.["due"]);
  // Midnight in Madrid is 22:00 UTC in October.
  expect(due > "2026-10-06T22:00:00Z").toBe(true);
  const same = await journey.run(["publish", "--due", "--json"], { at: "2026-10-06T19:30:00Z" });
  expect(itemsOf(same)).not.toContain(`${keys.newest}@lemon8`);
  await status(journey);
  // On its day the cap still holds, whoever else has a slot then.
  const later = await journey.run(["publish", "--due", "--json"], { at: due });
  expect(later.code).toBe(0);
  const handedOff = itemsOf(later).filter((item) => item.endsWith("@lemon8"));
  expect(handedOff.length).toBeLessThanOrEqual(1);
  expect(Number(later.summary["handedOff"]) + Number(later.summary["waiting"])).toBe(
    Number(later.summary["due"]),
  );
});

async function confirm(journey: Journey, item: string, words: string[]): Promise<CliRun> {
  const [post = "", to = ""] = item.split("@");
  return journey.run(["confirm", "--post", post, "--to", to, ...words, "--json"], {
    at: tuesday,
  });
}

async function status(journey: Journey): Promise<CliRun> {
  const run = await journey.run(["status", "--json"], { at: tuesday });
  expect(publicationSums(run.summary)).toEqual({ rednote: 18, lemon8: 18 });
  return run;
}

async function list(journey: Journey): Promise<string[]> {
  const run = await journey.run(["queue", "list", "--all", "--json"], { at: tuesday });
  return linesOf(run, "publication").map(
    ({ post, to, state }) => `${String(post)}@${String(to)} ${String(state)}`,
  );
}
