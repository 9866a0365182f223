import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { filesOf, projectRoot, withoutComments } from "./house.ts";

const source = filesOf("src");
/** All but this file, which holds the very words that it looks for. */
const tests = filesOf("test").filter(({ path }) => path !== "test/quality/source-rules.test.ts");

describe("the code", () => {
  test("has no file over 250 lines", () => {
    const long = source.filter(({ text }) => text.split("\n").length - 1 > 250);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  test("promises nothing for later", () => {
    const words = /\b(TODO|FIXME|XXX|HACK)\b|not (yet )?implemented/;
    const wrong = [...source, ...tests].filter(({ text }) => words.test(text));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test("silences neither the types nor the linter", () => {
    const words = /@ts-(ignore|expect|nocheck)|(ox|es)lint-disable/;
    const wrong = [...source, ...tests].filter(({ text }) => words.test(text));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test("says in one line of purpose what each export is for", () => {
    const bare = source.flatMap(({ path, text }) => {
      const lines = text.split("\n");
      return lines.flatMap((line, index) => {
        const isExport = /^export (async )?(function|const|interface|type|class)\b/.test(line);
        const before = lines[index - 1] ?? "";
        return isExport && !before.endsWith("*/") ? [`${path}:${index + 1} ${line}`] : [];
      });
    });
    expect(bare).toEqual([]);
  });

  test("has no default export, no enum and no file called utils", () => {
    const wrong = source.filter(
      ({ path, text }) =>
        /(^|\/)(utils?|helpers?|misc|common)\.ts$/.test(path) ||
        /^export default|^(export )?(const )?enum /m.test(withoutComments(text)),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

describe("the tests", () => {
  test("are never skipped, never alone, never put off", () => {
    const words = new RegExp(
      String.raw`\b(it|test|describe|suite)(\.\w+)*\.(` +
        ["skip", "only", "todo", "fails", "skipIf", "runIf"].join("|") +
        String.raw`)\b|\bx(it|describe|test)\(|\bcontext\.skip\(`,
    );
    const wrong = tests.filter(({ text }) => words.test(withoutComments(text)));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test("assert something, each file of them", () => {
    const files = tests.filter(({ path }) => path.endsWith(".test.ts"));
    expect(files.length).toBeGreaterThan(30);
    const wrong = files.filter(({ text }) => !/\bexpect\(/.test(text));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test("lie beside what they test: every folder of test mirrors src or has a name of its own", () => {
    const own = [
      "bench",
      "contracts",
      "crash",
      "demo",
      "fixtures",
      "journeys",
      "look-alike",
      "quality",
      "support",
      "tasks",
    ];
    const rooms = readdirSync(join(projectRoot, "src"));
    const folders = new Set(tests.map(({ path }) => path.split("/")[1] ?? ""));
    const strange = [...folders].filter((name) => !own.includes(name) && !rooms.includes(name));
    expect(strange).toEqual([]);
  });
});

test("nothing speaks of the place where it was built", () => {
  const words = /(?<![\w.])\/work\//;
  const texts = ["README.md", "src/README.md", "package.json", "bin/findmehere.js"].map((path) => ({
    path,
    text: readFileSync(join(projectRoot, path), "utf8"),
  }));
  const wrong = [...source, ...tests, ...texts].filter(({ text }) => words.test(text));
  expect(wrong.map(({ path }) => path)).toEqual([]);
});
