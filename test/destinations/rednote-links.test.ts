import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { findDestination } from "../../src/destinations/index.ts";
import { rednoteFollower } from "../../src/destinations/rednote/follow.ts";
import { noteAddress, profileAddress, startRednoteLinks } from "../look-alike/rednote/index.ts";
import type { RednoteLinks } from "../look-alike/rednote/index.ts";

const never = new AbortController().signal;
const note = "66e98c3a000000001e01f0a1";
const user = "5f4a10070000000001006fc7";
const rednote = findDestination("rednote");

let site: RednoteLinks;

beforeAll(async () => {
  site = await startRednoteLinks();
});
afterEach(() => {
  site.links.clear();
  site.requests.length = 0;
});
afterAll(() => site.close());

async function follow(leads: string | number | { html: string }, origin = site.origin) {
  site.links.set("/o/AbCd12EfGh", leads);
  const short = rednote.recognise("https://xhslink.com/o/AbCd12EfGh");
  if (short === null) throw new Error("not recognised");
  return rednoteFollower({ origin, allowHosts: [] })(short, never);
}

describe("a short link", () => {
  test("leads to its note, without tokens, in one request and without cookies", async () => {
    expect(await follow(noteAddress(note))).toEqual({
      is: "post",
      address: { url: `https://www.xiaohongshu.com/explore/${note}`, id: note, handle: null },
    });
    expect(site.requests.map(({ path }) => path)).toEqual(["/o/AbCd12EfGh"]);
    expect(site.requests[0]?.headers.cookie).toBeUndefined();
  });

  test("leads to a note abroad, over a second short link", async () => {
    site.links.set("/a/second12", noteAddress(note).replace("xiaohongshu", "rednote"));
    expect(await follow("http://xhslink.cn/a/second12")).toMatchObject({
      is: "post",
      address: { url: `https://www.rednote.com/explore/${note}` },
    });
    expect(site.requests).toHaveLength(2);
    expect(site.requests[1]?.headers.cookie).toBeUndefined();
  });

  test("leads to a profile, or to nothing", async () => {
    expect(await follow(profileAddress(user))).toEqual({ is: "profile" });
    expect(await follow(404)).toEqual({ is: "no-post" });
    expect(await follow("https://www.xiaohongshu.com/404?source=note&error_code=-510001")).toEqual({
      is: "no-post",
    });
  });

  test.each([
    [403, /\(403\)/],
    [429, /\(429\)/],
    [461, /\(461\)/],
    [502, /\(502\)/],
    [{ html: "<!doctype html><p>Verify</p>" }, /something else/],
    [
      `https://www.xiaohongshu.com/login?redirectPath=${encodeURIComponent(noteAddress(note))}`,
      /does not visit/,
    ],
    ["https://www.xiaohongshu.com/website-login/captcha?verifyType=102", /does not visit/],
    [`http://www.xiaohongshu.com/discovery/item/${note}`, /does not visit/],
    [`https://www.xiaohongshu.com.evil.example/discovery/item/${note}`, /does not visit/],
    [`https://me@www.xiaohongshu.com/discovery/item/${note}`, /does not visit/],
    ["http://169.254.169.254/latest/meta-data", /does not visit/],
    ["http://localhost:9/", /does not visit/],
    ["file:///etc/passwd", /does not visit/],
    ["xhsdiscover://item/66e98c3a000000001e01f0a1", /does not visit/],
    ["/o/AbCd12EfGh", /does not visit/],
  ])("to %s is not followed", async (leads, why) => {
    const followed = await follow(leads);
    expect(followed).toMatchObject({ is: "not-followed", why: expect.stringMatching(why) });
    expect(site.requests.length).toBeLessThanOrEqual(6);
    expect(site.requests.every(({ path }) => path === "/o/AbCd12EfGh")).toBe(true);
  });

  test("is not followed where nobody answers", async () => {
    expect(await follow(noteAddress(note), "http://127.0.0.1:9")).toMatchObject({
      is: "not-followed",
      why: expect.stringContaining("could not be reached"),
    });
  });
});

describe("profiles and posts are told apart", () => {
  test.each([
    "@Noo 在小红书收获了15.3万次赞与收藏，查看Ta的主页>> https://xhslink.com/m/7XkrlCXbL38",
    "我在小红书收获了9105次赞与收藏，来看看我的主页>> https://xhslink.com/m/33T8SSC3sBq",
    "@Mira 在小紅書收獲了3次讚與收藏，查看Ta的主頁>> http://xhslink.cn/m/33T8SSC3sBq",
    `https://www.xiaohongshu.com/user/profile/${user}?xsec_token=s3cret`,
    `https://www.rednote.com/user/profile/${user}`,
  ])("a profile: %s", (pasted) => {
    expect(rednote.recognise(pasted)).toBeNull();
    expect(rednote.isProfile?.(pasted)).toBe(true);
  });

  test.each([
    "48 Mira发布了一篇小红书笔记，快来看吧！ 😆 qX8z 😆 http://xhslink.com/m/AbCd12EfGh，复制本条信息，打开【小红书】App查看精彩内容！",
    "【三天两夜 - Mira | 小红书 - 你的生活指南】 😆 6E8k 😆 http://xhslink.com/m/1gJ5tOG6M1b，复制本条信息",
    "我的主页装修好了 🦊... http://xhslink.com/o/2z7YRSAbCdE 复制后打开【小红书】查看笔记！",
  ])("a note: %s", (pasted) => {
    const found = rednote.recognise(pasted);
    expect(found?.url).toMatch(/^https:\/\/xhslink\.com\/[mo]\//);
    expect(found?.doubtful).toBeUndefined();
    expect(rednote.isProfile?.(pasted)).toBe(false);
  });

  test("a bare link that both have is doubtful", () => {
    expect(rednote.recognise("https://xhslink.com/m/AbCdEf12")).toMatchObject({ doubtful: true });
  });

  test("where a text holds both, the address with the note's id is taken", () => {
    const both = `http://xhslink.com/o/2z7YRSAbCdE 或 https://www.xiaohongshu.com/explore/${note}?xsec_token=s3cret`;
    expect(rednote.recognise(both)).toMatchObject({ id: note });
  });

  test.each([
    "https://www.lemon8-app.com/@mira.paints?region=us",
    "https://lemon8-app.com/user/7100000000000000001/share",
  ])("a profile on Lemon8: %s", (pasted) => {
    const lemon8 = findDestination("lemon8");
    expect(lemon8.recognise(pasted)).toBeNull();
    expect(lemon8.isProfile?.(pasted)).toBe(true);
    expect(lemon8.isProfile?.(pasted.replace("https", "http"))).toBe(false);
    expect(lemon8.isProfile?.("https://www.lemon8-app.com/@mira.paints/7410000000000000001")).toBe(
      false,
    );
  });
});
