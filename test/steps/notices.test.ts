import { expect, onTestFinished, test } from "vitest";
import type { Clock } from "../../src/core/clock.ts";
import { mostNoticeTries, noticeWait } from "../../src/core/notice.ts";
import { problem } from "../../src/core/problem.ts";
import type { Problem } from "../../src/core/problem.ts";
import { destinations } from "../../src/destinations/index.ts";
import { configuredServices } from "../../src/notify/index.ts";
import type { NotifySettings } from "../../src/notify/service.ts";
import type { QueueRules } from "../../src/queue/rules.ts";
import { noteFor, noteMonthDone } from "../../src/steps/notices/note.ts";
import { sendNotices } from "../../src/steps/notices/send.ts";
import type { NoticeOffice, SendRequest } from "../../src/steps/notices/send.ts";
import { stopAndTell } from "../../src/steps/notices/stop-account.ts";
import { noticeOf } from "../../src/steps/notices/words.ts";
import type { NoticeEvent } from "../../src/steps/notices/words.ts";
import type { Store } from "../../src/store/open.ts";
import { freshStore, plantPublication, rawly } from "../store/support.ts";
import { startNtfy, startTelegram, startWebhook } from "../support/notice-servers.ts";

const zone = "Europe/Madrid";
const noon = Date.parse("2026-10-05T10:00:00Z");
const botToken = "123456789:never_print-this_token_AAAAAAAAA";

/** Everything around sending, with a calendar that the test moves. */
async function desk(settings: Partial<NotifySettings>, more: Partial<NoticeOffice> = {}) {
  const { store, file } = await freshStore();
  const notify = { ntfy: "", webhook: "", telegram: "", telegramOrigin: "", ...settings };
  const office: NoticeOffice = {
    services: configuredServices(notify),
    settings: notify,
    destinations,
    zone,
    library: "Mira",
    secret: async (id) => (id === "telegram" ? botToken : null),
    box: { messages: 5_000, files: 5_000 },
    ...more,
  };
  const time = { now: noon };
  const clock: Clock = {
    calendar: () => time.now,
    wall: () => Date.now(),
    sleep: async () => {},
  };
  const drain = new AbortController();
  const request: SendRequest = {
    root: "/nowhere",
    store,
    clock,
    office,
    rules: null,
    awake: false,
    drain: drain.signal,
    stop: new AbortController().signal,
  };
  return {
    store,
    file,
    time,
    drain,
    request,
    note: (event: NoticeEvent) =>
      store.transaction((transaction) => noteFor(transaction, office, event, time.now)),
    send: (own: Partial<SendRequest> = {}): Promise<Problem[]> =>
      Array.fromAsync(sendNotices({ ...request, ...own })),
  };
}

async function serve<Server extends { close(): Promise<void> }>(
  starting: Promise<Server>,
): Promise<Server> {
  const server = await starting;
  onTestFinished(() => server.close());
  return server;
}

const unconfirmed = (post: string, time = 1): NoticeEvent => ({
  what: "unconfirmed",
  post,
  to: "rednote",
  time,
  reason: "",
});

test("by every service that is set up, once, however often it is noted and sent", async () => {
  const ntfy = await serve(startNtfy());
  const webhook = await serve(startWebhook());
  const telegram = await serve(startTelegram({ token: botToken, chat: "42" }));
  const { note, send, file } = await desk({
    ntfy: `${ntfy.origin}/mira`,
    webhook: `${webhook.origin}/x`,
    telegram: "42",
    telegramOrigin: telegram.origin,
  });
  plantPublication(file, { post: "1", state: "unconfirmed" });
  for (let tick = 0; tick < 3; tick += 1) {
    await note(unconfirmed("1"));
    expect(await send()).toEqual([]);
  }
  expect([ntfy, webhook, telegram].map(({ told }) => told.length)).toEqual([1, 1, 1]);
  expect(ntfy.told[0]).toMatchObject({ title: "Look whether a post is on RedNote", priority: 4 });
  expect(webhook.told[0]).toMatchObject({
    kind: "needs-you",
    library: "Mira",
    items: [{ post: "1", to: "rednote", state: "unconfirmed", pack: null }],
  });
  expect(telegram.told[0]!.text).toContain("It is not sent again by itself.");
  // The same post in the same plight another time is news again.
  await note(unconfirmed("1", 2));
  await send();
  expect(ntfy.told).toHaveLength(2);
});

test("nobody is told, and nothing is kept, where no service is set up", async () => {
  const { note, send, file } = await desk({});
  await note(unconfirmed("1"));
  expect(await send()).toEqual([]);
  expect(rawly(file, "select * from notices")).toEqual([]);
});

test("what is no longer true is not told", async () => {
  const ntfy = await serve(startNtfy());
  const { note, send, file, store, request } = await desk({ ntfy: `${ntfy.origin}/mira` });
  plantPublication(file, { post: "1", state: "live" });
  plantPublication(file, { post: "2", state: "queued" });
  await note(unconfirmed("1"));
  await note({ what: "ready", post: "2", to: "rednote", time: 1, reason: "" });
  await note({ what: "refused", post: "gone", to: "rednote", time: 1, reason: "x" });
  await note({
    what: "breaker",
    to: "rednote",
    account: "mira",
    since: "2026",
    reason: "A captcha.",
  });
  expect(await send()).toEqual([]);
  expect(ntfy.requests).toEqual([]);
  const sign = {
    at: "2026-10-05T09:00:00.000Z",
    problem: problem("look-failed", "A captcha.", ""),
  };
  const account = { to: "rednote", account: "" };
  for (let time = 0; time < 2; time += 1) {
    await store.transaction((transaction) =>
      stopAndTell(transaction, request.office, account, sign),
    );
  }
  expect(await send()).toEqual([]);
  expect(ntfy.told).toMatchObject([
    {
      title: "RedNote stopped your posts",
      message: expect.stringContaining("findmehere queue release --account rednote"),
    },
  ]);
});

test("a post that became part of another is told under the key that it has now", async () => {
  const webhook = await serve(startWebhook());
  const { note, send, file } = await desk({ webhook: `${webhook.origin}/x` });
  await note(unconfirmed("old"));
  plantPublication(file, { post: "new", state: "unconfirmed" });
  rawly(file, "insert into aliases (alias, post) values ('old', 'new')");
  await send();
  expect(webhook.told[0]!["items"]).toMatchObject([{ post: "new" }]);
});

test("in the quiet hours nobody is called and no timer is woken; in the morning it comes", async () => {
  const ntfy = await serve(startNtfy());
  const { note, send, file, time } = await desk({ ntfy: `${ntfy.origin}/mira` });
  const rules: QueueRules = {
    perDay: 1,
    perWeek: 7,
    times: ["19:30"],
    zone,
    quietHours: { from: "22:00", to: "08:00" },
    minGapMinutes: 0,
    jitterMinutes: 0,
  };
  plantPublication(file, { post: "1", state: "refused" });
  time.now = Date.parse("2026-10-05T21:30:00Z");
  await note({ what: "refused", post: "1", to: "rednote", time: 1, reason: "Too many links." });
  expect(await send({ rules })).toEqual([]);
  expect(ntfy.requests).toEqual([]);
  const [{ at }] = rawly(file, "select at from notices") as [{ at: string }];
  expect(at).toBe("2026-10-06T06:00:00.000Z");
  time.now = Date.parse(at);
  expect(await send({ rules })).toEqual([]);
  expect(ntfy.told[0]).toMatchObject({ message: expect.stringContaining("Too many links.") });
  // A person who is at it at night is awake.
  time.now = Date.parse("2026-10-06T21:30:00Z");
  plantPublication(file, { post: "2", state: "refused" });
  await note({ what: "refused", post: "2", to: "rednote", time: 1, reason: "x" });
  await send({ rules, awake: true });
  expect(ntfy.told).toHaveLength(2);
});

test("a service that is down is tried again later and later, said at the first and the last try, and keeps no other back", async () => {
  const ntfy = await serve(startNtfy());
  const webhook = await serve(startWebhook());
  const { note, send, file, time } = await desk({
    ntfy: `${ntfy.origin}/mira`,
    webhook: `${webhook.origin}/never-print-this`,
  });
  webhook.odd = () => ({ status: 500 });
  for (const post of ["1", "2", "3"]) {
    plantPublication(file, { post, state: "unconfirmed" });
    await note(unconfirmed(post));
  }
  const [first, ...others] = await send();
  expect(others).toEqual([]);
  expect(first).toMatchObject({ code: "notice-not-sent", severity: "note" });
  expect(first!.message).toContain("webhook: it has a fault (500). It is tried again later.");
  expect(JSON.stringify(first)).not.toContain("never-print");
  expect(ntfy.told).toHaveLength(3);
  // One knock a run is enough to know that nobody is at home.
  expect(webhook.requests).toHaveLength(1);
  rawly(file, "delete from notices where about not like '1@%'");
  const said: Problem[] = [];
  for (let tries = 1; tries < mostNoticeTries; tries += 1) {
    time.now += noticeWait(tries) - 1;
    said.push(...(await send()));
    expect(webhook.requests).toHaveLength(tries);
    time.now += 1;
    said.push(...(await send()));
    expect(webhook.requests).toHaveLength(tries + 1);
  }
  expect(said.map(({ message }) => message)).toEqual([
    expect.stringContaining("It is not tried again."),
  ]);
  time.now += 1e12;
  webhook.odd = () => null;
  expect(await send()).toEqual([]);
  expect(webhook.told).toEqual([]);
});

test("it comes as soon as the service is back, and one that asks for patience gets it", async () => {
  const telegram = await serve(startTelegram({ token: botToken, chat: "42" }));
  const { note, send, file, time } = await desk({
    telegram: "42",
    telegramOrigin: telegram.origin,
  });
  plantPublication(file, { post: "1", state: "unconfirmed" });
  await note(unconfirmed("1"));
  const body = JSON.stringify({ ok: false, error_code: 429, parameters: { retry_after: 3600 } });
  telegram.odd = () => ({ status: 429, body });
  expect(await send()).toHaveLength(1);
  telegram.odd = () => null;
  time.now += 3_599_000;
  await send();
  expect(telegram.requests).toHaveLength(1);
  time.now += 1_000;
  expect(await send()).toEqual([]);
  expect(telegram.told).toHaveLength(1);
});

test("a service that hangs takes no longer than the box, and a killed run's notice comes with the next try", async () => {
  const webhook = await serve(startWebhook());
  const { note, send, file, time } = await desk(
    { webhook: `${webhook.origin}/x` },
    { box: { messages: 200, files: 200 } },
  );
  plantPublication(file, { post: "1", state: "unconfirmed" });
  await note(unconfirmed("1"));
  webhook.odd = () => ({ silent: true });
  const begun = performance.now();
  expect((await send()).map(({ message }) => message)).toEqual([
    expect.stringContaining("it did not answer in time"),
  ]);
  expect(performance.now() - begun).toBeLessThan(3_000);
  // It took it and its answer was lost: there is no telling, so it comes once more, with the same id.
  webhook.odd = () => null;
  time.now += noticeWait(1);
  expect(await send()).toEqual([]);
  expect(webhook.told).toHaveLength(1);
  const ids = webhook.requests.map(({ headers }) => headers["x-findmehere-delivery"]);
  expect(new Set(ids).size).toBe(1);
});

test("a missing token, settings that cannot be right and a locked-up secret are notes, not failures", async () => {
  const { ExpectedError } = await import("../../src/core/error.ts");
  const refused = new ExpectedError({
    exit: "machine",
    code: "secret-open-to-others",
    what: "Other users can read it.",
    fix: "Type: chmod 600 x",
  });
  const { note, send, file } = await desk(
    {
      ntfy: "two words",
      webhook: "https://x.example/y",
      telegram: "42",
      telegramOrigin: "https://x.example",
    },
    { secret: async (id) => (id === "webhook" ? Promise.reject(refused) : null) },
  );
  plantPublication(file, { post: "1", state: "unconfirmed" });
  await note(unconfirmed("1"));
  const problems = await send();
  expect(problems.map(({ severity }) => severity)).toEqual(["note", "note", "note"]);
  const said = problems.map(({ message, fix }) => `${message} ${fix}`).join("\n");
  for (const part of ["notify.ntfy", "chmod 600 x", "@BotFather"]) expect(said).toContain(part);
});

test("whoever wants to end is not kept waiting, and nothing is lost", async () => {
  const ntfy = await serve(startNtfy());
  const { note, send, file, drain } = await desk({ ntfy: `${ntfy.origin}/mira` });
  plantPublication(file, { post: "1", state: "unconfirmed" });
  await note(unconfirmed("1"));
  drain.abort(new Error("interrupted"));
  expect(await send()).toEqual([]);
  expect(rawly(file, "select tries, sent_at from notices")).toEqual([{ tries: 0, sent_at: null }]);
});

test("a bug is not made a note of", async () => {
  const bug = new TypeError("a mistake of ours");
  const { note, send, file } = await desk({ ntfy: "mira" }, { secret: () => Promise.reject(bug) });
  plantPublication(file, { post: "1", state: "unconfirmed" });
  await note(unconfirmed("1"));
  await expect(send()).rejects.toBe(bug);
});

test("a service that the settings no longer name is forgotten", async () => {
  const { note, send, file, request } = await desk({ ntfy: "mira" });
  plantPublication(file, { post: "1", state: "unconfirmed" });
  await note(unconfirmed("1"));
  expect(await send({ office: { ...request.office, services: [] } })).toEqual([]);
  expect(rawly(file, "select * from notices")).toEqual([]);
});

const monthDone = (store: Store, office: NoticeOffice, at: number) =>
  store.transaction((transaction) => noteMonthDone(transaction, office, at));

test("the month is done when nothing more is planned in it, by the creator's clock; once", async () => {
  const { store, file, request } = await desk({ ntfy: "mira" });
  const texts = () => rawly(file, "select about, text from notices order by about");
  // Half past ten in the evening of the 31st in London is another month in Madrid, and the clock changed.
  plantPublication(file, { post: "1", state: "queued", due: "2026-10-31T22:30:00.000Z" });
  await monthDone(store, request.office, noon);
  expect(texts()).toEqual([]);
  rawly(file, "update publications set due = '2026-10-31T23:30:00.000Z'");
  plantPublication(file, { post: "2", state: "handed-off" });
  rawly(
    file,
    "update publications set handed_off_at = '2026-10-05T10:00:00.000Z' where post = '2'",
  );
  await monthDone(store, request.office, noon);
  await monthDone(store, request.office, noon + 1000);
  expect(texts()).toEqual([
    {
      about: "library#2026-10",
      text: "That was all for October 2026\n1 post went out in October 2026. The next one is planned for Sun 1 Nov 2026, 00:30.",
    },
  ]);
  rawly(file, "update publications set state = 'live' where post = '1'");
  await monthDone(store, request.office, noon + 40 * 86_400_000);
  expect(texts().at(-1)).toMatchObject({
    about: "library#2026-11",
    text: expect.stringContaining("Nothing is left in the queue"),
  });
});

test("every event has a title of one line, a next step, and an own name", () => {
  const item = { post: "1", to: "lemon8", time: 2, reason: "" };
  const account = { to: "rednote", account: "", since: "2026-10-05T10:00:00.000Z", reason: "Why." };
  const events: NoticeEvent[] = [
    { what: "ready", ...item },
    { what: "refused", ...item, reason: "Why." },
    { what: "unconfirmed", ...item },
    { what: "sitting", ...item },
    { what: "missed", ...item },
    { what: "breaker", ...account },
    { what: "done", month: "2026-10", wentOut: 3, next: null },
  ];
  const notices = events.map((event) => noticeOf(event, { destinations, zone }));
  expect(new Set(notices.map(({ about }) => about)).size).toBe(events.length);
  for (const { text } of notices) {
    const [title = "", ...rest] = text.split("\n");
    expect(title.length).toBeGreaterThan(10);
    expect(title.length).toBeLessThan(60);
    expect(rest.join("\n").length).toBeGreaterThan(10);
    expect(text).not.toMatch(/undefined|https?:/);
  }
  expect(notices.map(({ kind }) => kind)).toEqual([
    "ready",
    "refused",
    "needs-you",
    "needs-you",
    "missed",
    "needs-you",
    "done",
  ]);
});
