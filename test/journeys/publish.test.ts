import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect } from "vitest";

import { openChromium } from "../support/chromium.ts";
import type { CliRun } from "../support/cli.ts";
import {
  draftFolder,
  itemsOf,
  keys,
  linesOf,
  publicationSums,
  queueOf,
  startMigrated,
  testInCopies,
} from "./sample-journey.ts";
import type { Journey, OpenJourney } from "./sample-journey.ts";

/** Eight in the evening in Madrid on the first days; every slot of the day has passed. */
const monday = "2026-10-05T18:00:00Z";
const tuesday = "2026-10-06T18:00:00Z";
const wednesday = "2026-10-07T18:00:00Z";
const thursday = "2026-10-08T18:00:00Z";

let sample: OpenJourney;

beforeAll(async () => {
  sample = await startMigrated({ FINDMEHERE_CREATOR_HANDLES_LEMON8: "mira.paints" });
});
afterAll(() => sample.close());

const inCopy = testInCopies(() => sample);

const tick = (journey: Journey, at: string): Promise<CliRun> =>
  journey.run(["publish", "--due", "--json"], { at });

describe("publish --sit", () => {
  inCopy("says that no place has a window, and what to type instead", async (journey) => {
    const sitting = await journey.run(["publish", "--sit", "--json"], { at: monday });
    expect(sitting.code).toBe(2);
    const error = linesOf(sitting, "problem").at(-1) ?? sitting.summary;
    expect(JSON.stringify(error)).toContain("findmehere handoff");
    expect(sitting.summary).toMatchObject({ error: "what-to-publish" });
  });
});

describe("publish --due", () => {
  inCopy("hands off what is due and not more, once", async (journey) => {
    const early = await tick(journey, "2026-10-05T16:00:00Z");
    expect(early.summary).toMatchObject({ due: 0, handedOff: 0 });
    const first = await tick(journey, monday);
    expect(first.code).toBe(0);
    expect(first.summary).toMatchObject({ due: 2, handedOff: 2, waiting: 0, failed: 0 });
    expect(itemsOf(first).toSorted()).toEqual(["hello@lemon8", "hello@rednote"]);
    for (const { state, attempts, pack, to } of linesOf(first, "publication")) {
      expect({ state, attempts }).toEqual({ state: "handed-off", attempts: 1 });
      expect(String(pack)).toBe(`${draftFolder(journey, "hello", String(to))}/index.html`);
      expect(existsSync(join(journey.library, String(pack)))).toBe(true);
    }
    const second = await tick(journey, monday);
    expect(second.summary).toMatchObject({ due: 0, handedOff: 0 });
    const status = await journey.run(["status", "--json"], { at: monday });
    expect(status.summary["publications"]).toEqual({
      rednote: { held: 2, queued: 15, "handed-off": 1 },
      lemon8: { held: 2, queued: 15, "handed-off": 1 },
    });
    expect(publicationSums(status.summary)).toEqual({ rednote: 18, lemon8: 18 });
  });

  inCopy("keeps the third pack of an account back while two are not posted", async (journey) => {
    await tick(journey, monday);
    const second = await tick(journey, tuesday);
    expect(itemsOf(second)).toEqual([`${keys.newest}@lemon8`]);
    const third = await tick(journey, wednesday);
    expect(third.code).toBe(0);
    expect(third.summary).toMatchObject({ due: 2, handedOff: 1, waiting: 1 });
    expect(itemsOf(third)).toEqual([`${keys.newest}@rednote`]);
    expect(linesOf(third, "problem")).toEqual([
      expect.objectContaining({
        code: "hand-off-waiting",
        severity: "note",
        post: keys.second,
        to: "lemon8",
        message: expect.stringContaining("two packs for this account") as string,
      }),
    ]);
    // One is posted; of the two that became due only one goes out today, by the cap.
    const posted = ["confirm", "--post", "hello", "--to", "lemon8", "--posted"];
    expect((await journey.run(posted, { at: thursday })).code).toBe(0);
    const later = await tick(journey, thursday);
    expect(later.summary).toMatchObject({ due: 2, handedOff: 1, waiting: 1 });
    expect(itemsOf(later)).toEqual([`${keys.second}@lemon8`]);
  });

  inCopy("keeps one set of caps when the account is named anew", async (journey) => {
    await tick(journey, monday);
    const environment = { FINDMEHERE_CREATOR_HANDLES_LEMON8: "mira.elsewhere" };
    const options = { at: monday, environment };
    const kept = ["prepare", "--post", keys.private, "--to", "lemon8", "--yes"];
    expect((await journey.run(kept, options)).code).toBe(0);
    journey.write(`${draftFolder(journey, keys.private, "lemon8")}/title.txt`, "A quiet day");
    expect((await journey.run(["queue", "add", "--to", "lemon8"], options)).code).toBe(0);
    const now = ["publish", "--post", keys.private, "--to", "lemon8", "--json"];
    const wanted = await journey.run(now, options);
    expect(wanted.summary).toMatchObject({ due: 1, handedOff: 0, waiting: 1 });
  });

  inCopy("keeps the cap of the day when several are late", async (journey) => {
    const late = await tick(journey, "2026-10-09T18:00:00Z");
    // Two destinations, one post a day each, however many slots have passed.
    expect(late.summary).toMatchObject({ handedOff: 2 });
    expect(Number(late.summary["due"])).toBe(8);
    expect(Number(late.summary["waiting"])).toBe(6);
    const reasons = linesOf(late, "problem").map(({ message }) => String(message));
    expect(reasons).toHaveLength(6);
    for (const reason of reasons) expect(reason).toContain("your most posts a day are reached");
    expect(reasons[0]).toContain("Sat 10 Oct 2026, 08:00");
  });

  inCopy("calls nobody in the quiet hours, except a person who asks", async (journey) => {
    const night = "2026-10-05T21:30:00Z";
    const run = await tick(journey, night);
    expect(run.code).toBe(0);
    expect(run.summary).toMatchObject({ due: 2, handedOff: 0, waiting: 2 });
    for (const { message } of linesOf(run, "problem")) {
      expect(message).toContain("until Tue 6 Oct 2026, 08:00: these are your quiet hours.");
    }
    const person = await journey.run(["publish", "--post", "hello", "--to", "rednote", "--json"], {
      at: night,
    });
    expect(person.code).toBe(0);
    expect(person.summary).toMatchObject({ due: 1, handedOff: 1 });
    const again = await journey.run(["publish", "--post", "hello", "--to", "rednote"], {
      at: night,
    });
    expect(again.code).toBe(2);
    expect(again.error).toContain("hello@rednote is handed-off");
    const morning = await tick(journey, "2026-10-06T06:05:00Z");
    expect(itemsOf(morning)).toEqual(["hello@lemon8"]);
  });

  inCopy("two ticks at the very same moment hand each off once", async (journey) => {
    const runs = await Promise.all([tick(journey, monday), tick(journey, monday)]);
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect(runs.flatMap(itemsOf).toSorted()).toEqual(["hello@lemon8", "hello@rednote"]);
    const handedOff = runs.map(({ summary }) => Number(summary["handedOff"]));
    expect(handedOff[0]! + handedOff[1]!).toBe(2);
    for (const { summary } of runs) {
      const { due, handedOff: done, waiting, failed } = summary;
      expect(Number(due)).toBe(Number(done) + Number(waiting) + Number(failed));
    }
    const list = await journey.run(["queue", "list", "--state", "handed-off", "--json"]);
    expect(linesOf(list, "publication").map(({ attempts }) => attempts)).toEqual([1, 1]);
  });

  inCopy("--dry-run says what would be handed off and changes nothing", async (journey) => {
    const before = queueOf(await journey.run(["queue", "list", "--all", "--json"]));
    const run = await journey.run(["publish", "--due", "--dry-run", "--json"], { at: monday });
    expect(run.summary).toMatchObject({ due: 2, handedOff: 2 });
    expect(
      existsSync(join(journey.library, draftFolder(journey, "hello", "lemon8"), "index.html")),
    ).toBe(false);
    const people = await journey.run(["publish", "--due", "--dry-run"], { at: monday });
    expect(people.out).not.toMatch(/^Ready/m);
    expect(people.out).toContain("Nothing was changed.");
    expect(queueOf(await journey.run(["queue", "list", "--all", "--json"]))).toEqual(before);
    // It knows the caps as well as the real run does.
    const late = { at: "2026-10-09T18:00:00Z" };
    const dry = await journey.run(["publish", "--due", "--dry-run", "--json"], late);
    const real = await journey.run(["publish", "--due", "--json"], late);
    expect(itemsOf(dry)).toEqual(itemsOf(real));
    expect(linesOf(dry, "problem")).toEqual(linesOf(real, "problem"));
    expect(dry.summary).toEqual({ ...real.summary, dryRun: true });
  });

  inCopy("tells people where the pack lies and what to type afterwards", async (journey) => {
    const run = await journey.run(["publish", "--due"], { at: monday });
    expect(run.code).toBe(0);
    expect(run.out).toContain("Ready: hello@lemon8");
    expect(run.out).toContain(
      `Open ${join(journey.library, draftFolder(journey, "hello", "lemon8"), "index.html")}`,
    );
    expect(run.out).toContain("findmehere confirm --post hello --to lemon8 --url");
    expect(run.error).toBe("");
  });

  inCopy(
    "a post whose media is gone stays queued, counts as failed and exits 3",
    async (journey) => {
      await tick(journey, monday);
      const posts = join(journey.library, "posts");
      const folder = readdirSync(posts).find((name) => name.endsWith(keys.newest)) ?? "";
      rmSync(join(posts, folder, "video.mp4"));
      const run = await tick(journey, tuesday);
      expect(run.code).toBe(3);
      expect(run.summary).toMatchObject({ due: 1, handedOff: 0, failed: 1 });
      expect(linesOf(run, "problem")[0]).toMatchObject({
        code: "no-draft-media",
        post: keys.newest,
        to: "lemon8",
      });
      const list = await journey.run(["queue", "list", "--state", "queued", "--json"]);
      expect(itemsOf(list)).toContain(`${keys.newest}@lemon8`);
    },
  );

  inCopy("what it is asked for has to be clear and to exist", async (journey) => {
    for (const words of [[], ["--post", "hello"], ["--due", "--post", "hello", "--to", "lemon8"]]) {
      const run = await journey.run(["publish", ...words]);
      expect(run.code).toBe(2);
      expect(run.error).toContain("findmehere publish --due");
    }
    const held = await journey.run(["publish", "--post", keys.noCaption, "--to", "lemon8"]);
    expect(held.code).toBe(2);
    expect(held.error).toContain(`${keys.noCaption}@lemon8 is held`);
    const nobody = await journey.run(["publish", "--post", "nobody", "--to", "lemon8"]);
    expect(nobody.code).toBe(2);
    expect(nobody.error).toContain("There is no publication nobody@lemon8.");
  });
});

describe("publish --due with nothing due, as a timer calls it", () => {
  inCopy(
    "says nothing at all, and as JSON exactly what the whole command says",
    async (journey) => {
      // The quick way looks at the true calendar, so this queue begins far beyond it.
      rmSync(join(journey.library, "findmehere.db"));
      expect((await journey.run(["announce", "--quiet"])).code).toBe(0);
      const add = await journey.run(["queue", "add", "--json", "--start", "2199-01-01"], {
        at: null,
      });
      expect(add.summary).toMatchObject({ planned: 2 });
      const silent = await journey.run(["publish", "--due"], { at: null });
      expect(silent).toMatchObject({ code: 0, out: "", error: "" });
      const whole = await journey.run(["publish", "--due", "--verbose"], { at: null });
      expect(whole).toMatchObject({ code: 0, out: "", error: "" });
      const quick = await journey.run(["publish", "--due", "--json"], { at: null });
      const slow = await journey.run(["publish", "--due", "--json", "--verbose"], { at: null });
      expect(quick.code).toBe(0);
      expect(quick.out).toBe(slow.out);
      expect(quick.lines).toHaveLength(1);
      expect(quick.summary).toMatchObject({ type: "summary", command: "publish", due: 0 });
    },
  );
});

describe("the page of a pack", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await openChromium();
  });
  afterAll(() => browser.close());

  inCopy(
    "opens from the disk with title, body and video; a last edit is in it",
    async (journey) => {
      await tick(journey, monday);
      const folder = draftFolder(journey, keys.newest, "lemon8");
      journey.write(`${folder}/title.txt`, "One last night sky, I promise 🌙\r\n");
      const run = await tick(journey, tuesday);
      expect(itemsOf(run)).toEqual([`${keys.newest}@lemon8`]);
      const draft = JSON.parse(journey.read(`${folder}/draft.json`)) as {
        title: string;
        body: string;
      };
      expect(draft).toMatchObject({ title: "One last night sky, I promise 🌙", edited: true });
      const page = await browser.newPage();
      const asked: string[] = [];
      const errors: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      page.on("pageerror", (error) => errors.push(error.message));
      await page.goto(pathToFileURL(join(journey.library, folder, "index.html")).href);
      // Not waitForFunction: while it polls it needs eval, which the page's policy forbids.
      await expect
        .poll(() => page.evaluate<number>("document.querySelector('video').readyState"))
        .toBeGreaterThanOrEqual(1);
      expect(await page.locator("#title").inputValue()).toBe(draft.title);
      expect(await page.locator("#body").inputValue()).toBe(draft.body);
      expect(await page.getByText("mira.paints", { exact: true }).count()).toBeGreaterThan(0);
      expect(await page.getByText(`findmehere confirm --post ${keys.newest}`).count()).toBe(1);
      expect(errors).toEqual([]);
      expect(asked.every((address) => address.startsWith("file:"))).toBe(true);
      await page.close();
    },
  );

  inCopy(
    "shows the photos of a set in order, and a note where none was chosen",
    async (journey) => {
      // A person may ask for one post at any time of the day.
      const photos = await journey.run(
        ["publish", "--post", keys.elevenPhotos, "--to", "lemon8", "--json"],
        { at: monday },
      );
      expect(photos.summary).toMatchObject({ handedOff: 1 });
      const page = await browser.newPage();
      const open = async (post: string, to: string) => {
        const file = join(journey.library, draftFolder(journey, post, to), "index.html");
        await page.goto(pathToFileURL(file).href);
      };
      await open(keys.elevenPhotos, "lemon8");
      await expect
        .poll(() => page.evaluate("[...document.images].every((image) => image.complete)"))
        .toBe(true);
      const widths: number[] = await page.evaluate(
        "[...document.querySelectorAll('.photos img')].map((image) => image.naturalWidth)",
      );
      expect(widths).toHaveLength(10);
      expect(widths.every((width) => width > 0)).toBe(true);
      const sources = await page
        .locator(".photos img")
        .evaluateAll((images) => images.map((image) => image.getAttribute("src")));
      expect(sources).toEqual(sources.toSorted());
      await journey.run(["publish", "--post", "hello", "--to", "rednote", "--quiet"], {
        at: monday,
      });
      await open("hello", "rednote");
      expect(await page.getByText("Choose a photo for this post yourself").count()).toBe(1);
      expect(await page.locator("#body").inputValue()).toMatch(/\p{Script=Han}/u);
      await page.close();
    },
  );
});
