import { createServer } from "node:http";
import type { RequestListener, Server, ServerOptions } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { ExpectedError } from "../core/error.ts";
import { hostOf, isLoopback } from "./addresses.ts";
import { limitConnections } from "./connections.ts";
import { guarded } from "./guard.ts";
import { freshToken } from "./secrets.ts";
import type { Session } from "./session.ts";
import type { Identity } from "./tls.ts";

/** Where and how something is served. */
export interface Place {
  /** The one address that is listened on. */
  address: string;
  /** 0: one that is free. */
  port: number;
  identity: Identity | null;
  session: Session;
  /** Milliseconds that nothing moves. */
  now(): number;
}

/** What the pages know of the place at which they are served. */
export interface Served {
  token: string;
  /** Our own addresses, as an Origin header has them. */
  origins: ReadonlySet<string>;
}

/** A server that runs. */
export interface Listening {
  /** With the token: who has it is let in. Never log it. */
  address: string;
  /** Takes nobody in any more, and waits a little until what is under way has ended. */
  close(): Promise<void>;
}

/** Who says nothing, or says it byte by byte, is not waited for. All in milliseconds. */
const patience: ServerOptions = {
  maxHeaderSize: 8192,
  headersTimeout: 5_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
};
/** How long a connection may lie still, and what is under way may take at the end. */
const stillness = 60_000;
const farewell = 3_000;

/** Serves at one address, below a path that nobody can guess. Throws ExpectedError (exit `machine`). */
export async function listen(
  place: Place,
  pages: (served: Served) => RequestListener,
): Promise<Listening> {
  const { identity, session } = place;
  const token = freshToken();
  const hosts = new Set<string>();
  const origins = new Set<string>();
  const server: Server =
    identity === null
      ? createServer(patience)
      : createSecureServer({
          ...{ ...patience, cert: identity.cert, key: identity.key },
          ...{ minVersion: "TLSv1.2", handshakeTimeout: 5_000 },
        });
  server.maxRequestsPerSocket = 1000;
  server.setTimeout(stillness);
  const connections = limitConnections(server);
  const gate = {
    ...{ token, hosts, now: place.now },
    isOver: () => session.isOver,
    touched: () => session.touch(),
    admitted: ({ socket }: { socket: Parameters<typeof connections.admit>[0] }) =>
      connections.admit(socket),
  };
  server.on("request", guarded(gate, pages({ token, origins })));
  const port = await bind(server, place);
  const scheme = identity === null ? "http" : "https";
  const names = namesOf(place);
  for (const name of names.all) {
    const host = hostOf(name, port);
    // A browser leaves the usual port out.
    const written = new URL(`${scheme}://${host}`).host;
    for (const each of [host, written]) {
      hosts.add(each.toLowerCase());
      origins.add(`${scheme}://${each}`.toLowerCase());
    }
  }
  return {
    address: `${scheme}://${hostOf(names.shown, port)}/${token}/`,
    close: () => closeServer(server),
  };
}

/** By which names we may be called, and which one the phone is told. */
function namesOf({ address, identity }: Place): { shown: string; all: string[] } {
  const own = isLoopback(address) ? [address, "localhost"] : [address];
  if (identity === null) return { shown: address, all: own };
  const [name = address] = identity.covers(address) ? [address] : identity.names;
  return { shown: name, all: [...own, ...identity.names] };
}

async function bind(server: Server, { address, port }: Place): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen({ host: address, port, exclusive: true }, resolve);
  try {
    await promise;
  } catch (error) {
    throw cannotListen(address, port, error);
  }
  server.off("error", reject);
  return (server.address() as AddressInfo).port;
}

function cannotListen(address: string, port: number, error: unknown): ExpectedError {
  const { code = "" } = error as NodeJS.ErrnoException;
  const free = "Leave --port out: a free one is taken then.";
  const again = "Type the same command again: it looks for the addresses anew.";
  const [why, fix] = {
    EADDRINUSE: ["Another program uses that port.", free],
    EACCES: ["This computer does not let you use that port.", free],
    EADDRNOTAVAIL: ["This computer does not have that address now.", again],
  }[code] ?? [`The system says ${code}.`, again];
  return new ExpectedError(
    {
      exit: "machine",
      code: "cannot-listen",
      what: `Nothing can be served at ${port === 0 ? address : hostOf(address, port)}.`,
      ...{ why, fix },
    },
    { cause: error },
  );
}

async function closeServer(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), farewell);
  await promise;
  clearTimeout(late);
}
