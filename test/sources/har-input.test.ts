import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { harFile, harList, type HarPart, harProfile, harText } from "../support/har.ts";
import { webItem } from "../support/web-item.ts";
import { refusalOf, temporaryFolder } from "./read.ts";

async function refusalOfParts(parts: readonly HarPart[]) {
  return refusalOf(await harFile(await temporaryFolder(), parts));
}

async function refusalOfText(content: string | Buffer) {
  const path = join(await temporaryFolder(), "page.har");
  await writeFile(path, content);
  return refusalOf(path);
}

it("says what to do when the file is of another site", async () => {
  const refusal = await refusalOfParts([{ url: "https://example.com/?q=secret", body: "{}" }]);
  expect(refusal).toMatchObject({ exit: "input", code: "har-other-site" });
  expect(refusal.what).toContain("page.har");
  expect(refusal.fix).toContain("Save all as HAR with content");
  expect(JSON.stringify(refusal)).not.toContain("secret");
});

it("says what to do when the browser saved no content", async () => {
  const empty = (part: HarPart): HarPart => ({
    ...part,
    body: undefined,
    content: { comment: "Response bodies are not included." },
  });
  const refusal = await refusalOfParts([empty(harProfile()), empty(harList([]))]);
  expect(refusal).toMatchObject({ exit: "input", code: "har-without-content" });
  expect(refusal.fix).toContain("with content");
  const partly = await refusalOfParts([harProfile(), empty(harList([]))]);
  expect(partly.code).toBe("har-without-content");
});

it("says what to do when there is no list of posts", async () => {
  const refusal = await refusalOfParts([harProfile()]);
  expect(refusal).toMatchObject({ exit: "input", code: "har-without-posts" });
  expect(refusal.fix).toContain("scroll down to its end");
});

it("says what TikTok showed instead", async () => {
  const html = { url: "https://www.tiktok.com/@mika.draws", type: "text/html" };
  const challenge = await refusalOfParts([{ ...html, body: "<html>Please wait...</html>" }]);
  expect(challenge.why).toContain("only a person in a browser can pass");
  const signIn = { ...html, url: "https://www.tiktok.com/login?redirect_url=x", body: "<html>" };
  expect((await refusalOfParts([signIn])).why).toContain("sign-in");
  const list = { ...harList([]), body: '{"statusCode":10222}' };
  expect((await refusalOfParts([harProfile(), list])).why).toContain("private");
  expect((await refusalOfParts([list])).why).toContain("private");
  const nothing = { ...harList([]), body: undefined, size: 0 };
  expect(await refusalOfParts([harProfile(), nothing])).toMatchObject({
    ...{ code: "har-without-posts", why: "TikTok answered with nothing." },
  });
});

it("names the place where the JSON is wrong or breaks off", async () => {
  const text = harText([harProfile(), harList([webItem()])]);
  const cut = text.slice(0, text.length - 40);
  expect(await refusalOfText(cut)).toMatchObject({
    ...{ exit: "input", code: "broken-json", why: expect.stringContaining("the end is missing") },
  });
  const place = text.indexOf('"entries"');
  const wrong = `${text.slice(0, place)}!${text.slice(place)}`;
  expect((await refusalOfText(wrong)).why).toContain(
    `byte ${Buffer.byteLength(text.slice(0, place))},`,
  );
  expect((await refusalOfText("")).why).toContain("empty");
  expect((await refusalOfText(Buffer.from(text, "utf16le"))).why).toContain("UTF-16");
});

it.each(["<!doctype html>", "\uFEFF\n <html>"])("tells a saved web page: %j", async (text) => {
  const refusal = await refusalOfText(text);
  expect(refusal).toMatchObject({ code: "not-a-har", why: expect.stringContaining("a web page") });
});

it.each(['{"log":{}}', '{"log":{"entries":5}}', '{"log":[]}', "[]", '"x"', '{"Post":{}}'])(
  "refuses JSON that is no HAR file: %s",
  async (text) => {
    expect(await refusalOfText(text)).toMatchObject({ exit: "input", code: "not-a-har" });
  },
);

it("refuses a folder's name and a missing file like every source", async () => {
  const path = join(await temporaryFolder(), "gone.har");
  expect(await refusalOf(path)).toMatchObject({ exit: "input", code: "input-missing" });
});
