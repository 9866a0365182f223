import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ExpectedError } from "../../src/core/error.ts";
import { readMeta, writeMeta } from "../../src/store/meta.ts";
import { migrationNames, migrationProvider } from "../../src/store/migrations/index.ts";
import { openStore } from "../../src/store/open.ts";
import { databasePlace, freshStore, rawly } from "./support.ts";

const child = fileURLToPath(new URL("children/write.ts", import.meta.url));

const tables = [
  "accounts",
  "aliases",
  "attempts",
  "drafts",
  "files",
  "follower_counts",
  "history",
  "meta",
  "moves",
  "notices",
  "posts",
  "publications",
  "readings",
  "records",
  "removed",
  "translations",
];

function tablesOf(file: string): unknown[] {
  return rawly(
    file,
    "select name from sqlite_master where type = 'table' and name not like 'kysely%' and name not like 'sqlite%' order by name",
  ).map(({ name }) => name);
}

describe("migrations", () => {
  test("an empty place becomes a database with every table", async () => {
    const { file } = await freshStore();
    expect(tablesOf(file)).toEqual(tables);
    const applied = rawly(file, "select name from kysely_migration order by name");
    expect(applied.map(({ name }) => name)).toEqual(migrationNames);
  });

  test("an empty file is a database that was just begun", async () => {
    const file = databasePlace();
    writeFileSync(file, "");
    await (await openStore(file)).close();
    expect(tablesOf(file)).toEqual(tables);
  });

  test("each has a dated name, goes forward only, and they are tried in the order of their names", async () => {
    const migrations = await migrationProvider.getMigrations();
    expect(Object.keys(migrations).toSorted()).toEqual([...migrationNames]);
    for (const [name, migration] of Object.entries(migrations)) {
      expect(name).toMatch(/^20\d\d-\d\d-\d\d-[a-z-]+$/);
      expect(Object.keys(migration)).toEqual(["up"]);
    }
  });

  test("columns are text or integer only, so that PostgreSQL can have the same", async () => {
    const { file } = await freshStore();
    for (const table of tables) {
      const columns = rawly(file, `select name, type from pragma_table_info('${table}')`);
      expect(columns.length).toBeGreaterThan(1);
      for (const { type } of columns) expect(["TEXT", "INTEGER"]).toContain(type);
    }
  });

  test("the file outlives a power cut: write-ahead log, full syncs", async () => {
    const { file } = await freshStore();
    expect(rawly(file, "pragma journal_mode")).toEqual([{ journal_mode: "wal" }]);
  });

  test("a run that died in the middle of the first migration leaves nothing half", async () => {
    const file = databasePlace();
    // What the second statement of the migration would meet: the table is there, the migration is not noted.
    rawly(file, "create table posts (key text)");
    await expect(openStore(file)).rejects.toThrow("already exists");
    expect(tablesOf(file)).toEqual(["posts"]);
    rawly(file, "drop table posts");
    await (await openStore(file)).close();
    expect(tablesOf(file)).toEqual(tables);
  });

  test("a file that is no database is said to be damaged, and is left as it is", async () => {
    const file = databasePlace();
    const text = "this was a database once ".repeat(100);
    writeFileSync(file, text);
    const error = await openStore(file).catch((thrown: unknown) => thrown);
    expect((error as ExpectedError).details).toMatchObject({
      exit: "machine",
      code: "library-damaged",
    });
    expect((error as ExpectedError).message).toContain(file);
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  test("opening again keeps what is there", async () => {
    const file = databasePlace();
    for (const turn of ["first", "second", "third"]) {
      const store = await openStore(file);
      await store.transaction(async (transaction) => {
        expect(await readMeta(transaction, "turn")).toBe(
          { first: null, second: "first", third: "second" }[turn],
        );
        await writeMeta(transaction, "turn", turn);
      });
      await store.close();
    }
  });

  test("a library of a newer findmehere is left alone, with a sentence", async () => {
    const file = databasePlace();
    await (await openStore(file)).close();
    rawly(file, "insert into kysely_migration (name, timestamp) values ('2099-01-01-later', 'x')");
    const error = await openStore(file).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ExpectedError);
    expect((error as ExpectedError).details).toMatchObject({
      exit: "machine",
      code: "newer-library",
      fix: "Update findmehere and try again. Nothing was changed.",
    });
    expect((error as ExpectedError).message).toContain("2099-01-01-later");
  });
});

describe("transactions", () => {
  test("what is thrown undoes everything", async () => {
    const { store } = await freshStore();
    const work = store.transaction(async (transaction) => {
      await writeMeta(transaction, "name", "half");
      throw new Error("stop");
    });
    await expect(work).rejects.toThrow("stop");
    await store.transaction(async (transaction) => {
      expect(await readMeta(transaction, "name")).toBeNull();
    });
  });

  test("a lock that another program never gives back ends in a sentence", async () => {
    const { store, file } = await freshStore();
    const other = new DatabaseSync(file);
    other.exec("begin immediate");
    const error = await store.transaction(async () => 1).catch((thrown: unknown) => thrown);
    expect((error as ExpectedError).details).toMatchObject({ exit: "later", code: "library-busy" });
    other.exec("rollback");
    other.close();
    expect(await store.transaction(async () => 2)).toBe(2);
  });

  test("two processes on one file wait for each other and lose nothing", async () => {
    const file = databasePlace();
    const times = 60;
    const workers = ["one", "two"].map((name) =>
      spawn(process.execPath, [child, file, name, String(times)], {
        stdio: ["pipe", "pipe", "pipe"],
      }),
    );
    const said = workers.map((worker) => {
      const chunks: Buffer[] = [];
      worker.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
      return chunks;
    });
    const ends = workers.map((worker) => once(worker, "close"));
    // Both have opened the same new file, migrations included, before either begins to write. One that
    // died instead ends its output, and what it said is shown below.
    await Promise.all(workers.map((worker) => once(worker.stdout, "readable")));
    for (const worker of workers) worker.stdin.write("go\n");
    const codes = (await Promise.all(ends)).map(([code]: unknown[]) => code);
    expect(said.map((chunks) => Buffer.concat(chunks).toString())).toEqual(["", ""]);
    expect(codes).toEqual([0, 0]);
    expect(rawly(file, "select value from meta where name = 'count'")).toEqual([
      { value: String(2 * times) },
    ]);
    expect(rawly(file, "select count(*) as rows from publications")).toEqual([{ rows: 2 * times }]);
  });
});
