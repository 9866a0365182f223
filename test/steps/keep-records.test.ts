import { describe, expect, onTestFinished, test } from "vitest";
import { archived, captioned, fieldsOf, moment, recordLibrary } from "./library-of-records.ts";
import type { RecordLibrary } from "./library-of-records.ts";

const id = "7415551234567890123";

async function library(): Promise<RecordLibrary> {
  const made = await recordLibrary();
  onTestFinished(() => made.dispose());
  return made;
}

describe("keys", () => {
  test("the second of the post, where no source knows the id", async () => {
    const lib = await library();
    const { posts } = await lib.run([[archived(21, "oA")]]);
    expect(posts.map(({ post, isNew }) => [post.key, post.folder, isNew])).toEqual([
      ["20240917T140721Z", "posts/2024-09-17_20240917T140721Z", true],
    ]);
  });

  test("the id, where it is known when the post is first seen", async () => {
    const lib = await library();
    await lib.run([[captioned(21, id, "hi")], [archived(21, "oA")]]);
    expect(await lib.posts()).toMatchObject([
      { key: id, id, folder: `posts/2024-09-17_${id}`, caption: "hi" },
    ]);
  });

  test("an id that comes later changes no key and no folder", async () => {
    const lib = await library();
    await lib.run([[archived(21, "oA")]]);
    const { posts } = await lib.run([[captioned(22, id, "hi")]]);
    expect(posts).toMatchObject([{ isNew: false, post: { key: "20240917T140721Z", id } }]);
    expect(posts[0]?.changed.toSorted()).toEqual(["caption", "id", "sources"]);
    expect(await lib.posts()).toMatchObject([{ key: "20240917T140721Z", caption: "hi" }]);
  });

  test("a second post of one second gets -2, a third -3, with or without links", async () => {
    const lib = await library();
    const input = [archived(21, "oA"), archived(21, null), archived(21, null)];
    await lib.run([input]);
    const keys = (await lib.posts()).map(({ key }) => key);
    expect(keys).toEqual(["20240917T140721Z", "20240917T140721Z-2", "20240917T140721Z-3"]);
    await lib.run([input]);
    expect((await lib.posts()).map(({ key }) => key)).toEqual(keys);
  });
});

describe("the same again", () => {
  test("is unchanged", async () => {
    const lib = await library();
    const inputs = [[archived(0, "oA"), archived(60, "oB")], [captioned(1, id, "hi")]];
    await lib.run(inputs);
    const before = await lib.posts();
    const { posts, problems } = await lib.run(inputs);
    expect(posts.map(({ isNew, changed }) => ({ isNew, changed }))).toEqual([
      { isNew: false, changed: [] },
      { isNew: false, changed: [] },
    ]);
    expect(problems).toEqual([]);
    expect(await lib.posts()).toEqual(before);
  });

  test("in a newer archive with other object ids joins, and doubles nothing", async () => {
    const lib = await library();
    await lib.run([[archived(0, "oA"), archived(60, "oB")]]);
    const { posts } = await lib.run([[archived(0, "oC"), archived(60, "oD"), archived(90, "oE")]]);
    expect(posts.map(({ isNew }) => isNew)).toEqual([false, false, true]);
    expect(await lib.posts()).toHaveLength(3);
    expect((await lib.records()).map(({ post }) => post)).not.toContain(null);
  });

  test("in a newer archive that has a link where the older one had none joins", async () => {
    const lib = await library();
    await lib.run([[archived(0, null)]]);
    await lib.run([[archived(0, "oA")]]);
    expect(await lib.posts()).toHaveLength(1);
  });

  test("in two archives of one command joins, with what both offer", async () => {
    const lib = await library();
    const { posts } = await lib.run([
      [archived(0, "oA"), archived(60, null), archived(61, "same")],
      [archived(0, "oC"), archived(60, null), archived(61, "same")],
    ]);
    expect(posts.map(({ post, offers }) => [post.date, offers.length])).toEqual([
      [moment(0), 2],
      [moment(60), 2],
      [moment(61), 2],
    ]);
    expect(await lib.posts()).toHaveLength(3);
  });

  test("a post that an archive names itself is never taken for another of its second", async () => {
    const lib = await library();
    await lib.run([[archived(0, "oA")]]);
    await lib.run([[archived(0, "oA"), archived(0, "oB")]]);
    expect(await lib.posts()).toHaveLength(2);
  });
});

describe("captions", () => {
  test("that came before their archive join when it comes", async () => {
    const lib = await library();
    const { posts, problems } = await lib.run([[captioned(2, id, "hi")]]);
    expect(posts).toMatchObject([{ isNew: true, post: { key: id, caption: "hi" } }]);
    expect(problems).toEqual([]);
    expect((await lib.run([[archived(0, "oA")]])).problems).toEqual([]);
    expect(await lib.posts()).toMatchObject([{ key: id, caption: "hi", date: moment(0) }]);
  });

  test("that fit two posts equally well stand under neither, and all three are in doubt", async () => {
    const lib = await library();
    const { posts } = await lib.run([
      [archived(0, "oA"), archived(4, "oB")],
      [captioned(2, id, "hi")],
    ]);
    expect(posts.map(({ post, doubtful }) => [post.date, post.caption, doubtful])).toEqual([
      [moment(0), null, true],
      [moment(2), "hi", true],
      [moment(4), null, true],
    ]);
  });

  test("that fit a post of a later archive better go over to it", async () => {
    const lib = await library();
    await lib.run([[archived(0, "oA")], [captioned(3, id, "hi")]]);
    expect(await lib.posts()).toMatchObject([{ id, caption: "hi" }]);
    await lib.run([[archived(0, "oA"), archived(3, "oB")]]);
    expect(await lib.posts()).toMatchObject([
      { date: moment(0), id: null, caption: null },
      { date: moment(3), id, caption: "hi" },
    ]);
  });

  test("swap their posts when a nearer one appears, ids and all", async () => {
    const lib = await library();
    await lib.run([[archived(4, "oA")], [captioned(2, "7", "seven")]]);
    await lib.run([[archived(1, "oB"), archived(4, "oA")], [captioned(5, "8", "eight")]]);
    expect(await lib.posts()).toMatchObject([
      { date: moment(1), id: "7", caption: "seven" },
      { date: moment(4), id: "8", caption: "eight" },
    ]);
  });

  test("join by the object that both name, whatever the clocks say", async () => {
    const lib = await library();
    await lib.run([[archived(0, "oA"), archived(1, "oB")], [captioned(1, id, "hi", ["oA"])]]);
    expect((await lib.posts()).map(({ caption }) => caption)).toEqual(["hi", null]);
  });
});

test("a private word of any source stays, and no address is ever remembered", async () => {
  const lib = await library();
  await lib.run([[archived(0, "oA", { visibility: "private" })]]);
  await lib.run([[captioned(0, id, "hi")]]);
  expect(await lib.posts()).toMatchObject([{ visibility: "private", caption: "hi" }]);
  expect(JSON.stringify(await lib.records())).not.toContain("secret");
});

test("one command with everything is the same as one command each", async () => {
  const inputs = [
    [archived(0, "oA"), archived(60, "oB")],
    [captioned(1, "7", "seven"), captioned(59, "8", "eight")],
    [archived(0, "oC"), archived(90, "oD")],
  ];
  const [together, apart] = [await library(), await library()];
  await together.run(inputs);
  for (const input of inputs) await apart.run([input]);
  expect(fieldsOf(await together.posts())).toEqual(fieldsOf(await apart.posts()));
});
