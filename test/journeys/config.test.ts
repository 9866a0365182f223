import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { exitCodes } from "../../src/core/exit.ts";
import { problemCodes } from "../../src/core/problem-codes.ts";
import { findmehere, workFolder } from "../support/cli.ts";
import type { CliRun } from "../support/cli.ts";
import { linesOf } from "./sample-journey.ts";

let folder: ReturnType<typeof workFolder>;
let file: string;

const original = `// my own words
{
  "creator": {
    "handles": { "tiktok": "mira", /* soon */ },
    "timeZone": "Europe/Madrid", // home
  },
  "queue": {
    // slowly
    "perWeek": 2,
  },
}
`;

beforeEach(() => {
  folder = workFolder();
  mkdirSync(join(folder.path, "mine"));
  file = join(folder.path, "mine", "findmehere.jsonc");
  writeFileSync(file, original);
});
afterEach(() => folder.dispose());

const run = (words: string[], environment: Record<string, string> = {}): Promise<CliRun> =>
  findmehere([...words, "--library", "mine"], { cwd: folder.path, environment });

describe("config", () => {
  test("get prints the bare value", async () => {
    expect((await run(["config", "get", "queue.perWeek"])).out).toBe("2\n");
    expect((await run(["config", "get", "queue.times"])).out).toBe("19:30\n");
    const json = await run(["config", "get", "queue.perWeek", "--json"]);
    expect(json.summary).toMatchObject({ path: "queue.perWeek", value: 2, origin: "file" });
  });

  test("set changes one value and keeps every comment", async () => {
    const set = await run(["config", "set", "queue.perWeek", "5"]);
    expect(set.code, set.error).toBe(0);
    expect(set.out).toBe("queue.perWeek is now 5.\n");
    expect(readFileSync(file, "utf8")).toBe(original.replace('"perWeek": 2', '"perWeek": 5'));
    await run(["config", "set", "queue.times", "12:00,19:30"]);
    await run(["config", "set", "creator.handles.lemon8", "mira"]);
    const text = readFileSync(file, "utf8");
    for (const words of ["// my own words", "/* soon */", "// home", "// slowly"]) {
      expect(text).toContain(words);
    }
    const times = await run(["config", "get", "queue.times", "--json"]);
    expect(times.summary["value"]).toEqual(["12:00", "19:30"]);
    expect((await run(["config", "get", "creator.handles.lemon8"])).out).toBe("mira\n");
  });

  test("set refuses a name or value that is wrong and leaves the file alone", async () => {
    const refused: [string, string, number, string][] = [
      ["queue.perWek", "3", 2, "Did you mean queue.perWeek?"],
      ["queue.perWeek", "many", 78, "It takes a whole number from 0 to 168"],
      ["creator.timeZone", "Mars/Olympus", 78, "America/New_York"],
      ["queue.times", "12:00,25:00", 78, "from 00:00 to 23:59"],
      ["queue.quietHours", "at night", 78, "22:00-08:00"],
      ["queue.minGap", "long", 78, "1h30m"],
      ["lemon8.way", "browser", 78, "lemon8.way"],
    ];
    for (const [name, value, code, said] of refused) {
      const set = await run(["config", "set", name, value]);
      expect([set.code, set.out], name).toEqual([code, ""]);
      expect(set.error).toContain(said);
    }
    expect(readFileSync(file, "utf8")).toBe(original);
  });

  test("set mends a value that is wrong in the file", async () => {
    writeFileSync(file, original.replace('"perWeek": 2', '"perWeek": "a few"'));
    const broken = await run(["status"]);
    expect(broken.code).toBe(78);
    expect(broken.error).toContain("findmehere config set queue.perWeek");
    expect((await run(["config", "set", "queue.perWeek", "3"])).code).toBe(0);
    expect((await run(["config", "validate"])).code).toBe(0);
  });

  test("a flag wins over the environment, that over the file, that over the default", async () => {
    const origin = async (environment: Record<string, string>, name = "queue.perWeek") => {
      const show = await run(["config", "show", "--json"], environment);
      const found = linesOf(show, "setting").find(({ path }) => path === name);
      return [found?.["value"], found?.["origin"]];
    };
    expect(await origin({})).toEqual([2, "file"]);
    expect(await origin({ FINDMEHERE_QUEUE_PER_WEEK: "6" })).toEqual([6, "environment"]);
    expect(await origin({}, "queue.perDay")).toEqual([1, "default"]);
    const people = await run(["config", "show"], { FINDMEHERE_QUEUE_PER_WEEK: "6" });
    expect(people.out).toMatch(/^queue\.perWeek +6 {2}\(environment\)$/m);
    expect(people.out).toMatch(/^queue\.perDay +1 {2}\(default\)$/m);
    const environment = { FINDMEHERE_QUEUE_ZONE: "Mars/Olympus" };
    expect((await run(["queue", "add", "--dry-run"], environment)).code).toBe(78);
    const flag = await run(["queue", "add", "--dry-run", "--zone", "Asia/Tokyo"], environment);
    expect(flag.code).toBe(0);
  });

  test("path prints the file alone on stdout", async () => {
    const path = await run(["config", "path"]);
    expect(path.out).toBe(`${file}\n`);
  });

  test("validate names what is wrong, where, and the nearest right word", async () => {
    const right = await run(["config", "validate"]);
    expect(right.code).toBe(0);
    expect(right.out).toContain("3 of them stand in the file");
    const wrong: [string, string[]][] = [
      [
        original.replace('"perWeek": 2,', '"perWeek": 2 "perDay"'),
        ["line 9, column 18", "Comma expected."],
      ],
      [
        original.replace('"perWeek"', '"perWek"'),
        ["line 9, column 5", "queue.perWek", "Did you mean queue.perWeek?"],
      ],
      [
        original.replace('"perWeek": 2', '"perWeek": 900'),
        ["line 9, column 5", "queue.perWeek", "from 0 to 168"],
      ],
      [
        original.replace("Europe/Madrid", "Mars/Olympus"),
        ["creator.timeZone is", "America/New_York"],
      ],
      ["[]\n", ["line 1, column 1", "not an object"]],
    ];
    for (const [text, said] of wrong) {
      writeFileSync(file, text);
      const validate = await run(["config", "validate"]);
      expect(validate.code, text).toBe(78);
      for (const words of said) expect(validate.error).toContain(words);
    }
  });
});

test("doctor looks at this machine and ends with 0", async () => {
  const doctor = await run(["doctor", "--json"]);
  expect(doctor.code).toBe(0);
  expect(doctor.summary).toMatchObject({ command: "doctor", missing: 0 });
  expect(linesOf(doctor, "check")[0]).toMatchObject({
    name: "Node",
    good: true,
    detail: `version ${process.versions.node}`,
  });
  const people = await run(["doctor"]);
  expect(people.out).toContain(`✓ Library: ${join(folder.path, "mine")}`);
});

test("codes lists every exit code and every problem code", async () => {
  const codes = await run(["codes", "--json"]);
  expect(codes.code).toBe(0);
  const listed = linesOf(codes, "code").map(({ code }) => code);
  expect(listed).toEqual([
    ...Object.values(exitCodes).map(({ code }) => code),
    ...Object.keys(problemCodes),
  ]);
  const people = await run(["codes"]);
  for (const code of listed) expect(people.out).toContain(String(code));
});
