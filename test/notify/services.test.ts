import { createHmac } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { ExpectedError } from "../../src/core/error.ts";
import { NoticeError } from "../../src/notify/error.ts";
import { configuredServices, openService } from "../../src/notify/index.ts";
import type { NoticeFile, NoticeMessage, NoticeService } from "../../src/notify/service.ts";
import { sample, sampleFolder } from "../demo/sample.ts";
import { startNtfy, startTelegram, startWebhook } from "../support/notice-servers.ts";

const token = "123456789:never_print-this_token_AAAAAAAAA";
const chat = "-1001234567890";
const never = new AbortController().signal;
const empty = { ntfy: "", webhook: "", telegram: "", telegramOrigin: "" };

const message: NoticeMessage = {
  id: "0123",
  kind: "ready",
  library: "Mira",
  at: "2026-10-05T18:00:00.000Z",
  title: "Ready to post on RedNote 小红书",
  text: "hello@rednote is ready for your phone.\n可以发布到小红书了。",
  items: [{ post: "hello", to: "rednote", state: "handed-off", pack: "drafts/x/index.html" }],
  words: ["你好，我是 Mira", "水彩和猫 🎨 #watercolour"],
  files: [],
};

async function serve<Server extends { close(): Promise<void> }>(
  starting: Promise<Server>,
): Promise<Server> {
  const server = await starting;
  onTestFinished(() => server.close());
  return server;
}

function fileOf(path: string, bytes: number): NoticeFile {
  const name = path.split("/").at(-1) ?? "";
  return { path, name, bytes, isVideo: name.endsWith(".mp4") };
}

/** A file of any size that costs no disk. */
function sparse(name: string, bytes: number): NoticeFile {
  const folder = mkdtempSync(join(tmpdir(), "findmehere-notice-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  writeFileSync(path, "");
  truncateSync(path, bytes);
  return fileOf(path, bytes);
}

async function failure(work: Promise<unknown>): Promise<NoticeError> {
  const error = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(NoticeError);
  return error as NoticeError;
}

async function attach(service: NoticeService, sent: NoticeMessage): Promise<void> {
  expect(service.attach).not.toBeNull();
  await service.attach!(sent, never);
}

test("only what the settings name is a service", () => {
  expect(configuredServices(empty)).toEqual([]);
  expect(configuredServices({ ...empty, telegram: "12", ntfy: " x " })).toEqual([
    "ntfy",
    "telegram",
  ]);
});

describe("ntfy", () => {
  const open = (origin: string, secret: string | null = null) =>
    openService("ntfy", { ...empty, ntfy: `${origin}/mira-x7Kq29` }, secret);

  test("tells it with a Chinese title, then sends words and real files without a sound", async () => {
    const server = await serve(startNtfy({ token: "tk_never_print_this" }));
    const service = await open(server.origin, "tk_never_print_this");
    expect(service.host).toBe(server.host);
    await service.send(message, never);
    const video = sample().posts.find(({ kind }) => kind === "video")!;
    const path = join(sampleFolder, video.files[0]!);
    const bytes = readFileSync(path);
    await attach(service, { ...message, files: [fileOf(path, bytes.length)] });
    const [first, ...others] = server.told;
    expect(first).toMatchObject({
      topic: "mira-x7Kq29",
      title: message.title,
      message: message.text,
      tags: ["package"],
      priority: 4,
    });
    expect(others.map(({ priority }) => priority)).toEqual([1, 1, 1]);
    expect(others.map(({ message }) => message)).toEqual([...message.words, null]);
    expect(others[2]!.file!.bytes.equals(bytes)).toBe(true);
    expect(others[2]!.file!.name).toBe(path.split("/").at(-1));
  });

  test("a message is cut to 4,096 bytes at a whole sign; words that do not fit are not sent cut", async () => {
    const server = await serve(startNtfy());
    const service = await open(server.origin);
    await service.send({ ...message, text: "猫👩‍👩‍👧".repeat(900) }, never);
    await attach(service, { ...message, words: ["好".repeat(1366), "好".repeat(1365)] });
    const said = server.told[0]!.message!;
    expect(Buffer.byteLength(said)).toBeLessThanOrEqual(4096);
    expect(Buffer.byteLength(said)).toBeGreaterThan(4060);
    expect(said).toMatch(/^(猫👩‍👩‍👧)+猫?…$/u);
    expect(server.told.slice(1).map(({ message }) => message)).toEqual(["好".repeat(1365)]);
  });

  test("a file over 15 MB stays at home, and so does the eleventh", async () => {
    const server = await serve(startNtfy());
    const service = await open(server.origin);
    const photos = Array.from({ length: 11 }, (_, index) => sparse(`${index}.jpg`, 100));
    const files = [sparse("video.mp4", 15 * 1024 * 1024 + 1), ...photos];
    await attach(service, { ...message, words: [], files });
    expect(server.told.map(({ file }) => file!.name)).toEqual(
      photos.slice(0, 10).map(({ name }) => name),
    );
  });

  test("a server that takes smaller files says so, and the message was there before", async () => {
    const server = await serve(startNtfy({ fileBytes: 50 }));
    const service = await open(server.origin);
    const files = [sparse("video.mp4", 100)];
    const error = await failure(service.attach!({ ...message, files }, never));
    expect(error.kind).toBe("size");
  });

  test.each([null, "tk_wrong"])("a missing or wrong token is named as such (%s)", async (wrong) => {
    const server = await serve(startNtfy({ token: "tk_right" }));
    const error = await failure((await open(server.origin, wrong)).send(message, never));
    expect(error.kind).toBe("key");
    expect(error.fix).toContain("FINDMEHERE_NTFY_TOKEN");
    expect(`${error.message} ${error.fix}`).not.toMatch(/tk_|mira-x7/);
  });

  test.each([
    ["a topic with a space", "my topic"],
    ["an address without a topic", "https://ntfy.sh/"],
    ["two parts", "https://ntfy.sh/a/b"],
    ["plain http elsewhere", "http://ntfy.example.org/secret-topic"],
    ["a password in it", "https://me:pw@ntfy.example.org/secret-topic"],
  ])("%s is refused without being repeated", async (_, ntfy) => {
    const error = await openService("ntfy", { ...empty, ntfy }, null).then(
      () => null,
      (error: unknown) => error,
    );
    expect(error).toBeInstanceOf(ExpectedError);
    expect((error as ExpectedError).details).toMatchObject({ exit: "settings" });
    expect((error as ExpectedError).message).not.toMatch(/secret-topic|pw@/);
  });

  test("plain http at home is taken, except with a token", async () => {
    const ntfy = "http://192.168.1.20:8080/mira";
    expect((await openService("ntfy", { ...empty, ntfy }, null)).host).toBe("192.168.1.20:8080");
    await expect(openService("ntfy", { ...empty, ntfy }, "tk_x")).rejects.toThrow("notify.ntfy");
  });
});

describe("Telegram", () => {
  const open = (origin: string, secret: string | null = token, to = chat) =>
    openService("telegram", { ...empty, telegram: to, telegramOrigin: origin }, secret);

  test("tells it, then sends words alone, the video, and the photos as one album, unchanged", async () => {
    const server = await serve(startTelegram({ token, chat }));
    const service = await open(server.origin);
    const files = [
      sparse("video.mp4", 3000),
      ...["01.jpg", "02.jpg", "03.heic"].map((name, index) => sparse(name, 100 + index)),
    ];
    await service.send(message, never);
    await attach(service, { ...message, files });
    expect(server.told.map(({ call, quiet }) => [call, quiet])).toEqual([
      ["sendMessage", false],
      ["sendMessage", true],
      ["sendMessage", true],
      ["sendVideo", true],
      ["sendMediaGroup", true],
    ]);
    expect(server.told[0]!.text).toBe(`${message.title}\n\n${message.text}`);
    expect(server.told.slice(1, 3).map(({ text }) => text)).toEqual(message.words);
    expect(server.told[3]!.files.map(({ name, bytes }) => [name, bytes.length])).toEqual([
      ["video.mp4", 3000],
    ]);
    const album = server.told[4]!;
    expect(album.media.map(({ type }) => type)).toEqual(["document", "document", "document"]);
    expect(album.files.map(({ name, bytes }) => [name, bytes.length])).toEqual([
      ["01.jpg", 100],
      ["02.jpg", 101],
      ["03.heic", 102],
    ]);
  });

  test("35 photos are albums of ten, and a single one left over is a document", async () => {
    const server = await serve(startTelegram({ token, chat }));
    const photos = Array.from({ length: 31 }, (_, index) => sparse(`${index}.jpg`, 10 + index));
    await attach(await open(server.origin), { ...message, words: [], files: photos });
    expect(server.told.map(({ call, files }) => [call, files.length])).toEqual([
      ["sendMediaGroup", 10],
      ["sendMediaGroup", 10],
      ["sendMediaGroup", 10],
      ["sendDocument", 1],
    ]);
    const sizes = server.told.flatMap(({ files }) => files.map(({ bytes }) => bytes.length));
    expect(sizes).toEqual(photos.map(({ bytes }) => bytes));
  });

  test("an album has no more bytes than a request may have, and what is over 50 MB stays at home", async () => {
    const server = await serve(startTelegram({ token, chat }));
    const megabyte = 1024 * 1024;
    const files = [
      sparse("video.mp4", 50 * megabyte + 1),
      sparse("01.png", 30 * megabyte),
      sparse("02.png", 21 * megabyte),
      sparse("03.png", megabyte),
    ];
    await attach(await open(server.origin), { ...message, words: [], files });
    expect(server.told.map(({ call, files }) => [call, files.length])).toEqual([
      ["sendDocument", 1],
      ["sendMediaGroup", 2],
    ]);
  });

  test("a file that went away, or is none, is told as such", async () => {
    const server = await serve(startTelegram({ token, chat }));
    const ntfy = await serve(startNtfy());
    const other = await openService("ntfy", { ...empty, ntfy: `${ntfy.origin}/mira` }, null);
    const folder = mkdtempSync(join(tmpdir(), "findmehere-notice-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const shrunk = sparse("shrunk.mp4", 5).path;
    for (const path of [join(folder, "gone.mp4"), folder, shrunk]) {
      const gone = { ...message, words: [], files: [{ ...fileOf(path, 10), isVideo: true }] };
      for (const service of [await open(server.origin), other]) {
        const error = await failure(service.attach!(gone, never));
        expect([path, service.id, error.kind]).toEqual([path, service.id, "file"]);
        expect(error.message).not.toContain(folder);
      }
    }
  });

  test("a text of more than 4,096 units is cut at a whole sign", async () => {
    const server = await serve(startTelegram({ token, chat }));
    await (await open(server.origin)).send({ ...message, text: "👩‍👩‍👧".repeat(700) }, never);
    const text = server.told[0]!.text!;
    expect(text.length).toBeLessThanOrEqual(4096);
    expect(text).toMatch(/(👩‍👩‍👧)…$/u);
  });

  test("429 tells how long to wait", async () => {
    const server = await serve(startTelegram({ token, chat }));
    server.odd = () => ({
      status: 429,
      body: JSON.stringify({
        ok: false,
        error_code: 429,
        description: "Too Many Requests: retry after 17",
        parameters: { retry_after: 17 },
      }),
    });
    const error = await failure((await open(server.origin)).send(message, never));
    expect([error.kind, error.retryAfterMs]).toEqual(["busy", 17_000]);
  });

  test("a blocked bot, an unknown chat, a wrong and a missing token say what to do", async () => {
    const blocked = await serve(startTelegram({ token, chat, blocked: true }));
    const gone = await failure((await open(blocked.origin)).send(message, never));
    expect([gone.kind, gone.fix]).toEqual(["place", expect.stringContaining("tap Start")]);
    const server = await serve(startTelegram({ token, chat }));
    const lost = await failure((await open(server.origin, token, "42")).send(message, never));
    expect([lost.kind, lost.fix]).toEqual(["place", expect.stringContaining("notify.telegram")]);
    const wrong = `${token}x`;
    const refused = await failure((await open(server.origin, wrong)).send(message, never));
    expect([refused.kind, refused.fix]).toEqual(["key", expect.stringContaining("@BotFather")]);
    for (const none of [null, "not-a-token"]) {
      expect((await failure(open(server.origin, none))).kind).toBe("key");
    }
    for (const { message: said, fix } of [gone, lost, refused]) {
      expect(`${said} ${fix}`).not.toContain("never_print");
    }
  });

  test("a group that got another number is told with it", async () => {
    const server = await serve(startTelegram({ token, chat }));
    const parameters = { migrate_to_chat_id: -100777 };
    server.odd = () => ({ status: 400, body: JSON.stringify({ ok: false, parameters }) });
    const error = await failure((await open(server.origin)).send(message, never));
    expect(error.fix).toContain("config set notify.telegram -100777");
  });
});

describe("a webhook", () => {
  const path = "/hooks/never-print-this-path";
  const open = (origin: string, secret: string | null = null) =>
    openService("webhook", { ...empty, webhook: `${origin}${path}?k=v` }, secret);

  test("is a POST of JSON whose signature fits its very bytes", async () => {
    const server = await serve(startWebhook());
    const service = await open(server.origin, "shared-secret");
    expect(service.attach).toBeNull();
    await service.send(message, never);
    const [seen] = server.requests as [(typeof server.requests)[0]];
    expect(seen.path).toBe(`${path}?k=v`);
    expect(server.told[0]).toEqual({
      type: "notice",
      schemaVersion: 1,
      id: "0123",
      kind: "ready",
      library: "Mira",
      at: message.at,
      title: message.title,
      text: message.text,
      items: message.items,
      words: message.words,
    });
    const signature = createHmac("sha256", "shared-secret").update(seen.bytes).digest("hex");
    expect(seen.headers["x-findmehere-signature"]).toBe(`sha256=${signature}`);
    expect(seen.headers["x-findmehere-delivery"]).toBe("0123");
    await (await open(server.origin)).send(message, never);
    expect(server.requests[1]!.headers).not.toHaveProperty("x-findmehere-signature");
  });

  test("does not wait longer than five seconds", async () => {
    const server = await serve(startWebhook());
    server.odd = () => ({ silent: true });
    const begun = performance.now();
    const error = await failure((await open(server.origin)).send(message, never));
    const took = performance.now() - begun;
    expect([error.kind, error.message]).toEqual(["network", "it did not answer in time"]);
    expect(took).toBeGreaterThan(4_500);
    expect(took).toBeLessThan(8_000);
  });

  test.each([
    ["a fault", { status: 500 }, "server"],
    ["a wish to slow down", { status: 429, headers: { "retry-after": "30" } }, "busy"],
    ["a wrong key", { status: 401 }, "key"],
    ["nothing there", { status: 410 }, "place"],
    ["a redirect", { status: 307, headers: { location: "http://127.0.0.1:9/x" } }, "request"],
    ["a cut answer", { cut: true }, "network"],
  ] as const)("%s is an error with a kind, without the address", async (_, odd, kind) => {
    const server = await serve(startWebhook());
    server.odd = () => odd;
    const error = await failure((await open(server.origin)).send(message, never));
    expect(error.kind).toBe(kind);
    expect(`${error.message} ${error.fix} ${error.stack ?? ""}`).not.toContain("never-print");
    expect(server.requests).toHaveLength(1);
  });

  test("a host that is not there, and a time box that ends, are network errors; a person's stop is not", async () => {
    const server = await startWebhook();
    const service = await open(server.origin);
    server.odd = () => ({ silent: true });
    expect((await failure(service.send(message, AbortSignal.timeout(50)))).kind).toBe("network");
    const stopped = new Error("stopped");
    await expect(service.send(message, AbortSignal.abort(stopped))).rejects.toBe(stopped);
    await server.close();
    expect((await failure(service.send(message, never))).kind).toBe("network");
  });
});
