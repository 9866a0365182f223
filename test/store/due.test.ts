import { mkdirSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { publicationStates } from "../../src/core/publication.ts";
import { isAnythingDue } from "../../src/store/due.ts";
import { databasePlace, freshStore, plantPublication, rawly } from "./support.ts";

const now = "2026-03-01T19:30:00.000Z";

test("a queued publication is due from its very instant on", async () => {
  const { file } = await freshStore();
  expect(isAnythingDue(file, now)).toBe(false);
  plantPublication(file, { post: "1", state: "queued", due: "2026-03-01T19:30:00.001Z" });
  expect(isAnythingDue(file, now)).toBe(false);
  plantPublication(file, { post: "2", state: "queued", due: now });
  expect(isAnythingDue(file, now)).toBe(true);
});

test("a queued publication without a slot is never due", async () => {
  const { file } = await freshStore();
  plantPublication(file, { post: "1", state: "queued", due: null });
  expect(isAnythingDue(file, now)).toBe(false);
});

test.each(publicationStates.filter((state) => state !== "queued"))(
  "what is %s is not due, however long ago its slot was",
  async (state) => {
    const { file } = await freshStore();
    plantPublication(file, { post: "1", state, due: "2020-01-01T00:00:00.000Z" });
    expect(isAnythingDue(file, now)).toBe(false);
  },
);

test("what cannot be read this way goes to the full command, which says what is wrong", async () => {
  const missing = databasePlace();
  expect(isAnythingDue(missing, now)).toBe(true);

  const empty = databasePlace();
  writeFileSync(empty, "");
  expect(isAnythingDue(empty, now)).toBe(true);

  const corrupt = databasePlace();
  writeFileSync(corrupt, "not a database, but long enough to be looked at as one".repeat(100));
  expect(isAnythingDue(corrupt, now)).toBe(true);

  const folder = databasePlace();
  mkdirSync(folder);
  expect(isAnythingDue(folder, now)).toBe(true);

  const { file: strange } = await freshStore();
  rawly(strange, "drop table publications");
  expect(isAnythingDue(strange, now)).toBe(true);
});

test("asking changes nothing and leaves the file free", async () => {
  const { file, store } = await freshStore();
  plantPublication(file, { post: "1", state: "queued", due: now });
  expect(isAnythingDue(file, now)).toBe(true);
  await store.transaction(async (transaction) => {
    await transaction.deleteFrom("publications").execute();
  });
  expect(isAnythingDue(file, now)).toBe(false);
});
