import { spawn } from "node:child_process";

/** A program on a terminal of its own. */
export interface Terminal {
  /** Everything that stands there so far, without colours and moves of the cursor. */
  shown(): string;
  /** Waits until this stands there. */
  shows(words: string): Promise<void>;
  /** What a person presses. */
  press(keys: string): void;
  ended: Promise<number | null>;
}

/** Keys that are no letters. */
export const keyboard = { down: "\u001b[B", enter: "\r", ctrlC: "\u0003" } as const;

/** Runs a program where it sees a terminal, so wide; by `script`, which Linux and macOS bring along. */
export function onTerminal(
  words: readonly string[],
  { columns, cwd, environment }: { columns: number; cwd: string; environment: NodeJS.ProcessEnv },
): Terminal {
  const line = `stty cols ${columns} rows 40 && exec ${words.map(quoted).join(" ")}`;
  const given =
    process.platform === "darwin"
      ? ["-q", "/dev/null", "/bin/sh", "-c", line]
      : ["-q", "-e", "-f", "-c", line, "/dev/null"];
  const child = spawn("script", given, { cwd, env: environment, stdio: ["pipe", "pipe", "pipe"] });
  let text = "";
  let listeners: (() => void)[] = [];
  const hear = (chunk: Buffer) => {
    text += chunk.toString("utf8");
    for (const listener of listeners) listener();
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  const shown = () => text.replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, "").replaceAll("\r", "");
  return {
    shown,
    ended,
    press: (keys) => void child.stdin.write(keys),
    shows: (wanted) =>
      new Promise<void>((resolve, reject) => {
        const look = () => shown().includes(wanted) && resolve();
        listeners = [...listeners, look];
        look();
        child.once("close", () => reject(new Error(`it ended: ${shown()}`)));
      }),
  };
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
