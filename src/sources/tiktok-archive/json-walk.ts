import { Tokenizer } from "@streamparser/json";
import { jsonGrammar } from "./json-grammar.ts";
import { JsonError, lineCounter } from "./json-place.ts";
import type { JsonVisitor } from "./json-visitor.ts";

/**
 * Walks through JSON of any size with the memory of what the visitor keeps. Throws JsonError for JSON that is
 * wrong or breaks off; its message names the place.
 */
export async function walkJson(
  chunks: AsyncIterable<Uint8Array>,
  visitor: JsonVisitor,
): Promise<void> {
  const lines = lineCounter();
  const grammar = jsonGrammar(visitor);
  const tokenizer = new Tokenizer();
  let total = 0;
  let byteOrderMark = 0;
  tokenizer.onToken = (token) => grammar.take({ ...token, offset: token.offset + byteOrderMark });
  for await (const chunk of chunks) {
    // The tokenizer passes over the mark, but does not count it in the places of tokens.
    if (total === 0 && chunk[0] === 0xef) byteOrderMark = 3;
    lines.add(chunk);
    try {
      tokenizer.write(chunk);
    } catch (error) {
      const wrong = placed(error, grammar.last());
      throw new JsonError(`It is wrong at ${lines.describe(wrong.offset)}.`, wrong.offset, {
        cause: wrong,
      });
    }
    total += chunk.length;
  }
  if (total === 0) throw new JsonError("The file is empty.", 0);
  // A bare number is only known to be whole at the end, so the tokenizer ends first.
  if (!ends(tokenizer) || !grammar.complete()) {
    throw new JsonError(`It breaks off at ${lines.describe(total)}: the end is missing.`, total);
  }
}

/** The tokenizer's own errors carry their place in the message only; else the last token is the nearest. */
function placed(error: unknown, nearest: number): JsonError {
  if (error instanceof JsonError) return error;
  const message = error instanceof Error ? error.message : "";
  const place = /absolute position "(\d+)"/.exec(message)?.[1];
  return new JsonError("unreadable character", place === undefined ? nearest : Number(place));
}

function ends(tokenizer: Tokenizer): boolean {
  let whole = true;
  tokenizer.onError = () => {
    whole = false;
  };
  tokenizer.end();
  return whole;
}
