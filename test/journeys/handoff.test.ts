import { readFileSync } from "node:fs";
import { createServer, request as ask } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { devices } from "playwright-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { openChromium } from "../support/chromium.ts";
import { selfSigned } from "../support/certificate.ts";
import { changeable, rowOf, rowsOf, sha256, sha256File, startHandoff } from "./phone-journey.ts";
import type { OpenHandoff } from "./phone-journey.ts";
import { draftFolder, keys, linesOf, startMigrated } from "./sample-journey.ts";
import type { Journey, OpenJourney } from "./sample-journey.ts";

/** Eight in the evening in Madrid on the first two days. */
const monday = "2026-10-05T18:00:00Z";
const tuesday = "2026-10-06T18:00:00Z";

let sample: OpenJourney;
let browser: Browser;

beforeAll(async () => {
  sample = await startMigrated({
    FINDMEHERE_CREATOR_HANDLES_LEMON8: "mira.paints",
    FINDMEHERE_CREATOR_HANDLES_REDNOTE: "米拉画画",
  });
  browser = await openChromium();
});
afterAll(async () => {
  await browser.close();
  await sample.close();
});

const phones: [string, BrowserContextOptions][] = ["iPhone SE", "iPhone 15", "Pixel 7"].flatMap(
  (name): [string, BrowserContextOptions][] => {
    const { defaultBrowserType: _, ...phone } = devices[name] ?? { defaultBrowserType: "webkit" };
    return [
      [`${name} with JavaScript`, phone],
      [`${name} without JavaScript`, { ...phone, javaScriptEnabled: false }],
    ];
  },
);

interface Open {
  journey: Journey;
  handoff: OpenHandoff;
}

async function withHandoff(
  words: readonly string[],
  options: Parameters<typeof startHandoff>[2],
  body: (open: Open) => Promise<void>,
): Promise<void> {
  const journey = sample.copy();
  const handoff = await startHandoff(journey, words, options);
  try {
    await body({ journey, handoff });
  } finally {
    handoff.interrupt();
    await handoff.ended;
    journey.dispose();
  }
}

async function onPhone(
  options: BrowserContextOptions,
  body: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ ...options, acceptDownloads: true });
  const page = await context.newPage();
  const broken: string[] = [];
  page.on("pageerror", (error) => broken.push(error.message));
  page.on("console", (line) => {
    // Chromium tells of every answer that is no success; a link that is refused is answered with 422.
    const expected = line.location().url.endsWith("/favicon.ico") || line.text().includes("422");
    if (line.type() === "error" && !expected) broken.push(line.text());
  });
  try {
    await body(page);
    expect(broken).toEqual([]);
  } finally {
    await context.close();
  }
}

/** The number that a post has on the list. */
function numberOf(handoff: OpenHandoff, post: string, to: string): number {
  const serving = handoff.lines().find(({ type }) => type === "serving");
  const posts = serving?.["posts"] as { post: string; to: string }[];
  return posts.findIndex((each) => each.post === post && each.to === to) + 1;
}

describe("on a phone", () => {
  test.each(phones)("%s: from the code on the screen to a post that is live", async (_, phone) => {
    await withHandoff([], { at: monday, text: true }, async ({ journey, handoff }) => {
      expect(handoff.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}\/$/);
      expect(handoff.shown()).toContain(`\n${handoff.address}\n`);
      expect(handoff.shown()).toContain("It serves 2 posts (0 files, 0 kB) and nothing else");
      await onPhone(phone, async (page) => {
        await page.goto(handoff.address);
        const places = page.locator(".post .where");
        const both = ["Lemon8 · mira.paints", "RedNote · 米拉画画"];
        expect((await places.allInnerTexts()).toSorted()).toEqual(both);
        await page.locator(".post", { hasText: "Lemon8 ·" }).tap();
        expect(await page.locator("h1").innerText()).toBe("Lemon8");
        expect(await page.locator("header .account").innerText()).toBe("Post as mira.paints");
        expect(await page.locator(".steps li").nth(1).innerText()).toBe(
          "Pick a photo of your own.",
        );
        expect(await page.locator(".steps li.important").innerText()).toContain("Share to TikTok");
        expect(await page.getByText("made with AI, or advertising").count()).toBe(1);
        const open = page.getByRole("link", { name: "Open Lemon8" });
        expect(await open.getAttribute("href")).toBe("snssdk2657://main?tab=home");
        const folder = draftFolder(journey, "hello", "lemon8");
        for (const name of ["title", "body"]) {
          const words = journey.read(`${folder}/${name}.txt`).replace(/\n$/, "");
          expect(await page.locator(`#${name}`).inputValue()).toBe(words);
          expect(await page.locator(`#${name}`).isVisible()).toBe(true);
        }
        await page.locator("#link").fill("https://www.lemon8-app.com/topic/1234567890123");
        await page.getByRole("button", { name: "keep this link" }).tap();
        expect(await page.locator("#told").innerText()).toContain(
          "not the link of a post on Lemon8",
        );
        expect(await page.locator("#link").inputValue()).toContain("/topic/");
        expect(rowOf(journey, "hello", "lemon8")["state"]).toBe("handed-off");
        await page
          .locator("#link")
          .fill(
            "Look! https://www.lemon8-app.com/@mira.paints/7410000000000000001?region=us&_t=8abc&_r=1",
          );
        await page.getByRole("button", { name: "keep this link" }).tap();
        await page.getByText("Done: it is live.").waitFor();
        expect(new URL(page.url()).pathname).toMatch(/\/[12]\/$/);
        await page.goto(handoff.address);
        const badges = await page.locator(".badge").allInnerTexts();
        expect(badges.toSorted()).toEqual(["Live", "Ready"]);
        await page.getByRole("button", { name: "I am done" }).tap();
        await page.getByText("Nothing is served any more").waitFor();
      });
      expect(rowOf(journey, "hello", "lemon8")).toMatchObject({
        state: "live",
        proof: "pasted",
        url: "https://www.lemon8-app.com/@mira.paints/7410000000000000001",
      });
      const { code, out } = await handoff.ended;
      expect(code).toBe(0);
      expect(out).toContain("You told: 1 live.");
      await expect(fetch(handoff.address)).rejects.toThrow("fetch failed");
    });
  });

  test.each(phones)(
    "%s: every file comes whole, under a name that a person knows",
    async (_, phone) => {
      await withHandoff(["--next", "40"], { at: monday }, async ({ journey, handoff }) => {
        const saved = new Map<string, number>();
        await onPhone(phone, async (page) => {
          for (const [post, to] of [
            [keys.newest, "rednote"],
            [keys.elevenPhotos, "lemon8"],
          ] as const) {
            const folder = join(journey.library, draftFolder(journey, post, to));
            const draft = JSON.parse(readFileSync(join(folder, "draft.json"), "utf8")) as {
              media: string[];
            };
            await page.goto(`${handoff.address}${numberOf(handoff, post, to)}/`);
            const links = await page.locator("a[data-file]").all();
            expect(links).toHaveLength(draft.media.length);
            const names: string[] = [];
            for (const [index, link] of links.entries()) {
              const coming = page.waitForEvent("download");
              await link.tap();
              const download = await coming;
              names.push(download.suggestedFilename());
              const wanted = sha256File(join(folder, draft.media[index]!));
              expect(sha256File(await download.path())).toBe(wanted);
            }
            expect(names).toEqual(names.toSorted());
            saved.set(to, names.length);
            if (to === "lemon8") {
              expect(names[0]).toBe("Eleven-mornings-from-the-same-window_lemon8_01.jpg");
              const numbers = await page.locator(".sheet .number").allInnerTexts();
              expect(numbers).toEqual(draft.media.map((_file, index) => String(index + 1)));
            } else expect(names[0]).toMatch(/_rednote\.mp4$/);
          }
        });
        expect(saved).toEqual(
          new Map([
            ["rednote", 1],
            ["lemon8", 10],
          ]),
        );
      });
    },
  );

  test.each(phones)(
    "%s: posted without a link, later its link, and not today",
    async (_, phone) => {
      await withHandoff([], { at: monday }, async ({ journey, handoff }) => {
        await onPhone(phone, async (page) => {
          const [first, second] = ["lemon8", "rednote"].map((to) => numberOf(handoff, "hello", to));
          await page.goto(`${handoff.address}${first}/?lang=zh`);
          await page.getByRole("button", { name: "已发布，暂无链接" }).tap();
          await page.getByText("已记为“已发布”").waitFor();
          expect(rowOf(journey, "hello", "lemon8")["state"]).toBe("submitted");
          await page.locator("#link").fill("https://s.lemon8-app.com/al/NyKzTkZmdc");
          await page.getByRole("button", { name: "记下这个链接" }).tap();
          await page.getByText("完成：已发布。").waitFor();
          expect(rowOf(journey, "hello", "lemon8")["state"]).toBe("live");
          await page.goto(`${handoff.address}${second}/`);
          await page.getByRole("button", { name: "Not today" }).tap();
          await page.getByText("Its slot is").waitFor();
          const { state, due } = rowOf(journey, "hello", "rednote");
          expect(state).toBe("queued");
          expect(String(due) > "2026-10-05T22:00:00Z").toBe(true);
        });
      });
    },
  );

  test("a video plays and can be wound, and a part of it is right", async () => {
    await withHandoff(["--next", "7"], { at: monday }, async ({ journey, handoff }) => {
      const number = numberOf(handoff, keys.newest, "rednote");
      await onPhone(phones[2]?.[1] ?? {}, async (page) => {
        await page.goto(`${handoff.address}${number}/`);
        const seconds = await page.evaluate<number>(`(async () => {
          const video = document.querySelector("video");
          video.muted = true;
          await video.play();
          const sought = new Promise((resolve) => video.addEventListener("seeked", resolve));
          video.currentTime = video.duration - 0.5;
          await sought;
          return video.currentTime;
        })()`);
        expect(seconds).toBeGreaterThan(1);
        await page.getByRole("link", { name: "Open", exact: true }).tap();
        await page.locator("video").waitFor();
        expect(page.url()).toContain("/file/1");
      });
      const file = join(journey.library, draftFolder(journey, keys.newest, "rednote"), "video.mp4");
      const bytes = readFileSync(file);
      const part = await fetch(`${handoff.address}${number}/file/1`, {
        headers: { range: "bytes=100-299" },
      });
      expect(part.status).toBe(206);
      expect(part.headers.get("content-range")).toBe(`bytes 100-299/${bytes.length}`);
      expect(part.headers.get("content-type")).toBe("video/mp4");
      expect(sha256(await part.bytes())).toBe(sha256(bytes.subarray(100, 300)));
      const beyond = await fetch(`${handoff.address}${number}/file/1`, {
        headers: { range: `bytes=${bytes.length}-` },
      });
      expect(beyond.status).toBe(416);
      const head = await fetch(`${handoff.address}${number}/file/1?dl=1`, { method: "HEAD" });
      expect(head.headers.get("content-length")).toBe(String(bytes.length));
      expect(head.headers.get("content-disposition")).toMatch(/^attachment; filename="/);
    });
  });
});

describe("copying", () => {
  const phone: BrowserContextOptions = phones[4]?.[1] ?? {};
  const ready = async (page: Page, address: string, journey: Journey) => {
    await page.goto(address);
    const folder = draftFolder(journey, "hello", "rednote");
    return journey.read(`${folder}/body.txt`).replace(/\n$/, "");
  };

  test("one tap copies over plain HTTP, where a page has no clipboard of its own", async () => {
    await withHandoff([], { at: monday }, async ({ journey, handoff }) => {
      // A name that is not this machine's own is no secure place, as an address of a Wi-Fi is none.
      const real = new URL(handoff.address);
      const bridge = createServer((incoming, outgoing) => {
        const headers = { ...incoming.headers, host: real.host };
        const { method, url: path } = incoming;
        const onward = ask({ port: real.port, host: real.hostname, method, path, headers });
        onward.on("response", (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        });
        incoming.pipe(onward);
      });
      await new Promise<void>((resolve) => bridge.listen(0, "127.0.0.1", resolve));
      const { port } = bridge.address() as AddressInfo;
      const plain = await openChromium("--host-resolver-rules=MAP laptop.test 127.0.0.1");
      try {
        const context = await plain.newContext(phone);
        const page = await context.newPage();
        const number = numberOf(handoff, "hello", "rednote");
        const address = `http://laptop.test:${port}${real.pathname}${number}/`;
        const body = await ready(page, address, journey);
        const secure = await page.evaluate(`[isSecureContext, "clipboard" in navigator]`);
        expect(secure).toEqual([false, false]);
        expect(await page.locator("[data-share]").count()).toBe(0);
        await page.locator('[data-copy="body"]').tap();
        await page.getByText("Copied.").waitFor();
        await page.locator("#link").click();
        await page.keyboard.press("Control+V");
        expect(await page.locator("#link").inputValue()).toBe(body.slice(0, 2000));
        // Chrome sends `Origin: null` from a page without a referrer; the form has to work all the same.
        await page.getByRole("button", { name: "Posted, no link yet" }).tap();
        await page.getByText("Noted as posted.").waitFor();
        expect(rowOf(journey, "hello", "rednote")["state"]).toBe("submitted");
      } finally {
        await plain.close();
        bridge.close();
      }
    });
  });

  test("over HTTPS with the creator's own certificate: clipboard and share sheet", async () => {
    const journey = sample.copy();
    const { cert, key } = selfSigned({ names: ["localhost"], addresses: ["127.0.0.1"] });
    journey.write("cert.pem", cert);
    journey.write("key.pem", key);
    const tls = ["--tls-cert", "library/cert.pem", "--tls-key", "library/key.pem"];
    const handoff = await startHandoff(journey, ["--next", "40", ...tls], { at: monday });
    try {
      expect(handoff.address).toMatch(/^https:\/\/127\.0\.0\.1:/);
      await onPhone({ ...phone, ignoreHTTPSErrors: true }, async (page) => {
        // No phone is here to share with; what the page hands to it is what counts.
        await page.addInitScript(`
          window.shared = [];
          navigator.canShare = () => true;
          navigator.share = ({ files, ...more }) => {
            if (Object.keys(more).length > 0) throw new Error("files alone");
            window.shared.push(...files);
            return Promise.resolve();
          };
        `);
        await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
        const number = numberOf(handoff, keys.elevenPhotos, "lemon8");
        await page.goto(`${handoff.address}${number}/`);
        const button = page.locator("[data-share]");
        await button.tap();
        await page.getByText("Choose Save Video or Save Images there.").waitFor();
        await button.tap();
        await page.getByText("Done.").waitFor();
        const shared = await page.evaluate<{ name: string; type: string; sha256: string }[]>(`
          Promise.all(window.shared.map(async (file) => {
            const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
            const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0"));
            return { name: file.name, type: file.type, sha256: hex.join("") };
          }))
        `);
        const folder = join(journey.library, draftFolder(journey, keys.elevenPhotos, "lemon8"));
        expect(shared).toHaveLength(10);
        for (const [index, { name, type, sha256: found }] of shared.entries()) {
          const two = String(index + 1).padStart(2, "0");
          expect(name).toContain(`_${two}.`);
          expect(type).toMatch(/^image\//);
          expect(found).toBe(sha256File(join(folder, name.replace(/^.*_/, ""))));
        }
        await page.locator('[data-copy="title"]').tap();
        await page.getByText("Copied.").waitFor();
        const copied = await page.evaluate("navigator.clipboard.readText()");
        expect(copied).toBe(await page.locator("#title").inputValue());
      });
    } finally {
      handoff.interrupt();
      await handoff.ended;
      journey.dispose();
    }
  });
});

describe("a week ahead", () => {
  test("what is planned stays planned, and is handed off at its slot", async () => {
    await withHandoff(["--next", "7"], { at: monday }, async ({ journey, handoff }) => {
      const serving = handoff.lines().find(({ type }) => type === "serving");
      const posts = serving?.["posts"] as { post: string; state: string; due: string }[];
      expect(posts.slice(0, 2).map(({ post, state }) => [post, state])).toEqual([
        ["hello", "handed-off"],
        ["hello", "handed-off"],
      ]);
      const later = posts.slice(2);
      expect(later.length).toBeGreaterThan(5);
      for (const { state, due } of later) {
        expect(state).toBe("queued");
        expect(due <= "2026-10-12T18:00:00Z").toBe(true);
      }
      expect(later.map(({ due }) => due)).toEqual(later.map(({ due }) => due).toSorted());
      const before = changeable(journey);
      for (let number = 1; number <= posts.length; number += 1) {
        expect((await fetch(`${handoff.address}${number}/`)).status).toBe(200);
      }
      expect(changeable(journey)).toBe(before);
      await onPhone({}, async (page) => {
        await page.goto(`${handoff.address}${numberOf(handoff, keys.newest, "lemon8")}/`);
        expect(await page.locator("#told").innerText()).toContain("Its slot is Tue 6 Oct");
        expect(await page.getByRole("button", { name: "Not today" }).count()).toBe(0);
      });
      const tick = await journey.run(["publish", "--due", "--json"], { at: tuesday });
      expect(linesOf(tick, "publication").map(({ post, to }) => `${post}@${to}`)).toEqual([
        `${keys.newest}@lemon8`,
      ]);
    });
  });

  test("what was posted before its slot is recorded by the moves of the table, and counts for the caps", async () => {
    await withHandoff(["--next", "7"], { at: monday }, async ({ journey, handoff }) => {
      const number = numberOf(handoff, keys.newest, "lemon8");
      await onPhone({}, async (page) => {
        await page.goto(`${handoff.address}${number}/`);
        await page
          .locator("#link")
          .fill("https://www.lemon8-app.com/@mira.paints/7410000000000000002");
        await page.getByRole("button", { name: "keep this link" }).click();
        await page.getByText("Done: it is live.").waitFor();
      });
      const moves = rowsOf(journey, "moves").filter(
        (row) => row["post"] === keys.newest && row["destination"] === "lemon8",
      );
      expect(
        moves.slice(-2).map((row) => [row["from_state"], row["to_state"], row["by_whom"]]),
      ).toEqual([
        ["queued", "handed-off", "publish"],
        ["handed-off", "live", "person"],
      ]);
      expect(rowOf(journey, keys.newest, "lemon8")).toMatchObject({
        attempts: 1,
        claimed_by: null,
      });
      const tick = await journey.run(["publish", "--due", "--json"], { at: tuesday });
      expect(linesOf(tick, "publication").filter(({ to }) => to === "lemon8")).toEqual([]);
    });
  });

  test("somebody else's link for a planned post changes nothing at all", async () => {
    await withHandoff(["--next", "7"], { at: monday }, async ({ journey, handoff }) => {
      const before = changeable(journey);
      await onPhone({}, async (page) => {
        await page.goto(`${handoff.address}${numberOf(handoff, keys.newest, "lemon8")}/`);
        await page.locator("#link").fill("https://www.lemon8-app.com/@else/7410000000000000003");
        await page.getByRole("button", { name: "keep this link" }).click();
        await page.getByText("belongs to another account").waitFor();
      });
      expect(changeable(journey)).toBe(before);
    });
  });
});

describe("the sitting", () => {
  test("ends by itself when nobody looks, and in any case after its time", async () => {
    // Thirty minutes are half a second here, two hours two seconds.
    const environment = { FINDMEHERE_TEST_PACE: "3600" };
    const journey = sample.copy();
    const idle = await startHandoff(journey, [], { at: monday, environment });
    const first = await idle.ended;
    expect(first.summary).toMatchObject({ ended: "idle", left: 2 });
    expect(first.code).toBe(0);
    const kept = await startHandoff(journey, [], { at: monday, environment });
    let looks = 0;
    const looking = (async () => {
      for (;;) {
        const answer = await fetch(kept.address).catch(() => null);
        if (answer === null) return;
        looks += 1;
      }
    })();
    expect((await kept.ended).summary).toMatchObject({ ended: "expired" });
    await looking;
    expect(looks).toBeGreaterThan(3);
    expect(kept.address).not.toBe(idle.address);
    journey.dispose();
  });

  test("ends by Ctrl-C, and says what is left", async () => {
    await withHandoff([], { at: monday, text: true }, async ({ handoff }) => {
      handoff.interrupt();
      const { code, out } = await handoff.ended;
      expect(code).toBe(130);
      expect(out).toContain("Still ready to post: 2.");
    });
  });

  test("says so when nothing is ready", async () => {
    const journey = sample.copy();
    const run = await journey.run(["handoff", "--address", "127.0.0.1"], {
      at: "2026-10-05T09:00:00Z",
    });
    expect(run.code).toBe(0);
    expect(run.error).toContain("Nothing is ready for your phone.");
    expect(run.error).toContain("findmehere handoff --next 7");
    journey.dispose();
  });

  test("refuses what cannot be served safely or at all", async () => {
    const journey = sample.copy();
    const refused = async (...words: string[]) => {
      const { code, error } = await journey.run(["handoff", ...words], { at: monday });
      return `${String(code)} ${error}`;
    };
    expect(await refused("--address", "0.0.0.0")).toMatch(/^2 .*never all of them/s);
    expect(await refused("--address", "::")).toMatch(/^2 .*never all of them/s);
    expect(await refused("--address", "8.8.8.8")).toMatch(/^2 .*never a public one/s);
    expect(await refused("--address", "10.255.255.254")).toMatch(
      /^2 .*does not have that address/s,
    );
    expect(await refused("--address", "127.0.0.1", "--port", "70000")).toMatch(/^2 .*65535/s);
    expect(await refused("--address", "127.0.0.1", "--tls-cert", "x")).toMatch(/^2 .*together/s);
    const two = ["--tls-cert", "no.pem", "--tls-key", "no.pem"];
    expect(await refused("--address", "127.0.0.1", ...two)).toMatch(/^65 .*cannot be opened/s);
    journey.dispose();
  });
});
