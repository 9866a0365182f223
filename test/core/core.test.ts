import { describe, expect, test } from "vitest";
import { counted } from "../../src/core/counted.ts";
import { ExpectedError } from "../../src/core/error.ts";
import { exitCodes } from "../../src/core/exit.ts";
import { nearestWord } from "../../src/core/nearest.ts";
import { countProblems } from "../../src/core/problem-counts.ts";
import { problemCodes } from "../../src/core/problem-codes.ts";
import { problem } from "../../src/core/problem.ts";

describe("exit codes", () => {
  test("are the contract's", () => {
    const codes = Object.fromEntries(
      Object.entries(exitCodes).map(([name, { code }]) => [name, code]),
    );
    expect(codes).toEqual({
      done: 0,
      bug: 1,
      usage: 2,
      needsPerson: 3,
      input: 65,
      machine: 69,
      later: 75,
      signIn: 77,
      settings: 78,
      interrupted: 130,
    });
  });
});

describe("problems", () => {
  test.each(Object.entries(problemCodes))(
    "%s is a kebab-case word with one plain meaning",
    (name, { severity, meaning }) => {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)+$/);
      expect(["stop", "warn", "note"]).toContain(severity);
      expect(meaning).toMatch(/^[a-z].{10,}[^.]$/);
    },
  );

  test("have the usual severity of their code, unless another is said", () => {
    expect(problem("no-caption", "Nothing.", "Write one.", { post: "7" })).toEqual({
      type: "problem",
      code: "no-caption",
      severity: "note",
      message: "Nothing.",
      fix: "Write one.",
      post: "7",
    });
    const worse = problem("no-caption", "", "", { to: "rednote", severity: "stop" });
    expect(worse).toMatchObject({ severity: "stop", to: "rednote" });
    expect("post" in worse).toBe(false);
  });

  test("are counted by severity, those that are none too", () => {
    expect(countProblems([])).toEqual({ stop: 0, warn: 0, note: 0 });
    const some = [
      problem("no-caption", "", ""),
      problem("no-caption", "", ""),
      problem("file-gone", "", ""),
      problem("needs-title", "", ""),
    ];
    expect(countProblems(some)).toEqual({ stop: 1, warn: 1, note: 2 });
  });
});

describe("an expected error", () => {
  test("says what, why and what to do, in this order", () => {
    const error = new ExpectedError(
      { exit: "input", code: "broken", what: "It broke.", why: "It fell.", fix: "Glue it." },
      { cause: "gravity" },
    );
    expect(error.message).toBe("It broke. It fell. Glue it.");
    expect([error.name, error.cause, error.details.exit]).toEqual([
      "ExpectedError",
      "gravity",
      "input",
    ]);
    expect(error).toBeInstanceOf(Error);
  });

  test("leaves out what is not known", () => {
    const error = new ExpectedError({ exit: "usage", code: "x", what: "It broke.", fix: "Glue." });
    expect(error.message).toBe("It broke. Glue.");
  });
});

describe("did you mean", () => {
  const words = ["queue.perDay", "queue.perWeek", "creator.city", "warm", "brief"];

  test.each([
    ["queue.perday", "queue.perDay"],
    ["QUEUE.PERWEEK", "queue.perWeek"],
    ["que.perWek", "queue.perWeek"],
    ["wram", "warm"],
    ["breif", "brief"],
    ["brief", "brief"],
    ["playful", null],
    ["", null],
    ["creator.handles.tiktok", null],
  ])("%j: %j", (typed, meant) => {
    expect(nearestWord(typed, words)).toBe(meant);
  });

  test("with nothing to choose from", () => {
    expect(nearestWord("warm", [])).toBeNull();
  });
});

test.each([
  [0, "0 posts"],
  [1, "1 post"],
  [2, "2 posts"],
])("%i of something", (count, words) => {
  expect(counted(count, "post")).toBe(words);
});
