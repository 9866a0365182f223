import { once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import got, { RequestError } from "got";
import { counted } from "../core/counted.ts";
import { ExpectedError } from "../core/error.ts";
import { TranslateError } from "./error.ts";
import type { TranslateErrorKind } from "./error.ts";

/** A request to a translator. */
export interface TranslateRequest {
  address: string;
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a request without it is a GET. */
  body?: unknown;
  signal: AbortSignal;
  /** Milliseconds until the first line of the answer, and between two pieces of it. */
  patience: number;
}

const longestConnect = 15_000;
/** No answer to a batch is larger; one that is, is something else. */
const largestAnswer = 8 * 1024 * 1024;

/** What statuses mean with every translator; 456 is DeepL's own (facts of 2026-11-20). */
const meanings: Record<number, TranslateErrorKind> = {
  401: "key",
  403: "key",
  404: "model",
  408: "server",
  413: "request",
  429: "busy",
  456: "quota",
};

const reasons: Record<TranslateErrorKind, string> = {
  slow: "it did not answer in time",
  language: "it does not translate into that language",
  key: "it wants a valid key",
  quota: "its quota is used up",
  busy: "it asks to slow down",
  server: "it has a fault",
  network: "it could not be reached",
  request: "it does not take the request",
  model: "it has no such address or model",
  answer: "it answered something else than a translation",
};

/** Asks and gives the JSON of the answer. Throws TranslateError; a redirect is not followed, since the key would go with it. */
export async function askJson(request: TranslateRequest): Promise<unknown> {
  const { status, headers, text } = await send(request);
  if (status < 200 || status >= 300) {
    const kind = meaningOf(status, text);
    throw new TranslateError(kind, `${reasons[kind]} (${status})`, retryAfter(headers));
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new TranslateError("answer", reasons.answer);
  }
}

/**
 * What a refusal means. Two say it in their words alone: OpenAI's 429 without credit, for which waiting is no help,
 * and LibreTranslate's 400 where a key is wanted (app.py, read 2026-11-21). The words themselves are not passed on.
 */
function meaningOf(status: number, words: string): TranslateErrorKind {
  if (status === 429 && words.includes("insufficient_quota")) return "quota";
  if (status === 400 && /\bAPI[ _-]?key\b/i.test(words)) return "key";
  return meanings[status] ?? (status >= 500 ? "server" : "request");
}

/** The error for an answer that is JSON of another shape. */
export function wrongAnswer(why: string = reasons.answer): TranslateError {
  return new TranslateError("answer", why);
}

/** The base address without its last slash. Throws ExpectedError (exit `settings`) where a key could be read on the way. */
export function checkedBase(address: string, setting: string): string {
  const url = URL.parse(address);
  const loopback = url !== null && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  const safe = url?.protocol === "https:" || (url?.protocol === "http:" && loopback);
  if (url !== null && safe && url.username === "" && url.search === "" && url.hash === "")
    return url.href.replace(/\/+$/, "");
  throw new ExpectedError({
    exit: "settings",
    code: "bad-setting",
    what: `The setting ${setting} is no address that texts may be sent to.`,
    why: "Only https is safe; plain http is taken for this computer alone, such as http://localhost:11434/v1.",
    fix: `Change it: \`findmehere config set ${setting} ADDRESS\`.`,
  });
}

async function send(
  request: TranslateRequest,
): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> {
  const { address, headers = {}, body, signal, patience } = request;
  const connect = Math.min(longestConnect, patience);
  const stream = got.stream(address, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      "user-agent": "findmehere",
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    followRedirect: false,
    throwHttpErrors: false,
    retry: { limit: 0 },
    timeout: {
      lookup: connect,
      connect,
      secureConnect: connect,
      response: patience,
      socket: patience,
      // An answer that drips for ever is none.
      request: 2 * patience,
    },
    signal,
  });
  // Without a listener a late failure would end the process and print the address.
  stream.on("error", () => undefined);
  try {
    const [response] = (await once(stream, "response")) as [
      { statusCode: number; headers: IncomingHttpHeaders },
    ];
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of stream) {
      const piece = Buffer.from(chunk as Uint8Array);
      bytes += piece.length;
      if (bytes > largestAnswer) throw wrongAnswer();
      chunks.push(piece);
    }
    return {
      status: response.statusCode,
      headers: response.headers,
      text: Buffer.concat(chunks).toString("utf8"),
    };
  } catch (error) {
    stream.destroy();
    throw asTranslateError(error, request);
  }
}

/** The one place where errors of the HTTP library become ours; its own hold the whole address. */
function asTranslateError(error: unknown, { signal, patience }: TranslateRequest): unknown {
  if (error instanceof TranslateError) return error;
  if (signal.aborted) return signal.reason;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!(error instanceof RequestError) && !/^[A-Z][A-Z0-9_]+$/.test(code)) return error;
  if (!/TIMEDOUT/.test(code)) return new TranslateError("network", reasons.network);
  const seconds = counted(patience / 1000, "second");
  return new TranslateError("slow", `${reasons.slow} (${seconds})`);
}

function retryAfter(headers: IncomingHttpHeaders): number | null {
  const text = headers["retry-after"]?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const until = Date.parse(text);
  const now = Date.parse(headers.date ?? "");
  return Number.isNaN(until) || Number.isNaN(now) ? null : Math.max(0, until - now);
}
