import type { IncomingHttpHeaders } from "node:http";
import got, { RequestError } from "got";
import { answerHead } from "../edge/answer-head.ts";
import { NoticeError } from "./error.ts";
import type { SentBody } from "./multipart.ts";

/** A request to a service. */
export interface NoticeRequest {
  address: string;
  method: "POST" | "PUT";
  headers?: Readonly<Record<string, string>>;
  /** A text, or what is read from files. */
  body: string | SentBody;
  /** Milliseconds for the whole of it. */
  patience: number;
  signal: AbortSignal;
}

/** What a service said. */
export interface NoticeAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** The first part of the answer; no service says more. */
  text: string;
}

const connect = 5_000;
const largestAnswer = 64 * 1024;

/**
 * Sends one request. A redirect is not followed, since the token and the message would go along to a host that
 * nobody chose. Throws NoticeError (`network`, `request` for a redirect), and the signal's reason.
 */
export async function ask(request: NoticeRequest): Promise<NoticeAnswer> {
  const { body, signal, patience } = request;
  const stream = got.stream(request.address, {
    method: request.method,
    headers: {
      "user-agent": "findmehere",
      accept: "application/json",
      ...(typeof body === "string"
        ? { "content-type": "application/json" }
        : { "content-type": body.type, "content-length": String(body.bytes) }),
      ...request.headers,
    },
    body: typeof body === "string" ? body : body.stream,
    followRedirect: false,
    throwHttpErrors: false,
    retry: { limit: 0 },
    timeout: { lookup: connect, connect, secureConnect: connect, request: patience },
    signal,
  });
  try {
    const { status, headers } = await answerHead(stream);
    const text = await beginning(stream);
    if (status >= 300 && status < 400) throw redirected(headers);
    return { status, headers, text };
  } catch (error) {
    throw asNoticeError(error, signal);
  } finally {
    stream.destroy();
  }
}

/** The error for a status that says no, in the words that all services share. */
export function refusal({ status, headers }: NoticeAnswer, fix = ""): NoticeError {
  const said = `(${status})`;
  if (status === 401 || status === 403)
    return new NoticeError("key", `it does not let findmehere in ${said}`, { fix });
  if (status === 404 || status === 410)
    return new NoticeError("place", `there is nothing at that address ${said}`, { fix });
  if (status === 413) return new NoticeError("size", `it takes nothing of that size ${said}`);
  if (status === 429) {
    const seconds = Number(headers["retry-after"]);
    const retryAfterMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null;
    return new NoticeError("busy", `it asks to slow down ${said}`, { retryAfterMs });
  }
  return status >= 500
    ? new NoticeError("server", `it has a fault ${said}`)
    : new NoticeError("request", `it does not take the message ${said}`, { fix });
}

async function beginning(stream: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const piece = Buffer.from(chunk as Uint8Array);
    bytes += piece.length;
    chunks.push(piece);
    if (bytes > largestAnswer) break;
  }
  return Buffer.concat(chunks).toString("utf8");
}

function redirected(headers: IncomingHttpHeaders): NoticeError {
  const host = URL.parse(headers.location ?? "")?.host ?? "";
  return new NoticeError(
    "request",
    `it points to another address${host === "" ? "" : ` on ${host}`}, which is not followed`,
    { fix: "Put the new address into the setting." },
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** The one place where errors of the HTTP library become ours; its own hold the whole address. */
function asNoticeError(error: unknown, signal: AbortSignal): unknown {
  if (error instanceof NoticeError) return error;
  const reason: unknown = signal.reason;
  // Our own time box ends in a timeout; anything else is a person who wants to stop.
  if (signal.aborted && !(reason instanceof DOMException && reason.name === "TimeoutError"))
    return reason;
  const code = codeOf(error);
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (/^E(NOENT|ACCES|PERM|IO|ISDIR)$/.test(codeOf(cause))) {
    return new NoticeError("file", "a file of the pack cannot be read");
  }
  const late = signal.aborted || /TIMEDOUT/.test(code);
  if (!late && !(error instanceof RequestError) && !/^[A-Z][A-Z0-9_]+$/.test(code)) return error;
  return new NoticeError("network", late ? "it did not answer in time" : "it could not be reached");
}
