import got from "got";
import { answerHead } from "./answer-head.ts";

/** How many times one may be sent on. */
const mostHops = 5;

/** Bytes; a captured page of Lemon8 had less than 1 MB (2026-04). */
const largestPage = 8 * 1024 * 1024;

/** Milliseconds; a public program of 2026-03 waited about 2 s for such a page. */
const patience = { connect: 5_000, whole: 20_000 };

/** Why there is no page. */
export type PageFailure =
  /** 403 or 429: it wants nothing of us now. */
  | "blocked"
  /** 404 or 410. */
  | "not-found"
  /** It answered with a fault of its own, or something else that is no page. */
  | "fault"
  /** It was sent on to a host that is not asked, or too often. */
  | "led-away"
  /** It could not be reached, or did not answer in time. */
  | "network";

/** What came of asking. */
export type PageAnswer =
  | { is: "page"; address: URL; text: string }
  /** The address is enough; it was not asked for. */
  | { is: "enough"; address: URL }
  | { is: "failed"; failure: PageFailure; status: number | null };

/** What is asked for, and what may be. */
export interface PageQuestion {
  /** The address that is really asked; null where it may not be. */
  askable(address: URL): URL | null;
  signal: AbortSignal;
  /** True where the address itself is the answer. */
  isEnough?(address: URL): boolean;
}

interface OneAnswer {
  status: number;
  location: string | null;
  text: string;
}

/**
 * Asks for a page, without cookies and without telling where one comes from. Each hop is checked before it is
 * asked. Throws only the signal's reason.
 */
export async function askPage(start: string, question: PageQuestion): Promise<PageAnswer> {
  let address = URL.parse(start);
  for (let hop = 0; hop <= mostHops; hop += 1) {
    if (address === null) return failed("led-away");
    if (question.isEnough?.(address) === true) return { is: "enough", address };
    const asked = question.askable(address);
    if (asked === null) return failed("led-away");
    const one = await askOnce(asked.href, question.signal);
    if (one === null) return failed("network");
    const { status, location, text } = one;
    if (status >= 300 && status < 400 && location !== null)
      address = URL.parse(location, asked.href);
    else if (status === 200) return { is: "page", address: asked, text };
    else return failed(failureOf(status), status);
  }
  return failed("led-away");
}

function failed(failure: PageFailure, status: number | null = null): PageAnswer {
  return { is: "failed", failure, status };
}

function failureOf(status: number): PageFailure {
  if (status === 403 || status === 429) return "blocked";
  return status === 404 || status === 410 ? "not-found" : "fault";
}

/** One request; null where there was no whole answer. */
async function askOnce(address: string, signal: AbortSignal): Promise<OneAnswer | null> {
  const { connect, whole } = patience;
  const stream = got.stream(address, {
    headers: { "user-agent": "findmehere", accept: "text/html" },
    followRedirect: false,
    throwHttpErrors: false,
    retry: { limit: 0 },
    timeout: { lookup: connect, connect, secureConnect: connect, request: whole },
    signal,
  });
  try {
    const { status, headers } = await answerHead(stream);
    const text = status === 200 ? await wholeText(stream) : "";
    return text === null ? null : { status, location: headers.location ?? null, text };
  } catch {
    signal.throwIfAborted();
    return null;
  } finally {
    stream.destroy();
  }
}

/** Null where it is longer than any page. */
async function wholeText(stream: AsyncIterable<unknown>): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const piece = Buffer.from(chunk as Uint8Array);
    bytes += piece.length;
    if (bytes > largestPage) return null;
    chunks.push(piece);
  }
  return Buffer.concat(chunks).toString("utf8");
}
