import { describe, expect, test } from "vitest";
import type { Post } from "../../src/core/post.ts";
import { problem } from "../../src/core/problem.ts";
import { allDrafts, findDraft, putDraft } from "../../src/store/drafts.ts";
import type { StoredDraft } from "../../src/store/drafts.ts";
import {
  allFiles,
  allPosts,
  postProblems,
  putFile,
  putPost,
  setPostProblem,
} from "../../src/store/posts.ts";
import type { StoredFile } from "../../src/store/posts.ts";
import { allRecords, assignRecord, putRecord, recordName } from "../../src/store/records.ts";
import type { StoredRecord } from "../../src/store/records.ts";
import { freshStore } from "./support.ts";

/** Words that a careless store breaks: families of emoji, quotes, SQL, nothing, line ends, a lone mark. */
const oddTexts = [
  "",
  " ",
  "👩‍👩‍👧‍👦🇵🇪 水彩 سماء",
  'it\'s "quoted"; drop table posts; -- ',
  "first\r\nsecond\n\u2028third\t",
  "\u200B\uFEFF",
  "null",
  "a".repeat(4_000),
];

const bare: Post = {
  key: "20240917T140721Z",
  id: null,
  date: "2024-09-17T14:07:21Z",
  kind: "video",
  caption: null,
  hashtags: [],
  mentions: [],
  durationMs: null,
  width: null,
  height: null,
  views: null,
  likes: null,
  comments: null,
  shares: null,
  saves: null,
  pinned: null,
  visibility: null,
  sound: null,
  location: null,
  aiGenerated: null,
  url: null,
  title: null,
  soundOriginal: null,
  madeFrom: null,
  paidPartnership: null,
  language: null,
  sources: ["tiktok-archive"],
  folder: "posts/2024-09-17_20240917T140721Z",
};

const full: Post = {
  ...bare,
  key: "7415551234567890123",
  // More than a number of JavaScript holds; it must come back digit for digit.
  id: "9223372036854775807",
  kind: "photos",
  caption: "👩‍👩‍👧‍👦 \r\n#水彩",
  hashtags: ["水彩", "it's", ""],
  mentions: ["maya.films"],
  durationMs: 0,
  width: 1080,
  height: 1920,
  views: 4_000_000_000_000,
  likes: 0,
  comments: 0,
  shares: 0,
  saves: 0,
  pinned: false,
  visibility: "friends",
  sound: "",
  location: "Łódź",
  aiGenerated: true,
  url: "https://www.tiktok.com/@maya/photo/9223372036854775807",
  sources: ["media-folder", "tiktok-archive"],
  folder: "posts/2024-09-17_7415551234567890123",
};

describe("posts", () => {
  test("come back as they went, unknown as unknown and 0 as 0", async () => {
    const { store } = await freshStore();
    await store.transaction(async (transaction) => {
      await putPost(transaction, full);
      await putPost(transaction, bare);
      const all = await allPosts(transaction);
      expect([...all.values()]).toEqual([bare, full]);
      expect([...all.keys()]).toEqual([bare.key, full.key]);
    });
  });

  test.each(oddTexts)("keep a caption byte for byte: %j", async (caption) => {
    const { store } = await freshStore();
    await store.transaction(async (transaction) => {
      await putPost(transaction, { ...bare, caption, hashtags: [caption], sound: caption });
      const post = (await allPosts(transaction)).get(bare.key);
      expect(post).toMatchObject({ caption, hashtags: [caption], sound: caption });
    });
  });

  test("written again change, and keep their problem until it is set", async () => {
    const { store } = await freshStore();
    await store.transaction(async (transaction) => {
      await putPost(transaction, bare);
      await setPostProblem(transaction, bare.key, "no-caption");
      await putPost(transaction, { ...bare, caption: "hello", id: "7" });
      expect(await postProblems(transaction)).toEqual(new Map([[bare.key, "no-caption"]]));
      expect((await allPosts(transaction)).get(bare.key)).toEqual({
        ...bare,
        caption: "hello",
        id: "7",
      });
      await setPostProblem(transaction, bare.key, "");
      expect(await postProblems(transaction)).toEqual(new Map([[bare.key, ""]]));
    });
  });

  test("never share an id or a folder", async () => {
    const { store } = await freshStore();
    await store.transaction((transaction) => putPost(transaction, full));
    for (const twin of [
      { ...bare, id: full.id },
      { ...bare, folder: full.folder },
    ]) {
      await expect(store.transaction((transaction) => putPost(transaction, twin))).rejects.toThrow(
        /UNIQUE/,
      );
    }
    expect((await store.transaction(allPosts)).size).toBe(1);
  });
});

describe("records", () => {
  const record: Omit<StoredRecord, "post"> = {
    source: "tiktok-archive",
    record: "2024-09-17T14:07:21Z#oE2024",
    id: null,
    date: "2024-09-17T14:07:21Z",
    objectIds: ["oE2024", "👩‍👩‍👧‍👦"],
    fields: { caption: null, likes: 0, pinned: false, hashtags: [] },
    media: [{ role: "video", position: 1, objectId: null }],
    named: null,
    roughDate: true,
    observed: "2025-12-31T00:00:00Z",
    times: { likes: "2025-12-30T00:00:00Z" },
    inputs: ["0123456789abcdef"],
    seenAt: "2026-01-01T00:00:00Z",
  };

  test("come back as they went; null is told apart from what was not said", async () => {
    const { store } = await freshStore();
    await store.transaction(async (transaction) => {
      await putRecord(transaction, record);
      const [back] = await allRecords(transaction);
      expect(back).toEqual({ ...record, post: null });
      expect("caption" in (back?.fields ?? {})).toBe(true);
      expect("views" in (back?.fields ?? {})).toBe(false);
    });
  });

  test("seen again say the newest and stay with their post", async () => {
    const { store } = await freshStore();
    await store.transaction(async (transaction) => {
      await putRecord(transaction, record);
      await assignRecord(transaction, record, "7415551234567890123");
      const later = { fields: { likes: 9 }, seenAt: "2026-01-02T00:00:00Z" };
      await putRecord(transaction, { ...record, ...later });
      expect(await allRecords(transaction)).toEqual([
        {
          ...record,
          fields: { likes: 9 },
          post: "7415551234567890123",
          seenAt: "2026-01-02T00:00:00Z",
        },
      ]);
      await assignRecord(transaction, record, null);
      expect(await allRecords(transaction)).toMatchObject([{ post: null }]);
    });
  });

  test("are named by their id, else by their second and first object", () => {
    const post = {
      type: "post" as const,
      source: "tiktok-archive",
      id: null,
      date: "2024-09-17T14:07:21Z",
      observed: null,
      objectIds: ["cover"],
      fields: {},
      media: [],
      place: "",
    };
    const media = {
      role: "photo" as const,
      position: 1,
      origins: [
        { at: "web", address: "https://example.org/?x-signature=secret", expires: null },
      ] as const,
    };
    expect(recordName(post)).toBe("2024-09-17T14:07:21Z#cover");
    expect(recordName({ ...post, objectIds: [] })).toBe("2024-09-17T14:07:21Z#");
    expect(recordName({ ...post, media: [{ ...media, objectId: "photo" }] })).toBe(
      "2024-09-17T14:07:21Z#photo",
    );
    expect(recordName({ ...post, id: "7415551234567890123" })).toBe("7415551234567890123");
    expect(recordName({ ...post, media: [{ ...media, objectId: null }] })).not.toContain("secret");
  });
});

describe("files", () => {
  const file: StoredFile = {
    path: "posts/2024-09-17_1/video.mp4",
    post: "1",
    role: "video",
    position: 1,
    bytes: 3_000_000_000,
    sha256: "ab".repeat(32),
    media_type: "video/mp4",
    object_id: null,
    watermarked: null,
  };

  test("come back as they went, larger than 2 GB too", async () => {
    const { store } = await freshStore();
    await store.transaction(async (transaction) => {
      await putFile(transaction, file);
      expect((await allFiles(transaction)).map((each) => ({ ...each }))).toEqual([file]);
    });
  });

  test("one place of a post has one file", async () => {
    const { store } = await freshStore();
    const better = { ...file, path: "posts/2024-09-17_1/video.webm", media_type: "video/webm" };
    const photo = { ...file, path: "posts/2024-09-17_1/02.jpg", role: "photo", position: 2 };
    await store.transaction(async (transaction) => {
      for (const each of [file, photo, better]) await putFile(transaction, each);
      expect((await allFiles(transaction)).map(({ path }) => path)).toEqual([
        photo.path,
        better.path,
      ]);
    });
  });
});

describe("drafts", () => {
  const draft: StoredDraft = {
    type: "draft",
    post: "7415551234567890123",
    to: "rednote",
    title: "清晨的山🌄",
    body: "line\r\nline\n#水彩",
    topics: ["水彩"],
    dropped: [{ what: "@maya", why: "a handle" }],
    media: ["01.jpg", "02.jpg"],
    edited: true,
    problems: [problem("no-translation", "Only in Chinese.", "", { post: "7", to: "rednote" })],
    folder: "drafts/rednote/2024-09-17_7415551234567890123",
    written: { title: "", body: "as written" },
    madeAt: "2026-01-01T00:00:00.000Z",
  };

  test.each(oddTexts)("come back as they went: %j", async (text) => {
    const { store } = await freshStore();
    const odd = { ...draft, title: text, body: text, written: { title: text, body: text } };
    await store.transaction(async (transaction) => {
      await putDraft(transaction, odd);
      expect(await findDraft(transaction, odd.post, odd.to)).toEqual(odd);
    });
  });

  test("made again take the place of the first; each destination has its own", async () => {
    const { store } = await freshStore();
    await store.transaction(async (transaction) => {
      await putDraft(transaction, draft);
      await putDraft(transaction, { ...draft, to: "lemon8", edited: false });
      await putDraft(transaction, { ...draft, title: "second" });
      expect(await allDrafts(transaction)).toEqual([
        { ...draft, to: "lemon8", edited: false },
        { ...draft, title: "second" },
      ]);
      expect(await findDraft(transaction, draft.post, "elsewhere")).toBeNull();
    });
  });
});
