import { afterAll, afterEach, beforeAll, expect } from "vitest";

import { noteAddress, profileAddress, startRednoteLinks } from "../look-alike/rednote/index.ts";
import type { RednoteLinks } from "../look-alike/rednote/index.ts";
import { linesOf, migrateWords, startJourney, testInCopies } from "./sample-journey.ts";
import type { Journey } from "./sample-journey.ts";

const monday = "2026-10-05T18:00:00Z";
const evening = "2026-10-05T18:30:00Z";
const note = "66e98c3a000000001e01f0a1";
const canonical = `https://www.xiaohongshu.com/explore/${note}`;
const words = (link: string) =>
  `48 Mira发布了一篇小红书笔记，快来看吧！ 😆 qX8zAbCdEf 😆 ${link}，复制本条信息，打开【小红书】App查看精彩内容！`;

let rednote: RednoteLinks;
/** The introduction is handed off. */
let sample: Awaited<ReturnType<typeof startJourney>>;

beforeAll(async () => {
  rednote = await startRednoteLinks();
  sample = await startJourney({ FINDMEHERE_REDNOTE_ORIGIN: rednote.origin });
  const run = await sample.run([...migrateWords(sample), "--quiet"]);
  expect(run.code, run.error).toBe(0);
  await sample.run(["publish", "--due", "--quiet"], { at: monday });
  expect(rednote.requests).toEqual([]);
});
afterEach(() => {
  rednote.links.clear();
  rednote.requests.length = 0;
});
afterAll(async () => {
  await sample.close();
  await rednote.close();
});

const inCopy = testInCopies(() => sample);

function paste(journey: Journey, pasted: string, environment: Record<string, string> = {}) {
  const command = ["confirm", "--post", "hello", "--to", "rednote", "--url", pasted, "--json"];
  return journey.run(command, { at: evening, environment });
}

async function stateOf(journey: Journey): Promise<unknown> {
  const run = await journey.run(["queue", "show", "hello@rednote", "--json"], { at: evening });
  return linesOf(run, "publication")[0]?.["state"];
}

inCopy("the whole share text with its short link gives the note's own address", async (journey) => {
  rednote.links.set("/o/AbCd12EfGh", noteAddress(note));
  const run = await paste(journey, words("http://xhslink.com/o/AbCd12EfGh"));
  expect(run.code, run.out).toBe(0);
  expect(run.summary).toMatchObject({ state: "live", url: canonical, proof: "pasted" });
  expect(linesOf(run, "problem")).toEqual([]);
  expect(run.out + run.error).not.toContain("s3cret");
  expect(rednote.requests.map(({ path }) => path)).toEqual(["/o/AbCd12EfGh"]);
  expect(rednote.requests[0]?.headers.cookie).toBeUndefined();
  // The id is kept: the same note under another address proves no second post.
  const other = await journey.run(["queue", "list", "--json", "--to", "rednote"], { at: evening });
  const next = String(linesOf(other, "publication").find(({ post }) => post !== "hello")?.["post"]);
  const address = `https://www.rednote.com/explore/${note}?xsec_token=s3cret`;
  const twice = ["confirm", "--post", next, "--to", "rednote", "--url", address, "--json"];
  expect((await journey.run(twice, { at: evening })).summary["error"]).toBe("address-taken");
});

inCopy("where nobody answers, the short link is kept and that is said", async (journey) => {
  const run = await paste(journey, words("http://xhslink.cn/a/AbCd12EfGh"), {
    FINDMEHERE_REDNOTE_ORIGIN: "http://127.0.0.1:9",
  });
  expect(run.code, run.out).toBe(0);
  const url = "https://xhslink.cn/a/AbCd12EfGh";
  expect(run.summary).toMatchObject({ state: "live", url, proof: "pasted" });
  expect(linesOf(run, "problem")).toMatchObject([{ code: "link-not-followed", severity: "note" }]);
  // The same paste later changes nothing, and asks nobody.
  expect((await paste(journey, url)).summary).toMatchObject({ state: "live", url });
  expect(rednote.requests).toEqual([]);
});

inCopy(
  "the link of a profile is no note: by its words, by where it leads, by its address",
  async (journey) => {
    rednote.links.set("/m/43QGtkbYvOE", profileAddress("5f4a10070000000001006fc7"));
    const pasted: [string, number][] = [
      ["@Mira 在小红书收获了15.3万次赞与收藏，查看Ta的主页>> https://xhslink.com/m/43QGtkbYvOE", 0],
      ["https://xhslink.com/m/43QGtkbYvOE", 1],
      [profileAddress("5f4a10070000000001006fc7"), 0],
    ];
    for (const [text, asked] of pasted) {
      rednote.requests.length = 0;
      const run = await paste(journey, text);
      expect([run.code, run.summary["error"]], text).toEqual([2, "not-an-address"]);
      expect(run.out).toContain("the link of a profile on RedNote, not of a post");
      expect(rednote.requests).toHaveLength(asked);
    }
    const people = [
      "confirm",
      "--post",
      "hello",
      "--to",
      "rednote",
      "--url",
      "https://xhslink.com/m/43QGtkbYvOE",
    ];
    const told = await journey.run(people, { at: evening });
    expect(told.error).toContain("That is the link of a profile on RedNote, not of a post.");
    expect(told.error).toContain("tap Share, then Copy link");
    expect(await stateOf(journey)).toBe("handed-off");
  },
);

inCopy(
  "a bare link of the form that profiles have is a note only if it leads to one",
  async (journey) => {
    const bare = "https://xhslink.com/m/AbCd12EfGh";
    const offline = await paste(journey, bare, { FINDMEHERE_REDNOTE_ORIGIN: "http://127.0.0.1:9" });
    expect([offline.code, offline.summary["error"]]).toEqual([2, "not-an-address"]);
    expect(offline.out).toContain("may be the link of a profile");
    expect(offline.out).toContain("paste all that it copied");
    expect(await stateOf(journey)).toBe("handed-off");
    rednote.links.set("/m/AbCd12EfGh", noteAddress(note));
    expect((await paste(journey, bare)).summary).toMatchObject({ state: "live", url: canonical });
  },
);

inCopy(
  "a link to a note that is gone records nothing; a wary site keeps the link",
  async (journey) => {
    rednote.links.set("/o/AbCd12EfGh", "https://www.xiaohongshu.com/404?source=note");
    const gone = await paste(journey, "http://xhslink.com/o/AbCd12EfGh");
    expect([gone.code, gone.summary["error"]]).toEqual([2, "link-leads-nowhere"]);
    rednote.links.set("/o/AbCd12EfGh", 461);
    const wary = await paste(journey, "http://xhslink.com/o/AbCd12EfGh");
    expect(wary.summary).toMatchObject({ state: "live", url: "https://xhslink.com/o/AbCd12EfGh" });
    expect(linesOf(wary, "problem")[0]?.["message"]).toContain("(461)");
    expect(rednote.requests).toHaveLength(2);
  },
);
