import fc from "fast-check";
import { expect, test } from "vitest";

import { plainCaption } from "../../src/compose/plain-caption.ts";
import { tagKey } from "../../src/compose/topic-table.ts";
import { destinations } from "../../src/destinations/index.ts";
import { tokenise } from "../../src/text/caption.ts";
import { graphemes, measure } from "../../src/text/measure.ts";
import { foldFancy } from "../../src/text/normalise.ts";
import { anyText } from "../support/any-text.ts";
import { draftOf } from "./table.ts";

const long = fc
  .tuple(anyText, fc.integer({ min: 1, max: 60 }))
  .map(([text, times]) => `${text} `.repeat(times).slice(0, 6000));
const caption = fc.oneof(anyText, long);

test("whatever a caption holds: no limit is passed, no character torn, no tag forgotten, no handle let through", () => {
  fc.assert(
    fc.property(caption, fc.constantFrom(...destinations), (text, { id, limits, removesLinks }) => {
      const draft = draftOf(id, text);
      for (const [made, limit] of [
        [draft.title, limits.title],
        [draft.body, limits.body],
      ] as const) {
        if (limit.hard !== null) expect(measure(made, limit.unit)).toBeLessThanOrEqual(limit.hard);
        expect(made.isWellFormed()).toBe(true);
        // No half flag, no joiner or skin tone that lost what it belongs to.
        const torn = graphemes(made).filter((each) => /^[\u{1F3FB}-\u{1F3FF}]$/u.test(each));
        expect(torn).toEqual([]);
        const types = tokenise(made).map(({ type }) => type);
        if (removesLinks) expect(types.filter((type) => /link|mention/.test(type))).toEqual([]);
      }
      const { tags } = plainCaption(foldFancy(text), { removesLinks: true, isNoise: () => false });
      const keys = new Set(tags.map((tag) => tagKey(tag) || tag));
      const told = draft.dropped.filter(({ what }) => what.startsWith("#"));
      expect(draft.topics.length + told.length).toBeGreaterThanOrEqual(keys.size);
    }),
    { seed: 20261121, numRuns: 600 },
  );
});

test("what was composed before changes nothing: the same bytes in any order", () => {
  fc.assert(
    fc.property(fc.array(caption, { minLength: 2, maxLength: 5 }), (captions) => {
      const all = captions.flatMap((text) => destinations.map(({ id }) => ({ text, id })));
      const bytes = ({ text, id }: (typeof all)[number]) => JSON.stringify(draftOf(id, text));
      const forth = all.map(bytes);
      const back = all.toReversed().map(bytes).toReversed();
      expect(back).toEqual(forth);
      const tagged = { knownTags: ["art", "x"], removesLinks: true, isNoise: () => false };
      for (const text of captions) plainCaption(text, tagged);
      expect(all.map(bytes)).toEqual(forth);
    }),
    { seed: 20261121, numRuns: 80 },
  );
});
