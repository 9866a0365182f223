import fc from "fast-check";
import { expect, test } from "vitest";

import { closeGaps, needsSpace } from "../../src/compose/close-gaps.ts";
import { anyText } from "../support/any-text.ts";

const list = String.raw`(?:[\s,&+、，·•|/]|\b(?:and|y|e|et|und)\b|和)*`;
const gaps = new RegExp(`[\u0000\u0001](?:${list}[\u0000\u0001])*`, "gu");
const leftover = /^[\s\u0000,;:.&+、，。；：·•|/()（）[\]]*$/u;
const pointer =
  /(?:(?<![\p{L}\p{N}])(?:with|by|via|from|at|to|ft|feat|featuring|cc|ib|dc|cr|credits?|con|por|avec|mit|w\/)\.?)?[^\S\n]{0,3}[:：]?[^\S\n]{0,3}\u0000(?=[^\S\n]*(?:[.!?。！？…)）\]】]|$))/gimu;

/** Every pattern over every line of the whole text. */
function plainly(text: string): string {
  return text
    .replace(gaps, (run) =>
      run.includes("\n") ? run.replace(/[^\n\u0000\u0001]+/gu, "") : run.charAt(0),
    )
    .split("\n")
    .map((line) =>
      (line.includes("\u0000") ? line.replace(pointer, "\u0000") : line).replaceAll(
        "\u0001",
        "\u0000",
      ),
    )
    .filter((line) => !(line.includes("\u0000") && leftover.test(line)))
    .map((line) => (line.includes("\u0000") ? closedLine(line) : line))
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}

function closedLine(line: string): string {
  return line
    .replace(
      /[^\S\n]*\u0000[\s\u0000]*(?=[.,!?;:。，！？；：、)）\]】](?![\p{L}\p{N}]))/gu,
      "\u0000",
    )
    .replace(/([(（[【])[^\S\n]*\u0000[\s\u0000]*/gu, "$1\u0000")
    .replace(/[^\S\n]+\u0000[\s\u0000]*/gu, " ")
    .replace(/\u0000[\s\u0000]*/gu, (_, place: number, whole: string) =>
      needsSpace(whole.slice(0, place), whole.slice(place).replace(/^[\s\u0000]+/u, "")) ? " " : "",
    )
    .replace(/\(\)|（）|\[\]|【】/gu, "")
    .trim();
}

const pieces = [
  ...[
    "\u0000",
    "\u0001",
    "\n",
    " ",
    "\u00a0\u3000",
    "(",
    ")",
    "【",
    "】",
    "()",
    ".",
    ",",
    ":",
    "…",
  ],
  ...[
    "with",
    " featuring.  :  ",
    " by ",
    "and",
    " y ",
    "和",
    "a",
    "猫",
    "👍🏽",
    "\ud83d",
    "long words before it",
  ],
];
const gapped = fc
  .array(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...pieces) }, anyText), { maxLength: 25 })
  .map((all) => all.join(""));

test("gaps are closed as by all patterns over the whole text, whatever the text", () => {
  fc.assert(
    fc.property(gapped, (text) => {
      expect(closeGaps(text)).toBe(plainly(text));
    }),
    { seed: 20261121, numRuns: 20_000 },
  );
});
