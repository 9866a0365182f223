import { expect, test } from "vitest";
import type { SummaryEvent } from "../../src/core/event.ts";
import type { Need } from "../../src/steps/status/needs.ts";
import { status } from "../../src/steps/status.ts";
import type { StatusRequest } from "../../src/steps/status.ts";
import { freshStore, plantPublication, rawly } from "../store/support.ts";

const now = Date.parse("2026-10-05T18:00:00Z");

async function summaryOf(
  store: StatusRequest["store"],
  change: Partial<StatusRequest> = {},
): Promise<SummaryEvent> {
  const step = status({
    ...{ root: "/nowhere", store, id: "an-id", destinations: [], sittings: new Set() },
    clock: { calendar: () => now, wall: () => now, sleep: async () => {} },
    rules: () => new Map(),
    ...{ deadline: "", zone: "Europe/Madrid", handle: "", services: [], hands: [] },
    isRunGone: () => false,
    exitCode: false,
    ...change,
  });
  for (;;) {
    const next = await step.next();
    if (next.done) return next.value.summary;
  }
}

const kinds = (summary: SummaryEvent) =>
  (summary["needs"] as Need[]).map(({ kind, count }) => `${kind} ${count}`);

test("what is due where a person presses waits for a sitting, unless the account is stopped", async () => {
  const { store, file } = await freshStore();
  const due = "2026-10-05T17:00:00.000Z";
  for (const post of ["a", "b"]) plantPublication(file, { post, state: "queued", due });
  plantPublication(file, { post: "a", to: "lemon8", state: "queued", due });
  plantPublication(file, { post: "c", state: "queued", due: "2026-10-05T18:00:01.000Z" });
  const sittings = new Set(["rednote"]);
  const sitting = await summaryOf(store, { sittings });
  expect(kinds(sitting)).toEqual(["sitting 2"]);
  expect(sitting).toMatchObject({ dueNow: 3, dueSitting: 2, needsPerson: 2 });
  expect((sitting["needs"] as Need[])[0]?.command).toBe("findmehere publish --sit");
  expect(kinds(await summaryOf(store))).toEqual([]);
  const sign = JSON.stringify({ type: "problem", code: "captcha", message: "A captcha." });
  rawly(
    file,
    "insert into accounts (destination, account, stopped_at, stopped_by) values ('rednote', '', '2026-10-05T08:00:00Z', ?)",
    sign,
  );
  expect(kinds(await summaryOf(store, { sittings }))).toEqual(["account-stopped 1"]);
});

test("a press counts as died when its claim ended or its run is gone, by the clock of the machine", async () => {
  const { store, file } = await freshStore();
  plantPublication(file, { post: "a", state: "submitting" });
  const claim = (until: string) =>
    rawly(file, "update publications set claimed_by = 'here/1/x', claimed_until = ?", until);
  claim("2026-10-05T18:00:01.000Z");
  expect(kinds(await summaryOf(store))).toEqual([]);
  expect(kinds(await summaryOf(store, { isRunGone: () => true }))).toEqual(["press-died 1"]);
  claim("2026-10-05T18:00:00.000Z");
  expect(kinds(await summaryOf(store))).toEqual(["press-died 1"]);
});

test("a destination that findmehere no longer has is counted all the same", async () => {
  const { store, file } = await freshStore();
  plantPublication(file, { post: "a", to: "elsewhere", state: "live" });
  const { publications, proofs } = await summaryOf(store);
  expect({ publications, proofs }).toEqual({
    publications: { elsewhere: { live: 1 } },
    proofs: { elsewhere: { none: 1 } },
  });
});

test("60,000 queued publications are added up, not loaded", async () => {
  const { store, file } = await freshStore();
  rawly(
    file,
    `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < 30000),
       places(place) as (values ('rednote'), ('lemon8'))
     insert into publications (post, destination, account, way, state, due, attempts, updated_at)
     select 'post' || n, place, 'account' || (n % 300), 'handoff', 'queued',
       strftime('%Y-%m-%dT%H:%M:00.000Z', '2026-10-06', '+' || (n * 20) || ' minutes'), 0, '' from numbers, places`,
  );
  const summary = await summaryOf(store, { deadline: "2026-10-09" });
  expect(summary).toMatchObject({
    publications: { rednote: { queued: 30_000 }, lemon8: { queued: 30_000 } },
    nextDue: "2026-10-06T00:20:00.000Z",
    lastDue: "2027-11-26T16:00:00.000Z",
    // The day ends in Madrid at 22:00 UTC: 281 slots of 20 minutes come before.
    beyond: { rednote: 30_000 - 281, lemon8: 30_000 - 281 },
    afterDeadline: 60_000 - 562,
    faster: null,
    needs: [],
  });
});
