import { describe, expect, test } from "vitest";
import type { SourcePost } from "../../src/core/post.ts";
import { timeKey } from "../../src/tiktok/time.ts";
import { archived, captioned, moment, recordLibrary } from "./library-of-records.ts";

const id = "7415551234567890123";
const second = "7415551234567890456";
const key = timeKey(moment(0));

function typed(name: string, caption: string): SourcePost {
  return {
    ...{ type: "post", source: "captions-table", id: null, named: [name], date: "" },
    ...{ observed: null, objectIds: [], fields: { caption, hashtags: [], mentions: [] } },
    ...{ media: [], place: "" },
  };
}

describe("posts that prove to be one", () => {
  test("are one post under the older key; what a person typed for either is kept", async () => {
    const library = await recordLibrary();
    await library.run([[archived(0, "oA")]]);
    await library.run([[captioned(120, id, "page")]]);
    expect((await library.posts()).map((post) => post.key)).toEqual([key, id]);
    await library.run([[typed(key, "typed for the older")]]);
    await library.run([[typed(id, "typed for the younger")]]);
    const { unions, doubts } = await library.run([[captioned(120, id, "page", ["oA"])]]);
    expect(unions).toEqual([{ key, alias: id, publications: [] }]);
    expect([...doubts]).toEqual([]);
    const [post, ...others] = await library.posts();
    expect(others).toEqual([]);
    expect(post).toMatchObject({ key, id });
    const words = await library.oldWords();
    const captions = [post?.caption, ...words.map(({ value }) => value)];
    expect(captions.toSorted()).toEqual(["typed for the older", "typed for the younger"]);
    await library.dispose();
  });

  test("of which the younger was removed stay, and its name leads to the older", async () => {
    const library = await recordLibrary();
    await library.run([[archived(0, "oA")]]);
    await library.run([[captioned(120, id, "page")]]);
    await library.remove(id);
    expect((await library.run([[captioned(120, id, "page")]])).leftOut).toEqual([id]);
    const { unions, leftOut } = await library.run([[captioned(120, id, "page", ["oA"])]]);
    expect(unions).toMatchObject([{ key, alias: id }]);
    expect(leftOut).toEqual([]);
    expect(await library.posts()).toMatchObject([{ key, id, caption: "page" }]);
    await library.dispose();
  });
});

describe("posts that may be one", () => {
  test("are told with the others, both ways", async () => {
    const library = await recordLibrary();
    const { doubts, posts } = await library.run([
      [archived(0, "oA"), archived(300, "oB")],
      [captioned(8, id, "near"), captioned(500, second, "far")],
    ]);
    expect(new Map(doubts)).toEqual(
      new Map([
        [key, [id]],
        [id, [key]],
      ]),
    );
    expect(posts.filter(({ doubtful }) => doubtful).map(({ post }) => post.key)).toEqual([key, id]);
    await library.dispose();
  });

  test("of which one was removed are in doubt no more", async () => {
    const library = await recordLibrary();
    const run = [[archived(0, "oA")], [captioned(8, id, "near")]];
    await library.run(run);
    await library.remove(id);
    const { doubts, posts } = await library.run(run);
    expect([...doubts]).toEqual([]);
    expect(posts.map(({ doubtful }) => doubtful)).toEqual([false]);
    await library.dispose();
  });

  test("a video and photos are not, nor two of one archive", async () => {
    const library = await recordLibrary();
    const photos = archived(8, "oB", { kind: "photos" });
    const { doubts } = await library.run([[archived(0, "oA"), archived(3, "oC")], [photos]]);
    expect([...doubts]).toEqual([]);
    await library.dispose();
  });
});
