import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { sample } from "../demo/sample.ts";
import type { CliLine, CliRun } from "../support/cli.ts";
import { itemsOf, keys, linesOf, migrateWords, queueOf, startJourney } from "./sample-journey.ts";
import type { OpenJourney } from "./sample-journey.ts";

const accounts = {
  FINDMEHERE_CREATOR_NAME: "Mira",
  FINDMEHERE_CREATOR_HANDLES_REDNOTE: "Mira paints",
  FINDMEHERE_CREATOR_HANDLES_REDNOTE_ID: "mira2025",
  FINDMEHERE_CREATOR_HANDLES_LEMON8: "mira.paints",
  FINDMEHERE_CREATOR_NICHE: "watercolour",
  FINDMEHERE_CREATOR_SHARES: "tutorials,tips",
};

describe("migrate for a creator with accounts everywhere", () => {
  let journey: OpenJourney;
  let first: CliRun;
  let queue: CliRun;

  beforeAll(async () => {
    journey = await startJourney(accounts);
    first = await journey.run([...migrateWords(journey), "--json"]);
    queue = await journey.run(["queue", "list", "--all", "--json"]);
  });
  afterAll(() => journey.close());

  test("ends with 0 and tells every step's figures, which add up", () => {
    expect(first.code).toBe(0);
    const { summary } = first;
    expect(summary).toMatchObject({
      type: "summary",
      command: "migrate",
      schemaVersion: 1,
      found: 18,
      exported: 18,
      unchanged: 0,
      skipped: 0,
      failed: 0,
      unjoined: 0,
      planned: 32,
      held: 4,
      announce: { written: 26, notWritten: 0, hellos: 2 },
      prepare: { posts: 17, drafts: 34, made: 34, unchanged: 0, notPublic: 1 },
      status: { posts: 18, postsByVisibility: { public: 17, private: 1 }, captionsMissing: 2 },
    });
    expect(summary["bytes"]).toBeGreaterThan(1_000_000);
    expect(summary["problems"]).toMatchObject({ stop: 0 });
    // Every draft and both introductions are either planned or held.
    expect(34 + 2).toBe(Number(summary["planned"]) + Number(summary["held"]));
  });

  test("puts nothing but JSON lines on stdout, the summary last, and nothing on stderr", () => {
    expect(first.lines.every((line) => typeof line.type === "string")).toBe(true);
    expect(first.lines.filter((line) => line.type === "summary")).toEqual([first.summary]);
    expect(first.out.endsWith("\n")).toBe(true);
    expect(first.error).toBe("");
    expect(linesOf(first, "post")).toHaveLength(18);
    expect(linesOf(first, "draft")).toHaveLength(36);
    expect(linesOf(first, "publication")).toHaveLength(32);
  });

  test("puts the introduction at the head of each queue", () => {
    for (const to of ["rednote", "lemon8"]) {
      const own = linesOf(queue, "publication").filter((line) => line["to"] === to);
      expect(own[0]).toMatchObject({ post: "hello", state: "queued", attempts: 0, url: null });
      expect(own[1]).toMatchObject({ post: keys.newest, state: "queued" });
      const dues = own.flatMap(({ due }) => (due === null ? [] : [String(due)]));
      expect(dues).toEqual(dues.toSorted());
      expect(new Set(dues).size).toBe(16);
    }
  });

  test("keeps drafts inside the limits of their destination", () => {
    const drafts = linesOf(first, "draft");
    for (const { to, title, topics, media } of drafts) {
      const most = to === "rednote" ? { topics: 10, media: 18 } : { topics: 5, media: 10 };
      expect((topics as string[]).length).toBeLessThanOrEqual(most.topics);
      expect((media as string[]).length).toBeLessThanOrEqual(most.media);
      expect(String(title).isWellFormed()).toBe(true);
    }
    for (const { title, body } of drafts.filter(({ to }) => to === "rednote")) {
      // The counter of RedNote's editor: two letters of ASCII are one.
      expect(rednoteLength(String(title))).toBeLessThanOrEqual(20);
      expect(rednoteLength(String(body))).toBeLessThanOrEqual(1000);
    }
    for (const { body, title } of drafts) {
      expect(`${String(title)} ${String(body)}`).not.toMatch(/https?:|#fyp\b|tiktok\.com/i);
    }
  });

  test("holds a post without a caption on both destinations, with the file to write into", async () => {
    const held = await journey.run(["queue", "list", "--state", "held", "--json"]);
    expect(itemsOf(held).toSorted()).toEqual(
      [keys.noCaption, keys.emptyCaption]
        .flatMap((key) => [`${key}@lemon8`, `${key}@rednote`])
        .toSorted(),
    );
    const told = linesOf(first, "problem").filter(({ code }) => code === "needs-title");
    expect(told).toHaveLength(4);
    for (const { post, to, message, fix, severity } of told) {
      expect(severity).toBe("note");
      const folder = /drafts\/\S+[^.\s]/.exec(String(message))?.[0] ?? "";
      expect(folder).toContain(`drafts/${String(to)}/`);
      expect(folder.endsWith(`_${String(post)}`)).toBe(true);
      expect(existsSync(join(journey.library, folder, "title.txt"))).toBe(true);
      expect(fix).toContain("queue release");
    }
  });

  test("keeps the private post and never drafts it", () => {
    expect(linesOf(first, "post").find(({ key }) => key === keys.private)).toMatchObject({
      visibility: "private",
      result: "exported",
    });
    expect(linesOf(first, "draft").some(({ post }) => post === keys.private)).toBe(false);
    expect(itemsOf(queue).some((item) => item.startsWith(keys.private))).toBe(false);
    for (const to of ["rednote", "lemon8"]) {
      const names = readdirSync(join(journey.library, "drafts", to));
      expect(names).toHaveLength(18);
      expect(names.some((name) => name.endsWith(keys.private))).toBe(false);
    }
    expect(linesOf(first, "problem")).toContainEqual(
      expect.objectContaining({ code: "private-post", post: keys.private }),
    );
  });

  test("has the media of every post whole, once", () => {
    const files = sample().posts.flatMap((post) => post.files).length;
    const media = readdirSync(join(journey.library, "posts"), { recursive: true })
      .map(String)
      .filter((name) => /(video|\d{2})\.[a-z0-9]+$/.test(name));
    expect(media).toHaveLength(files);
    expect(readdirSync(journey.library, { recursive: true }).join("\n")).not.toContain(".part");
  });

  test("run again says unchanged everywhere, plans nothing twice and leaves the queue as it was", async () => {
    const again = await journey.run([...migrateWords(journey), "--json"]);
    expect(again.code).toBe(0);
    expect(again.summary).toMatchObject({
      found: 18,
      exported: 0,
      unchanged: 18,
      skipped: 0,
      failed: 0,
      bytes: 0,
      planned: 0,
      held: 0,
      firstDue: null,
      lastDue: null,
      prepare: { posts: 17, drafts: 34, made: 0, unchanged: 34 },
    });
    expect(again.summary["status"]).toEqual(first.summary["status"]);
    expect(linesOf(again, "publication")).toEqual([]);
    const after = await journey.run(["queue", "list", "--all", "--json"]);
    expect(queueOf(after)).toEqual(queueOf(queue));
  });

  test("tells people the same in sentences, and what to do now", async () => {
    const run = await journey.run(migrateWords(journey));
    expect(run.code).toBe(0);
    expect(run.out).toContain(
      "18 posts found: 0 exported, 18 unchanged, 0 skipped, 0 failed (0 kB)",
    );
    expect(run.out).toContain("Prepare   34 drafts of 17 posts");
    expect(run.out).toContain("rednote (Mira paints)  18 in all: 2 held, 16 queued");
    expect(run.out).toContain(
      "Do now: post the text of announcement/texts/tiktok-caption.en.txt on TikTok",
    );
    expect(run.out).toContain(`findmehere publish --due --library ${journey.library}`);
    expect(run.out).toContain(`findmehere schedule install --library ${journey.library}`);
    expect(run.out).toContain("findmehere queue release --all");
  });
});

describe("migrate for a creator of whom nothing but the TikTok handle is known", () => {
  let journey: OpenJourney;
  let run: CliRun;

  beforeAll(async () => {
    journey = await startJourney();
    const made = await journey.run(["init", "--tiktok", "mira.paints.daily"]);
    expect(made.code).toBe(0);
    run = await journey.run([...migrateWords(journey), "--json"]);
  });
  afterAll(() => journey.close());

  test("writes the texts that can be written and lists the others with their settings", () => {
    expect(run.code).toBe(0);
    const written = linesOf(run, "text").map(
      ({ surface, language }) => `${String(surface)}.${String(language)}`,
    );
    expect(written).toEqual([
      "rednote-profile.en",
      "rednote-profile.zh-Hans",
      "rednote-introduction.en",
      "rednote-introduction.zh-Hans",
      "lemon8-hello.en",
      "lemon8-hello.zh-Hans",
    ]);
    const missing = linesOf(run, "problem").filter(({ code }) => code === "text-not-written");
    expect(missing).toHaveLength(1);
    for (const { message, fix } of missing) {
      expect(message).toContain("TikTok caption");
      expect(message).toContain("creator.handles.rednoteId");
      expect(message).toContain("creator.handles.lemon8");
      expect(fix).toContain("findmehere config set");
    }
    expect(run.summary).toMatchObject({ announce: { written: 6, notWritten: 20, hellos: 2 } });
    for (const { files } of linesOf(run, "text")) {
      for (const file of files as string[]) {
        expect(journey.read(file).trim()).not.toBe("");
        expect(journey.read(file)).not.toMatch(/\{\{|undefined|null/);
      }
    }
  });

  test("has both introductions at the head of the queues", async () => {
    const hellos = linesOf(run, "publication").filter(({ post }) => post === "hello");
    expect(hellos.map(({ to, state }) => `${String(to)} ${String(state)}`)).toEqual([
      "rednote queued",
      "lemon8 queued",
    ]);
    const next: CliLine[] = linesOf(await journey.run(["status", "--json"]), "publication");
    expect(next.slice(0, 2).map(({ post }) => post)).toEqual(["hello", "hello"]);
  });

  test("says what to set before there is a text to pin", async () => {
    const again = await journey.run(migrateWords(journey));
    expect(again.out).toContain("Do now: say where you will be.");
    expect(again.out).toContain("findmehere config set creator.handles.lemon8 YOUR-HANDLE");
    expect(again.out).not.toContain("tiktok-caption");
  });
});

function rednoteLength(text: string): number {
  const units = [...new Intl.Segmenter().segment(text)].map(({ segment }) =>
    /^[\u0000-\u007f]*$/.test(segment) ? segment.length / 2 : segment.length,
  );
  return Math.ceil(units.reduce((sum, each) => sum + each, 0));
}
