import { describe, expect, test } from "vitest";
import { ExpectedError } from "../../src/core/error.ts";
import { moves, publicationStates } from "../../src/core/publication.ts";
import type { Mover, PublicationState } from "../../src/core/publication.ts";
import { movePublication } from "../../src/store/move-publication.ts";
import {
  allPublications,
  findPublication,
  publicationRecord,
  publicationWithAddress,
  startPublication,
} from "../../src/store/publications.ts";
import { freshStore, plantPublication, rawly } from "./support.ts";

const at = "2026-03-01T19:30:00.000Z";
const name = { post: "7415551234567890123", to: "rednote" };

/**
 * The table of states of the contract, written down once more by hand. Left what it was, then what it may
 * become, then by whose hand.
 */
const table: Record<PublicationState, Partial<Record<PublicationState, Mover[]>>> = {
  draft: {
    queued: ["queue-add", "person"],
    held: ["queue-add", "person"],
    skipped: ["person"],
  },
  held: { queued: ["person"], draft: ["person"], skipped: ["person"] },
  queued: {
    "handed-off": ["publish"],
    submitting: ["publish"],
    held: ["person"],
    // The creator's setting queue.missed may say that a slot that passed is skipped.
    skipped: ["person", "publish"],
    draft: ["person"],
    // The place already has it by another road.
    synced: ["read-back", "person"],
  },
  "handed-off": {
    submitted: ["person"],
    live: ["person", "confirm", "read-back"],
    queued: ["person"],
    skipped: ["person"],
    synced: ["read-back", "person"],
  },
  submitting: {
    submitted: ["site"],
    scheduled: ["site"],
    refused: ["site"],
    unconfirmed: ["site", "recovery"],
  },
  submitted: { live: ["confirm", "person"], refused: ["confirm"], unconfirmed: ["confirm"] },
  scheduled: { live: ["confirm", "person"], refused: ["confirm"], unconfirmed: ["confirm"] },
  unconfirmed: {
    live: ["confirm", "person"],
    refused: ["confirm", "person"],
    queued: ["person"],
    skipped: ["person"],
  },
  refused: { draft: ["person"], skipped: ["person"] },
  live: {},
  synced: {},
  skipped: { draft: ["person"] },
};

const states = Object.keys(table) as PublicationState[];
const movers: Mover[] = [
  "queue-add",
  "person",
  "publish",
  "site",
  "confirm",
  "read-back",
  "recovery",
];

describe("the table of moves", () => {
  test("is the contract's, row by row", () => {
    const written = Object.fromEntries(
      states.map((from) => [
        from,
        Object.fromEntries(
          moves.filter((move) => move.from === from).map(({ to, by }) => [to, [...by].toSorted()]),
        ),
      ]),
    );
    const wanted = Object.fromEntries(
      states.map((from) => [
        from,
        Object.fromEntries(
          Object.entries(table[from]).map(([to, by]) => [to, by.toSorted()] as const),
        ),
      ]),
    );
    expect(written).toEqual(wanted);
    expect(moves).toHaveLength(states.flatMap((from) => Object.keys(table[from])).length);
    expect([...publicationStates].toSorted()).toEqual(states.toSorted());
  });

  test("never presses or queues by itself what may be out already", () => {
    const mayBeOut = ["submitting", "submitted", "scheduled", "unconfirmed", "live", "synced"];
    const back = moves.filter(
      ({ from, to }) => mayBeOut.includes(from) && ["queued", "submitting", "draft"].includes(to),
    );
    expect(back).toEqual([{ from: "unconfirmed", to: "queued", by: ["person"] }]);
  });

  test.each(states)(
    "from %s: what stands in the table passes, all else is refused",
    async (from) => {
      const { store, file } = await freshStore();
      for (const to of states) {
        for (const by of movers) {
          const allowed = table[from][to]?.includes(by) ?? false;
          rawly(file, "delete from publications");
          rawly(file, "delete from moves");
          plantPublication(file, { ...name, state: from, due: at });
          const before = rawly(file, "select * from publications");
          const why = `${from} ${to} ${by}`;
          const outcome = await store
            .transaction((transaction) => movePublication(transaction, name, { to, by, at, why }))
            .catch((thrown: unknown) => thrown);
          const after = rawly(file, "select * from publications");
          if (allowed) {
            expect(outcome, why).toMatchObject({ ...name, state: to, due: at });
            expect(after, why).toEqual([{ ...before[0], state: to, updated_at: at }]);
            expect(rawly(file, "select * from moves"), why).toEqual([
              {
                post: name.post,
                destination: name.to,
                sequence: 1,
                at,
                from_state: from,
                to_state: to,
                by_whom: by,
                why,
              },
            ]);
          } else {
            expect(outcome, why).toBeInstanceOf(ExpectedError);
            expect((outcome as ExpectedError).details, why).toMatchObject({
              exit: "usage",
              code: "move-not-allowed",
            });
            expect((outcome as ExpectedError).message, why).toContain(
              `${name.post}@rednote is ${from}`,
            );
            expect(after, why).toEqual(before);
            expect(rawly(file, "select * from moves"), why).toEqual([]);
          }
        }
      }
    },
  );
});

test("what is not there cannot move", async () => {
  const { store } = await freshStore();
  const error = await store
    .transaction((transaction) =>
      movePublication(transaction, name, { to: "queued", by: "person", at, why: "" }),
    )
    .catch((thrown: unknown) => thrown);
  expect((error as ExpectedError).details).toMatchObject({
    exit: "usage",
    code: "no-such-publication",
    what: "There is no publication 7415551234567890123@rednote.",
  });
});

test("a whole life leaves its history and its attempts", async () => {
  const { store, file } = await freshStore();
  const url = "https://www.xiaohongshu.com/explore/66e98c3a000000001e01f0a1";
  await store.transaction(async (transaction) => {
    await startPublication(transaction, { ...name, account: "maya", way: "handoff" }, at);
    const attempt = { kind: "handoff", startedAt: at, endedAt: at, outcome: "handed-off" };
    const move = (to: PublicationState, by: Mover, changes = {}) =>
      movePublication(transaction, name, { to, by, at, why: `now ${to}` }, changes);
    await move("queued", "queue-add", { due: "2026-03-02T19:30:00.000Z" });
    await move("handed-off", "publish", { handedOffAt: at, attempt });
    await move("queued", "person", { due: "2026-03-03T19:30:00.000Z" });
    await move("handed-off", "publish", { handedOffAt: at, attempt });
    const last = await move("live", "person", { url, remoteId: "66e98c3a", proof: "pasted" });
    expect(last).toEqual(await findPublication(transaction, name));
    expect(last).toMatchObject({ state: "live", attempts: 2, url, proof: "pasted" });
  });
  expect(
    rawly(file, "select sequence, from_state, to_state, why from moves order by sequence"),
  ).toEqual([
    { sequence: 1, from_state: "draft", to_state: "queued", why: "now queued" },
    { sequence: 2, from_state: "queued", to_state: "handed-off", why: "now handed-off" },
    { sequence: 3, from_state: "handed-off", to_state: "queued", why: "now queued" },
    { sequence: 4, from_state: "queued", to_state: "handed-off", why: "now handed-off" },
    { sequence: 5, from_state: "handed-off", to_state: "live", why: "now live" },
  ]);
  expect(rawly(file, "select sequence, kind, outcome from attempts order by sequence")).toEqual([
    { sequence: 1, kind: "handoff", outcome: "handed-off" },
    { sequence: 2, kind: "handoff", outcome: "handed-off" },
  ]);
});

test("starting a publication again changes nothing", async () => {
  const { store } = await freshStore();
  await store.transaction(async (transaction) => {
    const start = (account: string) =>
      startPublication(transaction, { ...name, account, way: "handoff" }, at);
    await start("maya");
    await movePublication(transaction, name, { to: "skipped", by: "person", at, why: "" });
    await start("another");
    expect(await findPublication(transaction, name)).toMatchObject({
      state: "skipped",
      account: "maya",
    });
  });
});

describe("rules of the database itself", () => {
  test("one account never has two presses under way", async () => {
    const { file } = await freshStore();
    plantPublication(file, { post: "1", state: "submitting" });
    expect(() => plantPublication(file, { post: "2", state: "submitting" })).toThrow(/UNIQUE/);
    plantPublication(file, { post: "2", state: "queued" });
    expect(() => rawly(file, "update publications set state = 'submitting'")).toThrow(/UNIQUE/);
    plantPublication(file, { post: "3", state: "submitting", account: "another" });
    plantPublication(file, { post: "4", state: "submitting", to: "lemon8" });
    expect(rawly(file, "select post from publications where state = 'submitting'")).toHaveLength(3);
  });

  test("one post goes to one destination once", async () => {
    const { file } = await freshStore();
    plantPublication(file, { post: "1", state: "queued" });
    expect(() => plantPublication(file, { post: "1", state: "draft", account: "b" })).toThrow(
      /UNIQUE/,
    );
  });

  test("one address proves one publication, and so does one id of one destination", async () => {
    const { file } = await freshStore();
    for (const post of ["1", "2", "3"]) plantPublication(file, { post, state: "live" });
    plantPublication(file, { post: "4", state: "live", to: "lemon8" });
    const set = (post: string, column: string, value: string) =>
      rawly(file, `update publications set ${column} = ? where post = ?`, value, post);
    set("1", "url", "https://example.org/a");
    expect(() => set("2", "url", "https://example.org/a")).toThrow(/UNIQUE/);
    set("1", "remote_id", "66e98c3a");
    expect(() => set("2", "remote_id", "66e98c3a")).toThrow(/UNIQUE/);
    // Another destination may use the same id; rows without an address are as many as they like.
    set("4", "remote_id", "66e98c3a");
    expect(rawly(file, "select post from publications where url is null")).toHaveLength(3);
  });
});

test("finds whose address it is, by the address or by the destination's id", async () => {
  const { store } = await freshStore();
  const url = "https://example.org/a";
  await store.transaction(async (transaction) => {
    await startPublication(transaction, { ...name, account: "maya", way: "handoff" }, at);
    const move = { at, why: "" };
    await movePublication(transaction, name, { ...move, to: "queued", by: "person" });
    await movePublication(transaction, name, { ...move, to: "handed-off", by: "publish" });
    await movePublication(
      transaction,
      name,
      { ...move, to: "live", by: "person" },
      { url, remoteId: "66", proof: "pasted" },
    );
    const whose = (asked: string, to: string, remoteId: string | null) =>
      publicationWithAddress(transaction, { url: asked, to, remoteId });
    expect(await whose(url, "lemon8", null)).toEqual(name);
    expect(await whose("https://example.org/b", "rednote", "66")).toEqual(name);
    expect(await whose("https://example.org/b", "lemon8", "66")).toBeNull();
    expect(await whose("https://example.org/b", "rednote", null)).toBeNull();
  });
});

test("lists what has a slot first, by slot, and shows scripts nothing of its own", async () => {
  const { store, file } = await freshStore();
  plantPublication(file, { post: "a", state: "draft" });
  plantPublication(file, { post: "b", state: "queued", due: "2026-03-02T00:00:00.000Z" });
  plantPublication(file, { post: "c", state: "queued", due: "2026-03-01T00:00:00.000Z" });
  plantPublication(file, { post: "c", state: "queued", to: "lemon8" });
  const all = await store.transaction(allPublications);
  expect(all.map(({ post, to }) => `${post}@${to}`)).toEqual([
    "c@rednote",
    "b@rednote",
    "a@rednote",
    "c@lemon8",
  ]);
  expect(Object.keys(publicationRecord(all[0]!))).toEqual([
    "type",
    "post",
    "to",
    "way",
    "state",
    "due",
    "attempts",
    "url",
    "proof",
  ]);
});
