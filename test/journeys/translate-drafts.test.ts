import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { readTable } from "../../src/edge/table.ts";
import type { TableRow } from "../../src/edge/table.ts";
import { rednoteUnits } from "../../src/text/measure.ts";
import { startDeepl, wordForWord } from "../support/translation-servers.ts";
import { draftFolder, keys, linesOf, startMigrated } from "./sample-journey.ts";
import type { Journey, OpenJourney } from "./sample-journey.ts";

const key = "never-print-this-key-0815";
const columns = ["key", "to", "field", "source", "translation", "by"];
/** In English the sentence is too long for a title, in Chinese it is not. */
const sentence = "搬离画室前的最后一片夜空🌙";
const chinese = `${sentence} 如果这里安静下来，你会在别处找到我：同一个名字，同一只猫🐈‍⬛ ¡Nos vemos! 再见`;
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

async function deeplFor(usage?: { used: number; most: number }) {
  const server = await startDeepl(key, usage);
  onTestFinished(() => server.close());
  const environment = { FINDMEHERE_DEEPL_KEY: key, FINDMEHERE_TRANSLATE_DEEPL_URL: server.origin };
  const posts = () => server.requests.filter(({ method }) => method === "POST");
  return { server, environment, posts };
}

/** The newest post's draft for RedNote as it lies on disk. */
function onDisk(journey: Journey) {
  const folder = draftFolder(journey, keys.newest, "rednote");
  const read = (name: string) => journey.read(`${folder}/${name}`).trimEnd();
  const draft = JSON.parse(read("draft.json")) as { problems: { code: string }[]; edited: boolean };
  const codes = draft.problems.map(({ code }) => code);
  return { folder, title: read("title.txt"), body: read("body.txt"), edited: draft.edited, codes };
}

/** What a spreadsheet makes of a cell. */
function cellIn(delimiter: string, text: string): string {
  return /["\n,]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The table as Excel saves it: long keys rounded, line breaks in cells bare, its own delimiter. */
function savedByExcel(rows: readonly TableRow[], delimiter: string): string {
  const lines = rows.map((row) =>
    columns.map((name) => (name === "key" ? "7.57341E+18" : (row[name] ?? ""))),
  );
  return [columns, ...lines]
    .map((cells) => cells.map((cell) => cellIn(delimiter, cell)).join(delimiter))
    .join("\r\n")
    .concat("\r\n");
}

async function exported(journey: Journey): Promise<TableRow[]> {
  const file = join(journey.folder, "captions.csv");
  const run = await journey.run(["translate", "export", file, "--to", "zh-Hans", "--yes"]);
  expect(run.code).toBe(0);
  return readTable(readFileSync(file, "utf8"));
}

function filled(rows: readonly TableRow[], translation: string): TableRow[] {
  return rows.map((row) => (row["key"] === keys.newest ? { ...row, translation } : row));
}

async function takeChinese(journey: Journey, translation = chinese): Promise<void> {
  const file = join(journey.folder, "back.csv");
  writeFileSync(file, savedByExcel(filled(await exported(journey), translation), ","));
  expect((await journey.run(["translate", "import", file])).code).toBe(0);
}

describe("a person's translation", () => {
  test.each([
    ["CSV UTF-8", "captions.csv", ",", (text: string) => Buffer.from(`\uFEFF${text}`, "utf8")],
    ["CSV of many countries", "captions.csv", ";", (text: string) => Buffer.from(text, "utf8")],
    [
      "Unicode Text",
      "captions.txt",
      "\t",
      (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le"),
    ],
  ])(
    "comes back as Excel's %s and stands first in the draft",
    async (_, name, delimiter, bytes) => {
      const journey = copy();
      const before = onDisk(journey);
      expect(before.title).toMatch(/^One last night sky.*…$/);
      expect(before.codes).toContain("no-translation");

      const rows = filled(await exported(journey), chinese);
      const file = join(journey.folder, name);
      writeFileSync(file, bytes(savedByExcel(rows, delimiter)));
      const back = await journey.run(["translate", "import", file, "--json"]);
      expect(back.summary).toMatchObject({ rows: rows.length, taken: 1, refused: 0 });
      const prepared = await journey.run(["prepare", "--json"]);
      expect(prepared.code).toBe(0);
      expect(prepared.summary["made"]).toBe(1);

      const after = onDisk(journey);
      expect(after.title).toBe(sentence.replace("🌙", ""));
      expect(rednoteUnits(after.title)).toBeLessThanOrEqual(20);
      expect(after.codes).not.toContain("no-translation");
      expect(after.body).toMatch(/^搬离画室前[^]*\n—\n[^]*One last night sky/u);
      expect((await journey.run(["prepare", "--json"])).summary).toMatchObject({ made: 0 });
    },
  );

  test("wins over every later translator, whose words it replaces", async () => {
    const journey = copy();
    const { server, environment, posts } = await deeplFor();
    await takeChinese(journey);
    const run = ["translate", "run", "--with", "deepl", "--yes", "--json"];
    expect((await journey.run(run, { environment })).code).toBe(0);
    expect(posts().length).toBeGreaterThan(0);
    expect(JSON.stringify(posts())).not.toContain("One last night sky");
    await journey.run(["prepare"]);
    expect(onDisk(journey).body).toContain("如果这里安静下来");

    const rows = await readAll(journey);
    const machine = rows.find(({ by }) => by === "deepl");
    const own = rows.map((row) => (row === machine ? { ...row, translation: "我改过了" } : row));
    writeFileSync(join(journey.folder, "own.csv"), savedByExcel(own, ";"));
    const back = await journey.run([
      "translate",
      "import",
      join(journey.folder, "own.csv"),
      "--json",
    ]);
    expect(back.summary).toMatchObject({ taken: 1 });
    const asked = server.requests.length;
    expect((await journey.run(run, { environment })).summary).toMatchObject({ found: 0 });
    expect(server.requests).toHaveLength(asked);
    expect(await readAll(journey)).toContainEqual(
      expect.objectContaining({ translation: "我改过了", by: "person" }),
    );
  });

  test("makes drafts anew, but not over words that a person typed there", async () => {
    const journey = copy();
    const { folder, body } = onDisk(journey);
    journey.write(`${folder}/title.txt`, "My own title");
    await takeChinese(journey);
    const run = await journey.run(["prepare", "--json"]);
    const ours = sentence.replace("🌙", "");
    expect(linesOf(run, "edit")).toMatchObject([
      { post: keys.newest, part: "title", ours, difference: [`- ${ours}`, "+ My own title"] },
    ]);
    const kept = onDisk(journey);
    expect(kept).toMatchObject({ title: "My own title", edited: true });
    expect(kept.body).not.toBe(body);
    expect(kept.body).toContain("如果这里安静下来");
    const shown = await journey.run(["prepare"]);
    expect(shown.out).toContain("1 draft has words of yours, and keep");
    expect(shown.out).toContain("+ My own title");

    expect((await journey.run(["prepare", "--force"])).code).toBe(0);
    expect(onDisk(journey)).toMatchObject({ title: ours, edited: false });
    const yours = readdirSync(join(journey.library, folder)).filter((name) =>
      name.includes(".yours-"),
    );
    expect(yours).toHaveLength(1);
    expect(journey.read(`${folder}/${yours[0] ?? ""}`)).toBe("My own title");
  });

  test.each([
    ["po", fillPo],
    ["xliff", fillXliff],
  ])("comes back by .%s into the draft", async (ending, fill) => {
    const journey = copy();
    const file = join(journey.folder, `captions.${ending}`);
    expect((await journey.run(["translate", "export", file, "--to", "zh-Hans"])).code).toBe(0);
    writeFileSync(file, fill(readFileSync(file, "utf8")));
    const back = await journey.run(["translate", "import", file, "--json"]);
    expect(back.summary).toMatchObject({ taken: 1, refused: 0 });
    await journey.run(["prepare"]);
    const { title, codes } = onDisk(journey);
    expect(title).toBe(sentence.replace("🌙", ""));
    expect(codes).not.toContain("no-translation");
  });
});

async function readAll(journey: Journey): Promise<TableRow[]> {
  const file = join(journey.folder, "all.csv");
  await journey.run(["translate", "export", file, "--all", "--to", "zh-Hans", "--yes"]);
  return readTable(readFileSync(file, "utf8"));
}

/** As Poedit saves it: CRLF, its own head line, the translation wrapped. */
function fillPo(text: string): string {
  const blocks = text.split("\n\n").map((block) => {
    if (!block.includes(`/${keys.newest}/`) && !block.includes(`"${keys.newest}/`)) return block;
    return block.replace(
      'msgstr ""',
      `msgstr ""\n"${chinese.slice(0, 20)}"\n"${chinese.slice(20)}"`,
    );
  });
  return blocks
    .join("\n\n")
    .replace("MIME-Version", 'X-Generator: Poedit 3.4.2\\n"\n"MIME-Version')
    .replaceAll("\n", "\r\n");
}

function fillXliff(text: string): string {
  const unit = new RegExp(`(<trans-unit id="${keys.newest}/caption"[^]*?)<target [^>]*></target>`);
  return text.replace(unit, `$1<target state="translated">${chinese}</target>`);
}

describe("a translator", () => {
  test("is asked for what the layouts of the destinations in use need, and says so first", async () => {
    const journey = copy();
    const { environment } = await deeplFor({ used: 499_990, most: 500_000 });
    const dry = ["translate", "run", "--with", "deepl", "--dry-run"];
    const both = await journey.run(dry, { environment });
    expect(both.error).toMatch(
      /\d+ texts with \d+ characters would go to DeepL at 127[^:]+:\d+: \d+ into zh-Hans for RedNote, \d+ into en for RedNote and Lemon8\./,
    );
    expect(both.error).toContain("10 characters are left");
    expect(both.error).toContain("That is not enough for all of them.");

    const english = await journey.run([...dry, "--to", "en"], { environment });
    expect(english.error).toMatch(/: \d+ into en\./);
    const layouts = {
      ...environment,
      FINDMEHERE_REDNOTE_LAYOUT: "zh-only",
      FINDMEHERE_REDNOTE_CHINESE: "zh-Hant",
      FINDMEHERE_LEMON8_LAYOUT: "zh-only",
    };
    const own = await journey.run([...dry, "--json"], { environment: layouts });
    expect(own.summary["to"]).toEqual(["zh-Hant", "zh-Hans"]);
    const file = join(journey.folder, "needed.csv");
    await journey.run(["translate", "export", file], { environment: layouts });
    const wanted = readTable(readFileSync(file, "utf8")).map((row) => row["to"]);
    expect(new Set(wanted)).toEqual(new Set(["zh-Hant", "zh-Hans"]));
  });

  test.each([
    ["zh-Hans", "畫", "画"],
    ["zh-Hant", "画", "畫"],
  ])("that answers in the other script than %s is put right", async (to, wrong, right) => {
    const journey = copy();
    const { server, environment } = await deeplFor();
    server.translate = (text, target) =>
      wordForWord(text, target).replaceAll(/\p{Script=Han}/gu, wrong);
    const one = ["--to", to, "--post", keys.newest, "--yes"];
    const run = await journey.run(["translate", "run", "--with", "deepl", ...one], { environment });
    expect(run.code).toBe(0);
    expect(JSON.stringify(server.requests)).toContain(`"target_lang":"${to.toUpperCase()}"`);
    const chosen = { FINDMEHERE_REDNOTE_CHINESE: to };
    await journey.run(["prepare"], { environment: chosen });
    const { title, body } = onDisk(journey);
    expect(title).toMatch(new RegExp(`^[${right}\\s]+`, "u"));
    expect(title + body).not.toContain(wrong);
  });

  test("uses the creator's own terms, and asks again for texts from before them", async () => {
    const journey = copy();
    const { environment, posts } = await deeplFor();
    const run = ["translate", "run", "--with", "deepl", "--to", "zh-Hans", "--yes", "--json"];
    const first = await journey.run(run, { environment });
    expect(first.code).toBe(0);
    const asked = posts().length;
    mkdirSync(join(journey.library, "templates"), { recursive: true });
    journey.write("templates/glossary.tsv", "term\tzh_hans\nnight sky\t星夜图\n");
    const again = await journey.run(run, { environment });
    expect(again.summary).toMatchObject({ found: 1, translated: 1 });
    expect(posts()).toHaveLength(asked + 1);
    expect(JSON.stringify(posts().at(-1)?.body)).not.toContain("night sky");
    await journey.run(["prepare"]);
    expect(onDisk(journey).body).toContain("星夜图");
    journey.write("templates/glossary.tsv", "night sky\t星夜图\n");
    const broken = await journey.run(run, { environment });
    expect(broken.code).toBe(78);
    expect(broken.out).toContain("templates/glossary.tsv");
  });

  test.each([
    ["never answers", { silent: true }, 75, "did not answer in time (1 second)"],
    ["stalls in the middle of its answer", { half: "stall" }, 75, "did not answer in time"],
    ["answers pages", { body: `<p>${key}` }, 75, "it answered something else than a translation"],
    [
      "asks for a long rest",
      { status: 429, headers: { "retry-after": "7200" } },
      75,
      "asks to slow down (429)",
    ],
    ["has no quota left", { status: 456, body: key }, 75, "its quota is used up (456)"],
    ["takes the key no more", { status: 403, body: key }, 77, "wants a valid key (403)"],
  ] as const)("that %s after a first batch: what came is kept", async (_, odd, code, says) => {
    const journey = copy();
    const { server, environment } = await deeplFor();
    const run = ["translate", "run", "--with", "deepl", "--to", "zh-Hans,en", "--yes", "--json"];
    const patient = { ...environment, FINDMEHERE_TRANSLATE_PATIENCE: "1" };
    let posts = 0;
    server.odd = ({ method }) => (method === "POST" && (posts += 1) > 1 ? odd : null);
    const first = await journey.run(run, { environment: patient });
    expect(first.code).toBe(code);
    const [stop, ...others] = linesOf(first, "problem");
    expect(stop).toMatchObject({ code: "translation-stopped" });
    expect(String(stop?.["message"])).toContain(says);
    expect(others).toEqual([]);
    const translated = Number(first.summary["translated"]);
    expect(translated).toBeGreaterThan(0);
    expect(Number(first.summary["left"])).toBeGreaterThan(0);
    expect(first.out + first.error).not.toContain(key);

    server.odd = () => null;
    const rest = await journey.run(run, { environment: patient });
    expect(rest.code).toBe(0);
    expect(rest.summary).toMatchObject({ known: translated, left: 0 });
  });

  test("that asks for a short rest gets it, with and without saying how long", async () => {
    const journey = copy();
    const { server, environment } = await deeplFor();
    let posts = 0;
    server.odd = ({ method }) => {
      if (method !== "POST") return null;
      posts += 1;
      if (posts === 1) return { status: 429, headers: { "retry-after": "1" } };
      return posts === 2 ? { status: 429 } : null;
    };
    const run = ["translate", "run", "--with", "deepl", "--to", "zh-Hans", "--yes", "--json"];
    const done = await journey.run(run, { environment });
    expect(done.code).toBe(0);
    expect(done.summary).toMatchObject({ left: 0, refused: 0 });
  });
});
