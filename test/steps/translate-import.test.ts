import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { StepEvent, StepResult } from "../../src/core/event.ts";
import { readTable, tableText } from "../../src/edge/table.ts";
import { exportTexts } from "../../src/steps/translate/export.ts";
import { importTexts } from "../../src/steps/translate/import.ts";
import { openTexts } from "../../src/steps/translate/open-texts.ts";
import { putPost } from "../../src/store/posts.ts";
import { putTranslation, translationsOf } from "../../src/store/translations.ts";
import { freshStore } from "../store/support.ts";
import { barePost } from "../support/bare-post.ts";

const at = "2026-11-21T08:00:00.000Z";
const clock = { calendar: () => Date.parse(at), wall: () => 0, sleep: async () => undefined };
const columns = ["key", "to", "field", "source", "translation", "by"];

const posts = [
  barePost({ key: "1", caption: "Sky with @mira.paints\r\nhttps://x.co/a #art", title: "My sky" }),
  barePost({ key: "2", caption: "夜空", date: "2024-09-18T00:00:00Z" }),
  barePost({ key: "3", caption: "#art #fyp 🎨", date: "2024-09-19T00:00:00Z" }),
  barePost({ key: "4", caption: "For friends", visibility: "friends" }),
  barePost({ key: "5", caption: "Nobody knows", visibility: null }),
  barePost({ key: "6", caption: "Pinto el cielo", language: "es", date: "2024-09-20T00:00:00Z" }),
];

async function open() {
  const { store } = await freshStore();
  await store.transaction(async (transaction) => {
    for (const post of posts) await putPost(transaction, post);
  });
  const folder = mkdtempSync(join(tmpdir(), "findmehere-translate-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "captions.csv");
  const bring = (rows: Record<string, string>[]) => {
    writeFileSync(file, tableText(columns, rows));
    return finish(importTexts({ store, clock, file }));
  };
  const stored = (source: string) =>
    store.transaction(async (transaction) =>
      (await translationsOf(transaction, [source], "zh-Hans")).get(source),
    );
  return { store, file, bring, stored };
}

async function finish(step: AsyncGenerator<StepEvent, StepResult, undefined>) {
  const events: StepEvent[] = [];
  for (;;) {
    const next = await step.next();
    if (next.done === true) {
      const problems = events.filter((event) => event.type === "problem");
      return { problems, ...next.value };
    }
    events.push(next.value);
  }
}

const sky = posts[0]?.caption ?? "";
const row = {
  key: "1",
  to: "zh-Hans",
  field: "caption",
  source: sky,
  translation: "和 @mira.paints 画天空 https://x.co/a",
  by: "",
};

describe("which texts lack a language", () => {
  test("words of public posts that are not in it by themselves", async () => {
    const { store } = await open();
    const found = async (to: "en" | "zh-Hans") =>
      (await store.transaction((all) => openTexts(all, { to: [to], posts: null }))).map(
        ({ post, field }) => `${post.key} ${field}`,
      );
    expect(await found("zh-Hans")).toEqual(["1 caption", "1 title", "6 caption"]);
    expect(await found("en")).toEqual(["2 caption", "6 caption"]);
  });

  test("what is not public is refused by name", async () => {
    const { store } = await open();
    const ask = (key: string) =>
      store.transaction((all) => openTexts(all, { to: ["en"], posts: [key] }));
    await expect(ask("4")).rejects.toThrow("not public");
    await expect(ask("5")).rejects.toThrow("not public");
    await expect(ask("77")).rejects.toThrow("no post 77");
  });
});

describe("a filled-in table", () => {
  test("is taken, with other line ends too, and stands as a person's", async () => {
    const { bring, stored } = await open();
    const source = sky.replace("\r\n", "\n");
    const result = await bring([
      { ...row, source },
      { ...row, field: "title", source: "My sky", translation: "" },
    ]);
    expect(result).toMatchObject({
      exit: "done",
      summary: { rows: 2, taken: 1, open: 1, refused: 0 },
    });
    expect(result.problems).toEqual([]);
    expect(await stored(sky)).toMatchObject({
      source: sky,
      text: row.translation,
      by: "person",
      at,
    });
  });

  test.each([
    [{ source: "Sky with somebody else" }, "its source is not what the post says"],
    [{ key: "99", source: "Nothing of mine" }, "no post has that key"],
    [{ to: "fr" }, "its language is “fr”"],
    [{ field: "body" }, "its post has no body"],
    [{ key: "2", field: "title" }, "its post has no title"],
  ])("leaves %j out and says why", async (change, why) => {
    const { bring, stored } = await open();
    const result = await bring([{ ...row, ...change }]);
    expect(result).toMatchObject({ exit: "needsPerson", summary: { taken: 0, refused: 1 } });
    expect(result.problems[0]).toMatchObject({ code: "translation-not-taken" });
    expect(result.problems[0]?.message).toContain(why);
    expect(await stored(sky)).toBeUndefined();
  });

  test.each(["ZH-HANS", "zh-CN", "zh_cn", "zh-Hans-CN"])(
    "knows its language as %s too",
    async (to) => {
      const { bring, stored } = await open();
      const result = await bring([{ ...row, to, field: "Caption" }]);
      expect(result.summary).toMatchObject({ taken: 1 });
      expect(await stored(sky)).toMatchObject({ to: "zh-Hans" });
    },
  );

  test("finds its post by the text where a spreadsheet rounded the key", async () => {
    const { bring, stored } = await open();
    expect((await bring([{ ...row, key: "7.57341E+18" }])).summary).toMatchObject({ taken: 1 });
    expect(await stored(sky)).toMatchObject({ by: "person" });
  });

  test("warns of handles and addresses that a person left out, and takes it", async () => {
    const { bring, stored } = await open();
    const result = await bring([{ ...row, translation: "画天空" }]);
    expect(result.exit).toBe("done");
    expect(result.problems).toMatchObject([{ code: "translation-lost-link", post: "1" }]);
    expect(result.problems[0]?.message).toContain("@mira.paints, https://x.co/a");
    expect(await stored(sky)).toMatchObject({ text: "画天空" });
  });

  test("makes a machine's words a person's only when they were changed or looked at", async () => {
    const { store, bring, stored } = await open();
    const machine = { source: sky, to: "zh-Hans", text: row.translation, by: "deepl", at } as const;
    await store.transaction((transaction) => putTranslation(transaction, machine));
    expect((await bring([{ ...row, by: "deepl" }])).summary).toMatchObject({ unchanged: 1 });
    expect(await stored(sky)).toMatchObject({ by: "deepl" });
    expect((await bring([{ ...row, by: " Person" }])).summary).toMatchObject({ taken: 1 });
    expect(await stored(sky)).toMatchObject({ by: "person", text: row.translation });
  });

  test("may have one text twice: a row that nobody touched does not undo what another one says", async () => {
    const { store, bring, stored } = await open();
    const machine = { source: sky, to: "zh-Hans", text: "机器的天空", by: "deepl", at } as const;
    await store.transaction((transaction) => putTranslation(transaction, machine));
    const untouched = { ...row, translation: machine.text, by: "deepl" };
    const result = await bring([untouched, { ...row, by: "deepl" }, untouched]);
    expect(result).toMatchObject({
      exit: "done",
      summary: { taken: 1, unchanged: 2, refused: 0 },
    });
    expect(await stored(sky)).toMatchObject({ text: row.translation, by: "person" });
  });

  test("that says two things of one text takes the first and names the other", async () => {
    const { bring, stored } = await open();
    const result = await bring([
      row,
      { ...row, translation: "另一片天空 @mira.paints https://x.co/a" },
    ]);
    expect(result).toMatchObject({ exit: "needsPerson", summary: { taken: 1, refused: 1 } });
    expect(result.problems[0]?.message).toContain("row 1 has the same source");
    expect(await stored(sky)).toMatchObject({ text: row.translation });
  });

  test.each(["??????", "? ?? @mira.paints https://x.co/a", "POV ????? #art"])(
    "with %j for Chinese was saved without UTF-8, and is not taken",
    async (translation) => {
      const { bring, stored } = await open();
      const result = await bring([{ ...row, translation }]);
      expect(result).toMatchObject({ exit: "needsPerson", summary: { taken: 0, refused: 1 } });
      expect(result.problems[0]?.message).toContain("question marks");
      expect(await stored(sky)).toBeUndefined();
    },
  );

  test("without its columns is refused whole", async () => {
    const { store, file } = await open();
    writeFileSync(file, "key;caption\r\n1;x\r\n");
    await expect(finish(importTexts({ store, clock, file }))).rejects.toThrow(
      "no column to, field, source, translation",
    );
  });
});

test("posts with the same words share one row, which stands for all of them", async () => {
  const { store, file } = await open();
  const twin = barePost({ key: "7", caption: "My sky", date: "2024-09-21T00:00:00Z" });
  await store.transaction((transaction) => putPost(transaction, twin));
  const words = { to: ["zh-Hans"], posts: null, all: false, overwrite: true } as const;
  const out = await finish(exportTexts({ store, file, ...words }));
  expect(out.summary).toMatchObject({ rows: 3 });
  const rows = readTable(readFileSync(file, "utf8"));
  expect(rows.map(({ key, field }) => `${key} ${field}`)).toEqual([
    "1 caption",
    "1 title",
    "6 caption",
  ]);
});

test("what a person said in the other Chinese script is asked of nobody else", async () => {
  const { store, file } = await open();
  const hant = { source: sky, to: "zh-Hant", text: "畫天空", at } as const;
  const words = { to: ["zh-Hans"], posts: ["1"], all: false, overwrite: true } as const;
  const rowsFor = async (by: string) => {
    await store.transaction((transaction) => putTranslation(transaction, { ...hant, by }));
    return (await finish(exportTexts({ store, file, ...words }))).summary;
  };
  expect(await rowsFor("deepl")).toMatchObject({ rows: 2, translated: 0 });
  expect(await rowsFor("person")).toMatchObject({ rows: 1, translated: 1 });
});

test.each(["csv", "po", "xliff", "xlf"])(
  "out and in again as .%s changes nothing",
  async (ending) => {
    const { store, file } = await open();
    const words = { to: ["zh-Hans"], posts: null, all: true, overwrite: false } as const;
    const text = '=1+1 "quoted" \\ <b>\nsecond\tline & 👩‍👩‍👧‍👦 @mira.paints https://x.co/a';
    await store.transaction((transaction) =>
      putTranslation(transaction, { source: sky, to: "zh-Hans", text, by: "person", at }),
    );
    const own = file.replace("csv", ending);
    const out = await finish(exportTexts({ store, file: own, ...words }));
    expect(out.summary).toMatchObject({ rows: 3, translated: 1 });
    if (ending !== "csv") {
      // A tool may save it as UTF-16, in either order.
      const twoBytes = Buffer.from(readFileSync(own, "utf8"), "utf16le");
      const mark = Buffer.from([0xff, 0xfe]);
      writeFileSync(own, Buffer.concat([mark, twoBytes]).swap16());
    }
    const back = await finish(importTexts({ store, clock, file: own }));
    expect(back.summary).toMatchObject({ rows: 3, taken: 0, unchanged: 1, open: 2, refused: 0 });
    await expect(finish(exportTexts({ store, file: own, ...words }))).rejects.toThrow("already");
  },
);
