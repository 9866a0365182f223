import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SourcePost } from "../../src/core/post.ts";
import { captionHashtags } from "../../src/tiktok/caption-tags.ts";
import { timeKey } from "../../src/tiktok/time.ts";
import { archived, captioned, fieldsOf, moment, recordLibrary } from "./library-of-records.ts";
import type { Run } from "./library-of-records.ts";

const id = "7415551234567890123";
const other = "7415551234567890456";

/** A caption that a person typed for the posts of these names. */
function typed(named: readonly string[], caption: string): SourcePost {
  const fields = { caption, hashtags: captionHashtags(caption), mentions: [] };
  return {
    ...{
      type: "post",
      source: "captions-table",
      id: null,
      named,
      date: "",
      observed: null,
      objectIds: [],
    },
    ...{ fields, media: [], place: "" },
  };
}

async function after(runs: readonly Run[]): Promise<string[]> {
  const library = await recordLibrary();
  try {
    for (const run of runs) await library.run(run);
    return fieldsOf(await library.posts());
  } finally {
    await library.dispose();
  }
}

describe("records that name their post", () => {
  test("join it, though another post is nearer in every other way", async () => {
    const library = await recordLibrary();
    const key = timeKey(moment(2));
    await library.run([[archived(0, "oA"), archived(2, "oB")], [captioned(0, id, "page")]]);
    await library.run([[typed([key], "mine"), typed(["nobody", id], "its own")]]);
    const captions = (await library.posts()).map((post) => [post.key, post.caption]);
    expect(captions).toEqual([
      [id, "its own"],
      [key, "mine"],
    ]);
    await library.dispose();
  });

  test("are replaced by what was said later, also under another name", async () => {
    const library = await recordLibrary();
    await library.run([[archived(0, "oA")], [captioned(0, id, "page")]]);
    await library.run([[typed([id], "first")]]);
    await library.run([[typed(["x", id], "second")]]);
    expect((await library.posts())[0]?.caption).toBe("second");
    const named = (await library.records()).filter((record) => record.named !== null);
    expect(named.map((record) => record.fields.caption)).toEqual(["second"]);
    await library.dispose();
  });

  test("give the same posts whatever the order and the cuts into runs", async () => {
    const inputs: Run[number][] = [
      [archived(0, "oA", { caption: "zip" }), archived(60, "oB")],
      [captioned(1, id, "page #page"), captioned(61, other, "other")],
      // The key is the time, or the id where the page came before.
      [typed([timeKey(moment(60)), other], "typed #mine"), typed(["nobody"], "lost")],
    ];
    const expected = await after([inputs]);
    const orders = fc.shuffledSubarray(inputs, { minLength: 3, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(orders, fc.boolean(), async (order, apart) => {
        const runs = apart ? order.map((posts) => [posts]) : [order];
        expect(await after(runs)).toEqual(expected);
      }),
      { numRuns: 12, seed: 3 },
    );
  });
});
