import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Clock } from "../../src/core/clock.ts";
import { ExpectedError } from "../../src/core/error.ts";
import type { StepEvent, StepResult } from "../../src/core/event.ts";
import { mayMove, publicationStates } from "../../src/core/publication.ts";
import type { PublicationState } from "../../src/core/publication.ts";
import { destinations } from "../../src/destinations/index.ts";
import { postOrders } from "../../src/queue/order.ts";
import type { PostOrder } from "../../src/queue/order.ts";
import { enqueue } from "../../src/steps/enqueue.ts";
import type { EnqueueRequest } from "../../src/steps/enqueue.ts";
import { changeQueue } from "../../src/steps/queue/change.ts";
import type { QueueVerb } from "../../src/steps/queue/choose.ts";
import { putDraft } from "../../src/store/drafts.ts";
import type { Store } from "../../src/store/open.ts";
import { putPost } from "../../src/store/posts.ts";
import { allPublications, startPublication } from "../../src/store/publications.ts";
import { usualRules } from "../queue/support.ts";
import { freshStore, plantPublication, rawly } from "../store/support.ts";
import { barePost } from "../support/bare-post.ts";

const now = Date.parse("2026-11-21T09:00:00Z");
const clock: Clock = { calendar: () => now, wall: () => now, sleep: () => Promise.resolve() };
const places = destinations.map(({ id }) => id);

async function fill(store: Store, count: number): Promise<void> {
  await store.transaction(async (transaction) => {
    for (let index = 0; index < count; index += 1) {
      const key = `p${index}`;
      const day = String((index % 28) + 1).padStart(2, "0");
      const date = `2024-${String((index % 12) + 1).padStart(2, "0")}-${day}T12:00:00Z`;
      await putPost(transaction, barePost({ key, date, views: (index * 37) % 101 }));
      for (const to of places) {
        await putDraft(transaction, {
          ...{ type: "draft", post: key, to, title: key, body: key, topics: [], dropped: [] },
          ...{ media: [], edited: false, problems: [], folder: `drafts/${to}/${key}` },
          ...{ written: { title: key, body: key }, madeAt: new Date(now).toISOString() },
        });
        const name = { post: key, to, account: "", way: "handoff" } as const;
        await startPublication(transaction, name, new Date(now).toISOString());
      }
    }
  });
}

function request(store: Store, more: Partial<EnqueueRequest>): EnqueueRequest {
  return {
    ...{ root: "/nowhere", store, clock, destinations, order: "newest", start: 0 },
    ...{ seed: "seed", deadline: "", zone: usualRules.zone, release: null, allow: new Set() },
    rules: new Map(places.map((to) => [to, usualRules])),
    dryRun: false,
    ...more,
  };
}

async function runThrough(
  step: AsyncGenerator<StepEvent, StepResult>,
): Promise<{ lines: string; result: StepResult }> {
  const lines: string[] = [];
  for (;;) {
    const next = await step.next();
    if (next.done) return { lines: lines.join("\n"), result: next.value };
    if (next.value.type === "publication") lines.push(JSON.stringify(next.value));
  }
}

describe("a dry run", () => {
  test("prints byte for byte what the real run makes, whatever the seed and the rules", async () => {
    const some = fc.record({
      seed: fc.string({ maxLength: 12 }),
      order: fc.constantFrom<PostOrder>(...postOrders),
      perWeek: fc.integer({ min: 1, max: 14 }),
      perDay: fc.integer({ min: 1, max: 2 }),
      start: fc.integer({ min: 0, max: 400 }),
      zone: fc.constantFrom("America/New_York", "Australia/Lord_Howe", "Pacific/Apia"),
    });
    const { store, file } = await freshStore();
    await fill(store, 9);
    await fc.assert(
      fc.asyncProperty(some, async ({ seed, order, perWeek, perDay, start, zone }) => {
        rawly(file, "update publications set state = 'draft', due = null");
        const rules = { ...usualRules, perWeek, perDay, zone, times: ["12:00", "19:30"] };
        const wish = request(store, {
          ...{ seed, order, start: now + start * 86_400_000 },
          rules: new Map(places.map((to) => [to, rules])),
        });
        const dry = await runThrough(enqueue({ ...wish, dryRun: true }));
        expect(rawly(file, "select 1 from publications where state != 'draft'")).toEqual([]);
        const real = await runThrough(enqueue(wish));
        expect(real.lines).toBe(dry.lines);
        expect({ ...real.result.summary, dryRun: true }).toEqual(dry.result.summary);
        const stored = await store.transaction(allPublications);
        const told = real.lines.split("\n").map((line) => JSON.parse(line) as { due: string });
        expect(stored.map(({ due }) => due).toSorted()).toEqual(
          told.map(({ due }) => due).toSorted(),
        );
        expect(stored).toHaveLength(18);
      }),
      { numRuns: 60, seed: 6 },
    );
  });
});

test("a plan that another run has overtaken changes nothing", async () => {
  const { store, file } = await freshStore();
  await fill(store, 3);
  const overtaken: Store = {
    ...store,
    transaction: async (work) => {
      const answer = await store.transaction(work);
      // Right after the plan was read, another run queues one of its posts.
      rawly(file, "update publications set state = 'queued' where post = 'p1' and state = 'draft'");
      return answer;
    },
  };
  const error = await runThrough(enqueue(request(overtaken, {}))).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ExpectedError);
  expect((error as ExpectedError).details).toMatchObject({ exit: "later", code: "queue-changed" });
  expect(rawly(file, "select post from publications where due is not null")).toEqual([]);
  expect(rawly(file, "select 1 from moves")).toEqual([]);
});

describe("what a person does to items", () => {
  const targets: Record<QueueVerb, PublicationState> = {
    ...{ move: "queued", hold: "held", skip: "skipped", remove: "draft" },
  };
  const verbs = Object.keys(targets) as QueueVerb[];

  test.each(publicationStates)(
    "from %s goes by the table of states, and else changes nothing",
    async (from) => {
      const { store, file } = await freshStore();
      for (const verb of verbs) {
        rawly(file, "delete from publications");
        rawly(file, "delete from moves");
        plantPublication(file, { post: "1", state: from, due: "2026-12-01T10:00:00Z" });
        plantPublication(file, { post: "2", state: "queued", due: "2026-12-05T10:00:00Z" });
        const before = rawly(file, "select * from publications order by post");
        const at = Date.parse("2026-12-24T18:00:00Z");
        const outcome = await runThrough(
          changeQueue({
            ...{ store, clock, verb, to: new Set(places), zone: usualRules.zone },
            items: ["2", "1"].map((post) => ({ post, to: "rednote", exact: true })),
            at: verb === "move" ? { at, note: "" } : null,
            rules: new Map([["rednote", usualRules]]),
          }),
        ).catch((thrown: unknown) => thrown);
        const allowed =
          verb === "move" ? from === "queued" : mayMove(from, targets[verb], "person");
        const after = rawly(file, "select * from publications order by post");
        if (allowed) {
          expect(
            after.map(({ state }) => state),
            `${verb} ${from}`,
          ).toEqual([targets[verb], targets[verb]]);
          expect(after[0]?.["due"]).toBe(verb === "move" ? "2026-12-24T18:00:00Z" : null);
          expect(rawly(file, "select by_whom from moves")).toHaveLength(2);
        } else {
          expect((outcome as ExpectedError).details, `${verb} ${from}`).toMatchObject({
            exit: "usage",
            code: "move-not-allowed",
          });
          expect((outcome as ExpectedError).details.what).toContain("1@rednote is");
          expect(after).toEqual(before);
          expect(rawly(file, "select 1 from moves")).toEqual([]);
        }
      }
    },
  );
});
