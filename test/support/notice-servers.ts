import { createServer } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as a service saw it. */
export interface SeenNotice {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
}

/** What a service does instead of the usual thing. */
export interface OddNotice {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** Never answers. */
  silent?: boolean;
  /** Breaks the connection in the middle of its answer. */
  cut?: boolean;
}

/** A service on this machine. */
export interface NoticeServer<Told> {
  origin: string;
  host: string;
  requests: SeenNotice[];
  /** What it took, in order. */
  told: Told[];
  /** Asked before each answer; `number` counts from 1. */
  odd: (seen: SeenNotice, number: number) => OddNotice | null;
  close(): Promise<void>;
}

/** What ntfy took: a message, or a file. */
export interface NtfyTold {
  topic: string;
  title: string | null;
  message: string | null;
  tags: string[];
  priority: number;
  file: { name: string; bytes: Buffer } | null;
}

/** A server as ntfy's: JSON at the root, files by PUT, and its errors. */
export function startNtfy({
  token = null,
  fileBytes = 15 * 1024 * 1024,
}: { token?: string | null; fileBytes?: number } = {}): Promise<NoticeServer<NtfyTold>> {
  return start((seen, told) => {
    const { method, path, headers, bytes } = seen;
    if (token !== null && headers.authorization !== `Bearer ${token}`) {
      const code = headers.authorization === undefined ? 403 : 401;
      return [code, { code: code * 100 + 1, http: code, error: "forbidden" }];
    }
    if (method === "POST" && path === "/") {
      // The server reads twice the limit of a message and refuses longer JSON.
      if (bytes.length > 8192)
        return [413, { code: 41303, http: 413, error: "JSON body too large" }];
      const sent = JSON.parse(bytes.toString("utf8")) as Record<string, unknown>;
      const message = String(sent["message"] ?? "triggered");
      if (Buffer.byteLength(message) > 4096) return [413, { code: 41303, http: 413 }];
      told.push({
        topic: String(sent["topic"]),
        title: typeof sent["title"] === "string" ? sent["title"] : null,
        message,
        tags: (sent["tags"] ?? []) as string[],
        priority: Number(sent["priority"] ?? 3),
        file: null,
      });
      return [200, { id: "x", event: "message" }];
    }
    if (method !== "PUT" || headers["filename"] === undefined) return [404, { code: 40401 }];
    if (bytes.length > fileBytes)
      return [413, { code: 41301, http: 413, error: "attachment too large" }];
    told.push({
      topic: path.slice(1),
      title: null,
      message: null,
      tags: [],
      priority: Number(headers["priority"] ?? 3),
      file: { name: String(headers["filename"]), bytes },
    });
    return [200, { id: "x", event: "message" }];
  });
}

/** What Telegram took. */
export interface TelegramTold {
  call: string;
  chat: string;
  text: string | null;
  quiet: boolean;
  files: { field: string; name: string; bytes: Buffer }[];
  media: { type: string; media: string }[];
}

/** A server as Telegram's Bot API, with one bot that may write to one chat. */
export function startTelegram(bot: {
  token: string;
  chat: string;
  blocked?: boolean;
}): Promise<NoticeServer<TelegramTold>> {
  const no = (code: number, description: string, parameters: object | null = null) =>
    [
      code,
      { ok: false, error_code: code, description, ...(parameters === null ? {} : { parameters }) },
    ] as const;
  return start(async (seen, told) => {
    const [, token, call = ""] = /^\/bot([^/]+)\/(\w+)$/.exec(seen.path) ?? [];
    if (token === undefined) return no(404, "Not Found");
    if (token !== bot.token) return no(401, "Unauthorized");
    if (seen.bytes.length > 51 * 1024 * 1024) return no(413, "Request Entity Too Large");
    const fields = await fieldsOf(seen);
    const chat = String(fields.values["chat_id"] ?? "");
    if (chat !== bot.chat) return no(400, "Bad Request: chat not found");
    if (bot.blocked === true) return no(403, "Forbidden: bot was blocked by the user");
    const text = (fields.values["text"] ?? null) as string | null;
    const media = JSON.parse(String(fields.values["media"] ?? "[]")) as TelegramTold["media"];
    if (call === "sendMessage") {
      if (text === null || text === "") return no(400, "Bad Request: message text is empty");
      if (text.length > 4096) return no(400, "Bad Request: message is too long");
    } else if (call === "sendMediaGroup") {
      const names = fields.files.map(({ field }) => `attach://${field}`);
      const fits = media.length >= 2 && media.length <= 10;
      if (!fits || media.some((each) => !names.includes(each.media)))
        return no(400, "Bad Request: wrong media group");
    } else {
      const field = call.replace("send", "").toLowerCase();
      if (!fields.files.some((each) => each.field === field))
        return no(400, `Bad Request: there is no ${field} in the request`);
    }
    const quiet = String(fields.values["disable_notification"]) === "true";
    told.push({ call, chat, text, quiet, files: fields.files, media });
    return [200, { ok: true, result: { message_id: told.length } }];
  });
}

/** Somebody's own address. */
export function startWebhook(): Promise<NoticeServer<Record<string, unknown>>> {
  return start((seen, told) => {
    if (seen.method !== "POST") return [405, {}];
    told.push(JSON.parse(seen.bytes.toString("utf8")) as Record<string, unknown>);
    return [204, null];
  });
}

async function fieldsOf({ headers, bytes }: SeenNotice): Promise<{
  values: Record<string, unknown>;
  files: TelegramTold["files"];
}> {
  const type = headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data"))
    return { values: JSON.parse(bytes.toString("utf8")) as Record<string, unknown>, files: [] };
  const form = await new Response(new Uint8Array(bytes), {
    headers: { "content-type": type },
  }).formData();
  const values: Record<string, unknown> = {};
  const files: TelegramTold["files"] = [];
  for (const [field, value] of form) {
    if (typeof value === "string") values[field] = value;
    else files.push({ field, name: value.name, bytes: Buffer.from(await value.arrayBuffer()) });
  }
  return { values, files };
}

type Answer = readonly [number, object | null];

async function start<Told>(
  answer: (seen: SeenNotice, told: Told[]) => Answer | Promise<Answer>,
): Promise<NoticeServer<Told>> {
  const requests: SeenNotice[] = [];
  const told: Told[] = [];
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = "", url = "", headers } = request;
    const seen = { method, path: url, headers, bytes: Buffer.concat(chunks) };
    requests.push(seen);
    const odd = server.odd(seen, requests.length);
    if (odd?.silent === true) return;
    if (odd?.cut === true) {
      response.writeHead(200, { "content-length": "1000" });
      response.write("{");
      setImmediate(() => response.destroy());
      return;
    }
    if (odd !== null) {
      response.writeHead(odd.status ?? 200, odd.headers ?? {});
      response.end(odd.body ?? "");
      return;
    }
    const [status, json] = await answer(seen, told);
    response.writeHead(status, { "content-type": "application/json" });
    response.end(json === null ? undefined : JSON.stringify(json));
  };
  const http = createServer((request, response) => {
    // A client that goes away is what one test is about.
    respond(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    http.listen(0, "127.0.0.1", resolve);
  });
  const host = `127.0.0.1:${(http.address() as AddressInfo).port}`;
  const server: NoticeServer<Told> = {
    origin: `http://${host}`,
    host,
    requests,
    told,
    odd: () => null,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return server;
}
