import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { publicationStates } from "../../src/core/publication.ts";
import type { PublicationState } from "../../src/core/publication.ts";
import { mergePosts } from "../../src/store/merge-posts.ts";
import type { MergedPosts } from "../../src/store/merge-posts.ts";
import { openStore } from "../../src/store/open.ts";
import type { Store } from "../../src/store/open.ts";
import { movePublication } from "../../src/store/move-publication.ts";
import { untouchedPublication } from "../../src/store/publications.ts";
import { databasePlace, freshStore } from "./support.ts";

const at = "2026-11-21T10:00:00.000Z";
const key = "20240917T140721Z";
const alias = "7415551234567890123";

/** From the least to the furthest, as the contract means it. */
const order: readonly PublicationState[] = [
  ...(["draft", "held", "queued", "skipped", "refused", "handed-off"] as const),
  ...(["unconfirmed", "submitting", "scheduled", "submitted", "synced", "live"] as const),
];

interface Planted {
  state: PublicationState;
  moves: number;
  attempts: number;
  address: boolean;
  edited: boolean;
}

async function plant(store: Store, post: string, to: string, it: Planted): Promise<void> {
  await store.transaction(async (transaction) => {
    await transaction
      .insertInto("publications")
      .values({
        ...untouchedPublication,
        ...{ post, destination: to, account: "mira", way: "handoff", state: it.state },
        handed_off_at: it.attempts > 0 ? `2026-11-0${it.attempts}T10:00:00.000Z` : null,
        url: it.address ? `https://example.org/${to}/${post}` : null,
        remote_id: it.address ? post : null,
        proof: it.address ? "pasted" : null,
        ...{ attempts: it.attempts, updated_at: at },
      })
      .execute();
    for (let sequence = 1; sequence <= it.moves; sequence += 1) {
      const move = { at: `2026-11-0${sequence}T10:00:00.000Z`, by_whom: "person" };
      const states = { from_state: "draft", to_state: "queued", why: `${post} ${sequence}` };
      await transaction
        .insertInto("moves")
        .values({ post, destination: to, sequence, ...move, ...states })
        .execute();
    }
    for (let sequence = 1; sequence <= it.attempts; sequence += 1) {
      const started_at = `2026-11-0${sequence}T10:00:00.000Z`;
      await transaction
        .insertInto("attempts")
        .values({
          ...{ post, destination: to, sequence, kind: "handoff", started_at, ended_at: null },
          ...{ outcome: `${post} ${sequence}`, note: null },
        })
        .execute();
    }
    await transaction
      .insertInto("drafts")
      .values({
        ...{ post, destination: to, title: `title of ${post}`, body: "", topics: "[]" },
        ...{ dropped: "[]", media: "[]", problems: "[]", edited: Number(it.edited) },
        ...{ written_title: "ours", written_body: "", folder: `drafts/${to}/x_${post}` },
        made_at: at,
      })
      .execute();
  });
}

async function plantPost(store: Store, post: string, problem = ""): Promise<void> {
  await store.transaction((transaction) =>
    transaction
      .insertInto("posts")
      .values({
        ...{ key: post, date: at, kind: "video", hashtags: "[]", mentions: "[]" },
        ...{ sources: "[]", folder: `posts/${post}`, problem, added: 1 },
        caption: problem === "no-caption" ? null : "words",
      })
      .execute(),
  );
}

async function everything(store: Store) {
  return store.transaction(async (transaction) => ({
    publications: await transaction.selectFrom("publications").selectAll().execute(),
    moves: await transaction.selectFrom("moves").selectAll().orderBy("sequence").execute(),
    attempts: await transaction.selectFrom("attempts").selectAll().orderBy("sequence").execute(),
    drafts: await transaction.selectFrom("drafts").selectAll().execute(),
  }));
}

function unite(store: Store): Promise<MergedPosts> {
  return store.transaction((transaction) => mergePosts(transaction, { key, alias, at }));
}

const planted = fc.record<Planted>({
  state: fc.constantFrom(...publicationStates),
  moves: fc.nat({ max: 4 }),
  attempts: fc.nat({ max: 3 }),
  address: fc.boolean(),
  edited: fc.boolean(),
});
const side = fc.record({
  rednote: fc.option(planted, { nil: null }),
  lemon8: fc.option(planted, { nil: null }),
});

describe("the publications of two posts that are one", () => {
  test("merge to the furthest state; no move, attempt or address is lost, whatever they were", async () => {
    await fc.assert(
      fc.asyncProperty(side, side, async (mine, other) => {
        for (const to of ["rednote", "lemon8"] as const) {
          // The database holds an account to one press at a time, so there can be no two.
          fc.pre(mine[to]?.state !== "submitting" || other[to]?.state !== "submitting");
        }
        const store = await openStore(databasePlace());
        try {
          await plantPost(store, key);
          await plantPost(store, alias);
          for (const to of ["rednote", "lemon8"] as const) {
            if (mine[to] !== null) await plant(store, key, to, mine[to]);
            if (other[to] !== null) await plant(store, alias, to, other[to]);
          }
          const before = await everything(store);
          const merged = await unite(store);
          const after = await everything(store);
          for (const to of ["rednote", "lemon8"] as const) {
            const both = [mine[to], other[to]].filter((each) => each !== null);
            const rows = after.publications.filter(({ destination }) => destination === to);
            expect(rows).toHaveLength(Math.min(1, both.length));
            const [row] = rows;
            if (row === undefined) continue;
            expect(row.post).toBe(key);
            const furthest = Math.max(...both.map(({ state }) => order.indexOf(state)));
            expect(row.state).toBe(order[furthest]);
            // Every move and every attempt of both is there, in the order of their times.
            const moves = after.moves.filter(({ destination }) => destination === to);
            const whys = moves.filter(({ by_whom }) => by_whom === "person").map(({ why }) => why);
            const were = before.moves.filter(({ destination }) => destination === to);
            expect(whys.toSorted()).toEqual(were.map(({ why }) => why).toSorted());
            expect(moves.map(({ sequence }) => sequence)).toEqual(
              moves.map((_, index) => index + 1),
            );
            const times = moves.map((move) => move.at);
            expect(times).toEqual(times.toSorted());
            const attempts = after.attempts.filter(({ destination }) => destination === to);
            expect(attempts).toHaveLength(both.reduce((sum, each) => sum + each.attempts, 0));
            expect(row.attempts).toBe(attempts.length);
            // The address that is not in the row stands in the history.
            const history = moves.map(({ why }) => why).join("\n");
            for (const { url } of before.publications.filter((each) => each.destination === to)) {
              if (url !== null) expect(row.url === url || history.includes(url)).toBe(true);
            }
            if (row.url !== null) expect(row.proof).toBe("pasted");
            // A draft is there; the words of the other one are answered.
            const drafts = after.drafts.filter(({ destination }) => destination === to);
            expect(drafts.map(({ post }) => post)).toEqual([key]);
            const lost = merged.left.lostDrafts.filter((each) => each.to === to);
            expect(lost.length + 1).toBe(both.length);
            const titles = [drafts[0]?.title, ...lost.map(({ title }) => title)];
            expect(new Set(titles).size).toBe(both.length);
          }
          expect(after.moves.filter(({ post }) => post === alias)).toEqual([]);
          expect(after.attempts.filter(({ post }) => post === alias)).toEqual([]);
        } finally {
          await store.close();
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  test("go on from there: the next attempt has a number of its own", async () => {
    const { store } = await freshStore();
    const quiet = { moves: 1, address: false, edited: false };
    await plant(store, key, "rednote", { state: "queued", attempts: 2, ...quiet });
    await plant(store, alias, "rednote", { state: "queued", attempts: 3, ...quiet });
    const { publications } = await unite(store);
    expect(publications).toEqual([
      { to: "rednote", from: ["queued", "queued"], state: "queued", twice: null },
    ]);
    const moved = await store.transaction((transaction) =>
      movePublication(
        transaction,
        { post: key, to: "rednote" },
        { to: "handed-off", by: "publish", at, why: "the pack is ready" },
        { attempt: { kind: "handoff", startedAt: at, endedAt: at, outcome: "handed-off" } },
      ),
    );
    expect(moved.attempts).toBe(6);
  });

  test("that are both live keep one address and note the other; what was looked at goes first", async () => {
    const { store } = await freshStore();
    const live = { state: "live", moves: 0, attempts: 1, address: true, edited: false } as const;
    await plant(store, key, "rednote", live);
    await plant(store, alias, "rednote", live);
    await store.transaction((transaction) =>
      transaction
        .updateTable("publications")
        .set({ proof: "read-back" })
        .where("post", "=", alias)
        .execute(),
    );
    const { publications } = await unite(store);
    const [kept, other] = [alias, key].map((post) => `https://example.org/rednote/${post}`);
    expect(publications).toMatchObject([{ state: "live", twice: { kept, other } }]);
    const { moves } = await everything(store);
    expect(moves.at(-1)).toMatchObject({
      ...{ by_whom: "union", from_state: "live", to_state: "live" },
      why: `${alias} (live) proved to be the same post; it is also at ${other}`,
    });
  });
});

describe("the drafts of two posts that are one", () => {
  const quiet = { moves: 0, attempts: 0, address: false };

  test.each([
    ["the older key's, as both are findmehere's own words", "queued", false, "queued", false, key],
    ["the one that a person edited", "queued", false, "draft", true, alias],
    ["the older key's, as both were edited", "queued", true, "queued", true, key],
    ["the one that went out, though the other was edited", "queued", true, "live", false, alias],
    ["the one that went out further", "handed-off", true, "live", false, alias],
    ["the edited one, since a skip took nothing out", "queued", true, "skipped", false, key],
  ] as const)("stay: %s", async (_what, mine, mineEdited, other, otherEdited, stays) => {
    const { store } = await freshStore();
    await plant(store, key, "lemon8", { state: mine, edited: mineEdited, ...quiet });
    await plant(store, alias, "lemon8", { state: other, edited: otherEdited, ...quiet });
    await unite(store);
    const { drafts } = await everything(store);
    expect(drafts).toMatchObject([{ post: key, title: `title of ${stays}` }]);
  });
});

describe("the open problem of two posts that are one", () => {
  test.each([
    ["no-media", "", ""],
    ["no-caption", "no-media", ""],
    ["links-expired", "links-expired", "links-expired"],
    ["ambiguous-join", "ambiguous-join", ""],
  ])("%s and %s make %s", async (mine, other, expected) => {
    const { store } = await freshStore();
    await plantPost(store, key, mine);
    await plantPost(store, alias, other);
    const { left } = await unite(store);
    expect(left).toEqual({ folder: `posts/${alias}`, draftFolders: [], lostDrafts: [] });
    const posts = await store.transaction((transaction) =>
      transaction.selectFrom("posts").select(["key", "problem"]).execute(),
    );
    expect(posts).toEqual([{ key, problem: expected }]);
  });
});
