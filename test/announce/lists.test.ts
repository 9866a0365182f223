import { describe, expect, test } from "vitest";
import { findEntry, namesOf, parseNiches } from "../../src/announce/lists.ts";
import type { ListEntry } from "../../src/announce/lists.ts";
import { graphemes } from "../../src/text/measure.ts";
import { full, lists, factsOf } from "./sample.ts";

describe("the bilingual lists", () => {
  test.each(["niches", "shares", "places", "pets"] as const)(
    "%s are findable and unique",
    (key) => {
      const entries: readonly ListEntry[] = lists[key];
      for (const entry of entries) {
        for (const name of namesOf(entry)) {
          expect(findEntry(entries, name.toUpperCase()), name).toBe(entry);
        }
      }
      expect(new Set(entries.map((entry) => entry.zh)).size).toBe(entries.length);
    },
  );

  test("are long enough to choose from", () => {
    expect(lists.niches.length).toBeGreaterThanOrEqual(45);
    expect(lists.shares.length).toBeGreaterThanOrEqual(30);
    expect(lists.places.length).toBeGreaterThanOrEqual(60);
    expect(lists.pets).toHaveLength(8);
  });

  test("niches name tags and topics that belong to them", () => {
    for (const niche of lists.niches) {
      expect(niche.tagsEn, niche.id).toContain(niche.tagEn);
      expect(niche.topicsZh, niche.id).toContain(niche.tagZh);
      expect(niche.tagsEn.length, niche.id).toBeLessThanOrEqual(3);
      expect(new Set(niche.topicsZh).size, niche.id).toBe(niche.topicsZh.length);
    }
  });

  test("any three shares fit in both languages", () => {
    for (const [index] of lists.shares.entries()) {
      const shares = [0, 1, 2].map((step) => lists.shares[(index + step) % lists.shares.length]!);
      const { variables } = factsOf({ ...full, shares: shares.map((share) => share.id) });
      expect(variables.share_en).toBe(`${shares[0]!.en}, ${shares[1]!.en} and ${shares[2]!.en}`);
      expect(variables.share_zh).toBe(shares.map((share) => share.zh).join("、"));
    }
    const longest = Math.max(...lists.shares.map((share) => graphemes(share.zh).length));
    expect(longest).toBeLessThanOrEqual(6);
    expect(Math.max(...lists.shares.map((share) => share.en.length))).toBeLessThanOrEqual(17);
  });

  test("are found without capitals, accents and articles", () => {
    expect(findEntry(lists.places, "sao paulo")?.zh).toBe("圣保罗");
    expect(findEntry(lists.places, "Netherlands")?.zh).toBe("荷兰");
    expect(findEntry(lists.niches, "Home Decor")?.id).toBe("home-decor");
    expect(findEntry(lists.pets, "MY CAT")?.id).toBe("cat");
    expect(findEntry(lists.places, "")).toBeUndefined();
  });
});

describe("a broken list", () => {
  test("says that it is not JSON", () => {
    expect(() => parseNiches("{")).toThrow(/templates\/niches\.json.*not valid JSON/u);
  });

  test("says where it is wrong", () => {
    const wrong = { ...lists, niches: [{ ...lists.niches[0]!, shortZh: "太长的名字了" }] };
    expect(() => parseNiches(JSON.stringify(wrong))).toThrow(/niches\.0\.shortZh/u);
  });

  test("refuses a tag with a space", () => {
    const wrong = { ...lists, niches: [{ ...lists.niches[0]!, tagEn: "two words" }] };
    expect(() => parseNiches(JSON.stringify(wrong))).toThrow(/a tag has no spaces/u);
  });
});
