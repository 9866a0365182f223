import type { ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { findmehere } from "../support/cli.ts";
import type { CliLine, CliRun } from "../support/cli.ts";
import { readTerminalQr } from "../support/qr.ts";
import type { Journey } from "./sample-journey.ts";

/** A hand-off that is being served. */
export interface OpenHandoff {
  /** With its token and the last slash. */
  address: string;
  child: ChildProcess;
  /** What was printed so far. */
  shown(): string;
  /** The lines so far; only with `--json`. */
  lines(): CliLine[];
  /** Waits until this was printed. */
  shows(words: string): Promise<void>;
  interrupt(): void;
  ended: Promise<CliRun>;
}

/** How one hand-off differs from the usual one. */
export interface HandoffOptions {
  at: string;
  environment?: Record<string, string>;
  /** Sentences and a QR code instead of JSON lines; the address is read off the code. */
  text?: boolean;
}

/** Starts `handoff` as the built command line, and waits until it serves. */
export async function startHandoff(
  journey: Journey,
  words: readonly string[],
  { at, environment = {}, text = false }: HandoffOptions,
): Promise<OpenHandoff> {
  let shown = "";
  let listeners: (() => void)[] = [];
  let child: ChildProcess | undefined;
  const place = words.includes("--address") ? [] : ["--address", "127.0.0.1"];
  const ended = findmehere(
    ["handoff", ...words, ...place, ...(text ? [] : ["--json"]), "--library", journey.library],
    {
      cwd: journey.folder,
      environment: {
        ...{ ...journey.environment, FINDMEHERE_NOW: at, FINDMEHERE_TEST: "1" },
        ...environment,
      },
      started(running) {
        child = running;
        const hear = (chunk: Buffer) => {
          shown += chunk.toString("utf8");
          for (const listener of listeners) listener();
        };
        running.stdout?.on("data", hear);
        running.stderr?.on("data", hear);
      },
    },
  );
  const running = (): ChildProcess => {
    if (child === undefined) throw new Error("nothing was started");
    return child;
  };
  const until = (done: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      const look = () => done() && resolve();
      listeners = [...listeners, look];
      look();
      running().once("close", () => done() || reject(new Error(`it ended: ${shown}`)));
    });
  const lines = () =>
    shown
      .split("\n")
      .filter((line) => line.startsWith("{") && line.endsWith("}"))
      .map((line) => JSON.parse(line) as CliLine);
  const serving = () => lines().find(({ type }) => type === "serving");
  await until(() => (text ? shown.includes("Tap the last button") : serving() !== undefined));
  return {
    address: text ? readTerminalQr(shown) : String(serving()?.["address"]),
    child: running(),
    shown: () => shown,
    lines,
    shows: (wanted) => until(() => shown.includes(wanted)),
    interrupt: () => void running().kill("SIGINT"),
    ended,
  };
}

/** The rows of a table as they stand in the library's database. */
export function rowsOf(journey: Journey, table: string): Record<string, unknown>[] {
  const database = new DatabaseSync(join(journey.library, "findmehere.db"), {
    readOnly: true,
    // The server beside it may be opening or closing the file right now.
    timeout: 10_000,
  });
  try {
    return database.prepare(`select * from ${table}`).all() as Record<string, unknown>[];
  } finally {
    database.close();
  }
}

/** Where one publication stands in the database. */
export function rowOf(journey: Journey, post: string, to: string): Record<string, unknown> {
  const found = rowsOf(journey, "publications").find(
    (row) => row["post"] === post && row["destination"] === to,
  );
  if (found === undefined) throw new Error(`no ${post}@${to}`);
  return found;
}

/** Everything that a hand-off may change, to see that nothing did. */
export function changeable(journey: Journey): string {
  const tables = ["publications", "moves", "attempts", "notices"];
  return JSON.stringify(tables.map((table) => rowsOf(journey, table)));
}

/** The fingerprint of some bytes. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The fingerprint of a file. */
export function sha256File(path: string): string {
  return sha256(readFileSync(path));
}
