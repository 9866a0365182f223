import { spawn } from "node:child_process";
import { join } from "node:path";

/** A program with its words. */
export interface Program {
  file: string;
  words: readonly string[];
}

/** How one run of a program ended. */
interface Ended {
  milliseconds: number;
  out: string;
}

/** Where programs run. */
export interface Place {
  /** Working folder and home folder of every program. */
  folder: string;
  environment: Readonly<Record<string, string>>;
}

/** The built command line of this folder, run by the Node that runs us, without a shell or npm around it. */
export function commandLine(root: string): (...words: string[]) => Program {
  const bin = join(root, "bin", "findmehere.js");
  return (...words) => ({ file: process.execPath, words: [bin, ...words] });
}

/** What every start is held against: this Node with nothing to do. */
export const emptyNode: Program = { file: process.execPath, words: ["-e", "0"] };

/** Runs a program to its end, its output into a pipe. Throws when it does not end with 0. */
export function run(program: Program, { folder, environment }: Place): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const from = performance.now();
    const child = spawn(program.file, program.words, {
      cwd: folder,
      env: { ...plainEnvironment(), HOME: folder, NO_COLOR: "1", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks = { out: [] as Buffer[], error: [] as Buffer[] };
    child.stdout.on("data", (chunk: Buffer) => chunks.out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.error.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      const milliseconds = performance.now() - from;
      const out = Buffer.concat(chunks.out).toString("utf8");
      if (code === 0) return resolve({ milliseconds, out });
      const said = Buffer.concat([...chunks.out, ...chunks.error]).toString("utf8");
      const command = [program.file, ...program.words].join(" ");
      reject(new Error(`\`${command}\` ended with ${String(code)}:\n${said.slice(-2000)}`));
    });
  });
}

/**
 * Runs programs in turn, A B C A B C …, so that whatever else the machine does falls on all of them alike.
 * A first round warms the disk cache up and is thrown away. Answers the median of each in milliseconds.
 */
export async function inTurn(
  programs: readonly Program[],
  rounds: number,
  place: Place,
): Promise<number[]> {
  const times = programs.map((): number[] => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, program] of programs.entries()) {
      const { milliseconds } = await run(program, place);
      if (round > 0) times[index]?.push(milliseconds);
    }
  }
  return times.map(median);
}

/** The middle of the values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Without settings of ours, and without those of Node that would change what is measured. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const strange = /^(FINDMEHERE_|NODE_|npm_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !strange.test(name)));
}
