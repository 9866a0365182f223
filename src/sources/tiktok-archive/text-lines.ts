import { TextDecoder } from "node:util";
import { blockBuilder, type TextBlock } from "../../tiktok/archive-text.ts";
import { brokenText } from "./errors.ts";
import type { InputFile } from "./input-file.ts";

/** TikTok's longest line is a message; a file of one endless line must not fill the memory. */
const longestLine = 1024 ** 2;

/** Reads a text file block by block, in UTF-8 or UTF-16. Throws ExpectedError (exit `input`). */
export async function* textBlocks(file: InputFile, signal: AbortSignal): AsyncGenerator<TextBlock> {
  const builder = blockBuilder();
  let number = 0;
  for await (const lines of lineGroups(file, signal)) {
    for (const line of lines) {
      number += 1;
      if (line.length > longestLine) throw tooLong(file, number);
      const ended = builder.add(line, number);
      if (ended !== null) yield ended;
    }
  }
  const last = builder.end();
  if (last !== null) yield last;
}

async function* lineGroups(file: InputFile, signal: AbortSignal): AsyncGenerator<string[]> {
  let decoder: TextDecoder | null = null;
  let rest = "";
  let count = 0;
  signal.throwIfAborted();
  for await (const chunk of file.bytes()) {
    signal.throwIfAborted();
    decoder ??= new TextDecoder(encodingOf(chunk));
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
    rest = lines.pop() ?? "";
    count += lines.length;
    if (rest.length > longestLine) throw tooLong(file, count + 1);
    yield lines;
  }
  yield (rest + (decoder?.decode() ?? "")).split(/\r?\n|\r/);
}

/** The first bytes of a text file as text. */
export function decodeStart(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes, { stream: true });
}

/** Editors on Windows save text again with two bytes a character, mostly with a mark at the start. */
function encodingOf(chunk: Uint8Array): string {
  const [one, two] = chunk;
  if ((one === 0xff && two === 0xfe) || (one !== 0 && two === 0)) return "utf-16le";
  return (one === 0xfe && two === 0xff) || one === 0 ? "utf-16be" : "utf-8";
}

function tooLong(file: InputFile, line: number): Error {
  return brokenText(file, `Line ${line} is far longer than any line of TikTok's.`);
}
