import { describe, expect, onTestFinished, test } from "vitest";
import type { StepEvent, StepResult } from "../../src/core/event.ts";
import { neededLanguages } from "../../src/steps/translate/needed-languages.ts";
import { planTranslation } from "../../src/steps/translate/plan.ts";
import type { TranslateRunRequest } from "../../src/steps/translate/plan.ts";
import { translateTexts } from "../../src/steps/translate/run.ts";
import { putDraft } from "../../src/store/drafts.ts";
import { putPost } from "../../src/store/posts.ts";
import { putTranslation, translationsOf } from "../../src/store/translations.ts";
import { chineseScripts } from "../../src/text/chinese.ts";
import { parseGlossary } from "../../src/text/glossary.ts";
import { makeTranslator } from "../../src/translate/index.ts";
import { freshStore } from "../store/support.ts";
import { barePost } from "../support/bare-post.ts";
import { startOpenai, wordForWord } from "../support/translation-servers.ts";

const at = "2026-11-21T08:00:00.000Z";
const never = new AbortController().signal;

async function open(captions: readonly string[]) {
  const { store } = await freshStore();
  await store.transaction(async (transaction) => {
    for (const [index, caption] of captions.entries())
      await putPost(transaction, barePost({ key: String(index + 1), caption }));
  });
  const server = await startOpenai("m");
  onTestFinished(() => server.close());
  const settings = { url: `${server.origin}/v1`, model: "m" };
  const translator = makeTranslator(
    "openai",
    { patience: 0, deepl: settings, libretranslate: settings, openai: settings },
    null,
  );
  const request: TranslateRunRequest = {
    store,
    clock: { calendar: () => Date.parse(at), wall: () => 0, sleep: async () => undefined },
    random: () => 1,
    translator: { ...translator, most: { segments: 1, bytes: 9000 } },
    to: ["zh-Hans"],
    posts: null,
    keep: [],
    glossary: [],
    scripts: () => chineseScripts([]),
    limit: null,
    drain: never,
    stop: never,
  };
  const run = async (own: Partial<TranslateRunRequest> = {}) => {
    const whole = { ...request, ...own };
    return finish(translateTexts(whole, await planTranslation(whole)));
  };
  const stored = (source: string) =>
    store.transaction(async (transaction) =>
      (await translationsOf(transaction, [source], "zh-Hans")).get(source),
    );
  return { store, server, request, run, stored };
}

async function finish(step: AsyncGenerator<StepEvent, StepResult, undefined>) {
  const problems: StepEvent[] = [];
  for (;;) {
    const next = await step.next();
    if (next.done === true) return { problems, ...next.value };
    if (next.value.type === "problem") problems.push(next.value);
  }
}

const captions = Array.from(
  { length: 15 },
  (_, index) => `Painting the sky, part ${"i".repeat(index + 1)}`,
);

describe("a run that gets no answers", () => {
  test("stops after a few texts where pages come instead, and asks for the rest later", async () => {
    const { server, run } = await open(captions);
    server.odd = () => ({ body: "<!doctype html><title>Sign in to the Wi-Fi</title>" });
    const { exit, problems, summary } = await run();
    expect(exit).toBe("later");
    expect(problems).toMatchObject([
      { code: "translation-stopped", fix: expect.stringContaining("sign in") },
    ]);
    expect(summary).toMatchObject({ found: 15, translated: 0, refused: 0, left: 15 });
    expect(server.requests).toHaveLength(10);
  });

  test("goes on where one text of many is not taken, and names that one", async () => {
    const { server, run } = await open(captions);
    server.odd = ({ body }) =>
      /part i{7}"|part i{15}"/.test(JSON.stringify(body).replaceAll("\\", ""))
        ? { status: 400 }
        : null;
    const { exit, problems, summary } = await run();
    expect(exit).toBe("needsPerson");
    expect(problems.map((each) => "code" in each && each.code)).toEqual([
      "translation-refused",
      "translation-refused",
    ]);
    expect(summary).toMatchObject({ translated: 13, refused: 2, left: 0 });
  });

  test("stops where the first ten are refused by the address, as at a wrong one", async () => {
    const { server, run } = await open(captions);
    server.odd = () => ({ status: 405 });
    expect(await run()).toMatchObject({ exit: "settings", summary: { left: 15, refused: 0 } });
  });

  test("with one text alone says what the server did, not what the text is", async () => {
    const { server, run } = await open(["Painting the sky"]);
    server.odd = () => ({ body: "<p>" });
    const { exit, problems } = await run();
    expect(exit).toBe("later");
    expect(problems).toMatchObject([{ code: "translation-stopped" }]);
  });

  test("counts what is left where answers end before the texts do", async () => {
    const { server, run } = await open(captions.slice(0, 6));
    server.odd = (_, number) => (number > 3 ? { body: "<p>" } : null);
    const { exit, problems, summary } = await run();
    expect(exit).toBe("later");
    expect(problems).toMatchObject([{ code: "translation-stopped" }]);
    expect(summary).toMatchObject({ translated: 3, refused: 0, left: 3 });
  });

  test("keeps what came before the quota was used up", async () => {
    const { server, run, stored } = await open(captions);
    server.odd = (_, number) => (number > 3 ? { status: 456 } : null);
    const { exit, summary } = await run();
    expect(exit).toBe("later");
    expect(summary).toMatchObject({ translated: 3, left: 12 });
    expect(await stored(captions[0] ?? "")).toMatchObject({ by: "openai" });
    server.odd = () => null;
    expect((await run()).summary).toMatchObject({ found: 12, known: 3, translated: 12 });
  });
});

test("a run that is told to end keeps what came and says so", async () => {
  const { server, run } = await open(captions);
  const drain = new AbortController();
  server.odd = (_, number) => {
    if (number === 4) drain.abort();
    return null;
  };
  const { exit, problems, summary } = await run({ drain: drain.signal });
  expect(exit).toBe("interrupted");
  expect(problems).toEqual([]);
  expect(summary).toMatchObject({ translated: 4, left: 11 });
  expect((await run()).summary).toMatchObject({ found: 11, known: 4, left: 0 });
});

describe("terms that are settled", () => {
  const glossary = parseGlossary("term\tzh_hans\nGlow Kit\t焕肤套装\n");

  test("ask once more for a machine's words from before, never for a person's", async () => {
    const own = ["My glow kit is here", "The Glow Kit again", "Something else"];
    const { store, server, run, stored } = await open(own);
    await store.transaction((transaction) =>
      putTranslation(transaction, {
        ...{ source: own[1] ?? "", to: "zh-Hans", text: "又是发光包", by: "person", at },
      }),
    );
    expect((await run()).summary).toMatchObject({ found: 2, translated: 2, known: 1 });
    const asked = server.requests.length;
    const again = await run({ glossary });
    expect(again.summary).toMatchObject({ found: 1, translated: 1, known: 2 });
    expect(server.requests).toHaveLength(asked + 1);
    expect((await stored(own[0] ?? ""))?.text).toContain("焕肤套装");
    expect((await stored(own[1] ?? ""))?.text).toBe("又是发光包");
    expect((await run({ glossary })).summary).toMatchObject({ found: 0, known: 3 });
  });

  test("and a person's words in the other script leave nothing to pay for", async () => {
    const { store, server, run } = await open(["The sky at night", "Something else"]);
    await store.transaction((transaction) =>
      putTranslation(transaction, {
        ...{ source: "The sky at night", to: "zh-Hant", text: "夜裡的天空", by: "person", at },
      }),
    );
    expect((await run()).summary).toMatchObject({ found: 1, known: 1, translated: 1 });
    expect(JSON.stringify(server.requests)).not.toContain("at night");
  });

  test("that are all of a caption need no translator", async () => {
    const { server, run, stored } = await open(["Glow Kit 🎨 #art", "Mira"]);
    const { exit, summary } = await run({ glossary, keep: ["Mira"] });
    expect(exit).toBe("done");
    expect(summary).toMatchObject({ found: 2, translated: 2, characters: 0 });
    expect(server.requests).toEqual([]);
    expect(await stored("Glow Kit 🎨 #art")).toMatchObject({
      text: "焕肤套装 🎨 #art",
      by: "glossary",
    });
    expect(await stored("Mira")).toMatchObject({ text: "Mira" });
  });

  test("and a brand in its own letters keep their script where the answer is turned", async () => {
    const { server, run, stored } = await open(["Watch Mira paint with 畫室 today"]);
    server.translate = (text) => wordForWord(text, "zh").replace(/^.*?(?=⟦)/u, "今天學畫畫");
    await run({ keep: ["畫室", "Mira"] });
    expect((await stored("Watch Mira paint with 畫室 today"))?.text).toMatch(
      /^今天学画画Mira.*畫室/u,
    );
  });
});

describe("languages that are needed", () => {
  const destinations = [
    { id: "rednote", title: "RedNote", layout: "zh-first" },
    { id: "lemon8", title: "Lemon8", layout: "en-only" },
  ] as const;
  const chinese = new Map([["rednote", "zh-Hant" as const]]);

  test("are those of the layouts, of every destination while there is no draft", async () => {
    const { store } = await open([]);
    expect([...(await neededLanguages(store, destinations, chinese))]).toEqual([
      ["zh-Hant", ["RedNote"]],
      ["en", ["RedNote", "Lemon8"]],
    ]);
  });

  test("are only those of the destinations that have drafts", async () => {
    const { store } = await open(["Sky"]);
    const used = async (layout: "zh-only" | "en-only") => [
      ...(await neededLanguages(store, [{ ...destinations[0], layout }, destinations[1]], chinese)),
    ];
    await store.transaction((transaction) =>
      putDraft(transaction, {
        ...{
          type: "draft",
          post: "1",
          to: "rednote",
          title: "",
          body: "",
          topics: [],
          dropped: [],
        },
        ...{ media: [], edited: false, problems: [], folder: "f", madeAt: at },
        written: { title: "", body: "" },
      }),
    );
    expect(await used("zh-only")).toEqual([["zh-Hant", ["RedNote"]]]);
    expect(await used("en-only")).toEqual([["en", ["RedNote"]]]);
  });
});
