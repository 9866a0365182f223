import { once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import got, { RequestError, TimeoutError } from "got";
import { DownloadError, stoppedError, systemCode, type DownloadErrorClass } from "./error.ts";
import type { Connections } from "./connections.ts";
import { hostOf, type HostRule } from "./hosts.ts";

/** How long each part of a request may take, in milliseconds. */
export interface DownloadTimeouts {
  /** Finding and reaching the host, each. */
  connect: number;
  /** From the question to the first line of the answer. */
  response: number;
  /** Silence on the line. */
  idle: number;
}

/** What is needed to ask. */
export interface AskContext {
  allowedHosts: HostRule;
  signal: AbortSignal;
  userAgent: string;
  timeouts: DownloadTimeouts;
  /** Lines that stay open from one file to the next; Node's own when left out. */
  connections?: Connections | undefined;
}

/** What an origin wants sent along; asked for every address on the way, and never kept. */
export type OriginHeaders = (address: string) => Readonly<Record<string, string>>;

/** A server's answer whose body has not been read yet. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** The host that answered in the end. */
  host: string | null;
  /** The bytes; fails with a DownloadError. */
  body(): AsyncGenerator<Buffer>;
  /** Lets go of a body that nobody wants. */
  close(): void;
}

const mostRedirects = 5;
const redirects = new Set([301, 302, 303, 307, 308]);

/**
 * Asks for an address and follows redirects, each hop checked before anything is asked of it. What one host
 * wants sent along is not carried to the next: it is asked for anew, and only for a host that is allowed.
 */
export async function ask(
  address: string,
  headers: Record<string, string>,
  context: AskContext,
  ofOrigin?: OriginHeaders,
): Promise<Answer> {
  let next = address;
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const reason = context.allowedHosts.refuses(next);
    if (reason !== null) throw new DownloadError("host-refused", reason, { host: hostOf(next) });
    const answer = await askOnce(next, { ...plain(ofOrigin?.(next)), ...headers }, context);
    if (!redirects.has(answer.status)) return answer;
    answer.close();
    const target = URL.parse(answer.headers.location ?? "", next);
    if (target === null || answer.headers.location === undefined) {
      throw new DownloadError("not-media", "the answer sends us on, but not where", {
        host: answer.host,
      });
    }
    next = target.href;
  }
  throw new DownloadError("not-media", "the answer sends us on and on", { host: hostOf(next) });
}

/** Names in small letters, so that none is sent twice; what steers a download is ours to say. */
function plain(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  const named = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  return Object.fromEntries(named.filter(([name]) => !ownNames.has(name)));
}

const ownNames = new Set(["range", "if-range", "host", "connection", "content-length"]);

async function askOnce(
  address: string,
  headers: Record<string, string>,
  context: AskContext,
): Promise<Answer> {
  const host = hostOf(address);
  const { connect, response: answerTime, idle } = context.timeouts;
  const stream = got.stream(address, {
    // Identity: a byte range of a compressed answer would be of no use.
    headers: { "user-agent": context.userAgent, ...headers, "accept-encoding": "identity" },
    agent: context.connections?.agents ?? {},
    decompress: false,
    followRedirect: false,
    throwHttpErrors: false,
    retry: { limit: 0 },
    timeout: {
      lookup: connect,
      connect,
      secureConnect: connect,
      response: answerTime,
      socket: idle,
    },
    signal: context.signal,
  });
  // A failure may come in the same breath as the first line of the answer, or after the stream was let
  // go; without a listener it would end the process and print the address. body() tells it in its turn.
  stream.on("error", () => undefined);
  let response: { statusCode: number; headers: IncomingHttpHeaders };
  try {
    [response] = await once(stream, "response");
  } catch (error) {
    throw asDownloadError(error, "network", host, context.signal);
  }

  async function* body(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of stream) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    } catch (error) {
      throw asDownloadError(error, "transfer", host, context.signal);
    }
  }

  return {
    status: response.statusCode,
    headers: response.headers,
    host,
    body,
    close: () => stream.destroy(),
  };
}

/**
 * The one place where errors of the HTTP library become ours. Its messages hold the whole address, so
 * nothing but the short code is taken over; what is not its error is a bug and stays one.
 */
function asDownloadError(
  error: unknown,
  errorClass: DownloadErrorClass,
  host: string | null,
  signal: AbortSignal,
): unknown {
  if (signal.aborted) return stoppedError();
  const code = systemCode(error);
  if (error instanceof TimeoutError) {
    const system = code ?? error.event;
    return new DownloadError(errorClass, "there was no answer in time", { host, system });
  }
  if (!(error instanceof RequestError) && code === null) return error;
  if (code !== null && untrusted.test(code)) {
    const reason = "the server could not prove whose it is";
    return new DownloadError("untrusted", reason, { host, system: code });
  }
  const reason =
    errorClass === "transfer"
      ? "the connection broke"
      : (networkReasons[code ?? ""] ?? "the server could not be reached");
  return new DownloadError(errorClass, reason, { host, system: code });
}

/** Node's words for a certificate that is not to be trusted, and for a server that speaks no TLS at all. */
const untrusted =
  /^(EPROTO|ERR_SSL_\w+|ERR_TLS_\w+|CERT_\w+|\w*SELF_SIGNED_CERT\w*|UNABLE_TO_(GET|VERIFY|DECRYPT|DECODE)_\w+|HOSTNAME_MISMATCH|INVALID_CA)$/;

const networkReasons: Record<string, string> = {
  ENOTFOUND: "no server of that name was found",
  EAI_AGAIN: "no server of that name was found",
  ECONNREFUSED: "the server takes no connection",
  ENETUNREACH: "the internet could not be reached",
  EHOSTUNREACH: "the internet could not be reached",
};
