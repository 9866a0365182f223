import { collector } from "./collect.ts";
import type { ArchiveContent } from "./content.ts";
import { brokenJson, wideJson } from "./errors.ts";
import type { InputFile } from "./input-file.ts";
import { JsonError } from "../../edge/json/error.ts";
import type { JsonVisitor } from "../../edge/json/visitor.ts";
import { walkJson } from "../../edge/json/walk.ts";

/** Reads the archive out of one JSON. Throws ExpectedError (exit `input`) when it cannot be read to its end. */
export async function readJson(
  file: InputFile,
  source: string,
  signal: AbortSignal,
): Promise<ArchiveContent> {
  const { content, visitor } = collector(source);
  await walkFile(file, visitor, signal);
  return content;
}

/** Walks through one JSON file. Throws ExpectedError (exit `input`) that names the file and the place. */
export async function walkFile(
  file: InputFile,
  visitor: JsonVisitor,
  signal: AbortSignal,
): Promise<void> {
  try {
    await walkJson(checkedBytes(file, signal), visitor);
  } catch (error) {
    if (error instanceof JsonError) throw brokenJson(file, error.message, error);
    throw error;
  }
}

async function* checkedBytes(file: InputFile, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let first = true;
  signal.throwIfAborted();
  for await (const chunk of file.bytes()) {
    signal.throwIfAborted();
    if (first && isWide(chunk)) throw wideJson(file);
    first = false;
    yield chunk;
  }
}

/** Two bytes a character: a mark at the start, or a zero beside the first bracket. */
function isWide(chunk: Uint8Array): boolean {
  const [one, two] = chunk;
  return (one === 0xff && two === 0xfe) || (one === 0xfe && two === 0xff) || one === 0 || two === 0;
}
