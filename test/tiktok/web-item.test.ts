import { expect, test } from "vitest";
import { isItemOf, webItemAuthor } from "../../src/tiktok/web-author.ts";
import { webItemPost } from "../../src/tiktok/web-item.ts";
import { parseWebJson } from "../../src/tiktok/web-value.ts";
import { mika, webId, webItem, webPhotos } from "../support/web-item.ts";

const from = { source: "har", place: "entry 3", observed: "2026-11-20T10:00:00.000Z" };
const read = (item: unknown) => webItemPost(item, from);
const fieldsOf = (changes: Record<string, unknown>) => read(webItem(changes))?.fields;

test("An item becomes a post with its words, counts and address", () => {
  const { media, objectIds, ...post } = read(webItem()) ?? { media: [], objectIds: [] };
  expect(media.map(({ role }) => role)).toEqual(["video", "cover"]);
  expect(objectIds).toContain("oPlay576");
  expect(post).toEqual({
    type: "post",
    ...from,
    id: "7513039993741397256",
    date: "2025-06-07T08:00:00Z",
    fields: {
      kind: "video",
      caption: "Ink day 🚅 #inktober",
      hashtags: ["inktober"],
      mentions: [],
      ...{ views: 427_682, likes: 6764, comments: 12, shares: 3, saves: 9 },
      ...{ durationMs: 14_000, width: 576, height: 1024 },
      pinned: null,
      visibility: "public",
      sound: "original sound - Mika ✏️ draws",
      soundOriginal: true,
      location: null,
      aiGenerated: null,
      url: "https://www.tiktok.com/@mika.draws/video/7513039993741397256",
      title: null,
      madeFrom: null,
      paidPartnership: false,
      language: "en",
    },
  });
});

test("Ids keep all their digits, and a rounded one is not used unless an address has it (row 13)", () => {
  const exact = parseWebJson('{"id":7513039993741397256,"createTime":1749283200,"desc":"a"}');
  expect(read(exact)?.id).toBe("7513039993741397256");
  const rounded: unknown = JSON.parse('{"id":7513039993741397256,"createTime":1749283200}');
  expect(read(rounded)).toBeNull();
  const shareUrl = "https://www.tiktok.com/@mika.draws/photo/7513039993741397256?x=1";
  expect(read({ ...(rounded as object), shareUrl })?.id).toBe("7513039993741397256");
});

test("Counts come exact, as digits too; what is not told is unknown (row 14)", () => {
  expect(fieldsOf({ statsV2: null })).toMatchObject({ views: 427_700, likes: 6800 });
  expect(fieldsOf({ statsV2: { playCount: "7" }, stats: { diggCount: "8" } })).toMatchObject({
    ...{ views: 7, likes: 8, comments: null },
  });
  expect(fieldsOf({ statsV2: { playCount: "-1", diggCount: "many" }, stats: 5 })).toMatchObject({
    ...{ views: null, likes: null },
  });
});

test("A pin is told where the item tells it; no flag says nothing (row 15)", () => {
  expect(fieldsOf({ isPinnedItem: true })?.pinned).toBe(true);
  expect(fieldsOf({ isPinnedItem: false })?.pinned).toBe(false);
  expect(fieldsOf({ isPinnedItem: null })?.pinned).toBeNull();
  expect(fieldsOf({ isPinnedItem: undefined })?.pinned).toBeNull();
});

test("Whose an item is, by the account's id before its handle (row 17)", () => {
  const owner = { handle: "mika.draws", secUid: mika.secUid };
  expect(isItemOf(webItem(), owner)).toBe(true);
  const renamed = webItem({ author: { ...mika, uniqueId: "mika.old" } });
  expect(isItemOf(renamed, owner)).toBe(true);
  expect(isItemOf(renamed, { handle: "Mika.Old", secUid: null })).toBe(true);
  const stranger = webItem({ author: { uniqueId: "someone", secUid: "MS4wother" } });
  expect(isItemOf(stranger, owner)).toBe(false);
  expect(isItemOf(webItem({ author: undefined }), owner)).toBeNull();
  expect(webItemAuthor({ author: "mika.draws", authorSecId: "MS4w", nickname: "M" })).toEqual({
    ...{ handle: "mika.draws", secUid: "MS4w", name: "M" },
  });
});

test("An item without author stands in its owner's list", () => {
  const owner = { handle: "mika.draws", secUid: null };
  const post = webItemPost(webItem({ author: undefined }), { ...from, owner });
  expect(post?.fields.url).toBe("https://www.tiktok.com/@mika.draws/video/7513039993741397256");
  expect(fieldsOf({ author: undefined })?.url).toBeNull();
});

test("A photo post has its title beside its caption and no length (rows 18, 19)", () => {
  const post = read(
    webPhotos(["aa00000000000000000000000000000A", "bb00000000000000000000000000000B"]),
  );
  expect(post?.fields).toMatchObject({
    ...{ kind: "photos", title: "Sketchbook tour", caption: "Ink day 🚅 #inktober" },
    ...{ durationMs: null, width: 1080, height: 1440 },
  });
});

test("A caption stays byte for byte, its tags are where TikTok saw them (row 30)", () => {
  const desc = "👩‍👩‍👧 ‏مرحبا\n#denidil#денидил #🚅 @Mika Friend ";
  const at = (text: string) => ({
    start: desc.indexOf(text),
    end: desc.indexOf(text) + text.length,
  });
  const textExtra = [
    { hashtagName: "denidil", ...at("#denidil") },
    { hashtagName: "", ...at("#денидил") },
    { hashtagName: "🚅", ...at("#🚅") },
    { hashtagName: "", userUniqueId: "mika.friend", ...at("@Mika Friend") },
  ];
  expect(fieldsOf({ desc, textExtra })).toMatchObject({
    caption: desc,
    hashtags: ["denidil", "денидил", "🚅"],
    mentions: ["mika.friend"],
  });
});

test("Tags keep the letters of the caption, and come from the caption where TikTok names none", () => {
  const desc = "Hi #InkTober @friend";
  expect(
    fieldsOf({ desc, textExtra: [{ hashtagName: "inktober", start: 3, end: 12 }] })?.hashtags,
  ).toEqual(["InkTober"]);
  expect(
    fieldsOf({ desc, textExtra: [{ hashtagName: "inktober", start: 0, end: 99 }] })?.hashtags,
  ).toEqual(["inktober"]);
  expect(fieldsOf({ desc, textExtra: null })).toMatchObject({
    ...{ hashtags: ["InkTober"], mentions: ["friend"] },
  });
  expect(fieldsOf({ desc: "", textExtra: [] })?.caption).toBe("");
  expect(fieldsOf({ desc: undefined })).not.toHaveProperty("caption");
  expect(fieldsOf({ desc: undefined, contents: [{ desc: "only here" }] })?.caption).toBe(
    "only here",
  );
  const two = [{ desc: "one" }, { desc: "two" }];
  expect(fieldsOf({ desc: undefined, contents: two })).not.toHaveProperty("caption");
});

test("A caption of 4000 letters with odd offsets is whole", () => {
  const desc = `${"字".repeat(3999)} `;
  const textExtra = [{ hashtagName: "", start: -5, end: 1e9 }, "rubbish", null];
  expect(fieldsOf({ desc, textExtra })).toMatchObject({ caption: desc, hashtags: [] });
});

test("The time is told as a number or digits; without it the id gives it roughly", () => {
  expect(read(webItem({ createTime: "1749283200" }))?.date).toBe("2025-06-07T08:00:00Z");
  const rough = read(webItem({ id: webId(1_749_283_195), createTime: undefined }));
  expect(rough).toMatchObject({ date: "2025-06-07T07:59:55Z", roughDate: true });
  expect(read(webItem())).not.toHaveProperty("roughDate");
  expect(read(webItem({ id: "123456789", createTime: null }))).toBeNull();
  expect(read(webItem({ id: "not digits" }))).toBeNull();
  expect(read(null)).toBeNull();
  expect(read([])).toBeNull();
});

test("Only an item that says so is private", () => {
  expect(fieldsOf({ privateItem: true })?.visibility).toBe("private");
  expect(fieldsOf({ secret: true, forFriend: true })?.visibility).toBe("private");
  expect(fieldsOf({ forFriend: true })?.visibility).toBe("friends");
  expect(fieldsOf({ privateItem: null, secret: undefined })?.visibility).toBe("public");
});

test("Rights: whose sound, made from what, advertising, made by a machine", () => {
  const music = { title: "Song", authorName: "A Band", original: false };
  expect(fieldsOf({ music })).toMatchObject({ sound: "Song - A Band", soundOriginal: false });
  expect(fieldsOf({ music: { ...music, original: true } })?.soundOriginal).toBeNull();
  expect(fieldsOf({ music: { ...music, original: true, authorName: "Mika.Draws" } })).toMatchObject(
    {
      soundOriginal: true,
    },
  );
  expect(fieldsOf({ music: null })).toMatchObject({ sound: null, soundOriginal: null });
  expect(fieldsOf({ duetInfo: { duetFromId: "7513039993741390000" } })?.madeFrom).toBe("duet");
  expect(fieldsOf({ duetFromId: "7513039993741390000" })?.madeFrom).toBe("duet");
  expect(fieldsOf({ stitchInfo: { stitchFromId: "7513039993741390000" } })?.madeFrom).toBe(
    "stitch",
  );
  expect(fieldsOf({ isAd: true })?.paidPartnership).toBe(true);
  expect(fieldsOf({ AIGCDescription: "Creator labeled as AI-generated" })?.aiGenerated).toBe(true);
  expect(fieldsOf({ aigcLabelType: 1 })?.aiGenerated).toBe(true);
  expect(fieldsOf({ aigcLabelType: 0 })?.aiGenerated).toBeNull();
});

test("Place and language are told where they are known", () => {
  expect(fieldsOf({ poi: { name: "Tartu", id: "1" }, textLanguage: "un" })).toMatchObject({
    ...{ location: "Tartu", language: null },
  });
  expect(fieldsOf({ textLanguage: "../../x" })?.language).toBeNull();
});

test("Behind an age wall there is no kind to tell, and the words still count", () => {
  const post = read(webItem({ video: undefined, isContentClassified: true }));
  expect(post?.fields).not.toHaveProperty("kind");
  expect(post).toMatchObject({ media: [], fields: { caption: "Ink day 🚅 #inktober" } });
});
