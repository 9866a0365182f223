import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect } from "vitest";

import { idAt, startLemon8 } from "../look-alike/lemon8/index.ts";
import type { Lemon8LookAlike, ProfileFault } from "../look-alike/lemon8/index.ts";
import {
  draftFolder,
  keys,
  linesOf,
  migrateWords,
  startJourney,
  testInCopies,
} from "./sample-journey.ts";
import type { Journey } from "./sample-journey.ts";

const monday = "2026-10-05T18:00:00Z";
const tuesday = "2026-10-06T18:00:00Z";
/** When the creator has posted what was handed off. */
const evening = "2026-10-06T18:30:00Z";

let lemon8: Lemon8LookAlike;
/** The introduction and the newest post are handed off. */
let sample: Awaited<ReturnType<typeof startJourney>>;

beforeAll(async () => {
  lemon8 = await startLemon8("Mira.Paints");
  sample = await startJourney({
    FINDMEHERE_CREATOR_HANDLES_LEMON8: "mira.paints",
    FINDMEHERE_LEMON8_ORIGIN: lemon8.origin,
  });
  const run = await sample.run([...migrateWords(sample), "--quiet"]);
  expect(run.code, run.error).toBe(0);
  await sample.run(["publish", "--due", "--quiet"], { at: monday });
  await sample.run(["publish", "--due", "--quiet"], { at: tuesday });
  expect(lemon8.requests).toEqual([]);
});
afterEach(() => {
  lemon8.fail(null);
  lemon8.creator.posts = [];
  lemon8.requests.length = 0;
  lemon8.links.clear();
});
afterAll(async () => {
  await sample.close();
  await lemon8.close();
});

const inCopy = (name: string, body: (journey: Journey) => Promise<void>): void =>
  testInCopies(() => sample)(name, async (journey) => {
    await body(journey);
    // What is the place's, or the creator's words, stands in no log.
    expect(logsOf(journey)).not.toMatch(/s3cret|_t=|tt_webid|s\.lemon8-app/);
  });

inCopy(
  "confirm finds what was posted, by one request for all, with proof read-back",
  async (journey) => {
    const hello = onPage(journey, "hello", "2026-10-05T18:20:00Z");
    const newest = onPage(journey, keys.newest, "2026-10-06T18:10:00Z");
    lemon8.creator.posts = [newest, hello];
    const run = await look(journey, evening);
    expect(run.code, run.out).toBe(0);
    expect(run.summary).toMatchObject({ looked: 2, live: 2, pending: 0, unknown: 0 });
    const live = linesOf(run, "publication");
    expect(live.map(({ post, state, url, proof }) => [post, state, url, proof])).toEqual([
      ["hello", "live", `https://www.lemon8-app.com/@Mira.Paints/${hello.id}`, "read-back"],
      [keys.newest, "live", `https://www.lemon8-app.com/@Mira.Paints/${newest.id}`, "read-back"],
    ]);
    expect(lemon8.requests.map(({ path }) => path)).toEqual(["/@mira.paints"]);
    expect(lemon8.requests[0]?.headers.cookie).toBeUndefined();
    expect(run.out + run.error).not.toMatch(/s3cret|tt_webid/);
    expect(run.out + run.error).not.toContain(hello.text.slice(0, 40));
    const status = await journey.run(["status", "--json"], { at: evening });
    expect(status.summary["proof"]).toEqual({ "read-back": 2 });
    const shown = await journey.run(["queue", "show", "hello@lemon8"], { at: evening });
    expect(shown.out).toContain("it was seen on the account's own page");
  },
);

inCopy(
  "what is not there is not visible yet; within five minutes nobody asks again",
  async (journey) => {
    lemon8.creator.posts = [onPage(journey, keys.newest, "2026-10-06T18:10:00Z")];
    const first = await look(journey, evening);
    expect(first.summary).toMatchObject({ looked: 2, live: 1, pending: 1 });
    const people = await journey.run(["confirm"], { at: "2026-10-06T18:33:00Z" });
    expect(people.out).toContain("nothing that findmehere could look at now");
    expect(lemon8.requests).toHaveLength(1);
    const later = await journey.run(["confirm"], { at: "2026-10-06T18:36:00Z" });
    expect(later.out).toContain("1 not visible yet.");
    expect(await states(journey)).toContain("hello@lemon8 handed-off");
  },
);

inCopy(
  "each failure has its own words, settles nothing, and the next look may find it",
  async (journey) => {
    const post = onPage(journey, keys.newest, "2026-10-06T18:10:00Z");
    lemon8.creator.posts = [post];
    const before = await states(journey);
    const faults: [ProfileFault, string, string][] = [
      ["forbidden", "page-blocked", "does not let findmehere look at your page now (403)"],
      ["too-many", "page-blocked", "(429)"],
      ["missing", "account-not-found", "no page of your account (404)"],
      ["no-data", "page-changed", "no longer as findmehere knows it"],
      ["private", "account-hidden", "is private"],
      ["banned", "account-hidden", "is closed"],
      ["cut", "page-unreachable", "could not be reached"],
    ];
    let minute = 0;
    for (const [fault, code, words] of faults) {
      lemon8.fail(fault);
      lemon8.requests.length = 0;
      minute += 6;
      const run = await look(journey, `2026-10-06T19:${String(minute).padStart(2, "0")}:00Z`);
      expect(run.code, fault).toBe(0);
      expect(run.summary, fault).toMatchObject({ looked: 2, unknown: 2, live: 0, refused: 0 });
      const said = linesOf(run, "problem");
      expect(said.map((each) => [each["code"], each["to"]])).toEqual([
        [code, "lemon8"],
        [code, "lemon8"],
      ]);
      expect(said[0]?.["message"]).toContain(words);
      expect(lemon8.requests, fault).toHaveLength(1);
      expect(await states(journey)).toEqual(before);
    }
    lemon8.fail(null);
    const well = await look(journey, "2026-10-06T19:55:00Z");
    expect(well.summary).toMatchObject({ live: 1, pending: 1 });
  },
);

inCopy("a post of one name cannot prove two publications", async (journey) => {
  const post = onPage(journey, keys.newest, "2026-10-06T18:10:00Z");
  const url = `https://www.lemon8-app.com/@mira.paints/${post.id}`;
  const pasted = ["confirm", "--post", "hello", "--to", "lemon8", "--url", url];
  expect((await journey.run(pasted, { at: evening })).code).toBe(0);
  lemon8.creator.posts = [post];
  const run = await look(journey, evening);
  expect(run.summary).toMatchObject({ looked: 2, live: 1, unknown: 1 });
  expect(linesOf(run, "publication")[0]).toMatchObject({ post: "hello", proof: "read-back" });
  expect(linesOf(run, "problem")[0]?.["message"]).toContain("already proves hello@lemon8");
});

inCopy("posted yesterday and said so today, it is found", async (journey) => {
  lemon8.creator.posts = [onPage(journey, "hello", "2026-10-05T18:20:00Z")];
  const posted = ["confirm", "--post", "hello", "--to", "lemon8", "--posted"];
  await journey.run(posted, { at: evening });
  const run = await look(journey, evening);
  expect(run.summary).toMatchObject({ live: 1, pending: 1 });
});

inCopy("asking often does not make a review shorter", async (journey) => {
  const posted = ["confirm", "--post", "hello", "--to", "lemon8", "--posted"];
  await journey.run(posted, { at: evening });
  const one = ["confirm", "--post", "hello", "--to", "lemon8", "--json"];
  for (let minute = 0; minute < 60; minute += 6) {
    const at = `2026-10-06T19:${String(minute).padStart(2, "0")}:00Z`;
    expect((await journey.run(one, { at })).summary).toMatchObject({ looked: 1, pending: 1 });
  }
  const late = await journey.run(one, { at: "2026-10-08T19:30:00Z" });
  expect(late.summary).toMatchObject({ unconfirmed: 1 });
  expect(late.code).toBe(3);
});

inCopy("a timer asks Lemon8 for nothing, whatever was said or looked at", async (journey) => {
  const posted = ["confirm", "--post", "hello", "--to", "lemon8", "--posted"];
  await journey.run(posted, { at: evening });
  await look(journey, evening);
  lemon8.requests.length = 0;
  for (const at of ["2026-10-06T20:00:00Z", "2026-10-07T18:00:00Z", "2026-10-09T18:00:00Z"]) {
    const tick = await journey.run(["publish", "--due", "--json"], { at });
    expect(tick.code, tick.out).toBe(0);
    expect(tick.summary).toMatchObject({ looked: 0 });
  }
  expect(lemon8.requests).toEqual([]);
});

inCopy("a pasted short link becomes the post's address, without its tokens", async (journey) => {
  const id = idAt("2026-10-05T18:20:00Z");
  lemon8.links.set("AbCdEfGh", `${lemon8.origin}/@MIRA.paints/${id}?_r=1&_t=s3cret&region=us`);
  const pasted = "Look at my post! https://s.lemon8-app.com/al/AbCdEfGh?_t=s3cret";
  const words = ["confirm", "--post", "hello", "--to", "lemon8", "--url", pasted, "--json"];
  const run = await journey.run(words, { at: evening });
  expect(run.code, run.out).toBe(0);
  const url = `https://www.lemon8-app.com/@MIRA.paints/${id}`;
  expect(run.summary).toMatchObject({ state: "live", url, proof: "pasted" });
  expect(run.out).not.toContain("s3cret");
  expect(lemon8.requests.map(({ path }) => path)).toEqual(["/al/AbCdEfGh"]);
  expect((await journey.run(words, { at: evening })).out).toBe(run.out);
});

inCopy("a short link to somebody else's post, or to none, records nothing", async (journey) => {
  const before = await states(journey);
  const id = idAt("2026-10-05T18:20:00Z");
  const leads: [string | number, string][] = [
    [`/@somebody/${id}?_t=s3cret`, "not-your-post"],
    [404, "link-leads-nowhere"],
    ["/discover/trending", "link-leads-nowhere"],
  ];
  for (const [to, error] of leads) {
    lemon8.links.set("AbCdEfGh", to);
    const run = await paste(journey, "https://s.lemon8-app.com/al/AbCdEfGh");
    expect([run.code, run.summary["error"]]).toEqual([2, error]);
    expect(run.out + run.error).not.toContain("s3cret");
  }
  expect(await states(journey)).toEqual(before);
});

inCopy(
  "a pasted post link asks nobody; confirm sees the post there, by its id",
  async (journey) => {
    const hello = onPage(journey, "hello", "2026-10-05T18:20:00Z");
    const clean = `https://www.lemon8-app.com/@MIRA.paints/${hello.id}`;
    const pasted = await paste(journey, `Look! ${clean}?_t=s3cret&_r=1&region=us`);
    expect(pasted.summary).toMatchObject({ state: "live", url: clean, proof: "pasted" });
    expect(lemon8.requests).toEqual([]);
    // What is like it is another post; it stays as the creator said, and nobody is bothered about it.
    lemon8.creator.posts = [{ ...hello, id: idAt("2026-10-05T18:21:00Z") }];
    const unseen = await journey.run(["confirm"], { at: evening });
    expect(unseen.out).toBe("1 not visible yet, 1 known by the pasted link alone.\n");
    expect(unseen.error).toBe("");
    lemon8.creator.posts = [{ ...hello, title: "I renamed it" }];
    const seen = await look(journey, "2026-10-06T18:40:00Z");
    expect(seen.summary).toMatchObject({ looked: 2, live: 1, pending: 1, pasted: 0 });
    const url = `https://www.lemon8-app.com/@Mira.Paints/${hello.id}`;
    expect(linesOf(seen, "publication")).toContainEqual(
      expect.objectContaining({ post: "hello", state: "live", url, proof: "read-back" }),
    );
    const status = await journey.run(["status", "--json"], { at: evening });
    expect(status.summary["proof"]).toEqual({ "read-back": 1 });
    const shown = await journey.run(["queue", "show", "hello@lemon8"], { at: evening });
    expect(shown.out).toContain("it was seen on the account's own page");
    const again = await look(journey, "2026-10-06T18:50:00Z");
    expect(again.summary).toMatchObject({ looked: 1, pasted: 0 });
  },
);

inCopy("where nobody can look, a pasted link holds, and why is said once", async (journey) => {
  for (const [post, moment] of [
    ["hello", "2026-10-05T18:20:00Z"],
    [keys.newest, "2026-10-06T18:10:00Z"],
  ] as const) {
    const url = `https://www.lemon8-app.com/@mira.paints/${idAt(moment)}`;
    await journey.run(["confirm", "--post", post, "--to", "lemon8", "--url", url], { at: evening });
  }
  const before = await states(journey);
  lemon8.fail("private");
  const run = await look(journey, evening);
  expect(run.code).toBe(0);
  expect(run.summary).toMatchObject({ looked: 2, pasted: 2, live: 0, unknown: 0 });
  expect(linesOf(run, "problem")).toMatchObject([{ code: "account-hidden", to: "lemon8" }]);
  expect(linesOf(run, "publication")).toEqual([]);
  expect(await states(journey)).toEqual(before);
  expect(lemon8.requests).toHaveLength(1);
});

inCopy(
  "a short link that could not be followed gets its address by the next look",
  async (journey) => {
    lemon8.links.set("AbCdEfGh", 429);
    const short = "https://s.lemon8-app.com/al/AbCdEfGh";
    const pasted = await paste(journey, short);
    expect(pasted.summary).toMatchObject({ state: "live", url: short, proof: "pasted" });
    const hello = onPage(journey, "hello", "2026-10-05T18:20:00Z");
    lemon8.creator.posts = [hello];
    const run = await look(journey, evening);
    const url = `https://www.lemon8-app.com/@Mira.Paints/${hello.id}`;
    expect(linesOf(run, "publication")[0]).toMatchObject({
      post: "hello",
      url,
      proof: "read-back",
    });
  },
);

inCopy("the link of a profile is no post, and is called what it is", async (journey) => {
  const before = await states(journey);
  lemon8.links.set("AbCdEfGh", "https://www.lemon8-app.com/@mira.paints?_t=s3cret&region=us");
  for (const pasted of [
    "https://www.lemon8-app.com/@mira.paints?region=us",
    "https://s.lemon8-app.com/al/AbCdEfGh",
  ]) {
    const run = await paste(journey, pasted);
    expect([run.code, run.summary["error"]]).toEqual([2, "not-an-address"]);
    expect(run.out).toContain("the link of a profile on Lemon8, not of a post");
    expect(run.out).not.toContain("s3cret");
  }
  expect(lemon8.requests.map(({ path }) => path)).toEqual(["/al/AbCdEfGh"]);
  expect(await states(journey)).toEqual(before);
});

inCopy("what cannot be followed is kept as it is, and said", async (journey) => {
  lemon8.links.set(
    "AbCdEfGh",
    "https://elsewhere.example/@mira.paints/7410000000000000001?_t=s3cret",
  );
  const url = "https://s.lemon8-app.com/al/AbCdEfGh";
  const run = await paste(journey, url);
  expect(run.code, run.out).toBe(0);
  expect(run.summary).toMatchObject({ state: "live", url, proof: "pasted" });
  const [said] = linesOf(run, "problem");
  expect(said).toMatchObject({ code: "link-not-followed", severity: "note", post: "hello" });
  expect(said?.["message"]).toContain("a place that findmehere does not visit");
  expect(run.out).not.toMatch(/s3cret|elsewhere/);
  // Once it can be followed, the same paste changes nothing.
  lemon8.links.set("AbCdEfGh", `/@mira.paints/${idAt(monday)}`);
  expect((await paste(journey, url)).summary).toMatchObject({ state: "live", url });
});

function onPage(journey: Journey, post: string, moment: string) {
  const folder = draftFolder(journey, post, "lemon8");
  const title = journey.read(`${folder}/title.txt`).trim();
  const text = journey.read(`${folder}/body.txt`).trim();
  return { id: idAt(moment), title, text };
}

function look(journey: Journey, at: string) {
  return journey.run(["confirm", "--json"], { at });
}

function paste(journey: Journey, url: string) {
  const words = ["confirm", "--post", "hello", "--to", "lemon8", "--url", url, "--json"];
  return journey.run(words, { at: evening });
}

async function states(journey: Journey): Promise<string[]> {
  const run = await journey.run(["queue", "list", "--all", "--json"], { at: tuesday });
  return linesOf(run, "publication").map(
    ({ post, to, state }) => `${String(post)}@${String(to)} ${String(state)}`,
  );
}

function logsOf(journey: Journey): string {
  const folder = join(journey.library, "logs");
  const names = statSync(folder, { throwIfNoEntry: false }) ? readdirSync(folder) : [];
  return names.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
}
