import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** What the server does wrong. Several faults of one path act together; the first that answers wins. */
export type Fault = When &
  (
    | { kind: "status"; status: number; retryAfter?: string }
    | { kind: "html" }
    | { kind: "empty" }
    /** Breaks the line after so many bytes of the body. */
    | { kind: "cut"; after: number }
    /** Sends so many bytes of the body and then nothing, without closing. */
    | { kind: "stall"; after: number }
    | { kind: "drip"; chunk: number; everyMs: number }
    | { kind: "latency"; ms: number }
    /** Announces another length than it sends, then closes. */
    | { kind: "wrong-length"; length: number }
    /** Answers a range with a Content-Range of this text. */
    | { kind: "wrong-range"; contentRange: string }
    /** Sends no length and ends the body by closing the line. */
    | { kind: "no-length" }
    | { kind: "no-ranges" }
    /** Other validators than the usual ETag; null leaves one out. */
    | { kind: "validators"; etag: string | null; lastModified?: string | null }
    /** An absolute address, or a path on this server. */
    | { kind: "redirect"; to: string; status?: number }
    /** 403 to whoever does not send this Referer, and this among its cookies, as the page does. */
    | { kind: "wants"; referer?: string; cookie?: string }
  );

/** Which requests of a path a fault is for; all when both are left out. */
interface When {
  /** Request numbers of the path, from 1. */
  on?: readonly number[];
  /** The first so many requests. */
  times?: number;
}

/** One request as the server saw it. */
export interface SeenRequest {
  path: string;
  search: string;
  method: string;
  range: string | null;
  ifRange: string | null;
  userAgent: string | null;
  referer: string | null;
  cookie: string | null;
  readonly status: number;
}

/** A media server on this machine. */
export interface MediaServer {
  /** Origin such as `http://127.0.0.1:40001`. */
  origin: string;
  /** Host and port, as `network.allowHosts` wants it. */
  host: string;
  requests: readonly SeenRequest[];
  put(path: string, bytes: Uint8Array, faults?: readonly Fault[]): void;
  address(path: string, query?: string): string;
  count(path: string): number;
  /** How many lines to it were opened. */
  connections(): number;
  /** Forgets requests, objects and faults. */
  reset(): void;
  close(): Promise<void>;
}

/** How the server starts. */
export interface MediaServerOptions {
  /** Faults of every path, before each path's own. */
  faults?: readonly Fault[];
  /** A free port when left out. */
  port?: number;
}

/** Starts a real HTTP server on 127.0.0.1 that serves what it is given, with faults when told so. */
export async function startMediaServer(options: MediaServerOptions = {}): Promise<MediaServer> {
  const objects = new Map<string, { bytes: Buffer; faults: readonly Fault[] }>();
  const counts = new Map<string, number>();
  const requests: SeenRequest[] = [];

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const number = (counts.get(url.pathname) ?? 0) + 1;
    counts.set(url.pathname, number);
    const seen: SeenRequest = {
      path: url.pathname,
      search: url.search,
      method: request.method ?? "",
      range: request.headers.range ?? null,
      ifRange: textOf(request.headers["if-range"]),
      userAgent: request.headers["user-agent"] ?? null,
      referer: request.headers.referer ?? null,
      cookie: request.headers.cookie ?? null,
      get status() {
        return response.statusCode;
      },
    };
    requests.push(seen);
    const stored = objects.get(url.pathname);
    const all = [...(options.faults ?? []), ...(stored?.faults ?? [])];
    const active = all.filter((fault) => isActive(fault, number));
    // A client that goes away is what many tests are about.
    response.on("error", () => undefined);
    void answer(request, response, stored?.bytes ?? null, active);
  });
  let opened = 0;
  server.on("connection", () => (opened += 1));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const origin = `http://${host}`;

  return {
    origin,
    host,
    requests,
    put: (path, bytes, faults = []) =>
      void objects.set(path, { bytes: Buffer.from(bytes), faults }),
    address: (path, query = "") => `${origin}${path}${query === "" ? "" : `?${query}`}`,
    count: (path) => counts.get(path) ?? 0,
    connections: () => opened,
    reset() {
      objects.clear();
      counts.clear();
      requests.length = 0;
      opened = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  bytes: Buffer | null,
  faults: readonly Fault[],
): Promise<void> {
  const latency = find(faults, "latency");
  if (latency !== undefined) await wait(latency.ms);
  const redirect = find(faults, "redirect");
  if (redirect !== undefined) {
    return reply(response, redirect.status ?? 302, { location: redirect.to }, "moved");
  }
  const wants = find(faults, "wants");
  if (wants !== undefined && !brings(request, wants)) {
    return reply(response, 403, { "content-type": "text/html" }, "<html>no</html>");
  }
  const status = find(faults, "status");
  if (status !== undefined) {
    const headers: Record<string, string> = {};
    if (status.retryAfter !== undefined) headers["retry-after"] = status.retryAfter;
    return reply(response, status.status, headers, "<html><body>no</body></html>");
  }
  const page = "<!doctype html><html><head><title>Please wait...</title></head></html>";
  if (find(faults, "html")) return reply(response, 200, { "content-type": "text/html" }, page);
  if (find(faults, "empty")) return reply(response, 200, { "content-type": "video/mp4" }, "");
  if (bytes === null) return reply(response, 404, {}, "not here");
  return sendBytes(request, response, bytes, faults);
}

function brings(
  { headers }: IncomingMessage,
  { referer, cookie }: { referer?: string; cookie?: string },
): boolean {
  const cookies = (headers.cookie ?? "").split("; ");
  return (
    (referer === undefined || headers.referer === referer) &&
    (cookie === undefined || cookies.includes(cookie))
  );
}

async function sendBytes(
  request: IncomingMessage,
  response: ServerResponse,
  bytes: Buffer,
  faults: readonly Fault[],
): Promise<void> {
  const validators = find(faults, "validators") ?? {
    etag: `"${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}"`,
    lastModified: null,
  };
  const ranges = find(faults, "no-ranges") === undefined;
  const headers: Record<string, string> = { "content-type": "application/octet-stream" };
  if (ranges) headers["accept-ranges"] = "bytes";
  if (validators.etag !== null) headers["etag"] = validators.etag;
  if (validators.lastModified) headers["last-modified"] = validators.lastModified;

  const asked = /^bytes=(\d+)-$/.exec(request.headers.range ?? "");
  const condition = textOf(request.headers["if-range"]);
  const same =
    condition === null || condition === validators.etag || condition === validators.lastModified;
  const start = ranges && same && asked !== null ? Number(asked[1]) : 0;
  if (start > 0 && start >= bytes.length) {
    return reply(response, 416, { "content-range": `bytes */${bytes.length}` }, "");
  }
  const body = bytes.subarray(start);
  const status = start > 0 ? 206 : 200;
  if (start > 0) {
    headers["content-range"] =
      find(faults, "wrong-range")?.contentRange ??
      `bytes ${start}-${bytes.length - 1}/${bytes.length}`;
  }
  if (find(faults, "no-length") === undefined) {
    headers["content-length"] = String(find(faults, "wrong-length")?.length ?? body.length);
  } else {
    // Without chunks and without a length only the closing of the line ends the body.
    response.useChunkedEncodingByDefault = false;
    headers["connection"] = "close";
  }
  response.writeHead(status, headers);
  response.flushHeaders();

  const stopAt = find(faults, "cut")?.after ?? find(faults, "stall")?.after;
  await write(response, body.subarray(0, stopAt), find(faults, "drip"));
  if (find(faults, "cut") !== undefined) {
    // The bytes leave before the line breaks, so that the other side has something to keep.
    await wait(40);
    response.destroy();
  } else if (find(faults, "wrong-length") !== undefined) {
    await wait(40);
    response.socket?.end();
  } else if (stopAt === undefined) {
    response.end();
  }
}

async function write(
  response: ServerResponse,
  body: Buffer,
  drip: { chunk: number; everyMs: number } | undefined,
): Promise<void> {
  if (drip === undefined) {
    if (body.length > 0) response.write(body);
    return;
  }
  for (let at = 0; at < body.length && !response.destroyed; at += drip.chunk) {
    response.write(body.subarray(at, at + drip.chunk));
    await wait(drip.everyMs);
  }
}

function reply(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: string,
): void {
  response.writeHead(status, { ...headers, "content-length": String(Buffer.byteLength(body)) });
  response.end(body);
}

function isActive(fault: When, number: number): boolean {
  return fault.on?.includes(number) ?? number <= (fault.times ?? number);
}

function find<Kind extends Fault["kind"]>(
  faults: readonly Fault[],
  kind: Kind,
): Extract<Fault, { kind: Kind }> | undefined {
  return faults.find((fault): fault is Extract<Fault, { kind: Kind }> => fault.kind === kind);
}

function textOf(header: string | string[] | undefined): string | null {
  return header === undefined ? null : String(header);
}
