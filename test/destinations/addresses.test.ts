import { describe, expect, test } from "vitest";

import { findDestination } from "../../src/destinations/index.ts";

const note = "65f0a1b2c3d4e5f6a7b8c9d0";
const rednote = findDestination("rednote");
const lemon8 = findDestination("lemon8");

describe("RedNote addresses", () => {
  const chinese = { url: `https://www.xiaohongshu.com/explore/${note}`, id: note, handle: null };
  const abroad = { ...chinese, url: `https://www.rednote.com/explore/${note}` };

  test.each([
    [`https://www.xiaohongshu.com/explore/${note}`, chinese],
    [`https://xiaohongshu.com/explore/${note}/`, chinese],
    [
      `https://WWW.Xiaohongshu.com/discovery/item/${note.toUpperCase()}?xsec_token=secret&xsec_source=app#x`,
      chinese,
    ],
    [
      `https://www.rednote.com/user/profile/5f0000000000000000000001/${note}?xsec_token=secret`,
      abroad,
    ],
    [`https://rednote.com/explore/${note}`, abroad],
    [
      `31 水彩小店发布了一篇小红书笔记，快来看吧！ 😆 AbCdEf 😆 https://www.xiaohongshu.com/discovery/item/${note}?source=webshare&xsec_token=secret ，复制本条信息，打开【小红书】App查看精彩内容！`,
      chinese,
    ],
    [`看看https://www.xiaohongshu.com/explore/${note}，复制本条信息`, chinese],
    [`first https://a.example/x then https://www.rednote.com/explore/${note}.`, abroad],
    [
      "https://xhslink.com/m/AbCdEf12",
      { url: "https://xhslink.com/m/AbCdEf12", id: null, handle: null, doubtful: true },
    ],
    [
      "https://xhslink.com/AbCd12?x=1",
      { url: "https://xhslink.com/AbCd12", id: null, handle: null },
    ],
    // The app's own share texts of 2025 and 2026.
    [
      "48 Mira发布了一篇小红书笔记，快来看吧！ 😆 qX8zAbCdEf 😆 http://xhslink.com/a/AbCd12EfGh，复制本条信息，打开【小红书】App查看精彩内容！",
      { url: "https://xhslink.com/a/AbCd12EfGh", id: null, handle: null },
    ],
    [
      "水彩画一只狐狸 🦊 今天的光... http://xhslink.com/o/2z7YRSAbCdE 复制后打开【小红书】查看笔记！",
      { url: "https://xhslink.com/o/2z7YRSAbCdE", id: null, handle: null },
    ],
    [
      "水彩画一只狐狸... http://xhslink.cn/o/2z7YRSAbCdE \n复制后打开【小红书】查看笔记！",
      { url: "https://xhslink.cn/o/2z7YRSAbCdE", id: null, handle: null },
    ],
    [
      "【水彩画一只狐狸 - Mira | 小红书】 😆 qX8z 😆 https://xhslink.cn/o/AbCd12EfGh,复制本条信息",
      { url: "https://xhslink.cn/o/AbCd12EfGh", id: null, handle: null },
    ],
  ])("%s", (pasted, expected) => {
    expect(rednote.recognise(pasted)).toEqual(expected);
  });

  test.each([
    "",
    "not an address",
    `http://www.xiaohongshu.com/explore/${note}`,
    `https://evil-xiaohongshu.com/explore/${note}`,
    `https://www.xiaohongshu.com.evil.example/explore/${note}`,
    `https://www.xiaohongshu.com@evil.example/explore/${note}`,
    `https://user:pass@www.xiaohongshu.com/explore/${note}`,
    `https://www.xiaohongshu.com:8443/explore/${note}`,
    `https://www.xiaohongshu.com\\@evil.example/explore/${note}`,
    `https://evil.example/https://www.xiaohongshu.com/explore/${note}`,
    `https://evil.example/?u=https://www.xiaohongshu.com/explore/${note}`,
    `https://creator.xiaohongshu.com/explore/${note}`,
    `https://www.xiaohоngshu.com/explore/${note}`,
    `https://www.xiaohongshu.com/explore/${note}0`,
    `https://www.xiaohongshu.com/explore/${note.slice(1)}`,
    "https://www.xiaohongshu.com/user/profile/5f0000000000000000000001",
    `https://www.xiaohongshu.com/explore/${note}/../../login`,
    "https://xhslink.com/",
    "https://evil.xhslink.com/AbCd12",
    "http://xhslink.cn.evil.example/o/AbCd12",
    "http://xhslink.cn@evil.example/o/AbCd12",
    "http://xhslink.cn:8080/o/AbCd12",
    "打开【小红书】查看笔记！ xhslink.cn/o/AbCd12",
    "https://www.lemon8-app.com/@anna/7215637575066223109",
    `javascript://www.xiaohongshu.com/explore/${note}`,
  ])("refuses %j", (pasted) => {
    expect(rednote.recognise(pasted)).toBeNull();
  });
});

describe("Lemon8 addresses", () => {
  const id = "7215637575066223109";
  const post = { url: `https://www.lemon8-app.com/@anna.paints/${id}`, id, handle: "anna.paints" };

  test.each([
    [`https://www.lemon8-app.com/@anna.paints/${id}`, post],
    [`https://www.lemon8-app.com/anna.paints/${id}?region=us&_t=secret&_r=1`, post],
    [`Look at my post https://lemon8-app.com/@anna.paints/${id}/!`, post],
    [
      "https://s.lemon8-app.com/al/AbCdEfGh?x=1",
      { url: "https://s.lemon8-app.com/al/AbCdEfGh", id: null, handle: null },
    ],
  ])("%s", (pasted, expected) => {
    expect(lemon8.recognise(pasted)).toEqual(expected);
  });

  test.each([
    "",
    `http://www.lemon8-app.com/@anna/${id}`,
    `https://evil-lemon8-app.com/@anna/${id}`,
    `https://www.lemon8-app.com.evil.example/@anna/${id}`,
    `https://www.lemon8-app.com@evil.example/@anna/${id}`,
    `https://me@www.lemon8-app.com/@anna/${id}`,
    `https://www.lemon8-app.com:444/@anna/${id}`,
    `https://www.lemon8-app.com/topic/${id}`,
    `https://www.lemon8-app.com/@anna/${id}/comments`,
    "https://www.lemon8-app.com/@anna",
    "https://www.lemon8-app.com/@anna/abc",
    "https://www.lemon8-app.com/discover/trending",
    "https://s.lemon8-app.com/x/AbCdEfGh",
    `https://www.xiaohongshu.com/explore/${note}`,
  ])("refuses %j", (pasted) => {
    expect(lemon8.recognise(pasted)).toBeNull();
  });
});
