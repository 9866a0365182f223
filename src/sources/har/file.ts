import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { stringText } from "../../edge/json/string.ts";
import type { JsonSpan } from "../../edge/json/visitor.ts";
import { changedMeanwhile } from "./errors.ts";

/** A HAR file whose texts are read where they stand; none of them is kept. */
export interface HarFile {
  path: string;
  /** The text at a place; null when it has more than `most` bytes. */
  text(span: JsonSpan, most: number): Promise<string | null>;
  /** Bytes that a base64 text stands for. */
  decodedLength(span: JsonSpan): Promise<number>;
  /** Decodes a base64 text piece by piece. Throws ExpectedError (exit `input`) when the file was changed since. */
  decoded(span: JsonSpan): AsyncIterable<Uint8Array>;
  /** The bytes of a text, read when they are asked for. Throws like `decoded`. */
  encoded(span: JsonSpan): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** Opens the file for reading at places. What is read when asked for (`decoded`, `encoded`) is so after it was closed, too. */
export async function openHar(path: string): Promise<HarFile> {
  const handle = await open(path, "r");
  const state = await stateOf(path);

  async function* decoded(span: JsonSpan): AsyncGenerator<Uint8Array> {
    if ((await stateOf(path)) !== state) throw changedMeanwhile(path);
    let rest = "";
    for await (const text of base64Text(path, span)) {
      const whole = rest + text;
      const end = whole.length - (whole.length % 4);
      rest = whole.slice(end);
      if (end > 0) yield Buffer.from(whole.slice(0, end), "base64");
    }
    if (rest !== "") yield Buffer.from(rest, "base64");
  }

  async function* encoded(span: JsonSpan): AsyncGenerator<Uint8Array> {
    if ((await stateOf(path)) !== state) throw changedMeanwhile(path);
    await using again = await open(path, "r");
    const bytes = await bytesAt(again, span.from, span.to);
    yield Buffer.from(stringText(bytes, { anyEscape: span.escaped }), "utf8");
  }

  return {
    path,
    decoded,
    encoded,
    async text(span, most) {
      if (span.to - span.from > most) return null;
      const bytes = await bytesAt(handle, span.from, span.to);
      return stringText(bytes, { anyEscape: span.escaped });
    },
    async decodedLength(span) {
      if (span.escaped) {
        let length = 0;
        for await (const piece of decoded(span)) length += piece.length;
        return length;
      }
      const end = (await bytesAt(handle, Math.max(span.from, span.to - 2), span.to)).toString();
      const padding = end.length - end.replace(/=+$/, "").length;
      return Math.floor(((span.to - span.from - padding) * 3) / 4);
    },
    close: () => handle.close(),
  };
}

async function stateOf(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  return `${size} ${mtimeMs}`;
}

async function bytesAt(handle: FileHandle, from: number, to: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(to - from), 0, to - from, from);
  return buffer.subarray(0, bytesRead);
}

/** The letters of base64; JSON may write `/` as `\/`, and `+` by its number. */
async function* base64Text(path: string, span: JsonSpan): AsyncGenerator<string> {
  if (span.to <= span.from) return;
  const stream = createReadStream(path, {
    ...{ start: span.from, end: span.to - 1, encoding: "latin1", highWaterMark: 256 * 1024 },
  });
  let rest = "";
  for await (const chunk of stream) {
    const text = rest + String(chunk);
    // An escape may go on in the next chunk.
    const last = span.escaped ? text.lastIndexOf("\\") : -1;
    const end = last > text.length - 6 && last !== -1 ? last : text.length;
    rest = text.slice(end);
    yield unescaped(text.slice(0, end));
  }
  yield unescaped(rest);
}

function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/\\(?:u([0-9a-f]{4})|(.))/gi, (_, code?: string, sign?: string) =>
    code === undefined ? (sign === "/" ? "/" : "") : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
