import { appendFileSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { redact } from "../core/redact.ts";

/** How much a line matters. */
export type LogLevel = "note" | "warn" | "stop";

/** What a log is kept by. */
export interface LogSettings {
  level: LogLevel;
  format: "text" | "json";
  megabytes: number;
  backups: number;
  days: number;
}

/** One line. */
export interface LogLine {
  /** Milliseconds since the epoch. */
  at: number;
  level: LogLevel;
  command: string;
  /** What it is: `begin`, `problem`, `publication`, `end`, … */
  event: string;
  /** For people; quoted words of posts are left out. */
  text: string;
  /** More for machines: codes, keys, counts. Never a caption or an address. */
  fields?: Readonly<Record<string, unknown>>;
}

const name = "findmehere.log";
const ranks: Record<LogLevel, number> = { note: 0, warn: 1, stop: 2 };
const longestLine = 4_000;
const day = 86_400_000;

/**
 * Writes lines into `<folder>/findmehere.log`, each in one append, so that two processes never mix theirs. What
 * the disk says to it is nobody's business: after the first failure it is silent, and nothing is ever thrown.
 * @param known secrets that this run knows
 */
export function openLog(
  folder: string,
  settings: LogSettings,
  known: readonly string[],
): (line: LogLine) => void {
  const file = join(folder, name);
  let works = true;
  let isOpen = false;
  return (line) => {
    if (!works || ranks[line.level] < ranks[settings.level]) return;
    try {
      if (!isOpen) {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        forgetOld(folder, line.at - settings.days * day);
        isOpen = true;
      }
      const written = `${lineText(line, settings.format, known)}\n`;
      if (sizeOf(file) + Buffer.byteLength(written) > settings.megabytes * 1_000_000) {
        turnOver(folder, file, settings);
      }
      appendFileSync(file, written, { mode: 0o600 });
    } catch {
      works = false;
    }
  };
}

/** One line, as it is written; without its end. */
export function lineText(
  { at, level, command, event, text, fields = {} }: LogLine,
  format: LogSettings["format"],
  known: readonly string[],
): string {
  const time = new Date(at).toISOString();
  // Titles and other words of posts stand between these quotes.
  const said = text.replaceAll(/“[^”]*”/g, "“…”").replaceAll(/\s*[\r\n]+\s*/g, " ");
  if (format === "text") {
    const more = Object.entries(fields).map(([key, value]) => ` ${key}=${plain(value)}`);
    const whole = `${time} ${level.padEnd(4)} ${command}: ${event}${more.join("")} ${said}`;
    return shortened(redact(whole, known)).trimEnd();
  }
  const clean = (value: unknown): unknown =>
    typeof value === "string" ? shortened(redact(value, known)) : value;
  const own = Object.entries(fields).map(([key, value]) => [key, clean(value)]);
  const message = clean(said);
  return JSON.stringify({ time, level, command, event, ...Object.fromEntries(own), message });
}

function plain(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.replaceAll(/\s+/g, " ");
}

function shortened(text: string): string {
  return text.length <= longestLine ? text : `${text.slice(0, longestLine)}…`;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/**
 * Moves the full log aside. Only one process does at a time, and it looks again once it may: else a second one
 * would turn over a log that is new. The lock is SQLite's, as the library's is: it dies with its holder. Lines
 * that another process writes meanwhile land in the log that was moved, and are not lost.
 */
function turnOver(folder: string, file: string, { megabytes, backups }: LogSettings): void {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(folder, ".turning"), { timeout: 0 });
    lock.exec("BEGIN EXCLUSIVE");
    // It was turned over a moment ago: a full one is full up to the line that did not fit.
    if (sizeOf(file) < megabytes * 1_000_000 - 4 * longestLine) return;
    rmSync(`${file}.${backups}`, { force: true });
    for (let number = backups - 1; number >= 1; number -= 1) move(file, number);
    renameSync(file, `${file}.1`);
  } catch {
    // Another one is at it, or the system does not let it go: the log grows a little longer.
  } finally {
    lock?.close();
  }
}

function move(file: string, number: number): void {
  if (sizeOf(`${file}.${number}`) > 0) renameSync(`${file}.${number}`, `${file}.${number + 1}`);
}

/** Takes away earlier logs that nobody wrote into since then. */
function forgetOld(folder: string, before: number): void {
  for (const each of readdirSync(folder)) {
    if (!/^findmehere\.log\.\d+$/.test(each)) continue;
    const path = join(folder, each);
    if ((statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? before) < before) {
      rmSync(path, { force: true });
    }
  }
}
