import { cpSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrationNames, migrationProvider } from "../../src/store/migrations/index.ts";
import { sqliteDialect } from "../../src/store/sqlite.ts";
import { findmehere } from "../support/cli.ts";
import type { CliRun } from "../support/cli.ts";
import { asReader } from "../support/reader.ts";
import type { Ended } from "../support/reader.ts";
import { startMigrated } from "./sample-journey.ts";
import type { OpenJourney } from "./sample-journey.ts";

let journey: OpenJourney;

beforeAll(async () => {
  journey = await startMigrated();
});
afterAll(() => journey.close());

const reading = [
  ["status"],
  ["status", "--json"],
  ["queue", "list"],
  ["followers", "list"],
  ["queue", "show", "hello@lemon8"],
  ["verify"],
];

/** The library may lie elsewhere than the journey's own. */
function readerOf(library: string, words: readonly string[]): Promise<Ended> {
  const { folder, environment } = journey;
  return asReader({ folder, library, environment }, words);
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
  const reader = await readerOf(journey.library, words);
  expect([reader.code, reader.error]).toEqual([0, ""]);
  expect(reader.out).toBe(writer.out);
  expect(treeOf(journey.library)).toEqual(before);
});

test("what a run that died left in the log is told where it can be read, and else it says why not", async () => {
  const library = died("left");
  const seen = await readerOf(library, ["status"]);
  expect([seen.code, seen.error]).toEqual([0, ""]);
  expect(seen.out).toContain("1 skipped");
  rmSync(join(library, "findmehere.db-shm"));
  const blind = await readerOf(library, ["status"]);
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
  for (const run of [await asOwner(library), await readerOf(library, ["status"])]) {
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
  const reader = await readerOf(library, ["status"]);
  expect([reader.code, reader.out]).toEqual([69, ""]);
  expect(reader.error).toContain("An earlier findmehere wrote this library");
  expect(reader.error).toContain("copy the library to another disk");
  expect(treeOf(library)).toEqual(before);
  const owner = await asOwner(library);
  expect([owner.code, owner.error]).toEqual([0, ""]);
  expect(owner.out).toContain("Nothing is here yet.");
  expect((await readerOf(library, ["status"])).code).toBe(0);
});
