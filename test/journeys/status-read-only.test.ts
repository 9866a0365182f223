import { spawn } from "node:child_process";
import { chmodSync, cpSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrationNames, migrationProvider } from "../../src/store/migrations/index.ts";
import { sqliteDialect } from "../../src/store/sqlite.ts";
import { findmehere } from "../support/cli.ts";
import type { CliRun } from "../support/cli.ts";
import { migrateWords, startJourney } from "./sample-journey.ts";
import type { OpenJourney } from "./sample-journey.ts";

const bin = fileURLToPath(new URL("../../bin/findmehere.js", import.meta.url));

let journey: OpenJourney;

beforeAll(async () => {
  journey = await startJourney();
  expect((await journey.run([...migrateWords(journey), "--quiet"])).code).toBe(0);
});
afterAll(() => journey.close());

const reading = [
  ["status"],
  ["status", "--json"],
  ["queue", "list"],
  ["queue", "show", "hello@lemon8"],
  ["verify"],
];

interface Ended {
  code: number | null;
  out: string;
  error: string;
}

/** Runs a command as somebody who may only read the library. */
async function asReader(library: string, words: readonly string[]): Promise<Ended> {
  const paths = [
    library,
    ...readdirSync(library, { recursive: true, encoding: "utf8" }).map((name) =>
      join(library, name),
    ),
  ];
  const modes = paths.map((path) => [path, statSync(path).mode] as const);
  for (const [path, mode] of modes) chmodSync(path, mode & 0o040000 ? 0o555 : 0o444);
  chmodSync(journey.folder, 0o755);
  // Root may write anything whatever the modes say, so it reads as the system's user who owns nothing.
  const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [bin, ...words, "--library", library], {
        ...nobody,
        cwd: journey.folder,
        env: {
          ...process.env,
          ...journey.environment,
          ...{ HOME: journey.folder, NO_COLOR: "1" },
          ...{ FINDMEHERE_NOW: "2026-10-05T08:00:00Z", FINDMEHERE_TEST: "1" },
        },
        stdio: ["ignore", "pipe", "pipe"],
      });
      const ended: Ended = { code: null, out: "", error: "" };
      child.stdout.on("data", (chunk: Buffer) => (ended.out += chunk.toString("utf8")));
      child.stderr.on("data", (chunk: Buffer) => (ended.error += chunk.toString("utf8")));
      child.on("error", reject);
      child.on("close", (code) => resolve({ ...ended, code }));
    });
  } finally {
    for (const [path, mode] of modes) chmodSync(path, mode);
  }
}

function asOwner(library: string): Promise<CliRun> {
  const { folder, environment } = journey;
  return findmehere(["status", "--library", library], { cwd: folder, environment });
}

/** Every file with its size and the time of its last change; but the log, in which unwatched runs are noted. */
function treeOf(library: string): string[] {
  return readdirSync(library, { recursive: true, encoding: "utf8" })
    .filter((name) => !name.startsWith("logs"))
    .toSorted()
    .map((name) => {
      const { size, mtimeMs } = statSync(join(library, name));
      return `${name} ${size} ${mtimeMs}`;
    });
}

/** The same library, left as a run leaves it that dies after its last change. */
function died(name: string): string {
  const library = join(journey.folder, name);
  const copy = `${library}-open`;
  cpSync(journey.library, copy, { recursive: true });
  const database = new DatabaseSync(join(copy, "findmehere.db"));
  database.exec("update publications set state = 'skipped' where post = 'hello'");
  cpSync(copy, library, { recursive: true });
  database.close();
  rmSync(copy, { recursive: true });
  expect(statSync(join(library, "findmehere.db-wal")).size).toBeGreaterThan(0);
  return library;
}

test.each(reading)("a library that may only be read is read, by %s %s", async (...words) => {
  const before = treeOf(journey.library);
  const writer = await journey.run(words);
  expect(treeOf(journey.library)).toEqual(before);
  const reader = await asReader(journey.library, words);
  expect([reader.code, reader.error]).toEqual([0, ""]);
  expect(reader.out).toBe(writer.out);
  expect(treeOf(journey.library)).toEqual(before);
});

test("what a run that died left in the log is told where it can be read, and else it says why not", async () => {
  const library = died("left");
  const seen = await asReader(library, ["status"]);
  expect([seen.code, seen.error]).toEqual([0, ""]);
  expect(seen.out).toContain("1 skipped");
  rmSync(join(library, "findmehere.db-shm"));
  const blind = await asReader(library, ["status"]);
  expect([blind.code, blind.out]).toEqual([69, ""]);
  expect(blind.error).toContain("findmehere.db-wal");
  expect(blind.error).toContain("copy the library to another disk");
  expect(blind.error).not.toContain("bug");
  const writable = await asOwner(library);
  expect(writable.out).toContain("1 skipped");
});

test("nobody waits for anybody: it answers while another run holds the library's database", async () => {
  const database = new DatabaseSync(join(journey.library, "findmehere.db"));
  database.exec("begin immediate; update publications set state = 'skipped' where post = 'hello'");
  const run = await journey.run(["status", "--json"]);
  database.exec("rollback");
  database.close();
  expect(run.code).toBe(0);
  expect(run.summary["publications"]).toEqual({
    rednote: { held: 2, queued: 16 },
    lemon8: { held: 2, queued: 16 },
  });
});

test("a folder with settings alone is an empty library, and stays one", async () => {
  const library = join(journey.folder, "settings-alone");
  cpSync(join(journey.library, "findmehere.jsonc"), join(library, "findmehere.jsonc"));
  for (const run of [await asOwner(library), await asReader(library, ["status"])]) {
    expect([run.code, run.error]).toEqual([0, ""]);
    expect(run.out).toContain("Nothing is here yet. Next: findmehere migrate TikTok_Data.zip");
  }
  expect(readdirSync(library)).toEqual(["findmehere.jsonc"]);
});

test("a library of an earlier version is brought up to date by its owner; a reader is told", async () => {
  const library = join(journey.folder, "earlier");
  cpSync(join(journey.library, "findmehere.jsonc"), join(library, "findmehere.jsonc"));
  const file = join(library, "findmehere.db");
  const db = new Kysely<never>({ dialect: sqliteDialect(file) });
  const migrator = new Migrator({ db, provider: migrationProvider });
  expect((await migrator.migrateTo(migrationNames[2] ?? "")).error).toBeUndefined();
  await db.destroy();
  const before = treeOf(library);
  const reader = await asReader(library, ["status"]);
  expect([reader.code, reader.out]).toEqual([69, ""]);
  expect(reader.error).toContain("An earlier findmehere wrote this library");
  expect(reader.error).toContain("copy the library to another disk");
  expect(treeOf(library)).toEqual(before);
  const owner = await asOwner(library);
  expect([owner.code, owner.error]).toEqual([0, ""]);
  expect(owner.out).toContain("Nothing is here yet.");
  expect((await asReader(library, ["status"])).code).toBe(0);
});
