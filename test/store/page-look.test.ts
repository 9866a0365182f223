import { join } from "node:path";
import { expect, test } from "vitest";
import { claimPageLook } from "../../src/store/accounts.ts";
import { openStore } from "../../src/store/open.ts";
import { workFolder } from "../support/cli.ts";

const minute = 60_000;
const now = Date.parse("2026-10-05T18:00:00Z");
const rest = 5 * minute;
const mine = { to: "lemon8", account: "" };

test("an account's page is asked once in its time of rest, whatever a clock does", async () => {
  const folder = workFolder();
  const store = await openStore(join(folder.path, "findmehere.db"));
  try {
    const ask = (at: number, wanted = rest, name = mine) =>
      store.transaction((transaction) =>
        claimPageLook(transaction, name, { now: at, rest: wanted }),
      );
    expect(await ask(now)).toBeNull();
    expect(await ask(now + 4 * minute)).toBe(now);
    expect(await ask(now - 2)).toBe(now);
    expect(await ask(now, rest, { to: "rednote", account: "" })).toBeNull();
    expect(await ask(now + 5 * minute)).toBeNull();
    expect(await ask(now + 9 * minute)).toBe(now + 5 * minute);
    // A timer has its own patience, and what it asks counts for the others.
    expect(await ask(now + 9 * minute, 0)).toBeNull();
    expect(await ask(now + 12 * minute)).toBe(now + 9 * minute);
    // The clock was a day ahead when it asked last.
    expect(await ask(now - 24 * 60 * minute)).toBeNull();
  } finally {
    await store.close();
    folder.dispose();
  }
});
