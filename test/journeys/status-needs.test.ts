import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import stringWidth from "string-width";
import { ownCrontab } from "../support/crontab.ts";
import type { OwnCrontab } from "../support/crontab.ts";
import { linesOf, migrateWords, publicationSums, startJourney } from "./sample-journey.ts";
import type { Journey, OpenJourney } from "./sample-journey.ts";

interface Need {
  kind: string;
  count: number;
  what: string;
  command: string;
  post?: string;
  to?: string;
}

let journey: OpenJourney;
let crontab: OwnCrontab;
const at = "2026-10-05T18:00:00Z";

beforeAll(async () => {
  // No bus, and a crontab that is nobody's: this machine's own timers are not asked.
  journey = await startJourney({
    XDG_RUNTIME_DIR: "/nowhere",
    DBUS_SESSION_BUS_ADDRESS: "unix:path=/nowhere/bus",
    FINDMEHERE_CREATOR_DEADLINE: "2026-10-25",
  });
  const programs = join(journey.folder, "programs");
  mkdirSync(programs);
  crontab = ownCrontab(programs);
  journey.environment["PATH"] = `${programs}:${process.env["PATH"] ?? ""}`;
  expect((await journey.run([...migrateWords(journey), "--quiet"])).code).toBe(0);
});
afterAll(async () => {
  crontab.dispose();
  await journey.close();
});

function change(of: Journey, ...statements: string[]): void {
  const database = new DatabaseSync(join(of.library, "findmehere.db"));
  for (const statement of statements) database.exec(statement);
  database.close();
}

function needsIn(summary: Record<string, unknown>): Need[] {
  return summary["needs"] as Need[];
}

/** Puts the next queued publication of a destination into another state. */
function next(to: string, state: string, more = ""): string {
  return `update publications set state = '${state}' ${more} where destination = '${to}' and post = (
    select post from publications where state = 'queued' and destination = '${to}' order by due limit 1)`;
}

test("everything that needs a person stands there once, with its command, and adds up", async () => {
  const own = journey.copy();
  expect((await own.run(["publish", "--due", "--quiet"], { at })).code).toBe(0);
  const sign = `{"type":"problem","code":"captcha","severity":"stop","message":"RedNote asks whether you are human.","fix":""}`;
  change(
    own,
    next("lemon8", "unconfirmed"),
    next("lemon8", "refused"),
    next("lemon8", "submitted"),
    next("rednote", "submitting", ", claimed_by = 'elsewhere/1/x', claimed_until = '2020-01-01'"),
    `update accounts set stopped_at = '${at}', stopped_by = '${sign}' where destination = 'rednote'`,
    "update posts set problem = 'download-failed' where key = (select min(key) from posts)",
    `insert into notices values ('ready', 'a', 'ntfy', '${at}', null, 3, 'x'), ('ready', 'b', 'ntfy', '${at}', null, 0, 'x'),
       ('ready', 'c', 'ntfy', '${at}', null, 8, 'x'), ('ready', 'd', 'telegram', '${at}', null, 3, 'x')`,
  );
  const environment = { FINDMEHERE_NOTIFY_NTFY: "https://ntfy.example/some-topic" };
  const { code, summary } = await own.run(["status", "--json"], { at, environment });
  expect(code).toBe(0);
  expect(publicationSums(summary)).toEqual({ rednote: 18, lemon8: 18 });
  const needs = needsIn(summary);
  expect(needs.map(({ kind, count }) => `${kind} ${count}`)).toEqual([
    "account-stopped 1",
    "press-died 1",
    "not-whole 1",
    "unconfirmed 1",
    "refused 1",
    "ready 1",
    "ready 1",
    "held 4",
    "link-missing 1",
    "notices 1",
    "schedule 0",
  ]);
  expect(summary["needsPerson"]).toBe(needs.reduce((sum, { count }) => sum + count, 0));
  const commands = Object.fromEntries(needs.map(({ kind, command }) => [kind, command]));
  const name = (kind: string) => {
    const { post = "", to = "" } = needs.find((need) => need.kind === kind) ?? {};
    return { item: `${post}@${to}`, confirm: `--post ${post} --to ${to} --url "ADDRESS"` };
  };
  expect(commands).toEqual({
    "account-stopped": "findmehere queue release --account rednote",
    "press-died": "findmehere publish --due",
    "not-whole": "findmehere export NEW-ARCHIVE.zip",
    unconfirmed: `findmehere confirm ${name("unconfirmed").confirm}`,
    refused: `findmehere queue show ${name("refused").item}`,
    ready: 'findmehere confirm --post hello --to lemon8 --url "ADDRESS"',
    held: "findmehere check --severity stop   and then   findmehere queue release --all",
    "link-missing": `findmehere confirm ${name("link-missing").confirm}`,
    notices: "findmehere doctor --notify",
    schedule: "findmehere schedule install",
  });
  expect(needs[0]?.what).toContain("RedNote asks whether you are human.");
  expect(needs.at(-2)?.what).toBe("1 message to you could not be sent by ntfy");

  const shown = await own.run(["status"], { at, environment });
  for (const { kind, command } of needs) expect(shown.out, kind).toContain(command);
  for (const line of shown.out.split("\n")) {
    // A command is never broken: it is there to be copied. So is the path of the library.
    if (!/findmehere|Library/.test(line)) expect(stringWidth(line), line).toBeLessThanOrEqual(80);
  }
  own.dispose();
});

test("a press that is under way, or whose run still lives, needs nobody", async () => {
  const own = journey.copy();
  change(
    own,
    next(
      "rednote",
      "submitting",
      ", claimed_by = 'elsewhere/1/x', claimed_until = '2999-01-01T00:00:00.000Z'",
    ),
  );
  const { summary } = await own.run(["status", "--json"], { at });
  expect(needsIn(summary).map(({ kind }) => kind)).not.toContain("press-died");
  own.dispose();
});

test("hundreds that need a person are counted, named up to a hundred, and one line on the screen", async () => {
  const own = journey.copy();
  change(
    own,
    `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < 250)
     insert into publications (post, destination, account, way, state, due, attempts, updated_at, looks, missed)
     select 'many' || n, 'rednote', '', 'handoff', 'refused', null, 1, '${at}', 0, 0 from numbers`,
  );
  const { summary } = await own.run(["status", "--json"], { at });
  const refused = needsIn(summary).filter(({ kind }) => kind === "refused");
  expect(refused).toHaveLength(101);
  expect(refused.reduce((sum, { count }) => sum + count, 0)).toBe(250);
  expect(publicationSums(summary)).toEqual({ rednote: 268, lemon8: 18 });
  const shown = await own.run(["status"], { at });
  expect(shown.out).toContain("! 250 posts were refused");
  expect(shown.out).toContain("… and 248 more: findmehere queue list --state refused");
  expect(shown.out.split("\n").length).toBeLessThan(32);
  own.dispose();
});

describe("the deadline", () => {
  test("what lies beyond it is counted, and the faster command really is done by then", async () => {
    const own = journey.copy();
    const { summary } = await own.run(["status", "--json"]);
    const dues = linesOf(
      await own.run(["queue", "list", "--state", "queued", "--json"]),
      "publication",
    );
    // The day in Madrid ends at 23:00 UTC that evening, where summer time has just gone.
    const late = dues.filter(({ due }) => String(due) >= "2026-10-25T23:00:00Z");
    expect(late.length).toBeGreaterThan(0);
    expect(summary).toMatchObject({ afterDeadline: late.length, deadlinePassed: false });
    expect(Object.values(summary["beyond"] as object)).toEqual([late.length, 0]);
    for (const [to, end] of Object.entries(summary["ends"] as object)) {
      const own = dues.filter((each) => each["to"] === to).map(({ due }) => String(due));
      expect(end).toBe(own.toSorted().at(-1));
    }
    const faster = String(summary["faster"]);
    expect(faster).toMatch(/^findmehere queue add --per-week \d+/);
    expect((await own.run(["status"])).out).toContain(
      `findmehere queue remove --all   and then   ${faster}`,
    );
    expect((await own.run(["queue", "remove", "--all"])).code).toBe(0);
    expect((await own.run(faster.split(" ").slice(1))).code).toBe(0);
    const after = (await own.run(["status", "--json"])).summary;
    expect(after).toMatchObject({ afterDeadline: 0, faster: null });
    own.dispose();
  });

  test("one that no pace reaches, and one that has passed, offer none", async () => {
    const environment = { FINDMEHERE_CREATOR_DEADLINE: "2026-10-08" };
    const soon = await journey.run(["status", "--json"], { environment });
    expect(soon.summary).toMatchObject({ faster: null, deadlinePassed: false });
    expect(Number(soon.summary["afterDeadline"])).toBeGreaterThan(20);
    const past = await journey.run(["status"], {
      environment: { FINDMEHERE_CREATOR_DEADLINE: "2026-10-01" },
    });
    expect(past.out).toContain("Your deadline was 2026-10-01");
    expect(past.out).toContain("32 of 32 queued go out after it");
  });
});

test("with a schedule it speaks of none; with a broken one it says what mends it", async () => {
  const own = journey.copy();
  const kinds = async () => needsIn((await own.run(["status", "--json"])).summary);
  expect((await kinds()).at(-1)).toMatchObject({ kind: "schedule", count: 0 });
  const due = await own.run(["status"], { at });
  expect(due.out).toContain("· 2 posts are due, and no schedule looks after them");
  expect(due.out).toContain("findmehere publish --due   and then   findmehere schedule install");
  const install = await own.run(["schedule", "install", "--with", "cron", "--yes"]);
  expect(install.code, install.error).toBe(0);
  const installed = (await own.run(["status", "--json"])).summary;
  if (installed["schedule"] !== "broken") expect(installed["schedule"]).toBe("installed");
  crontab.write((crontab.read() ?? "").replace("publish --due", "publish  --due"));
  const broken = (await own.run(["status", "--json"])).summary;
  expect(broken).toMatchObject({ schedule: "broken" });
  expect(needsIn(broken).at(-1)).toMatchObject({
    ...{ kind: "schedule", count: 1, command: "findmehere schedule install" },
  });
  crontab.write(null);
  own.dispose();
});

test("the usual library is one screen of 80 columns and 24 lines", async () => {
  for (const when of [at, "2026-10-05T08:00:00Z"]) {
    const { out } = await journey.run(["status"], { at: when });
    const lines = out.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(23);
    for (const line of lines.slice(1)) expect(stringWidth(line), line).toBeLessThanOrEqual(80);
  }
});

test("Chinese names keep the columns straight", async () => {
  const environment = {
    FINDMEHERE_CREATOR_HANDLES_REDNOTE: "小米每天画画",
    FINDMEHERE_CREATOR_HANDLES_LEMON8: "mira",
  };
  const { out } = await journey.run(["status"], { environment });
  const [rednote = "", lemon8 = ""] = out.split("\n").slice(2, 4);
  const column = (line: string) => stringWidth(line.slice(0, line.indexOf("18 in all")));
  expect(rednote).toContain("rednote (小米每天画画)");
  expect(column(rednote)).toBe(column(lemon8));
});

test("when all is done it says so", async () => {
  const own = journey.copy();
  change(
    own,
    "update publications set state = 'live', due = null, proof = case when post = 'hello' then 'pasted' else 'read-back' end",
  );
  const { out } = await own.run(["status"], { at });
  expect(out).toContain("rednote  18 in all: 18 live (1 pasted, 17 read back)");
  expect(out).toContain("Nothing needs you now");
  expect(out).toContain("The move is done: 36 live.");
  const { summary } = await own.run(["status", "--json"], { at });
  expect(summary["proofs"]).toEqual({
    rednote: { pasted: 1, "read-back": 17 },
    lemon8: { pasted: 1, "read-back": 17 },
  });
  expect(summary["proof"]).toEqual({ pasted: 2, "read-back": 34 });
  own.dispose();
});
