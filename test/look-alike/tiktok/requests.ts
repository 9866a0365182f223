import type { IncomingMessage, ServerResponse } from "node:http";

/** One request as a server of the look-alike saw it; its own machinery below `/_look-alike/` is left out. */
export interface SeenRequest {
  method: string;
  /** Host and port that were asked. */
  host: string;
  path: string;
  query: Readonly<Record<string, string>>;
  /** Names of the cookies, never values. */
  cookies: readonly string[];
  referer: string | null;
  range: string | null;
  ifRange: string | null;
  userAgent: string | null;
  /** The answer's status; 0 while there is none. */
  readonly status: number;
}

/** Cookies of a request by name. */
export function cookiesOf(request: IncomingMessage): Map<string, string> {
  const pairs = (request.headers.cookie ?? "").split(";").flatMap((pair): [string, string][] => {
    const at = pair.indexOf("=");
    return at === -1 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()]];
  });
  return new Map(pairs);
}

/** Notes a request; its status is read when it is looked at. */
export function see(request: IncomingMessage, response: ServerResponse): SeenRequest {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  return {
    method: request.method ?? "",
    host: request.headers.host ?? "",
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    cookies: [...cookiesOf(request).keys()],
    referer: request.headers.referer ?? null,
    range: request.headers.range ?? null,
    ifRange: typeof request.headers["if-range"] === "string" ? request.headers["if-range"] : null,
    userAgent: request.headers["user-agent"] ?? null,
    get status() {
      return response.headersSent ? response.statusCode : 0;
    },
  };
}

/** Sends a whole answer. */
export function answer(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    "content-type": contentType,
    "content-length": Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}
