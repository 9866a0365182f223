import { createReadStream } from "node:fs";
import { cannotRead } from "../../edge/cannot-read.ts";
import { JsonError } from "../../edge/json/error.ts";
import { walkJson } from "../../edge/json/walk.ts";
import { type HarLog, harVisitor } from "./entries.ts";
import { brokenHar, notHar } from "./errors.ts";

/** Notes the entries of a HAR file, checking every byte. Throws ExpectedError (exit `input`) with the place of a fault. */
export async function readLog(path: string, signal: AbortSignal): Promise<HarLog> {
  const { log, visitor } = harVisitor();
  try {
    await walkJson(bytesOf(path, signal), visitor);
  } catch (error) {
    if (error instanceof JsonError) throw brokenHar(path, error.message, error);
    throw error;
  }
  if (!log.found) throw notHar(path, "It has no list of requests (`log.entries`).");
  if (log.tooMany) throw notHar(path, "It holds more requests than any browser saves.");
  return log;
}

async function* bytesOf(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const stream = createReadStream(path, { highWaterMark: 256 * 1024 });
  let first = true;
  try {
    for await (const chunk of stream) {
      signal.throwIfAborted();
      const bytes = Buffer.from(chunk);
      if (first && isWide(bytes)) {
        throw brokenHar(path, "It was saved in another encoding (UTF-16) by some editor.");
      }
      if (first && isPage(bytes)) {
        throw notHar(path, "It is a web page: the browser saved the page, not its network panel.");
      }
      first = false;
      yield bytes;
    }
  } catch (error) {
    if (error instanceof Error && "syscall" in error) throw cannotRead("file", path, error);
    throw error;
  }
}

/** Two bytes a character: a mark at the start, or a zero beside the first bracket. */
function isWide([one, two]: Buffer): boolean {
  return (one === 0xff && two === 0xfe) || (one === 0xfe && two === 0xff) || one === 0 || two === 0;
}

/** HTML in place of JSON: "Save page as" was chosen, and the ending typed by hand. */
function isPage(bytes: Buffer): boolean {
  return /^\uFEFF?\s*</.test(bytes.subarray(0, 256).toString("utf8"));
}
