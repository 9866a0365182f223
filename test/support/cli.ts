import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../../bin/findmehere.js", import.meta.url));

/** How a run of the built command line ended. */
export interface CliRun {
  code: number | null;
  out: string;
  error: string;
  /** The JSON lines of stdout; only with `--json`. */
  lines: CliLine[];
  /** The last line; only with `--json`. */
  summary: CliLine;
}

/** One JSON line. */
export type CliLine = Record<string, unknown> & { type: string };

/** How the built command line is run. */
export interface CliOptions {
  /** Working folder; a fresh one would be safest. */
  cwd: string;
  environment?: Record<string, string>;
  /** Given the child as soon as it runs, to send signals. */
  started?: (child: ChildProcess) => void;
}

/** Runs the built command line as a child process, the way a creator's shell would. */
export function findmehere(words: readonly string[], options: CliOptions): Promise<CliRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...words], {
      cwd: options.cwd,
      env: cleanEnvironment(options),
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks = { out: [] as Buffer[], error: [] as Buffer[] };
    child.stdout.on("data", (chunk: Buffer) => chunks.out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.error.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      const out = Buffer.concat(chunks.out).toString("utf8");
      const error = Buffer.concat(chunks.error).toString("utf8");
      resolve({ code, out, error, ...readLines(words.includes("--json") ? out : "") });
    });
    options.started?.(child);
  });
}

/** A folder of its own for one test; removed by `dispose`. */
export function workFolder(): { path: string; dispose(): void } {
  const path = mkdtempSync(join(tmpdir(), "findmehere-test-"));
  return {
    path,
    dispose: () => existsSync(path) && rmSync(path, { recursive: true, force: true }),
  };
}

function readLines(out: string): { lines: CliLine[]; summary: CliLine } {
  const lines = out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as CliLine);
  return { lines, summary: lines.at(-1) ?? { type: "none" } };
}

function cleanEnvironment({ cwd, environment }: CliOptions): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("FINDMEHERE_"));
  const all = { ...Object.fromEntries(own), HOME: cwd, NO_COLOR: "1", ...environment };
  // No test asks the real places: without a look-alike there is nobody at this address.
  const nobody = "http://127.0.0.1:9";
  return { FINDMEHERE_LEMON8_ORIGIN: nobody, FINDMEHERE_REDNOTE_ORIGIN: nobody, ...all };
}
