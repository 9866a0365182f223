import { jsonScanner } from "./scan.ts";
import { jsonTree } from "./tree.ts";
import type { JsonVisitor } from "./visitor.ts";

/**
 * Walks through JSON of any size with the memory of what the visitor keeps. Throws JsonError for JSON that is
 * wrong or breaks off; its message names the place.
 */
export async function walkJson(
  chunks: AsyncIterable<Uint8Array>,
  visitor: JsonVisitor,
): Promise<void> {
  const scanner = jsonScanner(jsonTree(visitor));
  for await (const chunk of chunks) {
    scanner.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  }
  scanner.end();
}
