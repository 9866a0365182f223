import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JsonError } from "../../../src/edge/json/error.ts";
import type { JsonVisitor } from "../../../src/edge/json/visitor.ts";
import { walkJson } from "../../../src/edge/json/walk.ts";

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    // A copy that is spoilt afterwards: streams use their memory again.
    const chunk = Buffer.from(bytes.subarray(at, at + size));
    yield chunk;
    chunk.fill(0x21);
  }
}

/** The whole value, kept. */
async function keep(text: string | Buffer, size: number): Promise<unknown> {
  let result: unknown;
  const visitor: JsonVisitor = {
    choose: () => "keep",
    kept: (_, value) => {
      result = value;
    },
  };
  await walkJson(chunksOf(Buffer.from(text), size), visitor);
  return result;
}

/** Whether the value is JSON at all, when nothing of it is wanted. */
async function passes(text: Buffer, size: number): Promise<boolean> {
  try {
    await walkJson(chunksOf(text, size), { choose: () => "skip", kept: () => undefined });
    return true;
  } catch (error) {
    if (error instanceof JsonError) return false;
    throw error;
  }
}

/** What JSON.parse says; a number that it would round stays text. */
function parsed(text: string): unknown {
  return JSON.parse(text, (_, value: unknown, context?: { source?: string }) =>
    typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)
      ? context?.source
      : value,
  );
}

const sizes = fc.integer({ min: 1, max: 64 });
const settings = { numRuns: 400, seed: 20_261_121 };

describe("walking through JSON", () => {
  it("gives what JSON.parse gives, wherever the chunks end", async () => {
    const texts = fc.tuple(
      fc.jsonValue({ maxDepth: 6 }),
      fc.constantFrom(0, 2, "\t"),
      fc.boolean(),
    );
    await fc.assert(
      fc.asyncProperty(texts, sizes, async ([value, indent, ascii], size) => {
        const plain = JSON.stringify(value, null, indent);
        const text = ascii ? plain.replace(/[^\x20-\x7e\s]/g, escaped) : plain;
        expect(await keep(text, size)).toEqual(parsed(text));
        expect(await passes(Buffer.from(text), size)).toBe(true);
      }),
      settings,
    );
  });

  it("refuses what JSON.parse refuses, wanted or passed over", async () => {
    const edits = fc.array(
      fc.record({ at: fc.integer({ min: 0, max: 10_000 }), byte: fc.constantFrom(...signs) }),
      { minLength: 1, maxLength: 3 },
    );
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 4 }), edits, sizes, async (json, changes, size) => {
        const bytes = Buffer.from(json);
        for (const { at, byte } of changes) bytes[at % bytes.length] = byte;
        const good = isJson(bytes.toString("utf8"));
        expect([json, await passes(bytes, size)]).toEqual([json, good]);
        const kept = await keep(bytes, size).then(
          () => true,
          (error: unknown) => !(error instanceof JsonError),
        );
        expect([json, kept]).toEqual([json, good]);
      }),
      { ...settings, numRuns: 1500 },
    );
  });

  it.each([
    ['{"a":{"b":[1,{"c":2}]},"d":"x"}', ["a", "a.b", "a.b.0", "a.b.1", "a.b.1.c", "a.b=2", "d"]],
    ["[[],[[]],{}]", ["0", "0=0", "1", "1.0", "1.0=0", "1=1", "2", "=3"]],
  ])("asks about each value with its path and tells the lengths: %s", async (text, said) => {
    const seen: string[] = [];
    const visitor: JsonVisitor = {
      choose(path) {
        if (path.length > 0) seen.push(path.join("."));
        return "enter";
      },
      kept: () => undefined,
      listEnded: (path, length) => seen.push(`${path.join(".")}=${length}`),
    };
    await walkJson(chunksOf(Buffer.from(text), 3), visitor);
    expect(seen).toEqual(said);
  });

  it("tells where a text stands without building it, wherever the chunks end", async () => {
    const json = Buffer.from('\uFEFF{"a":["", "kõrv"],"b":"x\\u0041\\"","c":1}');
    await fc.assert(
      // The mark before the text comes in one chunk.
      fc.asyncProperty(fc.integer({ min: 3, max: 64 }), async (size) => {
        const seen: [string, string, boolean][] = [];
        const visitor: JsonVisitor = {
          choose: (_, kind) => (kind === "string" ? "locate" : "enter"),
          kept: () => expect.unreachable(),
          located: (path, { from, to, escaped }) =>
            seen.push([path.join("."), json.subarray(from, to).toString(), escaped]),
        };
        await walkJson(chunksOf(json, size), visitor);
        expect(seen).toEqual([
          ["a.0", "", false],
          ["a.1", "kõrv", false],
          ["b", 'x\\u0041\\"', true],
        ]);
      }),
      settings,
    );
  });
});

const signs = [...Buffer.from('{}[],:"\\/u0123456789eE+-. \n\ttrufalsn\u0001')];

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
