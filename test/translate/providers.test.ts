import { describe, expect, onTestFinished, test } from "vitest";
import { ExpectedError } from "../../src/core/error.ts";
import type { TranslationTask, Translator } from "../../src/core/translation.ts";
import { batchesOf, translateBatch } from "../../src/steps/translate/batch.ts";
import type { TranslationUnit, UnitResult } from "../../src/steps/translate/batch.ts";
import { stopped } from "../../src/steps/translate/endings.ts";
import { chineseScripts } from "../../src/text/chinese.ts";
import { protect, splitTags } from "../../src/text/protect.ts";
import { TranslateError } from "../../src/translate/error.ts";
import { makeTranslator } from "../../src/translate/index.ts";
import type { TranslateSettings, TranslatorId } from "../../src/translate/index.ts";
import {
  startDeepl,
  startLibretranslate,
  startOpenai,
  wordForWord,
} from "../support/translation-servers.ts";
import type { TranslationServer } from "../support/translation-servers.ts";

const key = "k3y-that-nobody-may-see:fx";
const task: TranslationTask = {
  from: "en",
  to: "zh-Hans",
  context: "Captions.",
  signal: new AbortController().signal,
};

interface Place {
  id: TranslatorId;
  server: TranslationServer;
  translator: Translator;
}

function settingsFor(url: string, patience = 0): TranslateSettings {
  return {
    patience,
    deepl: { url },
    libretranslate: { url },
    openai: { url: `${url}/v1`, model: "qwen3:8b" },
  };
}

const startOf: Record<TranslatorId, () => Promise<TranslationServer>> = {
  deepl: () => startDeepl(key),
  libretranslate: () => startLibretranslate(key),
  openai: () => startOpenai("qwen3:8b", key),
};

async function placeOf(
  id: TranslatorId,
  own?: Promise<TranslationServer>,
  patience?: number,
): Promise<Place> {
  const server = await (own ?? startOf[id]());
  onTestFinished(() => server.close());
  return { id, server, translator: makeTranslator(id, settingsFor(server.origin, patience), key) };
}

const waits: number[] = [];
const again = {
  clock: {
    calendar: () => 0,
    wall: () => 0,
    sleep: async (milliseconds: number) => void waits.push(milliseconds),
  },
  random: () => 1,
  scripts: null,
  signal: new AbortController().signal,
};

function unit(caption: string): TranslationUnit {
  const { words, tags } = splitTags(caption);
  return {
    posts: ["1"],
    source: caption,
    to: "zh-Hans",
    from: "en",
    stretches: protect(words),
    tags,
  };
}

function posted({ server }: Place) {
  return server.requests.filter(({ method }) => method === "POST");
}

async function results(
  place: Place,
  ...captions: readonly (string | TranslationUnit)[]
): Promise<UnitResult[]> {
  waits.length = 0;
  const found: UnitResult[] = [];
  const units = captions.map((each) => (typeof each === "string" ? unit(each) : each));
  for (const batch of batchesOf(units, place.translator))
    for await (const result of translateBatch(batch, place.translator, again)) found.push(result);
  return found;
}

const captions = [
  "How I paint the sky 🎨 with @mira.paints & friends <3 #art #fyp",
  "Second one, same day:\nmore sky https://x.co/a?b=1&c=2",
];

describe.each(["deepl", "libretranslate", "openai"] as const)("%s", (id) => {
  test("translates what its real requests say, and gives everything protected back", async () => {
    const place = await placeOf(id);
    const found = await results(place, ...captions);
    expect(found.map((each) => ("text" in each ? "kept" : each.refused))).toEqual(["kept", "kept"]);
    const [first = "", second = ""] = found.map((each) => ("text" in each ? each.text : ""));
    expect(first).toMatch(/^[^A-Za-z]+🎨 [^A-Za-z]+@mira\.paints & [^A-Za-z]+<3 #art #fyp$/u);
    expect(second).toMatch(/\n[^A-Za-z]+https:\/\/x\.co\/a\?b=1&c=2$/u);
    // Not even to the translator do tags, handles, links and emoji go.
    const sent = JSON.stringify(place.server.requests.map(({ body }) => body));
    expect(posted(place)).toHaveLength(1);
    for (const part of ["#art", "mira.paints", "x.co", "🎨"]) expect(sent).not.toContain(part);
  });

  test("waits as long as it is asked to, and tries again after a fault", async () => {
    const place = await placeOf(id);
    place.server.odd = (_, number) =>
      [{ status: 429, headers: { "retry-after": "7" } }, { status: 503 }][number - 1] ?? null;
    const found = await results(place, captions[0] ?? "");
    expect(found[0]).toHaveProperty("text");
    expect(waits).toEqual([7000, 2000]);
  });

  test.each([
    [429, "busy", 5],
    [500, "server", 5],
    [403, "key", 1],
    [401, "key", 1],
    [456, "quota", 1],
    [404, "model", 1],
  ] as const)("gives up at status %s as %s after %s tries", async (status, kind, tries) => {
    const place = await placeOf(id);
    place.server.odd = () => ({ status, body: `{"message":"your key ${key} is wrong"}` });
    const error = await results(place, captions[0] ?? "").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TranslateError);
    expect(error).toMatchObject({ kind });
    expect(place.server.requests).toHaveLength(tries);
    expect(String((error as Error).stack)).not.toContain(key);
    expect(JSON.stringify(error)).not.toContain(key);
  });

  test("does not follow a redirect, for the key would go with it", async () => {
    const place = await placeOf(id);
    const other = await startOf[id]();
    onTestFinished(() => other.close());
    place.server.odd = () => ({ status: 302, headers: { location: `${other.origin}/` } });
    expect((await results(place, captions[0] ?? ""))[0]).toHaveProperty("refused");
    expect(other.requests).toHaveLength(0);
  });

  test.each([
    ["a page", "<!doctype html><p>no"],
    ["half a JSON", '{"translations":[{"te'],
    ["JSON of another shape", '{"choices":[],"translations":{},"translatedText":7}'],
    [
      "too few texts",
      '{"choices":[{"message":{"content":"[]"}}],"translations":[],"translatedText":[]}',
    ],
  ])("refuses %s after one more try alone", async (_, body) => {
    const place = await placeOf(id);
    place.server.odd = () => ({ body });
    const found = await results(place, ...captions);
    expect(found.map((each) => "refused" in each)).toEqual([true, true]);
    expect(place.server.requests).toHaveLength(3);
  });

  test("one broken answer among good ones is asked for alone, and only that one", async () => {
    const place = await placeOf(id);
    let turn = 0;
    place.server.translate = (text, target) =>
      text.startsWith("Second") && (turn += 1) === 1 ? "(掌声)(掌声)" : wordForWord(text, target);
    const found = await results(place, "Second one, same day", captions[0] ?? "");
    expect(found.every((each) => "text" in each)).toBe(true);
    expect(posted(place)).toHaveLength(2);
  });

  test("what came whole is handed on before anything is asked again, so that it is paid for once", async () => {
    const place = await placeOf(id);
    place.server.translate = (text, target) =>
      text.startsWith("Second") ? "(掌声)(掌声)" : wordForWord(text, target);
    let posts = 0;
    place.server.odd = ({ method }) =>
      method === "POST" && (posts += 1) > 1 ? { status: 456 } : null;
    const found: UnitResult[] = [];
    const batch = [unit("Second one, same day"), unit(captions[0] ?? ""), unit("A last one here")];
    const run = async () => {
      for await (const result of translateBatch(batch, place.translator, again)) found.push(result);
    };
    await expect(run()).rejects.toMatchObject({ kind: "quota" });
    expect(found.map((each) => each.unit.source)).toEqual([captions[0], "A last one here"]);
    expect(found.every((each) => "text" in each)).toBe(true);
  });

  test.each([
    [
      { status: 429, body: '{"error":{"code":"insufficient_quota"}}' },
      { kind: "quota", message: "its quota is used up (429)" },
    ],
    [
      { status: 400, body: '{"error":"Visit https://portal.example to get an API key"}' },
      { kind: "key", message: "it wants a valid key (400)" },
    ],
  ])("%j is known by its words, at once", async (odd, meant) => {
    const place = await placeOf(id);
    place.server.odd = () => odd;
    const error = await results(place, captions[0] ?? "").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject(meant);
    expect(place.server.requests).toHaveLength(1);
    expect(stopped(error as TranslateError, place.translator, 1).fix).toContain(
      meant.kind === "key" ? `FINDMEHERE_${id.toUpperCase()}_KEY` : "quota is new",
    );
  });

  test("a lost placeholder is mended by sending the pieces between them", async () => {
    const place = await placeOf(id);
    place.server.translate = (text, target) =>
      wordForWord(text, target).replaceAll(/⟦\d+⟧|<x id="\d+"\/>/g, "");
    const [found] = await results(place, captions[0] ?? "");
    expect(found).toHaveProperty("text");
    expect((found as { text: string }).text).toMatch(
      /^[^A-Za-z]+ 🎨 [^A-Za-z]+ @mira\.paints & [^A-Za-z]+ ?<3 #art #fyp$/u,
    );
  });

  test("what stays wrong is refused with its reason", async () => {
    const place = await placeOf(id);
    place.server.translate = (text) => text;
    const [found] = await results(place, "Only words here");
    expect(found).toMatchObject({ refused: "the answer is not Chinese" });
  });

  test.each(["silent", "stall"] as const)(
    "a server that is %s is waited for, asked once more, and then named",
    async (how) => {
      const place = await placeOf(id, undefined, 0.2);
      place.server.odd = () => (how === "silent" ? { silent: true } : { half: "stall" });
      const error = await results(place, captions[0] ?? "").catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        kind: "slow",
        message: "it did not answer in time (0.2 seconds)",
      });
      expect(place.server.requests).toHaveLength(2);
    },
  );

  test("an answer that is cut in two is asked for again", async () => {
    const place = await placeOf(id);
    place.server.odd = (_, number) => (number <= 2 ? { half: "cut" } : null);
    expect((await results(place, captions[0] ?? ""))[0]).toHaveProperty("text");
    expect(waits).toEqual([1000, 2000]);
    place.server.odd = () => ({ half: "cut" });
    const error = await results(place, captions[0] ?? "").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: "network", message: "it could not be reached" });
  });

  test("a server that asks for a long rest is left alone at once, and says for how long", async () => {
    const place = await placeOf(id);
    const until = {
      "retry-after": "Sat, 21 Nov 2026 09:00:00 GMT",
      date: "Sat, 21 Nov 2026 08:00:00 GMT",
    };
    for (const headers of [{ "retry-after": "3600" }, until]) {
      place.server.odd = () => ({ status: 429, headers });
      const error = await results(place, captions[0] ?? "").catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ kind: "busy", retryAfterMs: 3_600_000 });
      expect(stopped(error as TranslateError, place.translator, 2).fix).toContain("60 minutes");
    }
    expect(place.server.requests).toHaveLength(2);
  });

  test("terms come back as they are settled, and none of them is sent", async () => {
    const place = await placeOf(id);
    const terms = [
      { term: "Glow Kit", becomes: "焕肤套装" },
      { term: "Mira", becomes: null },
    ];
    const words = "My glow kit works, says Mira";
    const [found] = await results(place, { ...unit(words), stretches: protect(words, terms) });
    expect(found).toMatchObject({ text: expect.stringMatching(/焕肤套装[^A-Za-z]+Mira$/u) });
    expect(JSON.stringify(posted(place))).not.toMatch(/glow|Mira/);
    place.server.translate = (text, target) =>
      wordForWord(text, target).replaceAll(/⟦\d+⟧|<x id="\d+"\/>/g, "");
    const [mended] = await results(place, { ...unit(words), stretches: protect(words, terms) });
    expect(mended).toMatchObject({ text: expect.stringMatching(/焕肤套装[^A-Za-z]+Mira$/u) });
  });

  test("an answer in the other Chinese script is turned into the one that was asked for", async () => {
    const place = await placeOf(id);
    const scripts = await chineseScripts([]);
    place.server.translate = () => "今天看視頻學畫畫";
    const stretches = protect("Today we watch videos and paint", []);
    const own = { ...unit("Today we watch videos and paint"), stretches };
    const told = async (to: TranslationUnit["to"]) => {
      const found: UnitResult[] = [];
      const batch = [{ ...own, to }];
      for await (const each of translateBatch(batch, place.translator, { ...again, scripts }))
        found.push(each);
      return found;
    };
    expect(await told("zh-Hans")).toMatchObject([{ text: "今天看视频学画画" }]);
    expect(await told("zh-Hant")).toMatchObject([{ text: "今天看視頻學畫畫" }]);
    place.server.translate = () => "今天看视频学画画";
    expect(await told("zh-Hant")).toMatchObject([{ text: "今天看影片學畫畫" }]);
  });

  test("stops at once when it is told to, in the middle of a silent request", async () => {
    const place = await placeOf(id);
    const stop = new AbortController();
    place.server.odd = () => {
      stop.abort(new Error("stopped"));
      return { silent: true };
    };
    const asked = place.translator.translate([{ id: "0", text: "Hi" }], {
      ...task,
      signal: stop.signal,
    });
    await expect(asked).rejects.toThrow("stopped");
  });

  test("a server that is not there is told without its address", async () => {
    const place = await placeOf(id);
    await place.server.close();
    const error = await place.translator
      .translate([{ id: "0", text: "Hi" }], task)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: "network", message: "it could not be reached" });
  });
});

describe("one by one", () => {
  test("DeepL tells its quota, and chooses the host by the plan of the key", async () => {
    const { translator } = await placeOf("deepl");
    expect(await translator.quota(task.signal)).toEqual({ used: 1000, most: 500_000 });
    const hostOf = (own: string) => makeTranslator("deepl", settingsFor(""), own).host;
    expect([hostOf("a:fx"), hostOf("a")]).toEqual(["api-free.deepl.com", "api.deepl.com"]);
  });

  test("DeepL is told languages, context and its strict XML", async () => {
    const { server, translator } = await placeOf("deepl");
    await translator.translate([{ id: "0", text: "salt &amp; pepper" }], {
      ...task,
      to: "zh-Hant",
    });
    expect(server.requests[0]).toMatchObject({
      path: "/v2/translate",
      headers: { authorization: `DeepL-Auth-Key ${key}` },
      body: {
        text: ["salt &amp; pepper"],
        source_lang: "EN",
        target_lang: "ZH-HANT",
        tag_handling: "xml",
        tag_handling_version: "v2",
        context: "Captions.",
      },
    });
  });

  test("a LibreTranslate that takes one text at a time gets one at a time", async () => {
    const place = await placeOf("libretranslate", startLibretranslate(key, 1));
    const found = await results(place, ...captions);
    expect(found.every((each) => "text" in each)).toBe(true);
    expect(posted(place)).toHaveLength(3);
    expect(posted(place)[0]?.body).toMatchObject({
      source: "en",
      target: "zh-Hans",
      format: "text",
      api_key: key,
    });
  });

  test.each([
    [["en", "zh-Hans", "zh-Hant"], "zh-Hans", "zh-Hant"],
    [["en", "zh", "zt"], "zh", "zt"],
    [["en", "zh"], "zh", "zh"],
  ])("LibreTranslate with %j is asked for %s and %s", async (codes, hans, hant) => {
    const place = await placeOf("libretranslate", startLibretranslate(key, 100, codes));
    const ask = (to: TranslationTask["to"], from: TranslationTask["from"]) =>
      place.translator.translate([{ id: "0", text: "Hi" }], { ...task, to, from });
    await ask("zh-Hans", "en");
    await ask("zh-Hant", null);
    await ask("en", "zh");
    expect(posted(place).map(({ body }) => [body["source"], body["target"]])).toEqual([
      ["en", hans],
      ["auto", hant],
      [hans, "en"],
    ]);
    // What it offers is asked once.
    expect(place.server.requests).toHaveLength(4);
  });

  test("a LibreTranslate without the language says so before a text is sent", async () => {
    const place = await placeOf("libretranslate", startLibretranslate(key, 100, ["en", "es"]));
    await expect(results(place, captions[0] ?? "")).rejects.toMatchObject({
      kind: "language",
      message: "it does not translate into zh-Hans",
    });
    expect(posted(place)).toEqual([]);
  });

  test.each([
    ["a think block", (json: string) => `<think>\nLet me see {"id"…\n</think>\n${json}`],
    ["a code block", (json: string) => `\`\`\`json\n${json}\n\`\`\``],
    ["the end of a think block", (json: string) => `Is it {"id"…?\n</think>\n\n${json}`],
    [
      "chatter and a code block",
      (json: string) => `Sure! Here:\n\n\`\`\`json\n${json}\n\`\`\`\nAsk {me} for more.`,
    ],
    ["chatter", (json: string) => `Here you are:\n${json}\nEnjoy!`],
    [
      "a bare list",
      (json: string) =>
        JSON.stringify((JSON.parse(json) as { translations: unknown }).translations),
    ],
  ])("a model may put %s around its JSON", async (_, wrap) => {
    const place = await placeOf("openai", startOpenai("qwen3:8b", null, wrap));
    expect((await results(place, captions[0] ?? ""))[0]).toHaveProperty("text");
  });

  test.each([
    ["takes-all", 1],
    ["lm-studio", 1],
    ["thinking-model", 2],
    ["no-schema", 3],
    ["bare", 4],
  ] as const)(
    "a server that %s is understood after %s tries, and then at once",
    async (dialect, tries) => {
      const place = await placeOf("openai", startOpenai("qwen3:8b", null, undefined, dialect));
      expect((await results(place, captions[0] ?? ""))[0]).toHaveProperty("text");
      expect(posted(place)).toHaveLength(tries);
      expect((await results(place, captions[1] ?? ""))[0]).toHaveProperty("text");
      expect(posted(place)).toHaveLength(tries + 1);
    },
  );

  test.each([
    ["a handle", "今天画天空，关注 @somebody.else"],
    ["an address", "今天画天空，看 https://evil.example/x"],
    ["a tag", "今天画天空 #fyp"],
  ])("an answer with %s that the text has not is refused", async (_, answer) => {
    for (const id of ["deepl", "libretranslate", "openai"] as const) {
      const place = await placeOf(id);
      place.server.translate = () => answer;
      const [found] = await results(place, "Today I paint the sky for you");
      expect(found).toMatchObject({
        refused: "the answer has a tag, handle or address that the text has not",
      });
    }
  });

  test("a model that answers other ids is refused", async () => {
    const wrap = (json: string) => json.replaceAll('"id":"0"', '"id":"9"');
    const place = await placeOf("openai", startOpenai("qwen3:8b", null, wrap));
    expect((await results(place, captions[0] ?? ""))[0]).toMatchObject({
      refused: "it answered other texts than were asked for",
    });
  });

  test("batches stay below what a request may hold", async () => {
    const { translator } = await placeOf("deepl");
    const many = Array.from({ length: 120 }, (_, index) => unit(`caption number ${index}`));
    expect(batchesOf(many, translator).map(({ length }) => length)).toEqual([50, 50, 20]);
    const long = Array.from({ length: 5 }, () => unit("word ".repeat(8000)));
    expect(batchesOf(long, translator).map(({ length }) => length)).toEqual([2, 2, 1]);
    const other = { ...unit("x"), from: null };
    expect(
      batchesOf([unit("a"), other, unit("b")], translator).map(({ length }) => length),
    ).toEqual([2, 1]);
  });

  test.each(["“secret-key”", "secret key", "secret-key\u200b", "secret\nkey"])(
    "%j is no key, and is not repeated",
    (own) => {
      for (const id of ["deepl", "libretranslate", "openai"] as const) {
        const make = () => makeTranslator(id, settingsFor("http://127.0.0.1:9"), own);
        expect(make).toThrow(`FINDMEHERE_${id.toUpperCase()}_KEY`);
        expect(make).not.toThrow("secret");
      }
    },
  );

  test.each([
    "http://translate.example.com",
    "ftp://127.0.0.1",
    "https://user:pass@example.com",
    "http://127.0.0.1.example.com",
    "nonsense",
  ])("no text goes to %s", (url) => {
    for (const id of ["deepl", "libretranslate", "openai"] as const)
      expect(() =>
        makeTranslator(id, { ...settingsFor(url), openai: { url, model: "m" } }, key),
      ).toThrow(ExpectedError);
  });
});
