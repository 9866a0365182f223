import { createServer } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as a provider saw it. */
export interface SeenTranslation {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

/** What is answered instead of the usual thing. */
export interface OddAnswer {
  status?: number;
  headers?: Record<string, string>;
  /** Sent as it is; else a short page. */
  body?: string;
  /** Never answers. */
  silent?: boolean;
  /** Sends half of the answer: `cut` closes the connection then, `stall` leaves it open. */
  half?: "cut" | "stall";
}

/** A provider on this machine that takes real requests and gives real answers. */
export interface TranslationServer {
  origin: string;
  host: string;
  requests: SeenTranslation[];
  /** Translates one text; another one may be put here. */
  translate: (text: string, target: string) => string;
  /** Asked before each answer. */
  odd: (seen: SeenTranslation, number: number) => OddAnswer | null | Promise<OddAnswer | null>;
  close(): Promise<void>;
}

const placeholders = /(⟦\d+⟧|<x id="\d+"\/>|&[a-z]+;)/;
const signs = "天地玄黄宇宙洪荒日月盈昃辰宿列张";

/** Words of the other language, about as long as real ones, with every placeholder where it was. */
export function wordForWord(text: string, target: string): string {
  return text
    .split(placeholders)
    .map((part) => {
      if (placeholders.test(part)) return part;
      if (target.toLowerCase().startsWith("en"))
        return part.replaceAll(
          /[^\s\p{P}\p{S}\p{Script=Latin}\d]+/gu,
          (run) => `words${run.length} `,
        );
      return part.replaceAll(/[\p{L}'’]+/gu, (word) => {
        const begin = word.length % 7;
        return signs.slice(begin, begin + Math.ceil(word.length / 4));
      });
    })
    .join("");
}

/** DeepL's API v2: `/v2/translate` and `/v2/usage`. */
export function startDeepl(key: string, usage = { used: 1000, most: 500_000 }) {
  return start((seen, server) => {
    if (seen.headers.authorization !== `DeepL-Auth-Key ${key}`) return { status: 403, json: {} };
    if (seen.method === "GET" && seen.path === "/v2/usage")
      return { json: { character_count: usage.used, character_limit: usage.most } };
    const texts = seen.body["text"];
    if (seen.method !== "POST" || seen.path !== "/v2/translate") return { status: 404, json: {} };
    if (!Array.isArray(texts) || texts.length > 50)
      return { status: 400, json: { message: "bad" } };
    const target = String(seen.body["target_lang"]);
    if (!["ZH-HANS", "ZH-HANT", "EN-US"].includes(target)) return { status: 400, json: {} };
    // Version 2 of its XML handling refuses what is not well formed.
    const strict =
      seen.body["tag_handling"] === "xml" && seen.body["tag_handling_version"] === "v2";
    const broken = /<(?!x id="\d+"\/>)|&(?!(?:amp|lt|gt);)/;
    if (!strict || texts.some((text) => broken.test(String(text))))
      return { status: 400, json: { message: "Tag handling parsing failed" } };
    return {
      json: {
        translations: texts.map((text) => ({
          detected_source_language: "EN",
          text: server.translate(String(text), target),
        })),
      },
    };
  });
}

/** LibreTranslate's `/languages` and `/translate`, with the limit on texts that its operator set. */
export function startLibretranslate(
  key: string | null,
  batchLimit = 100,
  codes: readonly string[] = ["en", "zh-Hans", "zh-Hant"],
) {
  return start((seen, server) => {
    const { q, target, source, format, api_key: given } = seen.body;
    if (seen.method === "GET" && seen.path === "/languages")
      return { json: codes.map((code) => ({ code, name: code, targets: codes })) };
    if (seen.method !== "POST" || seen.path !== "/translate") return { status: 404, json: {} };
    if (key !== null && given !== key) return { status: 403, json: { error: "Invalid API key" } };
    if (!Array.isArray(q) || format !== "text") return { status: 400, json: { error: "Invalid" } };
    for (const code of [target, source])
      if (code !== "auto" && !codes.includes(String(code)))
        return { status: 400, json: { error: `${String(code)} is not supported` } };
    if (q.length > batchLimit)
      return {
        status: 400,
        json: { error: `Invalid request: exceeds text limit (${batchLimit})` },
      };
    return {
      json: { translatedText: q.map((text) => server.translate(String(text), String(target))) },
    };
  });
}

/** What servers that speak OpenAI's language refuse in a request. */
export type OpenaiDialect = "takes-all" | "lm-studio" | "thinking-model" | "no-schema" | "bare";

function refusedBy(dialect: OpenaiDialect, body: Record<string, unknown>): string | null {
  const format = (body["response_format"] as { type?: string } | undefined)?.type ?? "text";
  const isWarm = "temperature" in body;
  if (dialect === "lm-studio" && format === "json_object")
    return "'response_format.type' must be 'json_schema' or 'text'";
  if (dialect === "thinking-model" && isWarm)
    return "Unsupported value: 'temperature' does not support 0.2 with this model.";
  if (dialect === "no-schema" && format === "json_schema")
    return "This response_format type is unavailable now";
  return dialect === "bare" && (isWarm || format !== "text") ? "unknown field" : null;
}

/** OpenAI's chat completions, as Ollama and LM Studio speak them too. `wrap` is what the model says around its JSON. */
export function startOpenai(
  model: string,
  key: string | null = null,
  wrap: (json: string) => string = (json) => json,
  dialect: OpenaiDialect = "takes-all",
) {
  return start((seen, server) => {
    if (key !== null && seen.headers.authorization !== `Bearer ${key}`)
      return { status: 401, json: { error: { message: `Incorrect API key provided: ${key}` } } };
    if (seen.path !== "/v1/chat/completions" || seen.body["model"] !== model)
      return { status: 404, json: { error: { message: "model not found" } } };
    const message = refusedBy(dialect, seen.body);
    if (message !== null) return { status: 400, json: { error: { message } } };
    const messages = seen.body["messages"] as { role: string; content: string }[];
    const { texts } = JSON.parse(messages.at(-1)?.content ?? "") as {
      texts: { id: string; text: string }[];
    };
    const target = messages[0]?.content.includes("into English") === true ? "en" : "zh";
    const translations = texts.map(({ id, text }) => ({
      id,
      text: server.translate(text, target),
    }));
    const content = wrap(JSON.stringify({ translations }));
    return { json: { choices: [{ index: 0, message: { role: "assistant", content } }] } };
  });
}

type Answering = (
  seen: SeenTranslation,
  server: TranslationServer,
) => { status?: number; json: unknown };

async function start(answer: Answering): Promise<TranslationServer> {
  const requests: SeenTranslation[] = [];
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = Buffer.concat(chunks).toString("utf8");
    const { method = "", url = "", headers } = request;
    const body = (sent === "" ? {} : JSON.parse(sent)) as Record<string, unknown>;
    const seen = { method, path: url, headers, body };
    requests.push(seen);
    const odd = await server.odd(seen, requests.length);
    if (odd?.silent === true) return;
    if (odd?.half !== undefined) {
      response.writeHead(200, { "content-type": "application/json", "content-length": "900" });
      response.write('{"translations":[{"text":"', () => {
        if (odd.half === "cut") response.destroy();
      });
      return;
    }
    if (odd !== null) {
      response.writeHead(odd.status ?? 200, { "content-type": "text/html", ...odd.headers });
      response.end(odd.body ?? "<!doctype html><title>Please wait</title>");
      return;
    }
    const { status = 200, json } = answer(seen, server);
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(json));
  };
  const http = createServer((request, response) => {
    // A client that goes away is what one test is about.
    respond(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    http.listen(0, "127.0.0.1", resolve);
  });
  const host = `127.0.0.1:${(http.address() as AddressInfo).port}`;
  const server: TranslationServer = {
    origin: `http://${host}`,
    host,
    requests,
    translate: wordForWord,
    odd: () => null,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return server;
}
