import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { onTestFinished } from "vitest";
import { openStore } from "../../src/store/open.ts";
import type { Store } from "../../src/store/open.ts";

/** Where a test's database lies; the folder goes when the test ends. */
export function databasePlace(): string {
  const folder = mkdtempSync(join(tmpdir(), "findmehere-store-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "findmehere.db");
}

/** An open store on a real file of its own. */
export async function freshStore(): Promise<{ store: Store; file: string }> {
  const file = databasePlace();
  const store = await openStore(file);
  onTestFinished(() => store.close());
  return { store, file };
}

/** Runs one statement on the file with another connection, past every function of ours. */
export function rawly(
  file: string,
  sql: string,
  ...values: (string | number | null)[]
): Record<string, unknown>[] {
  const database = new DatabaseSync(file);
  try {
    return database.prepare(sql).all(...values) as Record<string, unknown>[];
  } finally {
    database.close();
  }
}

/** Puts a publication into any state, past the table of moves. */
export function plantPublication(
  file: string,
  row: { post: string; to?: string; state: string; account?: string; due?: string | null },
): void {
  rawly(
    file,
    "insert into publications (post, destination, account, way, state, due, attempts, updated_at) values (?, ?, ?, 'handoff', ?, ?, 0, '2026-01-01T00:00:00.000Z')",
    row.post,
    row.to ?? "rednote",
    row.account ?? "maya",
    row.state,
    row.due ?? null,
  );
}
