import { execFile } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { lineText, openLog } from "../../src/edge/log.ts";
import type { LogLine, LogSettings } from "../../src/edge/log.ts";

const child = fileURLToPath(new URL("children/write-log.ts", import.meta.url));
const usual: LogSettings = { level: "note", format: "text", megabytes: 1, backups: 5, days: 90 };
const line: LogLine = {
  at: Date.parse("2026-10-05T18:00:00Z"),
  level: "note",
  command: "publish",
  event: "end",
  text: "",
};
let folder = "";

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "findmehere-log-")), "logs");
  onTestFinished(() => rmSync(join(folder, ".."), { recursive: true, force: true }));
});

const logs = (): string[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith("findmehere.log"))
    .toSorted();
const read = (name = "findmehere.log"): string => readFileSync(join(folder, name), "utf8");

test("a line has time, level, command and what happened; nobody else can read it", () => {
  const write = openLog(folder, usual, []);
  write({ ...line, fields: { due: 2, exit: "done" } });
  write({ ...line, level: "stop", event: "failed", text: "The disk is full.\nSo it is." });
  expect(read()).toBe(
    "2026-10-05T18:00:00.000Z note publish: end due=2 exit=done\n" +
      "2026-10-05T18:00:00.000Z stop publish: failed The disk is full. So it is.\n",
  );
  expect(statSync(join(folder, "findmehere.log")).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test("as JSON each line is one object", () => {
  const write = openLog(folder, { ...usual, format: "json" }, ["mira-x7Kq29"]);
  write({
    ...line,
    text: "to mira-x7Kq29\n“a caption”",
    fields: { due: 2, url: "https://a.b/c?d" },
  });
  expect(JSON.parse(read())).toEqual({
    time: "2026-10-05T18:00:00.000Z",
    level: "note",
    command: "publish",
    event: "end",
    due: 2,
    url: "https://a.b/…",
    message: "to <secret> “…”",
  });
});

test("what matters less than the level is not written", () => {
  const write = openLog(folder, { ...usual, level: "warn" }, []);
  write(line);
  expect(existsSync(folder)).toBe(false);
  write({ ...line, level: "warn" });
  write({ ...line, level: "stop" });
  expect(read().trim().split("\n")).toHaveLength(2);
});

test.each(["text", "json"] as const)("secrets and captions are in no line (%s)", (format) => {
  const secrets = [
    "Bearer abcdef123456",
    "https://v16.tiktokcdn.com/v.mp4?x-expires=1&x-signature=abcdef123456",
    "/bot123456:abcdef123456/sendVideo",
    "Cookie: sessionid=abcdef123456",
    "“a caption, abcdef123456”",
  ];
  for (const secret of secrets) {
    const whole = { ...line, text: `It said ${secret}`, fields: { detail: secret.slice(0, -1) } };
    const said = lineText({ ...line, text: whole.text }, format, []);
    expect(said).not.toContain("abcdef");
    if (!secret.startsWith("“")) expect(lineText(whole, format, [])).not.toContain("abcdef");
  }
});

test("a line that would go on for ever ends", () => {
  const said = lineText({ ...line, text: "word ".repeat(5000) }, "text", []);
  expect(said.length).toBeLessThan(4100);
});

describe("it turns over", () => {
  test("at its size, keeps so many and no more, the newest as .1", () => {
    const write = openLog(folder, { ...usual, megabytes: 0.02, backups: 2 }, []);
    for (let number = 0; number < 1000; number += 1) write({ ...line, text: `n${number}.` });
    expect(logs()).toEqual(["findmehere.log", "findmehere.log.1", "findmehere.log.2"]);
    for (const name of logs()) {
      expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(20_000);
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    }
    expect(read()).toContain("n999.");
    const numbers = ["findmehere.log.2", "findmehere.log.1", "findmehere.log"].flatMap((name) =>
      [...read(name).matchAll(/n(\d+)\./g)].map(([, number]) => Number(number)),
    );
    expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! + index));
  });

  test("under four processes without losing, mixing or doubling a line", async () => {
    mkdirSync(folder);
    const names = ["a", "b", "c", "d"];
    await Promise.all(
      names.map((name) => promisify(execFile)(process.execPath, [child, folder, name, "1500"])),
    );
    const lines = logs().flatMap((name) => read(name).trimEnd().split("\n"));
    expect(logs().length).toBeGreaterThan(10);
    const whole = /^\S+ note publish: line ([a-d])-(\d+)\. x{60}$/;
    const seen = lines.map((each) => whole.exec(each)?.slice(1).join("-"));
    expect(seen).not.toContain(undefined);
    expect(new Set(seen).size).toBe(6000);
    expect(seen).toHaveLength(6000);
  });

  test("takes away what is older than its days", () => {
    mkdirSync(folder);
    for (const [name, age] of [
      ["findmehere.log.1", 10],
      ["findmehere.log.2", 91],
      ["mine.txt", 500],
    ] as const) {
      writeFileSync(join(folder, name), "x\n");
      const then = line.at / 1000 - age * 86_400;
      utimesSync(join(folder, name), then, then);
    }
    openLog(folder, usual, [])(line);
    expect(readdirSync(folder).toSorted()).toEqual([
      "findmehere.log",
      "findmehere.log.1",
      "mine.txt",
    ]);
  });
});

describe("what the disk says to it is nobody's business", () => {
  test("a folder that cannot be made", () => {
    writeFileSync(folder, "a file is in the way");
    const write = openLog(folder, usual, []);
    write(line);
    write(line);
    expect(readFileSync(folder, "utf8")).toBe("a file is in the way");
  });

  test("a full disk", () => {
    mkdirSync(folder);
    symlinkSync("/dev/full", join(folder, "findmehere.log"));
    const write = openLog(folder, usual, []);
    write(line);
    write(line);
    expect(logs()).toEqual(["findmehere.log"]);
  });

  test("a log that may not be written", () => {
    mkdirSync(join(folder, "findmehere.log"), { recursive: true });
    chmodSync(folder, 0o500);
    openLog(folder, usual, [])(line);
    expect(readdirSync(join(folder, "findmehere.log"))).toEqual([]);
  });
});
