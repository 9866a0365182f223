import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { SourceMedia, SourcePost } from "../../src/core/post.ts";
import type { SourceEvent } from "../../src/core/source.ts";
import { har } from "../../src/sources/har/index.ts";
import { type HarOptions, recordHar } from "../look-alike/tiktok/har.ts";
import { creatorOf, type Scenario, startTikTok } from "../look-alike/tiktok/index.ts";
import { sourceContext } from "../support/source-context.ts";
import { temporaryFolder } from "./read.ts";

/** Records a visit and reads the record. */
async function visit(options: HarOptions, scenario: Partial<Scenario> = {}, posts = 50) {
  const creator = creatorOf("mira.paints.daily", posts, {
    change: (_, index) => ({ pinned: index === 7 }),
  });
  const tiktok = await startTikTok({ creator, scenario });
  onTestFinished(() => tiktok.close());
  const path = join(await temporaryFolder(), "visit.har");
  await writeFile(path, JSON.stringify(await recordHar(tiktok, options)));
  const events: SourceEvent[] = [];
  const reader = await har.load();
  for await (const event of reader.read(path, sourceContext({ origin: tiktok.origin }))) {
    events.push(event);
  }
  const told = events.filter((event) => event.type === "post");
  const codes = events.flatMap((event) => (event.type === "problem" ? event.code : []));
  return { creator, tiktok, events, posts: told, codes };
}

const ids = (posts: readonly { id: string | null }[]) => posts.map(({ id }) => id).toSorted();

async function digestOf(media: SourceMedia | undefined): Promise<string | null> {
  const [first] = media?.origins ?? [];
  if (first?.at !== "held") return null;
  const hash = createHash("sha256");
  for await (const bytes of first.bytes()) hash.update(bytes);
  return hash.digest("hex");
}

it.each([
  { bodies: "text" },
  { bodies: "base64", sanitized: true },
  { bodies: "in-turn", signedIn: true },
] as HarOptions[])("every post of a visit is told: %o", async (options) => {
  const { creator, events, posts, codes } = await visit(options);
  expect(ids(posts)).toEqual(ids(creator.posts));
  const captions = new Map(posts.map(({ id, fields }) => [id, fields.caption]));
  for (const { id, desc } of creator.posts) expect(captions.get(id)).toBe(desc);
  expect(posts.filter(({ fields }) => fields.pinned).map(({ id }) => id)).toEqual([
    creator.posts[7]?.id,
  ]);
  // The files of posts that were only listed are for the browser with its cookie alone.
  expect(codes).toEqual(["no-media"]);
  expect(events.find(({ type }) => type === "profile")).toMatchObject({
    ...{ handle: creator.handle, followers: 427_682, posts: 50 },
  });
  expect(events.at(-1)).toMatchObject({ type: "coverage", whole: true });
});

it.each([
  { overlap: 4, pinnedAgain: true, strangers: 9, reposts: 6 },
  { withoutAuthor: "all", createTimeAsText: true, bitrateInfoAsDict: true, playAddr: "list" },
  { rehydration: "sigi", playAddr: "empty" },
  {
    listFaults: [
      { on: [1], answer: "empty" },
      { on: [2], answer: "no-item-list" },
    ],
  },
  { repeatPage: { from: 1, times: 1 } },
] as Partial<Scenario>[])("odd pages change nothing of it: %o", async (scenario) => {
  const { creator, posts } = await visit({}, scenario);
  expect(ids(posts)).toEqual(ids(creator.posts));
  const pinned = posts.filter(({ fields }) => fields.pinned).map(({ id }) => id);
  expect(pinned).toEqual([creator.posts[7]?.id]);
  for (const { media } of posts) expect(media).not.toEqual([]);
});

it("a list that ends early is a gap, and nothing is gone", async () => {
  const { events, posts, codes } = await visit({}, { listEndsAfter: 30 });
  expect(posts.length).toBeLessThan(50);
  expect(codes).toEqual(["posts-missing", "no-media"]);
  const [gap] = events.filter((event) => event.type === "problem");
  expect(gap?.message).toContain(`50 posts; the HAR file has ${posts.length}`);
  expect(events.at(-1)).toMatchObject({ type: "coverage", whole: false });
});

it("a page that was not kept is a gap", async () => {
  await expect(visit({ missing: /item_list/ })).rejects.toMatchObject({
    details: { code: "har-without-content" },
  });
});

it.each(["whole", "parts"] as const)(
  "files of opened posts come from the record (%s)",
  async (media) => {
    const { tiktok, posts } = await visit({ postsOpened: 5, media }, {}, 6);
    const byId = new Map(posts.map((post): [string | null, SourcePost] => [post.id, post]));
    let held = 0;
    for (const { id } of tiktok.creator.posts.slice(0, 5)) {
      const files = new Map(tiktok.media(id).map(({ form, sha256 }) => [form, sha256]));
      for (const each of byId.get(id)?.media ?? []) {
        const form = each.role === "video" ? "play" : `image ${each.position}`;
        const digest = each.role === "cover" ? null : await digestOf(each);
        if (digest === null) continue;
        expect([id, digest]).toEqual([id, files.get(form)]);
        held += 1;
      }
    }
    const photos = tiktok.creator.posts[4]?.images.length ?? 0;
    expect(held).toBe(4 + photos);
    expect(photos).toBeGreaterThan(1);
  },
);
