import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PublicationState } from "../../src/core/publication.ts";
import { clearAccount, holdAccount, stopAccount } from "../../src/store/accounts.ts";
import { pressing } from "../../src/store/attempts.ts";
import {
  claimedPublication,
  claimLength,
  claimPublication,
  isPressing,
  recoverClaims,
  releaseClaim,
  renewClaim,
} from "../../src/store/claims.ts";
import type { Claimant } from "../../src/store/claims.ts";
import { movePublication } from "../../src/store/move-publication.ts";
import type { Store } from "../../src/store/open.ts";
import { duePublications } from "../../src/store/outgoing.ts";
import { findPublication, untouchedPublication } from "../../src/store/publications.ts";
import { startPostgres } from "../support/postgres.ts";
import type { PostgresServer } from "../support/postgres.ts";
import { freshStore } from "./support.ts";

let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgres();
}, 120_000);
afterAll(() => postgres.stop());

const databases: [string, () => Promise<Store>][] = [
  ["SQLite", async () => (await freshStore()).store],
  ["PostgreSQL", () => postgres.freshStore()],
];

const start = Date.parse("2026-12-01T12:00:00Z");
const at = new Date(start).toISOString();
const name = { post: "one", to: "rednote" };

function run(by: string, wall = start, gone: readonly string[] = []): Claimant {
  return { by, wall, isGone: (other) => gone.includes(other) };
}

async function plant(
  store: Store,
  posts: readonly string[],
  state: PublicationState = "queued",
  account = "mira",
): Promise<void> {
  await store.transaction(async (transaction) => {
    for (const post of posts) {
      await transaction
        .insertInto("publications")
        .values({
          ...untouchedPublication,
          ...{ post, destination: "rednote", account, way: "browser", state, due: at },
          updated_at: at,
        })
        .execute();
    }
  });
}

const claim = (store: Store, claimant: Claimant, item = name) =>
  store.transaction((transaction) => claimPublication(transaction, item, ["queued"], claimant));

const press = (store: Store, claimant: Claimant, item = name) =>
  store.transaction(async (transaction) => {
    await holdAccount(transaction, { to: "rednote", account: "" });
    if ((await claimedPublication(transaction, item, "queued", claimant)) === null) return false;
    if (await isPressing(transaction, "rednote", null)) return false;
    const attempt = { kind: "browser", startedAt: at, endedAt: null, outcome: pressing } as const;
    const move = { to: "submitting", by: "publish", at, why: "everything is filled in" } as const;
    await movePublication(transaction, item, move, { attempt });
    return true;
  });

const recover = (store: Store, claimant: Claimant) =>
  store.transaction((transaction) => recoverClaims(transaction, claimant, at));

const find = (store: Store, item = name) =>
  store.transaction((transaction) => findPublication(transaction, item));

describe.each(databases)("claims on %s", (_, open) => {
  test("one run has it, the others are told until when", async () => {
    const store = await open();
    await plant(store, ["one"]);
    expect(await claim(store, run("a"))).toMatchObject({ is: "claimed" });
    expect(await claim(store, run("a"))).toMatchObject({ is: "claimed" });
    expect(await claim(store, run("b"))).toEqual({
      ...{ is: "taken", by: "a" },
      until: new Date(start + claimLength).toISOString(),
    });
    await store.transaction((transaction) => releaseClaim(transaction, name, run("b")));
    expect(await claim(store, run("b"))).toMatchObject({ is: "taken" });
    await store.transaction((transaction) => releaseClaim(transaction, name, run("a")));
    expect(await claim(store, run("b"))).toMatchObject({ is: "claimed" });
  });

  test("who is not heard of for the length of a claim, or is known to be dead, has it no more", async () => {
    const store = await open();
    await plant(store, ["one"]);
    await claim(store, run("a"));
    const renewed = run("a", start + claimLength / 2);
    expect(await store.transaction((t) => renewClaim(t, name, renewed))).toBe(true);
    expect(await claim(store, run("b", start + claimLength))).toMatchObject({ is: "taken" });
    expect(await claim(store, run("b", start + claimLength * 2))).toMatchObject({ is: "claimed" });
    expect(await store.transaction((t) => renewClaim(t, name, renewed))).toBe(false);
    expect(await claim(store, run("c", start, ["b"]))).toMatchObject({ is: "claimed" });
  });

  test("a claim that was lost does not press", async () => {
    const store = await open();
    await plant(store, ["one"]);
    await claim(store, run("a"));
    await claim(store, run("b", start + claimLength + 1));
    expect(await press(store, run("a"))).toBe(false);
    expect(await press(store, run("b"))).toBe(true);
    expect(await press(store, run("b"))).toBe(false);
    expect((await find(store))?.attempts).toBe(1);
  });

  test("a clock that jumps back an hour takes nothing away and gives nothing twice", async () => {
    const store = await open();
    await plant(store, ["one"]);
    await claim(store, run("a"));
    const earlier = start - 3_600_000;
    expect(await claim(store, run("b", earlier))).toMatchObject({ is: "taken" });
    expect(await press(store, run("a", earlier))).toBe(true);
    expect((await recover(store, run("b", earlier))).unconfirmed).toEqual([]);
  });

  test("what died before the press is due again, what died in it is unconfirmed and never pressed again", async () => {
    const store = await open();
    await plant(store, ["one", "two"]);
    const two = { ...name, post: "two" };
    await claim(store, run("a"));
    await claim(store, run("a"), two);
    expect(await press(store, run("a"))).toBe(true);
    expect(await recover(store, run("b"))).toEqual({ unconfirmed: [], freed: 0 });
    const recovered = await recover(store, run("b", start, ["a"]));
    expect(recovered.freed).toBe(1);
    expect(recovered.unconfirmed).toMatchObject([{ post: "one", state: "unconfirmed" }]);
    expect(await recover(store, run("b", start, ["a"]))).toEqual({ unconfirmed: [], freed: 0 });
    expect(await claim(store, run("b"))).toEqual({ is: "gone" });
    expect(await claim(store, run("b"), two)).toMatchObject({ is: "claimed" });
    const due = await store.transaction((t) =>
      duePublications(t, { to: "rednote", account: null }, at),
    );
    expect(due.map(({ post }) => post)).toEqual(["two"]);
  });

  test("an account has one press under way, by our rule and by the database's", async () => {
    const store = await open();
    await plant(store, ["one", "two"]);
    const two = { ...name, post: "two" };
    await claim(store, run("a"));
    await claim(store, run("b"), two);
    expect(await press(store, run("a"))).toBe(true);
    expect(await press(store, run("b"), two)).toBe(false);
    const past = store.transaction((transaction) =>
      movePublication(transaction, two, { to: "submitting", by: "publish", at, why: "past" }),
    );
    await expect(past).rejects.toThrow(/unique/i);
    expect((await find(store, two))?.state).toBe("queued");
  });

  test("many runs at once: each post is claimed once, and no two are pressed at a time", async () => {
    const store = await open();
    const posts = Array.from({ length: 30 }, (_, index) => `post-${index}`);
    await plant(store, posts);
    const pressed: string[] = [];
    let underWay = 0;
    const worker = async (by: string) => {
      for (const post of posts) {
        const item = { post, to: "rednote" };
        const claimed = await claim(store, run(by), item);
        if (claimed.is !== "claimed") continue;
        if (await press(store, run(by), item)) {
          underWay += 1;
          expect(underWay).toBe(1);
          pressed.push(post);
          await new Promise((done) => setImmediate(done));
          underWay -= 1;
          await store.transaction((transaction) =>
            movePublication(transaction, item, { to: "submitted", by: "site", at, why: "" }),
          );
        } else await store.transaction((t) => releaseClaim(t, item, run(by)));
      }
    };
    await Promise.all(["a", "b", "c", "d"].map(worker));
    expect(new Set(pressed).size).toBe(pressed.length);
    for (const post of posts) {
      const found = await find(store, { post, to: "rednote" });
      expect([post, found?.state, found?.claimedBy]).toEqual([
        ...[post, pressed.includes(post) ? "submitted" : "queued", null],
      ]);
    }
  });

  test("a stopped account stays stopped, with its first sign, until it is cleared", async () => {
    const store = await open();
    const account = { to: "rednote", account: "" };
    const sign = (message: string) => ({
      at,
      problem: {
        ...({ type: "problem", code: "site-wants-person", severity: "warn" } as const),
        ...{ message, fix: "" },
      },
    });
    await store.transaction((t) => stopAccount(t, account, sign("a captcha")));
    await store.transaction((t) => stopAccount(t, account, sign("another")));
    const held = await store.transaction((t) => holdAccount(t, account));
    expect(held).toMatchObject({ since: at, problem: { message: "a captcha" } });
    expect(await store.transaction((t) => clearAccount(t, account))).toEqual(held);
    expect(await store.transaction((t) => holdAccount(t, account))).toBeNull();
    expect(await store.transaction((t) => clearAccount(t, account))).toBeNull();
  });
});

/** What a run, a person or a crash may do next; `who` is one of three runs. */
const deed = fc.record({
  what: fc.constantFrom(
    ...([
      "claim",
      "press",
      "answer",
      "die",
      "wait",
      "recover",
      "not-there",
      "hold",
      "free",
    ] as const),
  ),
  who: fc.constantFrom("a", "b", "c"),
});

test("whatever runs, persons and crashes do: a press follows a press only on a person's word", async () => {
  const { store } = await freshStore();
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { maxLength: 40 }), async (deeds) => {
      await store.transaction(async (transaction) => {
        for (const table of ["publications", "attempts", "moves"] as const) {
          await transaction.deleteFrom(table).execute();
        }
      });
      await plant(store, ["one"]);
      let wall = start;
      // The model: how often the button was pressed, and how often a person said that it may be again.
      let presses = 0;
      let allowed = 1;
      const dead = new Set<string>();
      const inPress = new Set<string>();
      for (const { what, who } of deeds) {
        const claimant = run(who, wall, [...dead]);
        if (what === "wait") wall += claimLength * 1.5;
        else if (what === "die") {
          dead.add(who);
          inPress.delete(who);
        } else if (what === "recover") await recover(store, run("next", wall, [...dead]));
        else if (what === "not-there" || what === "hold" || what === "free") {
          const state = (await find(store))?.state;
          const from = { "not-there": "unconfirmed", hold: "queued", free: "held" }[what];
          if (state !== from) continue;
          if (what === "not-there") allowed += 1;
          const to = what === "hold" ? "held" : "queued";
          await store.transaction((transaction) =>
            movePublication(transaction, name, { to, by: "person", at, why: what }),
          );
        } else if (dead.has(who)) continue;
        else if (what === "claim") await claim(store, claimant);
        else if (what === "press" && (await press(store, claimant))) {
          presses += 1;
          inPress.add(who);
        } else if (what === "answer" && inPress.delete(who)) {
          await store.transaction(async (transaction) => {
            const mine = await claimedPublication(transaction, name, "submitting", claimant);
            if (mine === null) return;
            await movePublication(transaction, name, {
              to: "unconfirmed",
              by: "site",
              at,
              why: "",
            });
          });
        }
        expect(presses).toBeLessThanOrEqual(allowed);
        const found = await find(store);
        expect(found?.attempts).toBe(presses);
        // A press that nobody answered is never simply queued again.
        if (presses === allowed) expect(["queued", "held"]).not.toContain(found?.state);
      }
    }),
    { numRuns: 150 },
  );
});
