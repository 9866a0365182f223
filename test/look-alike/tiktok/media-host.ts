import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Addresses } from "./addresses.ts";
import type { MediaFile } from "./media-files.ts";
import { smallChallengePage } from "./pages.ts";
import { answer, cookiesOf } from "./requests.ts";
import type { MediaFault } from "./scenario.ts";

/** What the media host needs to know. */
export interface MediaHostContext {
  /** The file below a stable path. */
  file(path: string): MediaFile | undefined;
  addresses: Addresses;
  /** Origins whose pages may ask for videos. */
  referers: readonly string[];
  faults(): readonly MediaFault[];
}

/** Answers media requests; counts them for each path. */
export function mediaHost(
  context: MediaHostContext,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const counts = new Map<string, number>();
  let tags = 0;

  return async (request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const path = context.addresses.stablePath(url.pathname);
    const file = context.file(path);
    const number = (counts.get(path) ?? 0) + 1;
    counts.set(path, number);
    if (file === undefined) return answer(response, 404, "text/plain", "not here");
    if (!allowed(request, url, context, file)) {
      return answer(response, 403, "text/html", "<html><body>Access Denied</body></html>");
    }
    const bytes = file.bytes();
    if (bytes === null) return answer(response, 404, "text/plain", "not here");
    const fault = context.faults().find(
      (each) =>
        url.pathname.includes(each.path ?? "") &&
        (each.kind ?? file.kind) === file.kind &&
        (each.on?.includes(number) ?? true) &&
        // What the second host gives is not sent on once more.
        !(each.answer.to === "redirect" && request.headers.host?.startsWith("localhost")),
    )?.answer;
    switch (fault?.to) {
      case "html":
        return answer(
          response,
          200,
          "text/html",
          "<html><head><title>TikTok</title></head></html>",
        );
      case "640-bytes":
        return answer(response, 200, "text/html", smallChallengePage());
      case "json":
        return answer(response, 200, "application/json", '{"code":4404,"message":"made up"}');
      case "empty":
        return answer(response, 200, file.contentType, "");
      case "status":
        return answer(response, fault.status, "text/plain", "no", {
          ...(fault.retryAfter !== undefined && { "retry-after": fault.retryAfter }),
        });
      case "redirect":
        return answer(response, 302, "text/plain", "moved", {
          location: context.addresses.onSecondHost(file),
        });
      default:
        return send(request, response, file, bytes, fault, fault?.to === "new-etag" ? ++tags : 0);
    }
  };
}

/** A video wants a page of ours as Referer and the cookie it was signed for; a picture wants neither. */
function allowed(
  request: IncomingMessage,
  url: URL,
  { addresses, referers }: MediaHostContext,
  file: MediaFile,
): boolean {
  const token = cookiesOf(request).get("tt_chain_token") ?? "";
  if (!addresses.allows({ path: url.pathname, query: url.searchParams, token })) return false;
  if (file.kind === "image" || file.kind === "avatar" || !url.searchParams.has("tk")) return true;
  const referer = URL.parse(request.headers.referer ?? "");
  return referer !== null && referers.includes(referer.origin);
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  file: MediaFile,
  bytes: Buffer,
  fault: MediaFault["answer"] | undefined,
  tag: number,
): Promise<void> {
  const etag = `"${createHash("md5").update(bytes).digest("hex")}${tag === 0 ? "" : `-${tag}`}"`;
  const ranges = fault?.to !== "no-ranges";
  const condition = request.headers["if-range"];
  const asked = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
  const partial = ranges && asked !== null && (condition === undefined || condition === etag);
  const start = partial ? Number(asked[1]) : 0;
  const end =
    partial && asked[2] !== "" ? Math.min(Number(asked[2]), bytes.length - 1) : bytes.length - 1;
  if (start >= bytes.length) {
    return answer(response, 416, "text/plain", "", { "content-range": `bytes */${bytes.length}` });
  }
  const body = bytes.subarray(start, end + 1);
  response.writeHead(partial ? 206 : 200, {
    "content-type": file.contentType,
    "content-length": body.length,
    "cache-control": "max-age=31536000",
    "access-control-allow-origin": request.headers.origin ?? "*",
    etag,
    ...(ranges && { "accept-ranges": "bytes" }),
    ...(partial && { "content-range": `bytes ${start}-${end}/${bytes.length}` }),
  });
  if (request.method === "HEAD") return void response.end();
  if (fault?.to === "cut" || fault?.to === "stall") {
    const part = body.subarray(0, fault.after);
    // The bytes leave before the line breaks, so that the other side has something to keep.
    response.write(part, () => fault.to === "cut" && setImmediate(() => response.destroy()));
    return;
  }
  if (fault?.to === "slow") {
    const step = Math.max(1, Math.ceil(fault.bytesPerSecond / 20));
    for (let at = 0; at < body.length && !response.destroyed; at += step) {
      response.write(body.subarray(at, at + step));
      await wait(50);
    }
    return void response.end();
  }
  response.end(body);
}
