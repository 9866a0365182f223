import { spawn } from "node:child_process";
import type { Environment } from "./clock.ts";

/** How a program of this machine ended. */
export interface ProgramRun {
  /** Null when a signal ended it. */
  code: number | null;
  /** Every byte that it printed. */
  out: Buffer;
  error: string;
}

/** What a program is given. */
export interface ProgramInput {
  environment: Environment;
  /** What it reads; nothing when left out. */
  input?: Buffer;
  /** Milliseconds after which it is ended. */
  longest?: number;
}

/**
 * Runs a program that the PATH of this environment has, without a shell; null when there is none of that name.
 * It speaks English, whatever the person's language is.
 */
export function runProgram(
  name: string,
  words: readonly string[],
  { environment, input, longest = 30_000 }: ProgramInput,
): Promise<ProgramRun | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(name, words, {
      env: { ...environment, LC_ALL: "C" },
      stdio: ["pipe", "pipe", "pipe"],
      windowsHide: true,
    });
    const out: Buffer[] = [];
    const error: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => error.push(chunk));
    // Node's own time limit would go on running where the program could not be started.
    const timer = setTimeout(() => child.kill("SIGKILL"), longest);
    child.on("error", (failure: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      if (failure.code === "ENOENT" || failure.code === "EACCES") resolve(null);
      else reject(failure);
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({
        code,
        out: Buffer.concat(out),
        error: Buffer.concat(error).toString("utf8").trim(),
      });
    });
    // A program that reads nothing may be gone before all is written; its exit code tells enough.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}
