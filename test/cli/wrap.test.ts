import { expect, test } from "vitest";
import { wrapped } from "../../src/cli/wrap.ts";

test("a sentence that fits is one line", () => {
  expect(wrapped("two words", { columns: 9 })).toEqual(["two words"]);
});

test("later lines stand below the text of the first", () => {
  expect(wrapped("one two three", { columns: 9, head: "  ! " })).toEqual([
    "  ! one",
    "    two",
    "    three",
  ]);
});

test("Chinese is as wide as it is drawn, and colour has no width", () => {
  expect(wrapped("小米 画画", { columns: 8 })).toEqual(["小米", "画画"]);
  expect(wrapped("a b", { columns: 5, head: "\u001b[33m!\u001b[39m " })).toEqual([
    "\u001b[33m!\u001b[39m a b",
  ]);
});

test("a word wider than the screen stays whole", () => {
  expect(wrapped("see https://example.com/long", { columns: 10 })).toEqual([
    "see",
    "https://example.com/long",
  ]);
});
