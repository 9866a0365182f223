import { cpSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath, pathToFileURL } from "node:url";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { archivePost, buildArchive, writeArchiveZip } from "../../support/archive.ts";
import { workFolder } from "../../support/cli.ts";

/** A run of the command line with the counting destination. */
export interface PublishRun {
  /** Null when it was killed. */
  code: number | null;
  out: string;
  error: string;
}

/** How it is run. */
export interface PublishRunOptions {
  library: string;
  origin: string;
  /** ISO 8601: what the calendar says. */
  now?: string;
  environment?: Record<string, string>;
  /** Kills it after so many milliseconds. */
  killAfter?: number;
  /** Runs it below this command, such as a shell that sets a limit. */
  below?: readonly string[];
  uid?: number;
  /** Given the child as soon as it runs, to send signals. */
  started?: (child: ChildProcess) => void;
}

const child = fileURLToPath(new URL("../children/counting-cli.ts", import.meta.url));
const preload = pathToFileURL(join(import.meta.dirname, "..", "children", "preload.ts")).href;

/** The moment at which every post of the library is due. */
const dueAt = "2026-12-01T12:00:00Z";

/** What makes the preload count and kill. */
export function watched(environment: Record<string, string>): Record<string, string> {
  return { NODE_OPTIONS: `--import=${preload}`, ...environment };
}

/** Runs the built command line once. */
export function runCounting(
  words: readonly string[],
  options: PublishRunOptions,
): Promise<PublishRun> {
  const { library, origin, now = dueAt, below = [] } = options;
  const before = [...below, process.execPath];
  const program = before.shift() ?? process.execPath;
  return new Promise((resolve, reject) => {
    const started = spawn(program, [...before, child, ...words, "--library", library], {
      cwd: join(library, ".."),
      ...(options.uid === undefined ? {} : { uid: options.uid }),
      env: {
        PATH: process.env["PATH"] ?? "",
        HOME: join(library, ".."),
        NO_COLOR: "1",
        TZ: "UTC",
        COUNTING_ORIGIN: origin,
        FINDMEHERE_TEST: "1",
        FINDMEHERE_NOW: now,
        FINDMEHERE_COUNTING_PRESS: "auto",
        FINDMEHERE_QUEUE_PER_DAY: "24",
        FINDMEHERE_QUEUE_PER_WEEK: "168",
        FINDMEHERE_QUEUE_MIN_GAP: "0",
        FINDMEHERE_QUEUE_JITTER: "0",
        FINDMEHERE_QUEUE_QUIET_HOURS: "none",
        FINDMEHERE_QUEUE_MISSED: "catch-up",
        ...options.environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const texts = { out: "", error: "" };
    started.stdout?.on("data", (chunk: Buffer) => (texts.out += chunk.toString()));
    started.stderr?.on("data", (chunk: Buffer) => (texts.error += chunk.toString()));
    const timer =
      options.killAfter === undefined
        ? undefined
        : setTimeout(() => started.kill("SIGKILL"), options.killAfter);
    options.started?.(started);
    started.on("error", reject);
    started.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code, ...texts });
    });
  });
}

/** A library whose posts are all due; copies of it are what the tests break. */
export interface DueLibrary {
  /** Copies it into a folder of this name; answers the copy's path. */
  copy(name: string): string;
  dispose(): void;
}

/** Makes a library with so many posts that are all due. */
export async function makeDueLibrary(posts: number): Promise<DueLibrary> {
  const work = workFolder();
  const rows = Array.from({ length: posts }, (_, index) =>
    archivePost({
      date: `2024-01-${String((index % 28) + 1).padStart(2, "0")} 10:${String(Math.floor(index / 28)).padStart(2, "0")}:00`,
      title: `Painting number ${index + 1} with a long brush`,
      link: "",
    }),
  );
  await writeArchiveZip(join(work.path, "archive.zip"), buildArchive({ posts: rows }));
  const library = join(work.path, "library");
  const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, "0")}:10`);
  for (const words of [
    ["export", join(work.path, "archive.zip"), "--skip-media"],
    ["prepare"],
    ["queue", "add", "--start", "2026-11-22", "--times", hours.join(",")],
  ]) {
    const run = await runCounting(words, { library, origin: "", now: "2026-11-21T12:00:00Z" });
    if (run.code !== 0) throw new Error(`${words[0]}: ${run.error}${run.out}`);
  }
  const planned = statesOf(library).filter(({ state }) => state === "queued").length;
  if (planned !== posts) throw new Error(`${planned} of ${posts} posts are queued`);
  return {
    copy(name) {
      const to = join(work.path, name, "library");
      cpSync(library, to, { recursive: true });
      return to;
    },
    dispose: work.dispose,
  };
}

/** Where one publication stands. */
export interface StoredState {
  post: string;
  state: string;
  attempts: number;
  due: string;
  missed: number;
  claimed_until: string | null;
}

/** Where each publication stands, by post. */
export function statesOf(library: string): StoredState[] {
  const database = new DatabaseSync(join(library, "findmehere.db"), {
    readOnly: true,
    timeout: 5_000,
  });
  try {
    return database
      .prepare(
        "select post, state, attempts, due, missed, claimed_until from publications order by post",
      )
      .all() as unknown as StoredState[];
  } finally {
    database.close();
  }
}
