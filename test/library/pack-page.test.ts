import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openChromium } from "../support/chromium.ts";
import { ExpectedError } from "../../src/core/error.ts";
import { renderPackPage } from "../../src/library/pack-page.ts";
import type { PackPage } from "../../src/library/pack-page.ts";
import { sample, sampleFolder } from "../demo/sample.ts";

const template = readFileSync(
  join(import.meta.dirname, "../../templates/pages/handoff.liquid"),
  "utf8",
);

const steps = [
  { en: "Save the photos to your phone's photos.", zh: "把照片保存到手机相册。", important: false },
  { en: "Open RedNote and tap +.", zh: "打开小红书，点“+”。", important: false },
  {
    en: "Pick the photos in their order: 1, 2, 3 …",
    zh: "按顺序选择照片：1、2、3……",
    important: false,
  },
  { en: "Copy the title here and paste it.", zh: "在这里复制标题，粘贴进去。", important: false },
];

/** A pack of the eleven photos of the sample; a test changes what it is about. */
function packOf(changes: Partial<PackPage> = {}): PackPage {
  const photos = sample().posts.find((post) => post.name === "skySheets")?.files ?? [];
  return {
    destinationTitle: "RedNote",
    destinationTitleZh: "小红书",
    account: "mira.paints",
    postKey: "7480621955598859054",
    title: "Eleven mornings 🌅",
    body: "\nEleven mornings from the same window 🇧🇷 👩‍👩‍👧\n\n慢慢来。  \n#水彩 #绘画",
    topics: ["水彩", "绘画"],
    editorTopics: "#水彩[话题]# #绘画[话题]#",
    media: photos.map((_, index) => ({
      file: `${String(index + 1).padStart(2, "0")}.jpg`,
      kind: "photo" as const,
      position: index + 1,
    })),
    steps,
    openApp: { address: "xhsdiscover://", fallback: "https://www.rednote.com/" },
    confirmCommand: "findmehere confirm --post 7480621955598859054 --to rednote --url ADDRESS",
    original: {
      date: "2025-03-11T18:33:47Z",
      url: "https://www.tiktok.com/@mira.paints.daily/video/7480621955598859054",
    },
    notes: [],
    languages: ["en", "zh"],
    ...changes,
  };
}

const folder = mkdtempSync(join(tmpdir(), "findmehere pack #1 "));
let browser: Browser;

beforeAll(async () => {
  browser = await openChromium();
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** Writes the page with its media, as a draft's folder has it, and opens it from the disk. */
async function open(
  pack: PackPage,
  options: BrowserContextOptions = {},
  before?: string,
): Promise<{ page: Page; asked: string[]; complaints: string[] }> {
  const draft = mkdtempSync(join(folder, "draft "));
  mkdirSync(draft, { recursive: true });
  const { posts } = sample();
  const photos = posts.find((post) => post.name === "skySheets")?.files ?? [];
  const video = posts.find((post) => post.name === "flower")?.files[0] ?? "";
  for (const { file, kind, position } of pack.media) {
    const from = kind === "photo" ? (photos[position - 1] ?? "") : video;
    copyFileSync(join(sampleFolder, from), join(draft, file));
  }
  writeFileSync(join(draft, "index.html"), renderPackPage(template, pack));
  const context = await browser.newContext(options);
  if (before !== undefined) await context.addInitScript(before);
  const page = await context.newPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(pathToFileURL(join(draft, "index.html")).href);
  return { page, asked, complaints };
}

/** What a person has selected, whether in a field or on the page. */
function selected(page: Page): Promise<string> {
  return page.evaluate<string>(
    "(() => { const field = document.activeElement; return field?.value?.slice(field.selectionStart, field.selectionEnd) ?? String(getSelection()); })()",
  );
}

describe("the page of a draft's folder, opened from the disk", () => {
  it("shows photos in their order and asks for nothing but files", async () => {
    const { page, asked, complaints } = await open(packOf());
    const shown = await page.evaluate<{ alt: string; source: string; width: number }[]>(
      "Promise.all([...document.images].map(async (image) => { await image.decode(); return { alt: image.alt, source: image.getAttribute('src'), width: image.naturalWidth }; }))",
    );
    // The name too: some viewers of phones show the page without its pictures.
    expect(shown.map((image) => image.alt)).toEqual(
      shown.map((_, index) => `${index + 1} / 11 · ${String(index + 1).padStart(2, "0")}.jpg`),
    );
    expect(shown[9]?.source).toBe("10.jpg");
    expect(shown.every((image) => image.width === 540)).toBe(true);
    expect(asked.filter((address) => !address.startsWith("file:"))).toEqual([]);
    expect(asked.length).toBeGreaterThan(11);
    expect(complaints).toEqual([]);
    expect(await page.locator("header").innerText()).toMatch(/RedNote\s+小红书[^]*mira\.paints/);
    await page.context().close();
  });

  it("plays a video whose name needs escaping", async () => {
    const media = [{ file: "my video #1 100%.mp4", kind: "video" as const, position: 1 }];
    const { page, complaints } = await open(packOf({ media }));
    // Not waitForFunction: while it polls it needs eval, which the page's policy forbids.
    await expect.poll(() => page.evaluate("document.querySelector('video').videoWidth")).toBe(360);
    expect(await page.locator("a[download]").getAttribute("download")).toBe("my video #1 100%.mp4");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("copies the exact text to the clipboard and says so", async () => {
    const pack = packOf();
    const { page } = await open(pack);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    for (const [name, text] of [
      ["body", pack.body],
      ["title", pack.title],
      ["editor-topics", pack.editorTopics],
    ] as const) {
      await page.locator(`button[data-copy=${name}]`).click();
      const state = page.locator(`.state[data-for=${name}]`);
      await expect.poll(() => state.getAttribute("data-state")).toBe("copied");
      expect(await state.innerText()).toBe("Copied. 已复制。");
      expect(await page.evaluate("navigator.clipboard.readText()")).toBe(text);
    }
    await page.context().close();
  });

  it("copies the older way where the page may not use the clipboard", async () => {
    const pack = packOf();
    const refuse =
      "navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'));";
    const { page } = await open(pack, {}, refuse);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.locator("button[data-copy=body]").click();
    await page.waitForSelector(".state[data-for=body][data-state=copied]");
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(pack.body);
    expect(await selected(page)).toBe(pack.body);
    await page.context().close();
  });

  it("leaves the text selected and says what to press when nothing can copy", async () => {
    const pack = packOf();
    const refuse = "delete Navigator.prototype.clipboard; document.execCommand = () => false;";
    const { page } = await open(pack, {}, refuse);
    await page.locator("button[data-copy=title]").click();
    await page.waitForSelector(".state[data-for=title][data-state=press]");
    expect(await page.locator(".state[data-for=title]").innerText()).toContain("press Copy");
    expect(await selected(page)).toBe(pack.title);
    await page.context().close();
  });

  it("selects a whole field when it is tapped", async () => {
    const pack = packOf();
    const { page } = await open(pack);
    await page.locator("#body").click();
    expect(await selected(page)).toBe(pack.body);
    await page.context().close();
  });

  it("shows every word with JavaScript off", async () => {
    const pack = packOf({ notes: [{ en: "Choose a photo yourself.", zh: "请自己选一张照片。" }] });
    const { page } = await open(pack, { javaScriptEnabled: false });
    expect(await page.locator("#title").inputValue()).toBe(pack.title);
    expect(await page.locator("#body").inputValue()).toBe(pack.body);
    const text = await page.locator("body").innerText();
    for (const step of [...steps, ...pack.notes]) {
      expect(text).toContain(step.en);
      expect(text).toContain(step.zh);
    }
    expect(text).toContain(pack.confirmCommand);
    expect(await page.locator(".chips li").allInnerTexts()).toEqual(["#水彩", "#绘画"]);
    expect(await page.locator("#editor-topics").inputValue()).toBe(pack.editorTopics);
    expect(await page.locator("button:visible").count()).toBe(0);
    expect(await page.locator("img:visible").count()).toBe(11);
    await page.context().close();
  });

  it("keeps hostile text as text", async () => {
    const hostile = `</textarea><script>document.title = "taken"</script><img src=x onerror="document.title = 'taken'">'"{{ 7 | times: 6 }}`;
    const pack = packOf({
      title: hostile,
      body: hostile,
      account: hostile,
      topics: [hostile],
      destinationTitle: hostile,
      confirmCommand: hostile,
      notes: [{ en: hostile, zh: hostile }],
      steps: [{ en: hostile, zh: hostile, important: true }],
      openApp: { address: "javascript:alert(1)//://", fallback: "javascript:alert(1)" },
      original: { date: "2025-03-11T18:33:47Z", url: "javascript:alert(1)" },
      media: [],
    });
    const { page, complaints } = await open(pack);
    expect(await page.locator("#title").inputValue()).toBe(hostile);
    expect(await page.locator("#body").inputValue()).toBe(hostile);
    expect(await page.locator("pre").innerText()).toBe(hostile);
    expect(await page.locator("script").count()).toBe(1);
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.locator("a").count()).toBe(0);
    expect(await page.title()).not.toBe("taken");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("writes Arabic from right to left and fits a small phone", async () => {
    const body = "رسمتُ اليوم نجمةً ثُمانيّة بألوان الماء 💙✨\n#رسم";
    const { page } = await open(packOf({ title: "نجمة", body, topics: ["رسم"] }), {
      viewport: { width: 320, height: 640 },
    });
    expect(await page.evaluate("getComputedStyle(document.querySelector('#body')).direction")).toBe(
      "rtl",
    );
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
    await page.context().close();
  });
});

describe("renderPackPage", () => {
  it("leaves out what a draft does not have", () => {
    const html = renderPackPage(
      template,
      packOf({
        account: "",
        title: "",
        topics: [],
        media: [],
        original: { date: "2025-03-11T18:33:47Z", url: null },
      }),
    );
    for (const absent of [
      'id="title"',
      'class="chips',
      "<video",
      "<img",
      "Post as",
      "tiktok.com",
    ]) {
      expect(html).not.toContain(absent);
    }
    expect(html).toContain('id="body"');
    expect(html).toContain("First posted on 2025-03-11");
  });

  it("puts Chinese first, or alone, when that is wanted", () => {
    const both = renderPackPage(template, packOf({ languages: ["zh", "en"] }));
    expect(both).toContain('<html lang="zh-Hans" class="order-zh-en">');
    const alone = renderPackPage(template, packOf({ languages: ["zh"] }));
    expect(alone).toContain('<html lang="zh-Hans" class="order-zh">');
  });

  it("allows the scripts of a restyled template, with Windows line ends too", () => {
    const policyOf = (html: string): string | undefined =>
      /content="(default-src [^"]*)"/.exec(html)?.[1];
    const windows = renderPackPage(template.replaceAll("\n", "\r\n"), packOf());
    expect(policyOf(windows)).toBe(policyOf(renderPackPage(template, packOf())));
    const restyled = template.replace("Copied. ", "Done. ");
    expect(policyOf(renderPackPage(restyled, packOf()))).not.toBe(policyOf(windows));
  });

  it.each([
    ["a name that does not exist", "{{ titel }}"],
    ["an open tag", "{% if title %}"],
    ["another file", "{% include '/etc/passwd' %}"],
  ])("says which line of a restyled template is wrong: %s", (_, broken) => {
    const attempt = (): string => renderPackPage(`<p>\n${broken}</p>`, packOf());
    expect(attempt).toThrow(ExpectedError);
    expect(attempt).toThrow(/handoff\.liquid.*(line:2|passwd)/);
  });
});
