import { readFileSync } from "node:fs";

import { afterAll, beforeAll, expect } from "vitest";

import type { CliLine, CliRun } from "../support/cli.ts";
import {
  draftFolder,
  itemsOf,
  keys,
  linesOf,
  queueOf,
  startMigrated,
  testInCopies,
} from "./sample-journey.ts";
import type { Journey, OpenJourney } from "./sample-journey.ts";

let sample: OpenJourney;

beforeAll(async () => {
  sample = await startMigrated();
});
afterAll(() => sample.close());

const inCopy = testInCopies(() => sample);

/** What the run says of words, as `CODE SEVERITY FIELD:LINE:COLUMN TEXT`. */
function wordsOf(run: CliRun): string[] {
  return linesOf(run, "problem").flatMap((line) => {
    const where = line["where"] as CliLine | undefined;
    if (where === undefined) return [];
    const place = `${String(where["field"])}:${String(where["line"])}:${String(where["column"])}`;
    return [
      `${String(line["code"])} ${String(line["severity"])} ${place} ${String(where["text"])}`,
    ];
  });
}

function write(journey: Journey, post: string, to: string, title: string, body: string): string {
  const folder = draftFolder(journey, post, to);
  journey.write(`${folder}/title.txt`, title);
  journey.write(`${folder}/body.txt`, body);
  return folder;
}

inCopy(
  "the bundled creator's words are clean; what stops a draft is what migrate held",
  async (journey) => {
    const run = await journey.run(["check", "--json"]);
    expect(run.code).toBe(3);
    // A day or a year in passing holds nothing.
    expect(wordsOf(run)).toEqual([
      ...["date-bound warn body:9:48 tonight", "date-bound warn body:9:48 tonight"],
      ...["date-bound note body:7:127 2019", "date-bound note body:7:127 2019"],
    ]);
    expect(run.summary).toMatchObject({ command: "check", drafts: 36, problems: { stop: 4 } });
    const stops = linesOf(run, "problem").filter(({ severity }) => severity === "stop");
    expect(stops.map(({ code }) => code)).toEqual(Array.from({ length: 4 }, () => "needs-title"));
    const people = await journey.run(["check", "--severity", "stop"]);
    // What is said of several drafts alike is said once, above the files of all of them.
    expect(people.out.match(/There is no title for RedNote yet\./g)).toHaveLength(1);
    const files = [...people.out.matchAll(/^ {2}(library\/.*\/title\.txt)$/gm)].map(
      ([, file]) => file,
    );
    expect(files).toHaveLength(4);
    for (const file of files)
      expect(readFileSync(`${journey.folder}/${file}`, "utf8").trim()).toBe("");
    const severities = linesOf(run, "problem").map(({ severity }) => String(severity));
    expect(severities).toEqual(severities.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
    const before = await journey.run(["queue", "list", "--all", "--json"]);
    expect((await journey.run(["check"])).code).toBe(3);
    const after = await journey.run(["queue", "list", "--all", "--json"]);
    expect(queueOf(after)).toEqual(queueOf(before));
  },
);

const order = ["stop", "warn", "note"];

inCopy(
  "a person's words are told at their place, worst first, with what to say instead",
  async (journey) => {
    const folder = write(
      journey,
      keys.newest,
      "rednote",
      "夜空 Tik\u200bTok",
      "今天画夜空\n\n👩‍👩‍👧 加 Ｖ 聊\nrefugee",
    );
    const run = await journey.run(["check", "--post", keys.newest, "--to", "rednote", "--json"]);
    expect(run.code).toBe(3);
    expect(wordsOf(run)).toEqual([
      "word-contact stop body:3:3 加 Ｖ",
      "word-platform warn title:1:4 Tik\u200bTok",
      "word-culture note body:4:1 refugee",
    ]);
    expect(run.summary).toMatchObject({
      drafts: 1,
      clean: 0,
      problems: { stop: 1, warn: 1, note: 1 },
      codes: { "word-contact": 1, "word-platform": 1, "word-culture": 1 },
      folders: { [`${keys.newest}@rednote`]: folder },
    });

    const people = await journey.run(["check", "--post", keys.newest, "--to", "rednote"]);
    expect(people.code).toBe(3);
    const [stop = "", warn = "", note = "", end = ""] = people.out.split("\n\n");
    expect(stop).toMatch(/^stop {2}word-contact {2}“加 Ｖ”: \S/);
    expect(stop.split("\n").slice(1)).toEqual([
      `  library/${folder}/body.txt:3:3`,
      "  → Remove. · 删除，不要留联系方式",
    ]);
    expect(warn).toMatch(/^warn {2}word-platform {2}“TikTok”: \S/);
    expect(warn).toContain(`/${folder}/title.txt:1:4\n  → Say "another app"`);
    expect(note).toMatch(/^note {2}word-culture {2}“refugee”: \S/);
    expect(end).toMatch(/^1 draft, 0 without a remark: 1 stop, 1 warn, 1 note\.\n/);
    const item = `${keys.newest}@rednote`;
    expect(end).toContain(`findmehere queue release ${item} --allow word-contact`);
    // The list stands on stdout alone.
    expect(people.error).not.toContain("word");

    const worst = await journey.run(["check", "--to", "rednote", "--severity", "stop", "--json"]);
    expect(wordsOf(worst)).toEqual(["word-contact stop body:3:3 加 Ｖ"]);
    write(journey, keys.newest, "rednote", "夜空", "今天画夜空");
    const mended = await journey.run(["check", "--post", keys.newest, "--to", "rednote"]);
    expect(mended.code).toBe(0);
    expect(mended.out).toContain("1 draft, 1 without a remark.");
  },
);

inCopy(
  "words that stop a draft hold it until a person allows them or mends them",
  async (journey) => {
    write(journey, keys.noCaption, "rednote", "加我微信", "加我微信，私信我");
    write(journey, keys.noCaption, "lemon8", "Night sky", "Painted at night.");
    const item = `${keys.noCaption}@rednote`;
    const refused = await journey.run(["queue", "release", item, "--json"]);
    expect(refused.summary).toMatchObject({ planned: 0, held: 1 });
    const told = linesOf(refused, "problem").filter((line) => line["post"] === keys.noCaption);
    // What only wants a look is no reason, and what stands twice is one.
    expect(told.map(({ code }) => code)).toEqual(["word-contact"]);
    expect(told[0]?.["message"]).toContain("“加我微信”");
    expect(told[0]?.["fix"]).toContain("findmehere queue release --all --allow word-contact");
    const plain = await journey.run(["queue", "release", `${keys.noCaption}@lemon8`, "--json"]);
    expect(plain.summary).toMatchObject({ planned: 1, held: 0 });
    const words = ["queue", "release", item, "--allow", "word-contact", "--json"];
    const freed = await journey.run(words);
    expect(freed.summary).toMatchObject({ planned: 1, held: 0 });
    expect(itemsOf(freed)).toEqual([item]);
    // What was allowed is a warning from now on, also after the next prepare.
    expect((await journey.run(["prepare"])).code).toBe(0);
    const after = await journey.run(["check", "--post", keys.noCaption, "--json"]);
    expect(after.code).toBe(0);
    expect(wordsOf(after)).toEqual([
      "word-contact warn title:1:1 加我微信",
      "word-contact warn body:1:1 加我微信",
      "word-contact warn body:1:6 私信我",
    ]);
  },
);

inCopy("a library's own table counts at once, and a broken row is named", async (journey) => {
  const { mkdirSync } = await import("node:fs");
  mkdirSync(`${journey.library}/templates`, { recursive: true });
  write(journey, keys.newest, "rednote", "夜空", "我的TikTok");
  const words = ["check", "--post", keys.newest, "--to", "rednote", "--json"];
  expect(wordsOf(await journey.run(words))).toEqual(["word-platform warn body:1:3 TikTok"]);
  journey.write("templates/wordlint.tsv", "id\tseverity\nP01\toff\n");
  expect(wordsOf(await journey.run(words))).toEqual([]);
  journey.write("templates/wordlint.tsv", "id\tpattern\nP01\t(tik\n");
  const broken = await journey.run(["check"]);
  expect(broken.code).toBe(78);
  expect(broken.error).toContain("Line 2 (P01)");
  expect(broken.error).toContain("templates/wordlint.tsv");
});

inCopy("a post without a draft and an unknown severity are wrong usage", async (journey) => {
  const nobody = await journey.run(["check", "--post", "7300000000000000001"]);
  expect(nobody.code).toBe(2);
  expect(nobody.error).toContain("findmehere prepare");
  const severe = await journey.run(["check", "--severity", "error"]);
  expect(severe.code).toBe(2);
  expect(severe.error).toContain("stop, warn, note");
});

inCopy("words are looked at before and after a translation", async (journey) => {
  const caption = "Night sky. Find me on WhatsApp, TikTоk is closing";
  const chinese = "夜空。我的薇❤信同號";
  journey.write("own.csv", `key,caption\n${keys.newest},"${caption}"\n`);
  expect((await journey.run(["export", `${journey.library}/own.csv`])).code).toBe(0);
  journey.write(
    "filled.csv",
    `key,to,field,source,translation,by\n${keys.newest},zh-Hans,caption,"${caption}",${chinese},\n`,
  );
  const filled = `${journey.library}/filled.csv`;
  const taken = await journey.run(["translate", "import", filled, "--json"]);
  expect(taken.summary).toMatchObject({ taken: 1 });

  const one = ["--post", keys.newest, "--to", "rednote"];
  const alone = await journey.run(["prepare", ...one, "--language", "zh-only", "--json"]);
  expect(alone.code).toBe(0);
  const before = (run: CliRun): string[] =>
    linesOf(run, "problem")
      .filter(({ message }) => String(message).includes("stands in the caption"))
      .map(
        ({ code, severity, message }) => `${String(code)} ${String(severity)} ${String(message)}`,
      );
  const said = [
    expect.stringMatching(/^word-contact warn “Find me on” stands in the caption/),
    expect.stringMatching(/^word-platform warn “WhatsApp” stands in the caption/),
    expect.stringMatching(/^word-platform warn “TikTоk” \(read as “TikTok”\) stands in/),
  ];
  expect(before(alone)).toEqual(said);
  expect(wordsOf(alone)).toEqual(expect.arrayContaining(["word-contact stop body:1:6 薇❤信"]));
  const checked = await journey.run(["check", ...one, "--json"]);
  expect(before(checked)).toEqual(said);
  expect(wordsOf(checked)).toEqual(wordsOf(alone));
  const people = await journey.run(["check", ...one, "--severity", "warn"]);
  expect(people.out).toMatch(
    /“WhatsApp” stands in the caption.*\n {2}library\/drafts\/.*\/body\.txt\n/,
  );

  // With both languages in the draft, each word is told where it stands, and once.
  const both = await journey.run(["prepare", ...one, "--json"]);
  expect(before(both)).toEqual([]);
  expect(wordsOf(both)).toEqual([
    "word-contact stop body:1:6 薇❤信",
    "word-contact stop body:3:12 Find me on",
    "word-platform stop body:3:23 WhatsApp",
    "word-platform warn body:3:33 TikTоk",
  ]);
  // A person's own words are nobody's translation.
  write(journey, keys.newest, "rednote", "夜空", "今天画夜空");
  expect(before(await journey.run(["check", ...one, "--json"]))).toEqual([]);
});
