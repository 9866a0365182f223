import { describe, expect, test } from "vitest";
import { problemLines } from "../../src/cli/problem-lines.ts";
import { problem } from "../../src/core/problem.ts";
import { marking, plain } from "./streams.ts";

const usual = { quiet: false, verbose: false };
const many = Array.from({ length: 7 }, (_, index) =>
  problem("no-caption", `No caption ${index + 1}.`, "Write one.", { post: String(index + 1) }),
);

test("nothing wrong, nothing said", () => {
  expect(problemLines([], usual, plain)).toEqual([]);
});

test("the worst come first, whatever their order, each with its mark and colour", () => {
  const problems = [
    problem("no-caption", "A note.", ""),
    problem("file-gone", "A warning.", "Look.", { post: "7" }),
    problem("needs-title", "A stop.", "Write.", { post: "7", to: "rednote" }),
  ];
  expect(problemLines(problems, usual, marking)).toEqual([
    "<bad>✗</bad> 7@rednote: A stop.",
    "  <faint>→</faint> Write.",
    "<warm>!</warm> 7: A warning.",
    "  <faint>→</faint> Look.",
    "<faint>·</faint> A note.",
  ]);
});

describe("many of one kind", () => {
  test("are counted after the fifth, with the cure once", () => {
    expect(problemLines(many, usual, plain)).toEqual([
      "· 1: No caption 1.",
      "· 2: No caption 2.",
      "· 3: No caption 3.",
      "· 4: No caption 4.",
      "· 5: No caption 5.",
      "  … and 2 more like this (--verbose shows all).",
      "  → Write one.",
    ]);
  });

  test("five are all shown", () => {
    const lines = problemLines(many.slice(0, 5), usual, plain);
    expect(lines).toHaveLength(6);
    expect(lines.join("\n")).not.toContain("more like this");
  });

  test("--verbose shows every single one", () => {
    expect(problemLines(many, { quiet: false, verbose: true }, plain)).toHaveLength(8);
  });

  test("another cure is another kind", () => {
    const other = problem("no-caption", "Another.", "Do something else.");
    expect(problemLines([many[0]!, other, many[1]!], usual, plain)).toEqual([
      "· 1: No caption 1.",
      "· 2: No caption 2.",
      "  → Write one.",
      "· Another.",
      "  → Do something else.",
    ]);
  });
});

test("--quiet leaves out notes only", () => {
  const problems = [...many, problem("file-gone", "A warning.", "")];
  expect(problemLines(problems, { quiet: true, verbose: false }, plain)).toEqual(["! A warning."]);
});

describe("words of drafts", () => {
  const words = (code: "word-culture" | "word-platform", count: number) =>
    Array.from({ length: count }, (_, index) =>
      problem(code, `“w${index}”: a word.`, `Cure ${index}.`, {
        post: String(index),
        where: { field: "title", line: 1, column: 1, text: `w${index}` },
      }),
    );
  const check = "  → Where they stand and what to say instead: `findmehere check`.";

  test("are grouped by their code, and `check` has the cures", () => {
    expect(problemLines(words("word-platform", 7), usual, plain)).toEqual([
      "! 0: “w0”: a word.",
      "! 1: “w1”: a word.",
      "! 2: “w2”: a word.",
      "! 3: “w3”: a word.",
      "! 4: “w4”: a word.",
      "  … and 2 more like this (--verbose shows all).",
      check,
    ]);
  });

  test("that are only notes are one line", () => {
    expect(problemLines(words("word-culture", 40), usual, plain)).toEqual([
      "· 0: “w0”: a word.",
      "  … and 39 more like this (--verbose shows all).",
      check,
    ]);
  });

  test("of the title and of the text are one line, several kinds share their cure, and all come last", () => {
    const [first] = words("word-platform", 1);
    const body = { ...first!, where: { ...first!.where!, field: "body" as const } };
    const other = problem("file-gone", "A warning.", "Look.");
    const [second] = words("word-culture", 1);
    const shown = problemLines(
      [first!, body, { ...second!, severity: "warn" }, other],
      usual,
      plain,
    );
    expect(shown).toEqual([
      "! A warning.",
      "  → Look.",
      "! 0: “w0”: a word.",
      "! 0: “w0”: a word.",
      check,
    ]);
  });
});
