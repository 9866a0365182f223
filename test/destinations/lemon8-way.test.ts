import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { LookedFor } from "../../src/core/way.ts";
import { lemon8Follower } from "../../src/destinations/lemon8/follow.ts";
import { lemon8Way } from "../../src/destinations/lemon8/way.ts";
import { idAt, startLemon8 } from "../look-alike/lemon8/index.ts";
import type { Lemon8LookAlike, ProfileFault } from "../look-alike/lemon8/index.ts";

const never = new AbortController().signal;
let lemon8: Lemon8LookAlike;

beforeAll(async () => {
  lemon8 = await startLemon8();
});
afterEach(() => {
  lemon8.fail(null);
  lemon8.creator.posts = [];
  lemon8.requests.length = 0;
  lemon8.links.clear();
});
afterAll(() => lemon8.close());

const wanted: LookedFor = {
  ...{ post: "7500000000000000001", to: "lemon8", account: "@Mira.Paints", remoteId: null },
  ...{ title: "How I paint a fox", text: "Today I painted a fox in the morning light." },
  since: "2026-10-05T18:00:00.000Z",
  strictly: false,
};
const other = (moment: string, turn = 1) => ({
  ...{ id: idAt(moment, turn), title: `Sea number ${turn}`, text: "Waves." },
});
const fox = (moment: string, title = wanted.title) => ({
  ...{ id: idAt(moment), title, text: "" },
});
const open = () => lemon8Way({ origin: lemon8.origin, allowHosts: [] });
const look = (own: Partial<LookedFor> = {}) => open().readBack!.look({ ...wanted, ...own }, never);

describe("a look at the account's own page", () => {
  test("finds the post by its time and title, and tells its address", async () => {
    const found = fox("2026-10-05T18:20:00Z");
    lemon8.creator.posts = [other("2026-10-05T19:00:00Z"), found, other("2026-09-01T10:00:00Z")];
    expect(await look()).toEqual({
      ...{ is: "live", remoteId: found.id },
      url: `https://www.lemon8-app.com/@mira.paints/${found.id}`,
    });
    expect(lemon8.requests.map(({ path }) => path)).toEqual(["/@Mira.Paints"]);
  });

  test("ten minutes before the hand-off it may have been begun, not earlier", async () => {
    lemon8.creator.posts = [fox("2026-10-05T17:50:00Z")];
    expect(await look()).toMatchObject({ is: "live" });
    lemon8.creator.posts = [fox("2026-10-05T17:49:59Z")];
    expect(await look()).toMatchObject({ is: "pending" });
  });

  test("is pending while the page shows none like it", async () => {
    lemon8.creator.posts = [other("2026-10-05T19:00:00Z")];
    expect(await look()).toMatchObject({ is: "pending" });
    lemon8.creator.posts = [];
    expect(await look()).toMatchObject({ is: "pending" });
  });

  test("a better likeness wins; two equal ones are told apart by nobody", async () => {
    const near = fox("2026-10-05T18:10:00Z", "How I paint a small fox");
    const same = fox("2026-10-05T18:20:00Z");
    lemon8.creator.posts = [same, near];
    expect(await look()).toMatchObject({ is: "live", remoteId: same.id });
    lemon8.creator.posts = [fox("2026-10-05T18:30:00Z"), same];
    expect(await look()).toMatchObject({ is: "unknown", problem: { code: "several-fit" } });
    expect(await look({ remoteId: same.id })).toMatchObject({ is: "live", remoteId: same.id });
  });

  test("strictly, a title of few words or a near one is not enough", async () => {
    lemon8.creator.posts = [fox("2026-10-05T18:20:00Z", "How I paint a small fox")];
    expect(await look()).toMatchObject({ is: "live" });
    expect(await look({ strictly: true })).toMatchObject({ is: "pending" });
    lemon8.creator.posts = [fox("2026-10-05T18:20:00Z", "A fox")];
    expect(await look({ title: "A fox" })).toMatchObject({ is: "live" });
    expect(await look({ title: "A fox", strictly: true })).toMatchObject({ is: "pending" });
    lemon8.creator.posts = [{ ...fox("2026-10-05T18:20:00Z", ""), text: wanted.text }];
    expect(await look({ strictly: true })).toMatchObject({ is: "live" });
  });

  test("says so when there are more newer posts than the page shows", async () => {
    const many = Array.from({ length: 25 }, (_, turn) => other("2026-10-05T19:00:00Z", turn + 1));
    lemon8.creator.posts = many;
    expect(await look()).toMatchObject({ is: "unknown", problem: { code: "page-limit" } });
    lemon8.creator.posts = [...many.slice(0, 19), other("2026-10-05T17:00:00Z")];
    expect(await look()).toMatchObject({ is: "pending" });
  });

  const faults: [ProfileFault, string, RegExp][] = [
    ["forbidden", "page-blocked", /does not let findmehere look .*\(403\)/],
    ["too-many", "page-blocked", /\(429\)/],
    ["missing", "account-not-found", /no page of your account \(404\)/],
    ["no-account", "account-not-found", /no page of your account/],
    ["other-account", "account-not-found", /another account's page/],
    ["private", "account-hidden", /is private/],
    ["banned", "account-hidden", /is closed/],
    ["closed-region", "account-hidden", /where this computer is/],
    ["no-data", "page-changed", /its data cannot be found/],
    ["renamed-beyond", "page-changed", /the account cannot be found/],
    ["no-list", "page-changed", /list of posts cannot be found/],
    ["server-error", "page-unreachable", /fault of its own \(502\)/],
    ["led-away", "page-unreachable", /does not visit/],
    ["loop", "page-unreachable", /does not visit/],
    ["cut", "page-unreachable", /could not be reached/],
    ["too-long", "page-unreachable", /could not be reached/],
  ];
  test.each(faults)("%s is %s in its own words, never refused", async (fault, code, words) => {
    lemon8.creator.posts = [fox("2026-10-05T18:20:00Z")];
    lemon8.fail(fault);
    const found = await look();
    expect(found).toMatchObject({ is: "unknown", problem: { code } });
    if (found.is !== "unknown") throw new Error("not unknown");
    expect(found.evidence).toMatch(words);
    expect(found.problem?.fix.length).toBeGreaterThan(10);
    expect(lemon8.requests.length).toBeLessThanOrEqual(6);
  });

  test("one request serves all posts of a run, well or not, and none carries a cookie", async () => {
    const { readBack } = open();
    await Promise.all(["1", "2", "3"].map((title) => readBack!.look({ ...wanted, title }, never)));
    await readBack!.look(wanted, never);
    expect(lemon8.requests).toHaveLength(1);
    await look();
    for (const { headers } of lemon8.requests) {
      expect(headers.cookie).toBeUndefined();
      expect(headers.referer).toBeUndefined();
      expect(headers["user-agent"]).toBe("findmehere");
    }
  });

  test("asks nobody without a handle, and stops when told to", async () => {
    expect(await look({ account: " " })).toMatchObject({ problem: { code: "account-not-found" } });
    expect(lemon8.requests).toEqual([]);
    const stop = new AbortController();
    stop.abort(new Error("enough"));
    await expect(open().readBack!.look(wanted, stop.signal)).rejects.toThrow("enough");
  });

  test("nobody there", async () => {
    const { readBack } = lemon8Way({ origin: "http://127.0.0.1:9", allowHosts: [] });
    expect(await readBack!.look(wanted, never)).toMatchObject({
      problem: { code: "page-unreachable" },
    });
  });
});

describe("a short link", () => {
  const id = idAt("2026-10-05T18:20:00Z");
  const post = { url: `https://www.lemon8-app.com/@mira.paints/${id}`, id, handle: "mira.paints" };
  const short = { url: "https://s.lemon8-app.com/al/AbCdEf", id: null, handle: null };
  const follow = (leads: string | number, allowHosts: string[] = []) => {
    lemon8.links.set("AbCdEf", leads);
    return lemon8Follower({ origin: lemon8.origin, allowHosts })(short, never);
  };

  test("leads to its post, whose page is not asked for; tokens are left behind", async () => {
    const query = "?_r=1&_t=s3cret&region=us&share_platform=copy";
    for (const leads of [
      `${lemon8.origin}/@mira.paints/${id}${query}`,
      `/@mira.paints/${id}${query}`,
      `https://www.lemon8-app.com/mira.paints/${id}${query}`,
    ]) {
      expect(await follow(leads)).toEqual({ is: "post", address: post });
    }
    expect(lemon8.requests.map(({ path }) => path)).toEqual(Array(3).fill("/al/AbCdEf"));
  });

  test("goes over a second one", async () => {
    lemon8.links.set("second", `/@mira.paints/${id}?_t=s3cret`);
    expect(await follow("https://s.lemon8-app.com/al/second?_t=x")).toMatchObject({ is: "post" });
    expect(lemon8.requests.every(({ headers }) => headers.cookie === undefined)).toBe(true);
  });

  test("of a post that is gone leads to none", async () => {
    expect(await follow(404)).toEqual({ is: "no-post" });
    expect(await follow("/discover/trending")).toEqual({ is: "no-post" });
  });

  test.each([
    ["https://elsewhere.example/@mira.paints/7410000000000000001", /does not visit/],
    ["http://www.lemon8-app.com/discover/trending", /does not visit/],
    ["https://www.lemon8-app.com:8443/discover/trending", /does not visit/],
    ["https://me@www.lemon8-app.com/discover/trending", /does not visit/],
    ["https://www.lemon8-app.com.evil.example/@mira.paints/7410000000000000001", /does not visit/],
    ["http://169.254.169.254/latest/meta-data", /does not visit/],
    ["http://localhost:9/", /does not visit/],
    ["file:///etc/passwd", /does not visit/],
    ["snssdk2657://article_detail_page?group_id=1", /does not visit/],
    ["http://[", /does not visit/],
    ["/al/AbCdEf", /does not visit/],
    [403, /\(403\)/],
    [429, /\(429\)/],
    [500, /\(500\)/],
  ])("to %s is not followed", async (leads, why) => {
    const followed = await follow(leads);
    expect(followed).toMatchObject({ is: "not-followed", why: expect.stringMatching(why) });
    expect(lemon8.requests.length).toBeLessThanOrEqual(6);
  });

  test("is followed to a host that the settings allow", async () => {
    const second = await startLemon8();
    try {
      second.links.set("there", `https://www.lemon8-app.com/@mira.paints/${id}`);
      const there = `${second.origin}/al/there`;
      expect(await follow(there)).toMatchObject({ is: "not-followed" });
      expect(second.requests).toEqual([]);
      expect(await follow(there, [new URL(second.origin).host])).toMatchObject({ is: "post" });
      expect(second.requests).toHaveLength(1);
    } finally {
      await second.close();
    }
  });
});
