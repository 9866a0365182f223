import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A child process whose lines can be waited for one after the other. */
export interface Child {
  process: ChildProcess;
  /** The next line that it says; undefined when it said its last. */
  line(): Promise<string | undefined>;
  /** Ends its input. */
  release(): void;
  /** How it ended: its exit code, or the signal that killed it. */
  ended: Promise<number | string>;
}

/** Starts one of the scripts of this folder with the Node that runs the tests. */
export function startChild(
  script: string,
  words: readonly string[],
  options: { uid?: number } = {},
): Child {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", path, ...words], {
    stdio: ["pipe", "pipe", "inherit"],
    ...options,
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, "exit").then(([code, signal]: unknown[]) =>
    typeof code === "number" ? code : String(signal),
  );
  return {
    process: child,
    async line() {
      const next: IteratorResult<string, undefined> = await lines.next();
      return next.value;
    },
    release: () => void child.stdin.end(),
    ended,
  };
}
