import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PostFields } from "../../src/core/post.ts";
import { mergeFields } from "../../src/merge/fields.ts";
import type { FieldsOfSource } from "../../src/merge/fields.ts";

const date = "2024-09-17T14:07:21Z";
const unseen = { roughDate: false, observed: null, times: {} };

function archive(fields: Partial<PostFields>, at: string = date): FieldsOfSource {
  return { ...unseen, source: "tiktok-archive", id: null, date: at, fields };
}

function page(fields: Partial<PostFields>, at = "2024-09-17T14:07:19Z"): FieldsOfSource {
  return { ...unseen, source: "media-folder", id: "7415551234567890123", date: at, fields };
}

describe("who is believed", () => {
  test("the archive about the date and the kind, the page about words, counts and the address", () => {
    const merged = mergeFields([
      page({
        kind: "video",
        caption: "from the page",
        likes: 678,
        url: "https://www.tiktok.com/@maya/video/7415551234567890123",
      }),
      archive({ kind: "photos", caption: "from the archive", likes: 28, location: "Lima" }),
    ]);
    expect(merged).toMatchObject({
      id: "7415551234567890123",
      date,
      kind: "photos",
      caption: "from the page",
      likes: 678,
      location: "Lima",
      url: "https://www.tiktok.com/@maya/video/7415551234567890123",
      sources: ["media-folder", "tiktok-archive"],
    });
  });

  test("whoever knows something, where the other knows nothing", () => {
    const merged = mergeFields([page({ caption: null, pinned: true }), archive({ caption: "hi" })]);
    expect(merged).toMatchObject({ caption: "hi", pinned: true });
  });

  test("a zero and a false are known, not missing", () => {
    const merged = mergeFields([page({ likes: 0, pinned: false }), archive({ likes: 9 })]);
    expect(merged).toMatchObject({ likes: 0, pinned: false });
  });

  test("what nobody knows is empty, never 0", () => {
    const { sources: _sources, ...merged } = mergeFields([archive({})]);
    expect(merged).toEqual({
      id: null,
      date,
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
    });
  });
});

describe("captions", () => {
  test.each([
    ["page", [page({ caption: "" }), archive({ caption: "real", hashtags: ["cats"] })]],
    ["archive", [page({ caption: "real", hashtags: ["cats"] }), archive({ caption: "" })]],
  ])("an empty one of the %s never hides a real one, nor its hashtags", (_, records) => {
    const empty = records.map((each) => ({
      ...each,
      fields: { hashtags: [], mentions: [], ...each.fields },
    }));
    expect(mergeFields(empty)).toMatchObject({ caption: "real", hashtags: ["cats"] });
  });

  test("known to be empty is not the same as unknown", () => {
    expect(mergeFields([page({ caption: "" }), archive({ caption: null })]).caption).toBe("");
    expect(mergeFields([page({ caption: null }), archive({})]).caption).toBeNull();
  });

  test("byte for byte, with what looks like nothing", () => {
    const caption = " 👩‍👩‍👧‍👦\u200B\r\n#水彩 ";
    expect(mergeFields([page({ caption })]).caption).toBe(caption);
  });
});

describe("the most private word wins", () => {
  const words = ["private", "friends", "public", null] as const;
  const rows = words.flatMap((one, at) => words.slice(at).map((other) => [one, other] as const));

  test.each(rows)("%s beside %s", (one, other) => {
    const both = [page({ visibility: other }), archive({ visibility: one })];
    expect(mergeFields(both).visibility).toBe(one ?? other);
    const turned = [page({ visibility: one }), archive({ visibility: other })];
    expect(mergeFields(turned).visibility).toBe(one ?? other);
  });
});

const anyText = fc.option(fc.constantFrom("", "a", "b", "水"), { nil: null });
const anyCount = fc.option(fc.integer({ min: 0, max: 3 }), { nil: null });
const anyList = fc.array(fc.constantFrom("x", "y"), { maxLength: 2 });
const anyTruth = fc.option(fc.boolean(), { nil: null });

const anyRecord: fc.Arbitrary<FieldsOfSource> = fc.record({
  source: fc.constantFrom("tiktok-archive", "media-folder", "another"),
  id: fc.option(fc.constantFrom("1", "2"), { nil: null }),
  roughDate: fc.boolean(),
  observed: fc.option(fc.constantFrom("2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z"), {
    nil: null,
  }),
  times: fc.constantFrom<Record<string, string>[]>(
    {},
    { likes: "2024-12-01T00:00:00Z" },
    { caption: "" },
  ),
  date: fc.constantFrom(date, "2024-09-17T14:07:22Z"),
  fields: fc.record(
    {
      kind: fc.constantFrom("video" as const, "photos" as const),
      caption: anyText,
      hashtags: anyList,
      mentions: anyList,
      views: anyCount,
      likes: anyCount,
      pinned: anyTruth,
      visibility: fc.option(fc.constantFrom("public", "friends", "private"), { nil: null }),
      sound: anyText,
      url: anyText,
    },
    { requiredKeys: [] },
  ),
});

test("the order of the records never decides", () => {
  fc.assert(
    fc.property(
      fc
        .array(anyRecord, { minLength: 1, maxLength: 6 })
        .chain((records) =>
          fc.tuple(
            fc.constant(records),
            fc.shuffledSubarray(records, { minLength: records.length, maxLength: records.length }),
          ),
        ),
      ([records, permuted]) => {
        expect(mergeFields(permuted)).toEqual(mergeFields(records));
      },
    ),
    { numRuns: 1_000 },
  );
});

test("nothing is invented: every value was said by a record", () => {
  fc.assert(
    fc.property(fc.array(anyRecord, { minLength: 1, maxLength: 6 }), (records) => {
      const merged = mergeFields(records);
      for (const field of ["caption", "views", "likes", "pinned", "visibility", "url"] as const) {
        const said = records.map((each) => each.fields[field] ?? null);
        expect(said).toContain(merged[field]);
      }
      const captions = records.map((each) => each.fields.caption ?? "");
      if (captions.some((each) => each !== "")) expect(merged.caption).not.toBe("");
    }),
  );
});

describe("a table of captions that a person typed", () => {
  const archive = {
    source: "tiktok-archive",
    id: null,
    date: "2024-01-01T00:00:00Z",
    ...unseen,
    fields: { kind: "video" as const, caption: "old #zip", hashtags: ["zip"], mentions: [] },
  };
  const page = {
    source: "media-folder",
    id: "7415551234567890123",
    date: "2024-01-01T00:00:02Z",
    ...unseen,
    fields: { caption: "page #page @bob", hashtags: ["page"], mentions: ["bob"] },
  };
  const typed = (caption: string) => ({
    source: "captions-table",
    id: null,
    date: "",
    ...unseen,
    fields: { caption, hashtags: [], mentions: [] },
  });

  test("wins over every other source, with the tags that it has", () => {
    const merged = mergeFields([archive, typed("mine"), page]);
    expect(merged).toMatchObject({ caption: "mine", hashtags: [], mentions: [] });
    expect(merged).toMatchObject({ id: page.id, date: archive.date, kind: "video" });
    expect(merged.sources).toEqual(["captions-table", "media-folder", "tiktok-archive"]);
  });

  test("adds nothing where it says what is known already", () => {
    const known = mergeFields([archive, page]);
    expect(mergeFields([typed("page #page @bob"), page, archive])).toEqual(known);
    // Its own emptied record, of a post that was removed and came back, says nothing at all.
    expect(mergeFields([{ ...typed(""), fields: {} }, page, archive])).toEqual(known);
  });
});
