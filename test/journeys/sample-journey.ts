import { createHash, randomUUID } from "node:crypto";
import {
  cpSync,
  existsSync,
  linkSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";

import { expect, inject, test } from "vitest";

import { sampleCaptions, serveSample, writeSampleZip } from "../demo/sample.ts";
import { findmehere, workFolder } from "../support/cli.ts";
import type { CliLine, CliRun } from "../support/cli.ts";
import { startMediaServer } from "../support/media-server.ts";
import type { MigratedSample } from "./migrated-sample.ts";

/** When the sample's journeys begin: a Monday, ten in the morning in Madrid. */
export const start = "2026-10-05T08:00:00Z";

/** The creator's zone in these journeys. */
export const zone = "Europe/Madrid";

/** Keys of posts of the sample that journeys speak of. */
export const keys = {
  /** The newest video, first after the introduction. */
  newest: "7573407747327990070",
  second: "7555944988702250400",
  /** The newest but two. */
  third: "7539139357825732051",
  oldest: "7209675903883693616",
  mostLiked: "7361094971364109025",
  elevenPhotos: "7480621955598859054",
  private: "20241105T202020Z",
  /** No source knows its caption. */
  noCaption: "20250519T220215Z",
  /** Its caption is known to be empty. */
  emptyCaption: "7513569721630463050",
} as const;

/** What a run differs in from the usual one. */
export interface RunOptions {
  /** Moves the calendar; null leaves it where it is. */
  at?: string | null;
  environment?: Record<string, string>;
}

/** A folder with the sample creator's archive and, once it is made, her library. */
export interface Journey {
  folder: string;
  /** Root of the library. */
  library: string;
  archive: string;
  environment: Record<string, string>;
  /** Runs one command on the library. */
  run(words: readonly string[], options?: RunOptions): Promise<CliRun>;
  /** Reads a file of the library. */
  read(path: string): string;
  write(path: string, text: string): void;
  /** The same library in a folder of its own. */
  copy(): Journey;
  dispose(): void;
}

/** A journey with what serves it. */
export interface OpenJourney extends Journey {
  close(): Promise<void>;
}

/** A sample creator's day: the archive lies ready, its media is served on this machine. */
export async function startJourney(
  environment: Record<string, string> = {},
  now: number = Date.parse(start),
): Promise<OpenJourney> {
  const server = await startMediaServer();
  serveSample(server);
  const folder = workFolder();
  await writeSampleZip(join(folder.path, "TikTok_Data.zip"), { origin: server.origin, now });
  const journey = journeyIn(folder, {
    FINDMEHERE_NETWORK_ALLOW_HOSTS: server.host,
    FINDMEHERE_CREATOR_TIME_ZONE: zone,
    ...environment,
  });
  const close = async () => {
    journey.dispose();
    await server.close();
  };
  return { ...journey, close };
}

/**
 * A sample creator's library right after `migrate` at `start`, in a folder of its own. The first journey of a run
 * of the tests migrates, the others begin with a copy of what came of it; its media stays on this machine until
 * the run ends. Journeys about `migrate`, or whose look-alikes must not hear of it, begin with `startJourney`.
 * @param more words for `migrate`
 */
export async function startMigrated(
  environment: Record<string, string> = {},
  more: readonly string[] = [],
): Promise<OpenJourney> {
  const { folder: shared, origin, host }: MigratedSample = inject("migratedSample");
  const way = JSON.stringify([Object.entries(environment).toSorted(), more]);
  const kept = join(shared, createHash("sha256").update(way).digest("hex"));
  const folder = workFolder();
  const journey = journeyIn(folder, {
    FINDMEHERE_NETWORK_ALLOW_HOSTS: host,
    FINDMEHERE_CREATOR_TIME_ZONE: zone,
    ...environment,
  });
  if (existsSync(kept)) copyWhole(kept, folder.path);
  else {
    await writeSampleZip(journey.archive, { origin, now: Date.parse(start) });
    const run = await journey.run([...migrateWords(journey), ...more, "--quiet"]);
    expect(run.code, run.error).toBe(0);
    keepCopy(folder.path, kept);
  }
  return { ...journey, close: async () => journey.dispose() };
}

/** A folder is there as a whole or not at all, whoever else makes the same one. */
function keepCopy(folder: string, kept: string): void {
  const half = `${kept}-${randomUUID()}`;
  copyWhole(folder, half);
  try {
    renameSync(half, kept);
  } catch (error) {
    if (!existsSync(kept)) throw error;
    rmSync(half, { recursive: true, force: true });
  }
}

/** What is one file under several names in a folder is so in the copy, as `prepare` makes it. */
function copyWhole(from: string, to: string): void {
  cpSync(from, to, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  const firsts = new Map<number, string>();
  for (const each of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!each.isFile()) continue;
    const { ino, nlink } = statSync(join(each.parentPath, each.name));
    if (nlink === 1) continue;
    const copy = join(to, relative(from, each.parentPath), each.name);
    const first = firsts.get(ino);
    if (first === undefined) firsts.set(ino, copy);
    else {
      rmSync(copy);
      linkSync(first, copy);
    }
  }
}

/** Runs on the same library in a folder of its own, which is gone afterwards. */
export async function inCopyOf(
  journey: Journey,
  body: (copy: Journey) => Promise<void>,
): Promise<void> {
  const copy = journey.copy();
  try {
    await body(copy);
  } finally {
    copy.dispose();
  }
}

/** Makes tests of which each has a copy of its own of the journey, which is there by then. */
export function testInCopies(
  journey: () => Journey,
): (name: string, body: (copy: Journey) => Promise<void>) => void {
  return (name, body) => {
    test(name, () => inCopyOf(journey(), body));
  };
}

/** The words that migrate the sample. */
export function migrateWords(journey: Journey): string[] {
  return ["migrate", journey.archive, sampleCaptions];
}

/** The lines of one type. */
export function linesOf(run: CliRun, type: string): CliLine[] {
  return run.lines.filter((line) => line.type === type);
}

/** Publications as `KEY@DESTINATION state due`, for comparing whole queues. */
export function queueOf(run: CliRun): string[] {
  return linesOf(run, "publication").map(
    ({ post, to, state, due }) => `${String(post)}@${String(to)} ${String(state)} ${String(due)}`,
  );
}

/** Names of publications as they are typed. */
export function itemsOf(run: CliRun): string[] {
  return linesOf(run, "publication").map(({ post, to }) => `${String(post)}@${String(to)}`);
}

/** The folder of a draft, from the library's root. */
export function draftFolder(journey: Journey, post: string, to: string): string {
  const parent = `drafts/${to}`;
  const found = readdirSync(join(journey.library, parent)).find((name) =>
    name.endsWith(`_${post}`),
  );
  if (found === undefined) throw new Error(`no draft ${post}@${to}`);
  return `${parent}/${found}`;
}

/** The sum of the states of each destination, as `status` tells it. */
export function publicationSums(summary: CliLine): Record<string, number> {
  const publications = summary["publications"] as Record<string, Record<string, number>>;
  return Object.fromEntries(
    Object.entries(publications).map(([to, states]) => [
      to,
      Object.values(states).reduce((sum, count) => sum + count, 0),
    ]),
  );
}

function journeyIn(
  folder: ReturnType<typeof workFolder>,
  environment: Record<string, string>,
): Journey {
  const library = join(folder.path, "library");
  return {
    folder: folder.path,
    library,
    archive: join(folder.path, "TikTok_Data.zip"),
    environment,
    run: (words, { at = start, environment: own = {} } = {}) =>
      findmehere([...words, "--library", library], {
        cwd: folder.path,
        environment: {
          ...environment,
          ...(at === null ? {} : { FINDMEHERE_NOW: at, FINDMEHERE_TEST: "1" }),
          ...own,
        },
      }),
    read: (path) => readFileSync(join(library, path), "utf8"),
    write: (path, text) => writeFileSync(join(library, path), text),
    copy() {
      const next = workFolder();
      cpSync(folder.path, next.path, { recursive: true });
      return journeyIn(next, environment);
    },
    dispose: folder.dispose,
  };
}
