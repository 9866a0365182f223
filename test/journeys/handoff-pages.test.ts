import { readFileSync } from "node:fs";
import { Agent, request as ask } from "node:http";
import { join } from "node:path";

import { devices } from "playwright-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { rawly } from "../store/support.ts";
import { openChromium } from "../support/chromium.ts";
import { rowOf, startHandoff } from "./phone-journey.ts";
import type { OpenHandoff } from "./phone-journey.ts";
import { keys, startMigrated } from "./sample-journey.ts";
import type { Journey, OpenJourney } from "./sample-journey.ts";

const monday = "2026-10-05T18:00:00Z";
const { defaultBrowserType: _, ...iPhone } = devices["iPhone 15"] ?? {
  defaultBrowserType: "webkit",
};
const withoutScript = { ...iPhone, javaScriptEnabled: false };
const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };

let sample: OpenJourney;
let browser: Browser;

beforeAll(async () => {
  sample = await startMigrated({ FINDMEHERE_CREATOR_HANDLES_LEMON8: "mira.paints" });
  // What a source tells of them: TikTok's own marks.
  rawly(
    join(sample.library, "findmehere.db"),
    "update posts set ai_generated = 1, paid_partnership = 1 where key = ?",
    keys.newest,
  );
  browser = await openChromium();
});
afterAll(async () => {
  await browser.close();
  await sample.close();
});

interface Open {
  journey: Journey;
  handoff: OpenHandoff;
  /** Opens the page of that post, or the list. */
  open(options: BrowserContextOptions, item?: string): Promise<Page>;
}

async function withWeek(body: (open: Open) => Promise<void>): Promise<void> {
  const journey = sample.copy();
  const handoff = await startHandoff(journey, ["--next", "40"], { at: monday });
  const serving = handoff.lines().find(({ type }) => type === "serving");
  const posts = serving?.["posts"] as { post: string; to: string }[];
  const contexts: { close(): Promise<void> }[] = [];
  try {
    await body({
      ...{ journey, handoff },
      async open(options, item) {
        const context = await browser.newContext(options);
        contexts.push(context);
        const page = await context.newPage();
        const number = posts.findIndex(({ post, to }) => `${post}@${to}` === item) + 1;
        await page.goto(`${handoff.address}${item === undefined ? "" : `${number}/`}`);
        return page;
      },
    });
  } finally {
    for (const context of contexts) await context.close();
    handoff.interrupt();
    await handoff.ended;
    journey.dispose();
  }
}

describe("what was declared on TikTok", () => {
  const tick = "Tick in the post's options: made with AI, and advertising.";
  const maybe = "If it is true, declare it in the post's options: made with AI, or advertising.";

  test("is a step of its own on the served page; a post without it is only asked", async () => {
    await withWeek(async ({ open }) => {
      const page = await open(iPhone, `${keys.newest}@lemon8`);
      const important = await page.locator(".steps li.important").allInnerTexts();
      expect(important).toEqual([
        "Turn OFF Share to TikTok, or the post appears on TikTok a second time.",
        tick,
      ]);
      expect(await page.locator(".notes").innerText()).toContain(
        "You declared this as made with AI",
      );
      expect(await page.getByText(maybe).count()).toBe(0);
      const other = await open(iPhone, `${keys.second}@lemon8`);
      expect(await other.getByText(maybe).count()).toBe(1);
      expect(await other.locator(".notes").count()).toBe(0);
    });
  });

  test("is told in the folder: on its page and in steps.txt", async () => {
    const journey = sample.copy();
    const folder = join(journey.folder, "phone");
    const run = await journey.run(["handoff", "--folder", folder, "--next", "7"], { at: monday });
    expect(run.code, run.error).toBe(0);
    const read = (pack: string, name: string) => readFileSync(join(folder, pack, name), "utf8");
    const pack = `2026-10-06_${keys.newest}_lemon8`;
    const other = `2026-10-07_${keys.second}_lemon8`;
    const steps = read(pack, "steps.txt");
    expect(steps).toContain(`9. ${tick}\n`);
    expect(steps).toContain("9. 在发布选项里勾选声明：含 AI 生成内容、广告合作。\n");
    expect(steps).toContain("You declared this as advertising on TikTok: tick that here too.\n");
    expect(steps).not.toContain(maybe);
    expect(read(other, "steps.txt")).toContain(`9. ${maybe}\n`);
    const page = await browser.newPage();
    await page.goto(`file://${join(folder, pack, "index.html")}`);
    const marked = await page.locator(".steps li.important").allInnerTexts();
    expect(marked).toHaveLength(2);
    expect(marked[1]).toContain(tick);
    expect(await page.locator(".notes li").count()).toBe(2);
    await page.goto(`file://${join(folder, other, "index.html")}`);
    expect(await page.locator(".steps li.important").count()).toBe(1);
    await page.close();
    journey.dispose();
  });
});

describe("a page", () => {
  test("shows no button that does nothing: without a share sheet, and without JavaScript", async () => {
    await withWeek(async ({ open }) => {
      for (const item of [`${keys.newest}@lemon8`, `${keys.elevenPhotos}@lemon8`]) {
        const page = await open(iPhone, item);
        expect(await page.locator("[data-share]").count()).toBe(1);
        expect(await page.locator("[data-share]").isVisible()).toBe(false);
        expect(await page.locator("[data-copy]:visible").count()).toBe(2);
        const plain = await open(withoutScript, item);
        const buttons = await plain.locator("button:visible").all();
        expect(buttons.length).toBeGreaterThan(1);
        for (const button of buttons) {
          expect(await button.locator("xpath=ancestor::form").count()).toBe(1);
        }
      }
    });
  });

  test("never scrolls sideways, in either language, from a small phone to a desktop", async () => {
    await withWeek(async ({ open }) => {
      const sizes = [320, 393, 900, 1280].map((width) => ({ viewport: { width, height: 800 } }));
      for (const size of sizes) {
        for (const locale of ["en-US", "zh-CN"]) {
          for (const item of [undefined, "hello@lemon8", `${keys.elevenPhotos}@lemon8`]) {
            const page = await open({ ...size, locale }, item);
            const wide = await page.evaluate<number>("document.documentElement.scrollWidth");
            expect(wide, `${item} at ${size.viewport.width}`).toBeLessThanOrEqual(
              size.viewport.width,
            );
            await page.context().close();
          }
        }
      }
    });
  });

  test("that is not there leads back to the list, by its own address alone", async () => {
    await withWeek(async ({ handoff, open }) => {
      const page = await open(desktop);
      const missing = await page.goto(`${handoff.address}999/?lang=zh`);
      expect(missing?.status()).toBe(404);
      expect(await page.locator("h1").innerText()).toBe("找不到");
      await page.getByRole("link", { name: "全部内容" }).click();
      await page.getByText("可以发布了").waitFor();
      expect(page.url()).toBe(`${handoff.address}?lang=zh`);
    });
  });

  test("takes eight taps on an iPhone for a video, besides five of the phone's own", async () => {
    await withWeek(async ({ open }) => {
      let taps = 0;
      const page = await open(iPhone);
      const tap = async (what: ReturnType<Page["locator"]>) => {
        taps += 1;
        await what.tap();
      };
      await tap(page.locator(".post", { hasText: "Lemon8" }).filter({ hasText: "night sky" }));
      await tap(page.getByRole("link", { name: "Open", exact: true }));
      // There the phone's own: Share, Save Video.
      await page.waitForURL(/\/file\/1$/);
      taps += 1;
      await page.goBack();
      await tap(page.locator('[data-copy="title"]'));
      await tap(page.locator('[data-copy="body"]'));
      // The app's scheme leads nowhere here; the phone asks whether to open it.
      const app = page.getByRole("link", { name: "Open Lemon8" });
      expect(await app.getAttribute("href")).toMatch(/^snssdk2657:/);
      taps += 1;
      await tap(page.locator("#link"));
      // Paste is the phone's own.
      await page
        .locator("#link")
        .fill("https://www.lemon8-app.com/@mira.paints/7410000000000000009");
      await tap(page.getByRole("button", { name: "keep this link" }));
      await page.getByText("Done: it is live.").waitFor();
      const ofThePhone = ["the code", "Share", "Save Video", "the app's question", "Paste"].length;
      expect(taps).toBe(8);
      console.log(`  ${taps + ofThePhone} taps for a video on an iPhone over plain HTTP`);
    });
  });
});

describe("a post that is settled", () => {
  test.each([
    ["with JavaScript", iPhone],
    ["without JavaScript", withoutScript],
  ])(
    "gives way to the next one that is not; the list says where each stands: %s",
    async (_, phone) => {
      await withWeek(async ({ open, handoff }) => {
        const page = await open(phone, "hello@lemon8");
        await page
          .locator("#link")
          .fill("https://www.lemon8-app.com/@mira.paints/7410000000000000008");
        await page.getByRole("button", { name: "keep this link" }).tap();
        await page.getByText("Done: it is live.").waitFor();
        expect(await page.locator("#title").isVisible()).toBe(false);
        expect(await page.locator("#link").count()).toBe(0);
        await page.getByText("Show the post again").tap();
        await page.locator("#title").waitFor();
        await page.getByRole("link", { name: "Next post" }).tap();
        await page.getByRole("button", { name: "keep this link" }).waitFor();
        const second = page.url();
        await page.getByRole("button", { name: "Posted, no link yet" }).tap();
        await page.getByText("Noted as posted.").waitFor();
        // What is still wanted of it stands at the top.
        expect(await page.locator("#link").isVisible()).toBe(true);
        expect(await page.locator("#body").isVisible()).toBe(false);
        expect(page.url().split("?")[0]).toBe(second.split("?")[0]);
        await page.goto(handoff.address);
        const groups = await page.locator("h2.section").allInnerTexts();
        expect(groups.at(-1)).toBe("Done");
        const done = page.locator("section", { hasText: "Done" }).last().locator(".badge");
        expect((await done.allInnerTexts()).toSorted()).toEqual(["Live", "Posted, link missing"]);
      });
    },
  );

  test.each([
    ["ready, with JavaScript", iPhone, "hello@lemon8", "handed-off"],
    ["planned, without JavaScript", withoutScript, `${keys.second}@lemon8`, "queued"],
  ])("may be left out for good: %s", async (_, phone, item, from) => {
    await withWeek(async ({ journey, handoff, open }) => {
      const [post = "", to = ""] = item.split("@");
      expect(rowOf(journey, post, to)["state"]).toBe(from);
      const page = await open(phone, item);
      expect(await page.getByRole("button", { name: "Leave it out" }).isVisible()).toBe(false);
      await page.getByText("Never post this one there").tap();
      await page.getByRole("button", { name: "Leave it out" }).tap();
      await page.getByText("Left out: it is not posted there.").waitFor();
      expect(rowOf(journey, post, to)).toMatchObject({ state: "skipped", due: null });
      handoff.interrupt();
      expect((await handoff.ended).summary).toMatchObject({ skipped: 1, live: 0, submitted: 0 });
      const back = await journey.run(["queue", "remove", item, "--json"], { at: monday });
      expect(back.code, back.error).toBe(0);
      expect(rowOf(journey, post, to)["state"]).toBe("draft");
    });
  });
});

test("when it is over, a connection that is still open brings nothing any more", async () => {
  await withWeek(async ({ handoff }) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const send = (path: string, body?: string) =>
      new Promise<{ status: number; text: string }>((resolve, reject) => {
        const method = body === undefined ? "GET" : "POST";
        const headers = { "content-type": "application/x-www-form-urlencoded" };
        const sent = ask(`${handoff.address}${path}`, { agent, method, headers }, (answer) => {
          let text = "";
          answer.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
          answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
        });
        sent.on("error", reject);
        sent.end(body);
      });
    const other = new Agent({ keepAlive: true, maxSockets: 1 });
    const held = () =>
      new Promise<number>((resolve) => {
        const sent = ask(handoff.address, { agent: other }, (answer) => {
          answer.resume();
          answer.on("end", () => resolve(answer.statusCode ?? 0));
        });
        sent.on("error", () => resolve(0));
        sent.end();
      });
    expect(await held()).toBe(200);
    const list = await send("");
    const token = /name="form" value="([\w-]{22})"/.exec(list.text)?.[1] ?? "";
    const closed = await send("end", `form=${token}`);
    expect(closed.text).toContain("Nothing is served any more");
    expect([0, 404]).toContain(await held());
    await expect(send("")).rejects.toThrow(/ECONNREFUSED|ECONNRESET|socket hang up/);
    for (const each of [agent, other]) each.destroy();
  });
});
