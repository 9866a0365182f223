import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { readTable, tableText } from "../../src/edge/table.ts";
import { readPo } from "../../src/text/po.ts";
import { readXliff } from "../../src/text/xliff.ts";
import {
  startDeepl,
  startLibretranslate,
  startOpenai,
  wordForWord,
} from "../support/translation-servers.ts";
import type { CliRun } from "../support/cli.ts";
import { keys, linesOf, startMigrated } from "./sample-journey.ts";
import type { Journey, OpenJourney } from "./sample-journey.ts";

const columns = ["key", "to", "field", "source", "translation", "by"];
const key = "never-print-this-key-0815";
let sample: OpenJourney;

beforeAll(async () => {
  sample = await startMigrated({}, ["--skip-media"]);
});
afterAll(() => sample.close());

function copy(): Journey {
  const journey = sample.copy();
  onTestFinished(() => journey.dispose());
  return journey;
}

/** Everything that lies in the library, as bytes that can be searched. */
function everything(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, "latin1"))
    .join("\n");
}

test("a person's table: out, filled in as Excel saves it, in, and into the drafts", async () => {
  const journey = copy();
  const file = join(journey.folder, "captions.csv");
  const out = await journey.run(["translate", "export", file, "--to", "zh-Hans", "--json"]);
  expect(out.code).toBe(0);
  const text = readFileSync(file, "utf8");
  expect(text.startsWith(`\uFEFF${columns.join(",")}\r\n`)).toBe(true);
  const rows = readTable(text);
  expect(rows).toHaveLength(Number(out.summary["rows"]));
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.map((row) => row["key"])).not.toContain(keys.private);
  const refused = await journey.run(["translate", "export", file]);
  expect(refused.code).toBe(2);
  expect(refused.error).toContain("--yes");

  const row = rows.find((each) => each["key"] === keys.newest);
  expect(row).toMatchObject({ to: "zh-Hans", translation: "", by: "" });
  // Excel rounds the long key and breaks lines its own way; the text says which post it is.
  const filled = rows.map((each) => {
    if (each !== row) return each;
    return { ...each, key: "7.57341E+18", translation: "=夜空的第一行\r\n第二行" };
  });
  const changed = filled.map((each, index) =>
    each !== row && index === 1 ? { ...each, source: "something else", translation: "别的" } : each,
  );
  journey.write("../captions.csv", tableText(columns, changed));
  const back = await journey.run(["translate", "import", file, "--json"]);
  const isSecond = rows[1] !== row;
  expect(back.summary).toMatchObject({ taken: 1, refused: isSecond ? 1 : 0 });
  expect(back.code).toBe(isSecond ? 3 : 0);
  const again = await journey.run(["translate", "import", file, "--json"]);
  expect(again.summary).toMatchObject({ taken: 0, unchanged: 1 });

  const prepared = await journey.run(["prepare", "--to", "rednote", "--json"]);
  const draft = linesOf(prepared, "draft").find(({ post }) => post === keys.newest);
  expect(String(draft?.["body"])).toContain("第二行");
  expect(JSON.stringify(draft?.["problems"])).not.toContain("no-translation");
});

test.each(["po", "xliff"])(
  "a .%s file comes back, and only what was looked at is a person's",
  async (ending) => {
    const journey = copy();
    const server = await startDeepl(key);
    onTestFinished(() => server.close());
    const environment = {
      FINDMEHERE_DEEPL_KEY: key,
      FINDMEHERE_TRANSLATE_DEEPL_URL: server.origin,
    };
    const run = ["translate", "run", "--with", "deepl", "--to", "zh-Hans", "--limit", "2", "--yes"];
    expect((await journey.run(run, { environment })).code).toBe(0);
    const file = join(journey.folder, `captions.${ending}`);
    const out = await journey.run([
      "translate",
      "export",
      file,
      "--to",
      "zh-Hans",
      "--all",
      "--json",
    ]);
    expect(out.summary).toMatchObject({ translated: 2 });
    const text = readFileSync(file, "utf8");
    const machine =
      ending === "po"
        ? readPo(text)
            .filter(({ fuzzy }) => fuzzy)
            .map(({ translation }) => translation)
        : readXliff(text).flatMap(({ translation, reviewed }) =>
            translation !== "" && !reviewed ? [translation] : [],
          );
    expect(machine).toHaveLength(2);
    const untouched = await journey.run(["translate", "import", file, "--json"]);
    expect(untouched.summary).toMatchObject({ taken: 0, unchanged: 2, refused: 0 });
    const looked =
      ending === "po"
        ? text.replace("#, fuzzy\n", "")
        : text.replace('state="needs-review-translation"', 'state="final"');
    journey.write(`../captions.${ending}`, looked);
    const back = await journey.run(["translate", "import", file, "--json"]);
    expect(back.summary).toMatchObject({ taken: 1, unchanged: 1 });
  },
);

test("DeepL: says what goes where, sends it once, keeps keys and private posts to itself", async () => {
  const journey = copy();
  const server = await startDeepl(key);
  onTestFinished(() => server.close());
  const environment = { FINDMEHERE_DEEPL_KEY: key, FINDMEHERE_TRANSLATE_DEEPL_URL: server.origin };
  const table = join(journey.folder, "private.csv");
  journey.write(
    "../private.csv",
    tableText(["key", "caption"], [{ key: keys.private, caption: "Our secret garden" }]),
  );
  expect((await journey.run(["export", table])).code).toBe(0);
  expect(journey.read("posts.csv")).toContain("secret garden");
  const words = ["translate", "run", "--with", "deepl"];
  const dry = await journey.run([...words, "--dry-run"], { environment });
  expect(dry.code).toBe(0);
  expect(dry.error).toMatch(new RegExp(`\\d+ characters would go to DeepL at ${server.host}`));
  expect(dry.error).toContain("499000 characters are left");
  const told = await journey.run([...words, "--dry-run", "--json"], { environment });
  expect(told.summary).toMatchObject({ dryRun: true, charactersLeft: 499_000 });
  const unasked = await journey.run(words, { environment });
  expect(unasked.code).toBe(2);
  expect(unasked.error).toContain("--yes");
  expect(unasked.error.match(/would go to/g)).toHaveLength(1);
  expect(server.requests.every(({ method }) => method === "GET")).toBe(true);

  const run = await journey.run([...words, "--yes", "--json"], { environment });
  const { found, translated } = run.summary;
  expect(run.code).toBe(0);
  expect(Number(found)).toBeGreaterThan(5);
  expect(translated).toBe(found);
  const posts = server.requests.filter(({ method }) => method === "POST").length;
  const second = await journey.run([...words, "--yes"], { environment });
  expect(second.code).toBe(0);
  expect(second.out).toContain("translated already");
  expect(server.requests.filter(({ method }) => method === "POST")).toHaveLength(posts);

  const sent = JSON.stringify(server.requests);
  expect(sent).toContain("ZH-HANS");
  expect(sent).not.toContain("secret garden");
  expect([dry, unasked, run, second].map(({ out, error }) => out + error).join("")).not.toContain(
    key,
  );
  expect(everything(journey.library)).not.toContain(key);
});

test("two runs at once: the second one is told who is at it, and nothing is sent twice", async () => {
  const journey = copy();
  const server = await startDeepl(key);
  onTestFinished(() => server.close());
  const environment = { FINDMEHERE_DEEPL_KEY: key, FINDMEHERE_TRANSLATE_DEEPL_URL: server.origin };
  const words = ["translate", "run", "--with", "deepl", "--yes", "--json"];
  const others: CliRun[] = [];
  server.odd = async ({ method }) => {
    if (method === "POST" && others.length === 0)
      others.push(await journey.run(words, { environment }));
    return null;
  };
  const run = await journey.run(words, { environment });
  expect(run.code, run.error).toBe(0);
  expect(others.map(({ code }) => code)).toEqual([75]);
  expect(others[0]?.summary).toMatchObject({ error: "library-busy" });
  expect(JSON.stringify(others[0]?.lines)).toContain("translate run");
  const sent = server.requests.flatMap(({ body }) =>
    [body["text"] ?? []].flat().map((text) => `${String(body["target_lang"])} ${String(text)}`),
  );
  expect(sent.length).toBeGreaterThan(5);
  expect(new Set(sent).size).toBe(sent.length);
});

test("a used-up quota keeps what came, ends with 75, and goes on later", async () => {
  const journey = copy();
  const server = await startDeepl(key);
  onTestFinished(() => server.close());
  const environment = { FINDMEHERE_DEEPL_KEY: key, FINDMEHERE_TRANSLATE_DEEPL_URL: server.origin };
  const words = ["translate", "run", "--with", "deepl", "--yes", "--json"];
  const english = [...words, "--to", "zh-Hans,en"];
  let posts = 0;
  server.odd = ({ method }) => (method === "POST" && (posts += 1) > 1 ? { status: 456 } : null);
  const first = await journey.run(english, { environment });
  expect(first.code).toBe(75);
  expect(linesOf(first, "problem")).toMatchObject([{ code: "translation-stopped" }]);
  expect(Number(first.summary["translated"])).toBeGreaterThan(0);
  expect(Number(first.summary["left"])).toBeGreaterThan(0);
  server.odd = () => null;
  const rest = await journey.run(english, { environment });
  expect(rest.code).toBe(0);
  expect(rest.summary).toMatchObject({
    found: first.summary["left"],
    known: first.summary["translated"],
  });
});

test("a wrong key ends with 77, a missing one too, and a command may supply it", async () => {
  const journey = copy();
  const server = await startDeepl(key);
  onTestFinished(() => server.close());
  const url = { FINDMEHERE_TRANSLATE_DEEPL_URL: server.origin };
  const words = ["translate", "run", "--with", "deepl", "--yes", "--limit", "1"];
  const none = await journey.run(words, { environment: url });
  expect(none.code).toBe(77);
  expect(none.error).toContain("FINDMEHERE_DEEPL_KEY");
  const wrong = await journey.run(words, {
    environment: { ...url, FINDMEHERE_DEEPL_KEY: "wrong-key-4711" },
  });
  expect(wrong.code).toBe(77);
  expect(wrong.out + wrong.error).not.toContain("wrong-key-4711");
  const printed = { ...url, FINDMEHERE_DEEPL_KEY_COMMAND: `echo ${key}` };
  expect((await journey.run(words, { environment: printed })).code).toBe(0);
  const fails = { ...url, FINDMEHERE_DEEPL_KEY_COMMAND: "echo two words; exit 3" };
  const failed = await journey.run(words, { environment: fails });
  expect(failed.code).toBe(69);
  expect(failed.error).not.toContain("two words");
});

test("LibreTranslate: what cannot be right is named and not kept; a person's words stay", async () => {
  const journey = copy();
  const server = await startLibretranslate(null);
  onTestFinished(() => server.close());
  const environment = { FINDMEHERE_TRANSLATE_LIBRETRANSLATE_URL: server.origin };
  const file = join(journey.folder, "captions.csv");
  await journey.run(["translate", "export", file, "--to", "zh-Hans"]);
  const rows = readTable(readFileSync(file, "utf8"));
  const own = rows.map((row, index) => (index === 0 ? { ...row, translation: "我自己的话" } : row));
  journey.write("../captions.csv", tableText(columns, own));
  await journey.run(["translate", "import", file]);
  server.translate = () => "(掌声)(掌声)";
  const words = [
    "translate",
    "run",
    "--with",
    "libretranslate",
    "--to",
    "zh-Hans",
    "--yes",
    "--json",
  ];
  const run = await journey.run([...words, "--limit", "3"], { environment });
  expect(run.code).toBe(3);
  expect(run.summary).toMatchObject({ found: 3, translated: 0, refused: 3, left: 0, known: 1 });
  expect(linesOf(run, "problem").map(({ code }) => code)).toEqual(
    Array(3).fill("translation-refused"),
  );
  const look = join(journey.folder, "look.csv");
  await journey.run(["translate", "export", look, "--to", "zh-Hans", "--all"]);
  const kept = readTable(readFileSync(look, "utf8")).filter((row) => row["translation"] !== "");
  expect(kept).toMatchObject([{ translation: "我自己的话", by: "person" }]);
});

test("one answer of several that is none is counted as one, and an idle language is not named", async () => {
  const journey = copy();
  const server = await startDeepl(key);
  onTestFinished(() => server.close());
  const environment = { FINDMEHERE_DEEPL_KEY: key, FINDMEHERE_TRANSLATE_DEEPL_URL: server.origin };
  server.translate = (text, to) =>
    text.startsWith("Hi, I'm") ? "不".repeat(20) : wordForWord(text, to);
  const words = ["translate", "run", "--with", "deepl", "--to", "zh-Hans,en", "--limit", "3"];
  const run = await journey.run([...words, "--yes"], { environment });
  expect(run.code).toBe(3);
  expect(run.out).toContain("2 of 3 texts translated, 1 answer not kept.");
  expect(run.error).toContain("3 into zh-Hans. ");
  expect(run.error).toContain("the answer says the same again and again");
});

test("a model on this computer: no key, its name from the settings, think blocks and all", async () => {
  const journey = copy();
  const server = await startOpenai("qwen3:8b", null, (json) => `<think>hm</think>${json}`);
  onTestFinished(() => server.close());
  const environment = { FINDMEHERE_TRANSLATE_OPENAI_URL: `${server.origin}/v1` };
  const words = [
    "translate",
    "run",
    "--with",
    "openai",
    "--to",
    "zh-Hant",
    "--yes",
    "--limit",
    "2",
  ];
  const unnamed = await journey.run(words, { environment });
  expect(unnamed.code).toBe(78);
  expect(unnamed.error).toContain("translate.openai.model");
  const named = { ...environment, FINDMEHERE_TRANSLATE_OPENAI_MODEL: "qwen3:8b" };
  const run = await journey.run(words, { environment: named });
  expect(run.code).toBe(0);
  expect(run.out).toContain("2 of 2 texts translated");
  expect(run.error).toContain(`would go to “qwen3:8b” at ${server.host}: 2 into zh-Hant.`);
  expect(run.out).toContain("Next: findmehere prepare");
  const missing = await journey.run(words, {
    environment: { ...environment, FINDMEHERE_TRANSLATE_OPENAI_MODEL: "not-here" },
  });
  expect(missing.code).toBe(78);
});

test("wrong words say what to type instead", async () => {
  const journey = copy();
  const cases: [string[], number, string][] = [
    [["translate", "run"], 2, "--with deepl"],
    [["translate", "run", "--with", "google"], 2, "deepl"],
    [["translate", "export", "captions.docx"], 2, ".csv"],
    [["translate", "import", "not-there.po"], 65, "not-there.po"],
    [["translate", "export", "x.csv", "--to", "fr"], 2, "zh-Hans"],
    [["translate", "export", "no-folder/x.csv"], 2, "no folder"],
    [["translate", "export", "library", "--yes"], 2, ".csv"],
    [["translate", "export", "x.csv", "--post", keys.private], 2, "not public"],
  ];
  for (const [words, code, says] of cases) {
    const run = await journey.run(words);
    expect(run.code, words.join(" ")).toBe(code);
    expect(run.error, words.join(" ")).toContain(says);
  }
  expect(existsSync(join(journey.folder, "x.csv"))).toBe(false);
});
