import { describe, expect, test } from "vitest";
import type { CommandModule } from "../../src/cli/command.ts";
import { colourWish, jsonOutput, megabytes, textOutput } from "../../src/cli/output.ts";
import type { StepResult } from "../../src/core/event.ts";
import { problem } from "../../src/core/problem.ts";
import { heardStreams } from "./streams.ts";

const common = {
  library: undefined,
  json: false,
  quiet: false,
  verbose: false,
  color: false,
  yes: false,
  answers: true,
};
const plainWish = { out: false, error: false, terminal: true };

const result: StepResult = {
  exit: "done",
  summary: { type: "summary", command: "export", schemaVersion: 1, found: 2 },
};

const module: CommandModule = {
  run: () => {
    throw new Error("nobody runs it");
  },
  text: ({ events, library, result: { summary }, paint }) => [
    paint.strong(`${String(summary["found"])} posts, ${events.length} events`),
    library,
  ],
};

const silent: CommandModule = { ...module, text: () => [] };
const note = problem("no-caption", "No caption.", "Write one.", { post: "7" });
const stop = problem("needs-title", "No title.", "", { post: "7", to: "rednote" });
const progress = { type: "progress", what: "Files", done: 1, total: 2, bytes: 3_000_000 } as const;

describe("--json", () => {
  test("one object a line on stdout, the summary last, problems counted", () => {
    const streams = heardStreams({ out: true, error: true });
    const output = jsonOutput(streams);
    output.library("/library", true);
    output.say("Finishing.");
    output.event({ type: "say", text: "Hello." });
    output.event(progress);
    output.event(note);
    output.event(stop);
    output.finish(module, { result });
    const { out, error } = streams.said();
    expect(error).toBe("");
    expect(out.endsWith("\n")).toBe(true);
    expect(
      out
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([note, stop, { ...result.summary, problems: { stop: 1, warn: 0, note: 1 } }]);
  });

  test("line breaks inside a value never break a line", () => {
    const streams = heardStreams();
    jsonOutput(streams).event({ ...note, message: "one\r\ntwo\u2028three" });
    const { out } = streams.said();
    expect(out.split("\n")).toHaveLength(2);
    expect(JSON.parse(out)).toMatchObject({ message: "one\r\ntwo\u2028three" });
  });

  test("a failure is a problem that stops, and a summary that names it", () => {
    const streams = heardStreams();
    const output = jsonOutput(streams);
    output.event(note);
    output.fail("export", { code: "input-missing", what: "It is gone.", why: "Who knows." });
    expect(
      streams
        .said()
        .out.trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      note,
      {
        type: "problem",
        code: "input-missing",
        severity: "stop",
        message: "It is gone. Who knows.",
        fix: "",
      },
      {
        type: "summary",
        command: "export",
        schemaVersion: 1,
        error: "input-missing",
        problems: { stop: 1, warn: 0, note: 1 },
      },
    ]);
  });
});

describe("for people", () => {
  test("the answer on stdout, the talk on stderr, the library named once and first", () => {
    const streams = heardStreams();
    const output = textOutput(streams, common, plainWish);
    output.library("/library", true);
    output.event({ type: "say", text: "Reading." });
    output.event({ type: "say", text: "Writing." });
    output.event(progress);
    output.event(note);
    output.finish(module, { result });
    expect(streams.said()).toEqual({
      out: "2 posts, 4 events\n/library\n",
      error: "Library: /library\nReading.\nWriting.\n· 7: No caption.\n  → Write one.\n",
    });
  });

  test("a library that nobody wondered about is not named", () => {
    const streams = heardStreams();
    const output = textOutput(streams, common, plainWish);
    output.library("/library", false);
    output.finish(module, { result });
    expect(streams.said()).toEqual({ out: "2 posts, 0 events\n/library\n", error: "" });
  });

  test("a command with nothing to say says nothing", () => {
    const streams = heardStreams();
    const output = textOutput(streams, common, plainWish);
    output.library("/library", true);
    output.finish(silent, { result });
    expect(streams.said()).toEqual({ out: "", error: "" });
  });

  test("--quiet keeps what needs a person, and the answer where it was asked for", () => {
    const streams = heardStreams();
    const output = textOutput(streams, { ...common, quiet: true }, plainWish);
    output.library("/library", true);
    output.event({ type: "say", text: "Reading." });
    output.event(note);
    output.event(stop);
    output.finish(module, { result });
    expect(streams.said()).toEqual({
      out: "2 posts, 3 events\n/library\n",
      error: "✗ 7@rednote: No title.\n",
    });
  });

  test("an answer that only reports is left out where the command says so", () => {
    const streams = heardStreams();
    const output = textOutput(streams, { ...common, quiet: true, answers: false }, plainWish);
    output.event(stop);
    output.finish(module, { result });
    expect(streams.said()).toEqual({ out: "", error: "✗ 7@rednote: No title.\n" });
  });

  test("a failure says what, why and what to do, and nothing on stdout", () => {
    const streams = heardStreams();
    const output = textOutput(streams, { ...common, quiet: true }, plainWish);
    output.fail("export", { code: "x", what: "It broke.", why: "It fell.", fix: "Glue it." });
    output.fail("export", { code: "x", what: "Again." });
    expect(streams.said()).toEqual({ out: "", error: "It broke.\nIt fell.\nGlue it.\nAgain.\n" });
  });

  test("each stream has its own colour", () => {
    const streams = heardStreams({ out: false, error: true });
    const output = textOutput(streams, common, { out: false, error: true, terminal: true });
    output.event(stop);
    output.finish(module, { result });
    const { out, error } = streams.said();
    expect(out).toBe("2 posts, 1 events\n\n");
    expect(error).toContain("\u001B[31m✗\u001B[39m");
  });

  test("without a terminal nothing spins", async () => {
    const streams = heardStreams();
    const output = textOutput(streams, common, plainWish);
    for (let done = 0; done < 5; done += 1) {
      output.event({ ...progress, done });
      await new Promise((resolve) => setImmediate(resolve));
    }
    output.finish(silent, { result });
    expect(streams.said()).toEqual({ out: "", error: "" });
  });
});

describe("colour", () => {
  const both = { out: true, error: true };
  const neither = { out: false, error: false };
  type Row = [string, boolean, Record<string, string>, typeof both, typeof both];

  test.each<Row>([
    ["on a terminal", true, {}, both, both],
    ["not in a pipe", true, {}, neither, neither],
    [
      "for each stream by itself",
      true,
      {},
      { out: false, error: true },
      { out: false, error: true },
    ],
    ["never with --no-color", false, { FORCE_COLOR: "1" }, both, neither],
    ["never with NO_COLOR", true, { NO_COLOR: "1", FORCE_COLOR: "1" }, both, neither],
    ["still with an empty NO_COLOR", true, { NO_COLOR: "" }, both, both],
    ["in a pipe with FORCE_COLOR", true, { FORCE_COLOR: "1" }, neither, both],
    ["with FORCE_COLOR as a bare word", true, { FORCE_COLOR: "" }, neither, both],
    ["never with FORCE_COLOR=0", true, { FORCE_COLOR: "0" }, both, neither],
    ["not on a dumb terminal", true, { TERM: "dumb" }, both, neither],
    ["on a dumb one that is forced", true, { TERM: "dumb", FORCE_COLOR: "1" }, both, both],
  ])("%s", (_, color, environment, terminal, { out, error }) => {
    expect(colourWish({ color }, environment, heardStreams(terminal))).toEqual({
      out,
      error,
      terminal: environment["TERM"] !== "dumb",
    });
  });
});

test.each([
  [0, "0 kB"],
  [1, "1 kB"],
  [999_000, "999 kB"],
  [999_999, "1.0 MB"],
  [1_000_000, "1.0 MB"],
  [3_440_000, "3.4 MB"],
  [999_960_000, "1.00 GB"],
  [2_500_000_000, "2.50 GB"],
])("%i bytes are %s", (bytes, words) => {
  expect(megabytes(bytes)).toBe(words);
});
