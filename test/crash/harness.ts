import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { findmehere, workFolder } from "../support/cli.ts";
import type { CliOptions } from "../support/cli.ts";
import { startMediaServer } from "../support/media-server.ts";
import { makeCrashCreator } from "./creator.ts";
import type { CrashCreator } from "./creator.ts";

/** The commands that are killed. */
export type CrashCommand = "export" | "migrate";

/** When a run is killed: at one of its changes to the disk, or so many milliseconds after its start. */
export type CrashMoment = { at: string } | { afterMs: number };

/** What a run leaves that nobody disturbs. */
export interface Undisturbed {
  command: CrashCommand;
  /** Every change to the disk as `rename:3`, in order. */
  changes: string[];
  milliseconds: number;
  left: Left;
}

/** What came of one killed run and the next one. */
export interface CrashResult {
  command: CrashCommand;
  moment: CrashMoment;
  /** False when the run ended before its moment came. */
  killed: boolean;
  /** What is wrong afterwards; empty when all is well. */
  faults: string[];
}

/** What lies on the disk when a run has ended. */
interface Left {
  code: number | null;
  /** Hash of every file that does not change from run to run, by its path. */
  files: Map<string, string>;
  /** `KEY@DESTINATION state` of every publication. */
  publications: string[];
}

interface Stage {
  folder: string;
  library: string;
  creator: CrashCreator;
  /** Paths that were asked for, with their range, since the last call. */
  asked(): { path: string; range: string | null }[];
  run(words: readonly string[], options?: Partial<CliOptions>): ReturnType<typeof findmehere>;
  dispose(): Promise<void>;
}

const preload = pathToFileURL(join(import.meta.dirname, "children", "preload.ts")).href;
/** Times and seeds differ from library to library; of these files only the name is compared. */
const ownEachTime = /^findmehere\.db$|^logs\/|^drafts\/.*\/index\.html$|^\.findmehere-lock$/;

/** Runs the command once to its end and notes every change that it makes to the disk. */
export async function runUndisturbed(command: CrashCommand): Promise<Undisturbed> {
  const stage = await setStage();
  try {
    const log = join(stage.folder, "changes.log");
    const from = performance.now();
    const first = await stage.run(wordsOf(command, 1), {
      environment: watched({ CRASH_LOG: log }),
    });
    const milliseconds = performance.now() - from;
    const changes = readFileSync(log, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => line.split("\t").slice(0, 2).join(":"));
    return { command, changes, milliseconds, left: await whatIsLeft(stage, first.code) };
  } finally {
    await stage.dispose();
  }
}

/** Kills a run at its moment, runs the command once more, and compares with the undisturbed run. */
export async function crashAndGoOn(
  undisturbed: Undisturbed,
  moment: CrashMoment,
): Promise<CrashResult> {
  const { command } = undisturbed;
  const stage = await setStage();
  try {
    const killed = await runAndKill(stage, command, moment);
    const before = mediaOnDisk(stage);
    ageLeftovers(stage.library);
    stage.asked();
    const again = await stage.run([...wordsOf(command, 4), "--json"]);
    const faults = [
      ...differences(undisturbed.left, await whatIsLeft(stage, again.code)),
      ...mediaFaults(stage),
      ...askedTwice(stage, before),
    ];
    if (faults.length > 0) faults.push(`it said: ${(again.error + again.out).slice(-700)}`);
    return { command, moment, killed, faults };
  } finally {
    await stage.dispose();
  }
}

/** A moment in words. */
export function momentName(moment: CrashMoment): string {
  return "at" in moment ? moment.at : `after ${Math.round(moment.afterMs)} ms`;
}

async function setStage(): Promise<Stage> {
  const server = await startMediaServer();
  const work = workFolder();
  const folder = work.path;
  const creator = await makeCrashCreator(join(folder, "archive.zip"), server);
  let seen = 0;
  return {
    folder,
    library: join(folder, "library"),
    creator,
    asked() {
      const fresh = server.requests.slice(seen);
      seen = server.requests.length;
      return fresh;
    },
    run: (words, options = {}) =>
      findmehere([...words, "--library", join(folder, "library")], {
        cwd: folder,
        ...options,
        environment: { FINDMEHERE_NETWORK_ALLOW_HOSTS: server.host, ...options.environment },
      }),
    async dispose() {
      await server.close();
      work.dispose();
    },
  };
}

function wordsOf(command: CrashCommand, concurrency: number): string[] {
  return [command, "archive.zip", "--concurrency", String(concurrency)];
}

function watched(environment: Record<string, string>): Record<string, string> {
  return { NODE_OPTIONS: `--import=${preload}`, ...environment };
}

async function runAndKill(
  stage: Stage,
  command: CrashCommand,
  moment: CrashMoment,
): Promise<boolean> {
  if ("at" in moment) {
    // One file at a time, so that the same number means the same change in every run.
    const environment = watched({ CRASH_AT: moment.at });
    return (await stage.run(wordsOf(command, 1), { environment })).code === null;
  }
  const over = new AbortController();
  const run = await stage.run(wordsOf(command, 4), {
    started(child) {
      child.once("exit", () => over.abort());
      wait(moment.afterMs, undefined, { signal: over.signal }).then(
        () => child.kill("SIGKILL"),
        () => undefined,
      );
    },
  });
  return run.code === null;
}

/** How far each file had come when the run died. */
function mediaOnDisk({ library, creator }: Stage): Map<string, "whole" | number> {
  const found = new Map<string, "whole" | number>();
  for (const [file, bytes] of creator.files) {
    const part = join(library, file.replace(/\.\w+$/, ".part"));
    if (existsSync(join(library, file))) found.set(file, "whole");
    else if (existsSync(part) && existsSync(`${part}.json`)) {
      const { size } = statSync(part);
      if (size > 0) found.set(file, size === bytes.length ? "whole" : size);
    }
  }
  return found;
}

/** What others might be writing at this moment is only swept away once it is old. */
function ageLeftovers(library: string): void {
  if (!existsSync(library)) return;
  const anHourAgo = new Date(new Date().getTime() - 3_600_000);
  for (const file of filesBelow(library)) {
    if (/\.\d+$/.test(file)) utimesSync(join(library, file), anHourAgo, anHourAgo);
  }
}

async function whatIsLeft(stage: Stage, code: number | null): Promise<Left> {
  const files = new Map<string, string>();
  for (const file of filesBelow(stage.library)) {
    files.set(file, ownEachTime.test(file) ? "" : hashOf(join(stage.library, file)));
  }
  const queue = await stage.run(["queue", "list", "--all", "--json"]);
  const publications = queue.lines
    .filter((line) => line.type === "publication")
    .map((line) => `${String(line["post"])}@${String(line["to"])} ${String(line["state"])}`);
  return { code, files, publications: publications.toSorted() };
}

function differences(wanted: Left, found: Left): string[] {
  const faults: string[] = [];
  if (found.code !== wanted.code) faults.push(`it ended with ${found.code}, not ${wanted.code}`);
  for (const [file, hash] of wanted.files) {
    if (!found.files.has(file)) faults.push(`${file} is missing`);
    else if (found.files.get(file) !== hash) faults.push(`${file} differs`);
  }
  for (const file of found.files.keys()) {
    if (!wanted.files.has(file)) faults.push(`${file} was left behind`);
  }
  if (String(found.publications) !== String(wanted.publications)) {
    faults.push(`the queue holds ${found.publications.join(", ") || "nothing"}`);
  }
  return faults;
}

/** Every file is whole, and the manifest tells the truth about each of them and nothing else. */
function mediaFaults({ library, creator }: Stage): string[] {
  const file = join(library, "manifest-sha256.txt");
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  const manifest = lines.filter((line) => line !== "").toSorted();
  const wanted = [...creator.files].map(([file, bytes]) => `${sha256(bytes)}  ${file}`).toSorted();
  const faults = [...creator.files]
    .filter(
      ([file, bytes]) =>
        !existsSync(join(library, file)) || hashOf(join(library, file)) !== sha256(bytes),
    )
    .map(([file]) => `${file} is not what the server has`);
  if (String(manifest) !== String(wanted)) faults.push("the manifest is not true");
  return faults;
}

/** What was whole is asked for no more, and of what was begun only the rest. */
function askedTwice(stage: Stage, before: ReadonlyMap<string, "whole" | number>): string[] {
  const asked = stage.asked();
  return [...before].flatMap(([file, state]) => {
    const own = asked.filter(({ path }) => path === stage.creator.paths.get(file));
    if (state === "whole") return own.length === 0 ? [] : [`${file} was whole and asked for again`];
    const range = own[0]?.range ?? "nothing";
    return range === `bytes=${state}-` ? [] : [`of ${file} ${state} bytes lay there: ${range}`];
  });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}

function hashOf(file: string): string {
  return sha256(readFileSync(file));
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
