import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { mostNoticeTries, noticeWait } from "../../src/core/notice.ts";
import type { NoticeServiceId } from "../../src/core/notice.ts";
import { isAnythingDue } from "../../src/store/due.ts";
import {
  claimNotice,
  forgetNoticesBut,
  keepNotice,
  postponeNotices,
  settleNotice,
} from "../../src/store/notices.ts";
import type { NoticeOutcome } from "../../src/store/notices.ts";
import type { Store } from "../../src/store/open.ts";
import { openStore } from "../../src/store/open.ts";
import { freshStore, rawly } from "./support.ts";

const at = "2026-03-01T19:30:00.000Z";
const now = Date.parse(at);
const notice = { kind: "ready", about: "1@rednote#ready-1", text: "Ready\nGo" } as const;
const all: readonly NoticeServiceId[] = ["ntfy", "webhook", "telegram"];

const keep = (store: Store, services = all, about: string = notice.about, from = at) =>
  store.transaction((transaction) => keepNotice(transaction, services, { ...notice, about }, from));
const claim = (store: Store, when: number, services = all) =>
  store.transaction((transaction) => claimNotice(transaction, services, when));
const settle = (store: Store, service: NoticeServiceId, outcome: NoticeOutcome) =>
  store.transaction((transaction) => settleNotice(transaction, { ...notice, service }, outcome));

test("the same is kept once for each service, and not again once it was sent", async () => {
  const { store, file } = await freshStore();
  await keep(store);
  await keep(store);
  expect(rawly(file, "select count(*) as n from notices")[0]!["n"]).toBe(3);
  expect(await claim(store, now, ["ntfy"])).toMatchObject({ service: "ntfy", tries: 1 });
  await settle(store, "ntfy", { sent: now });
  await keep(store);
  expect(await claim(store, now + 1e9, ["ntfy"])).toBeNull();
  await keep(store, ["ntfy"], "1@rednote#ready-2");
  expect(await claim(store, now, ["ntfy"])).toMatchObject({ about: "1@rednote#ready-2" });
});

test("a notice is never without its move, nor the move without it", async () => {
  const { store, file } = await freshStore();
  const died = store.transaction(async (transaction) => {
    await keepNotice(transaction, all, notice, at);
    throw new Error("died");
  });
  await expect(died).rejects.toThrow("died");
  expect(rawly(file, "select * from notices")).toEqual([]);
});

test("a try is counted before it begins: one who dies in it leaves it to the next, later", async () => {
  const { store } = await freshStore();
  await keep(store, ["ntfy"]);
  expect(await claim(store, now - 1)).toBeNull();
  let when = now;
  for (let tries = 1; tries <= mostNoticeTries; tries += 1) {
    expect(await claim(store, when)).toMatchObject({ tries });
    expect(await claim(store, when + noticeWait(tries) - 1)).toBeNull();
    when += noticeWait(tries);
  }
  expect(await claim(store, when + 1e12)).toBeNull();
});

test("two runs at once never take the same", async () => {
  const { store, file } = await freshStore();
  const other = await openStore(file);
  for (let number = 0; number < 20; number += 1) await keep(store, ["ntfy"], `${number}`);
  const taken: string[] = [];
  const work = async (own: Store) => {
    for (let next = await claim(own, now); next !== null; next = await claim(own, now)) {
      taken.push(next.about);
    }
  };
  await Promise.all([work(store), work(other)]);
  await other.close();
  expect(taken).toHaveLength(20);
  expect(new Set(taken).size).toBe(20);
});

test("waits as long as a service asks, ends when nobody needs it, sleeps over the quiet hours", async () => {
  const { store } = await freshStore();
  await keep(store, ["ntfy", "telegram"]);
  await claim(store, now, ["ntfy"]);
  await settle(store, "ntfy", { notBefore: now + 7_200_000 });
  expect(await claim(store, now + 7_199_999, ["ntfy"])).toBeNull();
  expect(await claim(store, now + 7_200_000, ["ntfy"])).toMatchObject({ tries: 2 });
  await settle(store, "ntfy", { over: true });
  expect(await claim(store, now + 1e12, ["ntfy"])).toBeNull();
  await store.transaction((transaction) => postponeNotices(transaction, now + 1000));
  expect(await claim(store, now + 999)).toBeNull();
  expect(await claim(store, now + 1000)).toMatchObject({ service: "telegram", tries: 1 });
});

test("a timer wakes for a notice that waits, and for none that was sent, given up, or has no service", async () => {
  const { store, file } = await freshStore();
  const due = (when: number) => isAnythingDue(file, new Date(when).toISOString());
  expect(due(now)).toBe(false);
  await keep(store, ["ntfy", "telegram"]);
  expect([due(now - 1), due(now)]).toEqual([false, true]);
  await claim(store, now);
  await claim(store, now);
  expect([due(now + noticeWait(1) - 1), due(now + noticeWait(1))]).toEqual([false, true]);
  await settle(store, "ntfy", { sent: now });
  await store.transaction((transaction) => forgetNoticesBut(transaction, ["ntfy"]));
  expect(due(now + 1e12)).toBe(false);
  expect(rawly(file, "select service from notices")).toEqual([{ service: "ntfy" }]);
  await keep(store, ["ntfy"], "2");
  await store.transaction((transaction) => forgetNoticesBut(transaction, []));
  expect(due(now + 1e12)).toBe(false);
});

test("that question is answered from an index, however many were sent", async () => {
  const { file } = await freshStore();
  const database = new DatabaseSync(file);
  const plan = database
    .prepare(
      "explain query plan select 1 from notices where sent_at is null and at <= ? and tries < ? limit 1",
    )
    .all(at, mostNoticeTries);
  database.close();
  expect(JSON.stringify(plan)).toContain("USING INDEX notices_waiting");
});
