import fc from "fast-check";
import { expect, test } from "vitest";

import { unitsOf } from "../../src/text/units.ts";
import { anyText } from "../support/any-text.ts";

test("the units of a text are those that it has, whatever was asked for before", () => {
  const text = fc.oneof(
    anyText,
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.constantFrom("", "a", "\ud83d", "\udc00\ud83d", "é".repeat(5000), "漢字".repeat(9000)),
  );
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (texts) => {
      // Each is asked for anew, then again as another string of the same letters.
      for (const each of [...texts, ...texts.map((one) => `${one}.`.slice(0, -1))]) {
        const units = unitsOf(each);
        const isSame = Array.from(
          { length: each.length },
          (_, at) => units[at] === each.charCodeAt(at),
        );
        expect(isSame).not.toContain(false);
      }
    }),
    { seed: 20261121, numRuns: 500 },
  );
});
