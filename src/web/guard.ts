import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { budget } from "./budget.ts";
import { safeHeaders } from "./headers.ts";
import { sameSecret } from "./secrets.ts";

/** Who is let in. */
export interface Gate {
  /** First part of every path. */
  token: string;
  /** What a Host header may say, in small letters; anything else is a page elsewhere that was pointed at us. */
  hosts: ReadonlySet<string>;
  /** Milliseconds that nothing moves. */
  now(): number;
  /** True when it is over: connections that are still open bring nobody in any more. */
  isOver(): boolean;
  /** Called for each request that is let in, at its begin and at its end. */
  touched(): void;
  /** Called with the connection of each request that is let in. */
  admitted(incoming: IncomingMessage): void;
}

/** How often somebody without the token may knock before they get no answer at all, and how fast that grows again. */
const strangers = { most: 30, perSecond: 1 };
/** The same for those who have it: a phone that plays a video asks for many parts. */
const guests = { most: 400, perSecond: 20 };

/** Paths that we ever make; nothing with dots, escapes or a second slash even comes near the pages. */
const shape = /^\/([A-Za-z0-9_-]{22})((?:\/[a-z0-9]+)*\/?)(?:\?(?:[a-z]+=[a-z0-9]+&?){0,4})?$/;

/** Lets through who comes by our own address and knows the token; everybody else learns nothing. */
export function guarded(gate: Gate, next: RequestListener): RequestListener {
  const knocks = budget(strangers.most, strangers.perSecond, gate.now);
  const asks = budget(guests.most, guests.perSecond, gate.now);
  return (incoming, outgoing) => {
    const who = incoming.socket.remoteAddress ?? "";
    if (gate.isOver()) return refuse(outgoing, 404);
    if (!isGuest(gate, incoming)) {
      if (knocks.take(who)) refuse(outgoing, 404);
      else incoming.socket.destroy();
      return;
    }
    gate.admitted(incoming);
    gate.touched();
    outgoing.once("close", () => gate.touched());
    if (!asks.take(who)) return refuse(outgoing, 429, { "retry-after": "5" });
    if (!["GET", "HEAD", "POST"].includes(incoming.method ?? "")) {
      return refuse(outgoing, 405, { allow: "GET, HEAD, POST" });
    }
    for (const [name, value] of Object.entries(safeHeaders)) outgoing.setHeader(name, value);
    next(incoming, outgoing);
  };
}

function isGuest({ hosts, token }: Gate, incoming: IncomingMessage): boolean {
  const [, given = ""] = shape.exec(incoming.url ?? "") ?? [];
  // Always compared, so that the time says nothing of what was wrong.
  const knows = sameSecret(given, token);
  // Of two Host headers Node takes the first; whoever sends two is no browser.
  const [host = "", ...more] = incoming.headersDistinct.host ?? [];
  return more.length === 0 && hosts.has(host.toLowerCase()) && knows;
}

function refuse(outgoing: ServerResponse, status: number, headers: Record<string, string> = {}) {
  // What they still send is not read.
  outgoing.writeHead(status, { ...safeHeaders, ...headers, connection: "close" }).end();
}
