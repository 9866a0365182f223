import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { rawly } from "../store/support.ts";
import { startNtfy, startTelegram, startWebhook } from "../support/notice-servers.ts";
import { draftFolder, itemsOf, keys, linesOf, startMigrated } from "./sample-journey.ts";
import type { Journey, OpenJourney } from "./sample-journey.ts";

const monday = "2026-10-05T18:00:00Z";
const tuesday = "2026-10-06T18:00:00Z";
const ntfyToken = "tk_never_print_this_token_at_all";
const botToken = "123456789:never_print-this_token_AAAAAAAAA";
const topic = "never-print-this-topic";
const path = "/hooks/never-print-this-path";
/** Each of the secrets above has it. */
const secrets = /never[-_]print/;

let sample: OpenJourney;

beforeAll(async () => {
  sample = await startMigrated({ FINDMEHERE_CREATOR_HANDLES_LEMON8: "mira.paints" });
});
afterAll(() => sample.close());

async function open(services: { ntfy?: boolean; webhook?: boolean; telegram?: boolean } = {}) {
  const ntfy = await startNtfy({ token: ntfyToken });
  const webhook = await startWebhook();
  const telegram = await startTelegram({ token: botToken, chat: "42" });
  const journey = sample.copy();
  onTestFinished(async () => {
    journey.dispose();
    await Promise.all([ntfy.close(), webhook.close(), telegram.close()]);
  });
  const environment: Record<string, string> = {
    ...(services.ntfy === false ? {} : { FINDMEHERE_NOTIFY_NTFY: `${ntfy.origin}/${topic}` }),
    ...(services.webhook === false
      ? {}
      : { FINDMEHERE_NOTIFY_WEBHOOK: `${webhook.origin}${path}` }),
    ...(services.telegram === false ? {} : { FINDMEHERE_NOTIFY_TELEGRAM: "42" }),
    FINDMEHERE_NOTIFY_TELEGRAM_ORIGIN: telegram.origin,
    FINDMEHERE_NTFY_TOKEN: ntfyToken,
    FINDMEHERE_TELEGRAM_TOKEN_COMMAND: `printf %s '${botToken}'`,
  };
  const tick = (at: string, words: string[] = [], more: Record<string, string> = {}) =>
    journey.run(["publish", "--due", "--json", ...words], {
      at,
      environment: { ...environment, ...more },
    });
  return { ntfy, webhook, telegram, journey, environment, tick };
}

/** Everything that lies in the library, as bytes that can be searched. */
function everything(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((each) => join(folder, each))
    .filter((each) => statSync(each).isFile())
    .map((each) => readFileSync(each, "latin1"))
    .join("\n");
}

const log = (journey: Journey): string => journey.read("logs/findmehere.log");

describe("a tick that hands something off", () => {
  test("tells it by three services, with words and real files, once", async () => {
    const { ntfy, webhook, telegram, journey, tick } = await open();
    await tick(monday);
    for (const server of [ntfy, webhook, telegram]) server.told.length = 0;
    const run = await tick(tuesday);
    expect(run.code).toBe(0);
    expect(itemsOf(run)).toEqual([`${keys.newest}@lemon8`]);
    expect(linesOf(run, "problem")).toEqual([]);

    const folder = draftFolder(journey, keys.newest, "lemon8");
    const video = readFileSync(join(journey.library, folder, "video.mp4"));
    const title = journey.read(`${folder}/title.txt`);
    const body = journey.read(`${folder}/body.txt`);

    const [first] = ntfy.told;
    expect(first).toMatchObject({ topic, title: "Ready to post on Lemon8", tags: ["package"] });
    expect(first!.message).toContain(`~/library/${folder}/index.html`);
    expect(first!.message).toContain(
      `findmehere confirm --post ${keys.newest} --to lemon8 --url "THE-COPIED-LINK"`,
    );
    expect(first!.message).toMatch(/1\. Save the video.*\n {3}.*视频/);
    expect(first!.message).not.toMatch(/https?:/);
    expect(ntfy.told.slice(1, 3).map(({ message }) => message)).toEqual([title, body]);
    expect(ntfy.told[3]!.file).toMatchObject({ name: "video.mp4" });
    expect(ntfy.told[3]!.file!.bytes.equals(video)).toBe(true);

    expect(webhook.told).toHaveLength(1);
    expect(webhook.told[0]).toMatchObject({
      kind: "ready",
      library: "mira.paints.daily",
      items: [
        { post: keys.newest, to: "lemon8", state: "handed-off", pack: `${folder}/index.html` },
      ],
      words: [title, body],
    });
    expect(telegram.told.map(({ call, quiet }) => [call, quiet])).toEqual([
      ["sendMessage", false],
      ["sendMessage", true],
      ["sendMessage", true],
      ["sendVideo", true],
    ]);
    expect(telegram.told[3]!.files[0]!.bytes.equals(video)).toBe(true);

    for (const server of [ntfy, webhook, telegram]) server.requests.length = 0;
    await tick(tuesday);
    await tick(tuesday);
    expect([ntfy, webhook, telegram].map(({ requests }) => requests.length)).toEqual([0, 0, 0]);
  });

  test("says what a service cannot carry, and what to declare; the page that is served is not spoken of", async () => {
    const { ntfy, telegram, journey, tick } = await open({ webhook: false });
    await tick(monday);
    for (const server of [ntfy, telegram]) server.told.length = 0;
    const folder = draftFolder(journey, keys.newest, "lemon8");
    // More than ntfy takes, and less than Telegram does.
    const posts = readdirSync(join(journey.library, "posts"));
    const post = posts.find((name) => name.endsWith(`_${keys.newest}`)) ?? "";
    truncateSync(join(journey.library, "posts", post, "video.mp4"), 16 * 1024 * 1024);
    rawly(
      join(journey.library, "findmehere.db"),
      "update posts set ai_generated = 1 where key = ?",
      keys.newest,
    );
    const run = await tick(tuesday);
    expect(itemsOf(run)).toEqual([`${keys.newest}@lemon8`]);
    const [first, ...others] = ntfy.told;
    expect(first!.message).toMatch(
      /^Too much for ntfy, so not sent here: video\.mp4 \(16\.8 MB\)\. `findmehere handoff` /,
    );
    expect(first!.message).toContain(`~/library/${folder}/index.html`);
    expect(first!.message).toContain("\n! You declared this as made with AI on TikTok");
    expect(first!.message).toMatch(/\d+\. Tick in the post's options: made with AI\.\n/);
    expect(first!.message).not.toContain("Come back to this page");
    expect(first!.message).not.toMatch(/…$/);
    expect(others.map(({ file }) => file)).toEqual([null, null]);
    expect(telegram.told[0]!.text).not.toContain("Too much for");
    expect(telegram.told.at(-1)!.files[0]!.bytes).toHaveLength(16 * 1024 * 1024);
  });

  test("prints, keeps and logs no secret, and no caption is in the log", async () => {
    const { webhook, journey, environment, tick } = await open();
    webhook.odd = () => ({ status: 500, body: `no ${path}` });
    const runs = [
      await tick(monday),
      await tick(tuesday),
      await journey.run(["publish", "--due", "--verbose"], { at: tuesday, environment }),
      await journey.run(["doctor", "--notify"], { at: tuesday, environment }),
    ];
    const said = runs.map(({ out, error }) => out + error).join("\n");
    expect(said).not.toMatch(secrets);
    expect(secrets.test(everything(journey.library))).toBe(false);
    expect(log(journey)).toContain(`publication post=${keys.newest} to=lemon8 state=handed-off`);
    for (const to of ["lemon8", "rednote"]) {
      for (const file of ["title.txt", "body.txt"]) {
        const words = journey.read(`${draftFolder(journey, keys.newest, to)}/${file}`);
        expect(log(journey)).not.toContain(words.slice(0, 20));
      }
    }
  });

  test("does not wait for a service that is down, and the exit code stays", async () => {
    const { ntfy, webhook, telegram, journey, tick } = await open();
    webhook.odd = () => ({ silent: true });
    await ntfy.close();
    const begun = performance.now();
    const run = await tick(monday);
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(run.code).toBe(0);
    expect(run.summary).toMatchObject({ due: 2, handedOff: 2, failed: 0 });
    expect(linesOf(run, "problem").map(({ code, severity }) => [code, severity])).toEqual([
      ["notice-not-sent", "note"],
      ["notice-not-sent", "note"],
    ]);
    expect(telegram.told.filter(({ quiet }) => !quiet)).toHaveLength(2);
    webhook.odd = () => null;
    const later = await tick("2026-10-05T18:10:00Z");
    expect(later.summary).toMatchObject({ due: 0, handedOff: 0 });
    expect(webhook.told).toHaveLength(2);
    // What the creator has posted meanwhile is no news any more.
    const settled = ["confirm", "--post", "hello", "--to", "lemon8", "--posted"];
    expect((await journey.run(settled, { at: tuesday })).code).toBe(0);
  });

  test("killed while it tells: nothing is handed off twice, and the telling comes later", async () => {
    const { webhook, journey, environment, tick } = await open({ ntfy: false, telegram: false });
    let child: ChildProcess | undefined;
    const asked = new Promise<void>((resolve) => {
      webhook.odd = () => {
        resolve();
        return { silent: true };
      };
    });
    const { findmehere } = await import("../support/cli.ts");
    const killed = findmehere(["publish", "--due", "--library", journey.library], {
      cwd: journey.folder,
      environment: {
        ...journey.environment,
        ...environment,
        FINDMEHERE_NOW: monday,
        FINDMEHERE_TEST: "1",
      },
      started: (own) => (child = own),
    });
    await asked;
    child?.kill("SIGKILL");
    expect((await killed).code).toBeNull();
    webhook.odd = () => null;
    expect((await tick(monday)).summary).toMatchObject({ due: 0, handedOff: 0 });
    const run = await tick("2026-10-05T18:06:00Z");
    expect(run.summary).toMatchObject({ due: 0, handedOff: 0 });
    const told = webhook.told.map(({ kind, items }) => [kind, (items as { to: string }[])[0]?.to]);
    expect(told.toSorted()).toEqual([
      ["ready", "lemon8"],
      ["ready", "rednote"],
    ]);
    const list = await journey.run(["queue", "list", "--state", "handed-off", "--json"]);
    expect(linesOf(list, "publication").map(({ attempts }) => attempts)).toEqual([1, 1]);
  });

  test("--dry-run tells nobody and logs nothing", async () => {
    const { ntfy, webhook, telegram, journey, tick } = await open();
    rmSync(join(journey.library, "logs"), { recursive: true, force: true });
    expect((await tick(monday, ["--dry-run"])).summary).toMatchObject({ handedOff: 2 });
    expect([ntfy, webhook, telegram].map(({ requests }) => requests.length)).toEqual([0, 0, 0]);
    expect(existsSync(join(journey.library, "logs"))).toBe(false);
    expect(rawly(join(journey.library, "findmehere.db"), "select * from notices")).toEqual([]);
  });

  test("the last one of the queue says that all is done", async () => {
    const { webhook, journey, tick } = await open({ ntfy: false, telegram: false });
    const database = join(journey.library, "findmehere.db");
    rawly(
      database,
      "update publications set state = 'skipped' where state = 'queued' and post <> 'hello'",
    );
    await tick(monday);
    expect(webhook.told.map(({ kind }) => kind).toSorted()).toEqual(["done", "ready", "ready"]);
    const done = webhook.told.find(({ kind }) => kind === "done");
    expect(done).toMatchObject({ title: "Nothing is left in the queue", items: [] });
    expect(String(done!["text"])).toContain("2 posts went out in October 2026.");
  });
});

test("a timer's quiet tick wakes for a notice that waits, and is quiet again once it is sent", async () => {
  const { webhook, journey, environment } = await open({ ntfy: false, telegram: false });
  const database = join(journey.library, "findmehere.db");
  rawly(database, "update publications set state = 'skipped' where state = 'queued'");
  const own = { ...environment, FINDMEHERE_QUEUE_QUIET_HOURS: "" };
  const quiet = () => journey.run(["publish", "--due", "--json"], { at: null, environment: own });
  const before = await quiet();
  expect(before.lines).toHaveLength(1);
  rawly(
    database,
    "insert into notices (kind, about, service, at, sent_at, tries, text) values ('done', 'library#2026-10', 'webhook', '2026-01-01T00:00:00.000Z', null, 0, ?)",
    "That was all\nFor October.",
  );
  const run = await quiet();
  expect([run.code, run.out]).toEqual([0, before.out]);
  expect(webhook.told).toMatchObject([
    { kind: "done", title: "That was all", text: "For October." },
  ]);
  await quiet();
  expect(webhook.requests).toHaveLength(1);
});

describe("findmehere doctor", () => {
  test("has a line for each service, and --notify sends a test message", async () => {
    const { ntfy, webhook, telegram, journey, environment } = await open();
    const look = await journey.run(["doctor"], { environment });
    for (const { host } of [ntfy, webhook, telegram]) expect(look.out).toContain(host);
    expect(look.out).toContain("✓ Notices by ntfy");
    expect([ntfy, webhook, telegram].map(({ requests }) => requests.length)).toEqual([0, 0, 0]);
    const run = await journey.run(["doctor", "--notify", "--json"], { environment });
    expect(run.code).toBe(0);
    const checks = linesOf(run, "check").filter(({ name }) => String(name).startsWith("Notices"));
    expect(checks.map(({ good }) => good)).toEqual([true, true, true]);
    expect(webhook.told).toMatchObject([{ kind: "test", title: "findmehere can reach you" }]);
    expect(ntfy.told[0]).toMatchObject({ tags: ["wave"] });
    expect(telegram.told).toHaveLength(1);
  });

  test("says what is wrong and the command that mends it", async () => {
    const { journey, environment } = await open({ ntfy: false, webhook: false });
    const file = join(journey.folder, "bot-token");
    writeFileSync(file, botToken);
    chmodSync(file, 0o644);
    const own = {
      ...environment,
      FINDMEHERE_TELEGRAM_TOKEN_COMMAND: "",
      FINDMEHERE_TELEGRAM_TOKEN_FILE: file,
    };
    const open644 = await journey.run(["doctor"], { environment: own });
    expect(open644.out).toContain("· Notices by Telegram: Other users of this computer can read");
    expect(open644.out).toContain(`→ Type: chmod 600 "${file}"`);
    chmodSync(file, 0o600);
    const good = await journey.run(["doctor", "--notify"], { environment: own });
    expect(good.out).toContain("✓ Notices by Telegram: a test message went to");
    const none = { ...own, FINDMEHERE_TELEGRAM_TOKEN_FILE: "" };
    const missing = await journey.run(["doctor"], { environment: none });
    expect(missing.out).toContain("@BotFather");
    const usual = join(journey.folder, ".local/state/findmehere/secrets");
    mkdirSync(usual, { recursive: true });
    writeFileSync(join(usual, "telegram-token"), botToken, { mode: 0o600 });
    const found = await journey.run(["doctor"], { environment: none });
    expect(found.out).toContain("✓ Notices by Telegram");
  });

  test("--notify without any service says how to set one up", async () => {
    const run = await sample.run(["doctor", "--notify"]);
    expect(run.code).toBe(78);
    expect(run.error).toContain("findmehere config set notify.ntfy TOPIC");
  });
});

test("settings: a chat's number needs no quotes, and what cannot be right is found by config validate", async () => {
  const { journey } = await open();
  expect((await journey.run(["config", "set", "notify.telegram", "-1001234"])).code).toBe(0);
  const settings = journey.read("findmehere.jsonc").replace(/"-1001234"/, "-1001234");
  expect(settings).toMatch(/"telegram": -1001234/);
  journey.write("findmehere.jsonc", settings);
  const good = await journey.run(["config", "validate"]);
  expect([good.code, good.error]).toEqual([0, ""]);
  for (const [variable, value] of [
    ["NTFY", "a topic"],
    ["WEBHOOK", "http://never-print.example.org/x"],
    ["TELEGRAM", "my chat"],
  ] as const) {
    const run = await journey.run(["config", "validate"], {
      environment: { [`FINDMEHERE_NOTIFY_${variable}`]: value },
    });
    expect(run.code).toBe(78);
    expect(run.error).toContain(`notify.${variable.toLowerCase()}`);
    expect(run.error).not.toContain("never-print");
  }
});

describe("the log of runs that nobody watches", () => {
  test("has what changed, when and how it ended; looking writes nothing", async () => {
    const { journey, tick } = await open({ ntfy: false, webhook: false, telegram: false });
    rmSync(join(journey.library, "logs"), { recursive: true, force: true });
    await journey.run(["status"]);
    await journey.run(["queue", "list"]);
    expect(existsSync(join(journey.library, "logs"))).toBe(false);
    const before = new Date().toISOString();
    await tick(monday);
    const lines = log(journey).trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(
      /^\S+Z note publish: publication post=hello to=\w+ state=handed-off attempts=1$/,
    );
    expect(lines[2]).toMatch(/^\S+Z note publish: end exit=done due=2 handedOff=2 .*failed=0/);
    expect(lines[2]! > before).toBe(true);
    expect(statSync(join(journey.library, "logs/findmehere.log")).mode & 0o777).toBe(0o600);
    const wrong = ["confirm", "--post", "nobody", "--to", "lemon8", "--posted"];
    expect((await journey.run(wrong)).code).toBe(2);
    expect(log(journey)).toMatch(
      /stop confirm: failed exit=usage code=no-such-publication There is no publication/,
    );
  });

  test("is JSON when the settings say so", async () => {
    const { journey, tick } = await open({ ntfy: false, webhook: false, telegram: false });
    rmSync(join(journey.library, "logs"), { recursive: true, force: true });
    await tick(monday, [], { FINDMEHERE_LOG_FORMAT: "json", FINDMEHERE_LOG_LEVEL: "note" });
    const lines = log(journey)
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as object);
    expect(lines.at(-1)).toMatchObject({
      level: "note",
      command: "publish",
      event: "end",
      exit: "done",
      handedOff: 2,
    });
    await tick(monday, [], { FINDMEHERE_LOG_LEVEL: "warn" });
    expect(log(journey).trimEnd().split("\n")).toHaveLength(lines.length);
  });

  test("a log that cannot be written never fails the run", async () => {
    const { journey, tick } = await open({ ntfy: false, webhook: false, telegram: false });
    rmSync(join(journey.library, "logs"), { recursive: true, force: true });
    journey.write("logs", "a file is in the way");
    const run = await tick(monday);
    expect(run.code).toBe(0);
    expect(run.error).toBe("");
    expect(run.summary).toMatchObject({ handedOff: 2 });
    expect(journey.read("logs")).toBe("a file is in the way");
  });
});
