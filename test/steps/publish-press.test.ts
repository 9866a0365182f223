import { afterAll, beforeAll, expect, test } from "vitest";
import { movePublication } from "../../src/store/move-publication.ts";
import { keys } from "../journeys/sample-journey.ts";
import { rawly } from "../store/support.ts";
import { stagePublish, startSample } from "./publish-stage.ts";

let sample: Awaited<ReturnType<typeof startSample>>;

beforeAll(async () => {
  sample = await startSample();
});
afterAll(() => sample.close());

const hour = 3_600_000;

/** Everything that is known of the one post on the place. */
function rows(file: string): Record<string, unknown>[] {
  return rawly(
    file,
    "select post, state, remote_id, attempts, claimed_by from publications where remote_id = 'note-1'",
  );
}

test("a post that proves to be another one during its press is noted under the key it has then", async () => {
  const staged = await stagePublish(sample, {
    meanwhile() {
      for (const table of ["publications", "attempts", "moves", "drafts"]) {
        rawly(staged.file, `update ${table} set post = 'older' where post = '${keys.newest}'`);
      }
      rawly(staged.file, `update posts set key = 'older' where key = '${keys.newest}'`);
      rawly(staged.file, `insert into aliases (alias, post) values ('${keys.newest}', 'older')`);
    },
  });
  expect((await staged.run()).summary).toMatchObject({ submitted: 1, unconfirmed: 0 });
  expect(rows(staged.file)).toEqual([
    { post: "older", state: "submitted", remote_id: "note-1", attempts: 1, claimed_by: null },
  ]);
});

test("a press that outlives its claim stays unconfirmed, and what the place said helps to find it", async () => {
  const staged = await stagePublish(sample, {
    async meanwhile() {
      // The computer slept for hours in the middle; another run takes over when it wakes.
      staged.time.now += 5 * hour;
      rawly(
        staged.file,
        "update publications set claimed_by = 'a run that died' where state = 'submitting'",
      );
      await staged.run({ run: "the other run" });
    },
  });
  const { summary, exit } = await staged.run();
  expect(exit).toBe("needsPerson");
  expect(summary).toMatchObject({ submitted: 0, unconfirmed: 1 });
  expect(rows(staged.file)).toEqual([
    { post: keys.newest, state: "unconfirmed", remote_id: "note-1", attempts: 1, claimed_by: null },
  ]);
});

test("what a person takes away while the form is being filled in is not pressed", async () => {
  let presses = 0;
  const staged = await stagePublish(sample, {
    filled() {
      const at = new Date(staged.time.now).toISOString();
      const name = { post: keys.newest, to: "rednote" };
      void staged.store.transaction((transaction) =>
        movePublication(transaction, name, { to: "held", by: "person", at, why: "not now" }),
      );
      return {
        is: "ready",
        close: async () => {},
        submit: async () => {
          presses += 1;
          return { is: "submitted", remoteId: null };
        },
      };
    },
  });
  expect((await staged.run()).summary).toMatchObject({ due: 0, submitted: 0, failed: 0 });
  expect(presses).toBe(0);
  expect(
    rawly(
      staged.file,
      "select state from publications where state = 'held' and post = ?",
      keys.newest,
    ),
  ).toHaveLength(1);
});

test("an id that another post has already proves nothing", async () => {
  const staged = await stagePublish(sample, {});
  rawly(
    staged.file,
    "update publications set remote_id = 'note-1' where destination = 'rednote' and post = 'hello'",
  );
  expect((await staged.run()).summary).toMatchObject({ submitted: 1 });
  expect(rows(staged.file)).toMatchObject([{ post: "hello" }]);
});
