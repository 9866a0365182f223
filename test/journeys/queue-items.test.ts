import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { CliLine, CliRun } from "../support/cli.ts";
import {
  draftFolder,
  itemsOf,
  keys,
  linesOf,
  migrateWords,
  queueOf,
  startJourney,
  testInCopies,
  zone,
} from "./sample-journey.ts";
import type { Journey, OpenJourney } from "./sample-journey.ts";

/** A planned library. */
let sample: OpenJourney;

beforeAll(async () => {
  sample = await startJourney();
  for (const words of [["export", ...migrateWords(sample).slice(1)], ["announce"], ["prepare"]]) {
    const run = await sample.run([...words, "--quiet"]);
    expect(run.code, run.error).toBe(0);
  }
  const added = await sample.run(["queue", "add", "--json"]);
  expect(added.summary).toMatchObject({ planned: 32, held: 4 });
});
afterAll(() => sample.close());

const inCopy = testInCopies(() => sample);

const newest = `${keys.newest}@rednote`;

async function queue(journey: Journey): Promise<string[]> {
  const run = await journey.run(["queue", "list", "--all", "--json"]);
  expect(run.code, run.error).toBe(0);
  return queueOf(run).toSorted();
}

async function one(journey: Journey, item: string): Promise<CliLine> {
  const run = await journey.run(["queue", "show", item, "--json"]);
  expect(run.code, run.out).toBe(0);
  const [line] = linesOf(run, "publication");
  if (line === undefined) throw new Error(`nothing was shown for ${item}`);
  return line;
}

function problemsOf(run: CliRun, code: string): string[] {
  return linesOf(run, "problem")
    .filter((line) => line["code"] === code)
    .map(({ message }) => String(message));
}

describe("queue add", () => {
  inCopy(
    "no post goes out on two places on one day, whatever is planned first",
    async (journey) => {
      for (const order of [
        ["lemon8", "rednote"],
        ["rednote", "lemon8"],
      ]) {
        await journey.run(["queue", "remove", "--all", "--quiet"]);
        for (const to of order) await journey.run(["queue", "add", "--to", to, "--quiet"]);
        const run = await journey.run(["queue", "list", "--state", "queued", "--json"]);
        expect(sameDays(run)).toEqual([]);
        expect(linesOf(run, "publication")).toHaveLength(32);
      }
      await journey.run(["queue", "remove", "--all", "--quiet"]);
      const both = ["queue", "add", "--json", "--per-week", "7"];
      const equal = await journey.run(both);
      expect(sameDays(equal)).toEqual([]);
      // The same order on both places, the introduction at the head.
      const of = (to: string) => itemsOf(equal).filter((item) => item.endsWith(`@${to}`));
      const postsOf = (to: string) => of(to).map((item) => item.split("@")[0]);
      expect(postsOf("lemon8").filter((key) => postsOf("rednote").includes(key))).toEqual(
        postsOf("rednote").filter((key) => postsOf("lemon8").includes(key)),
      );
      expect(of("lemon8")[0]).toBe("hello@lemon8");
      expect(of("rednote")[0]).toBe("hello@rednote");
    },
  );

  inCopy("takes in what it held once it is mended, and leaves a person's hold", async (journey) => {
    const held = await journey.run(["queue", "hold", newest, "--json"]);
    expect(held.summary).toMatchObject({ command: "queue hold", changed: 1 });
    const title = `${draftFolder(journey, keys.noCaption, "rednote")}/title.txt`;
    journey.write(title, "织出来的画\n");
    const dry = await journey.run(["queue", "add", "--json", "--dry-run"]);
    const again = await journey.run(["queue", "add", "--json"]);
    expect(itemsOf(again)).toEqual([`${keys.noCaption}@rednote`]);
    expect(linesOf(again, "publication")).toEqual(linesOf(dry, "publication"));
    expect(again.summary).toMatchObject({ planned: 1, held: 0, heldBefore: 4 });
    expect(await one(journey, newest)).toMatchObject({ state: "held", due: null });
    const mended = await one(journey, `${keys.noCaption}@rednote`);
    expect(mended["history"]).toMatchObject([
      { from: "draft", to: "held", by: "queue-add", why: "needs-title" },
      { from: "held", to: "queued", by: "person", why: "mended, planned" },
    ]);
  });

  inCopy("holds words of a day until a person allows them", async (journey) => {
    await journey.run(["queue", "remove", newest, "--quiet"]);
    journey.write(`${draftFolder(journey, keys.newest, "rednote")}/body.txt`, "今晚八点直播画水彩");
    const dry = await journey.run(["queue", "add", "--json", "--dry-run"]);
    expect((await one(journey, newest))["state"]).toBe("draft");
    const add = await journey.run(["queue", "add", "--json"]);
    expect(add.out).toBe(dry.out.replace('"dryRun":true', '"dryRun":false'));
    expect(add.summary).toMatchObject({ planned: 0, held: 1 });
    expect(problemsOf(add, "date-bound")[0]).toContain("今晚");
    const still = await journey.run(["queue", "release", newest, "--json"]);
    expect(still.summary).toMatchObject({ planned: 0, held: 1 });
    const allowed = ["queue", "release", newest, "--allow", "date-bound", "--json"];
    expect((await journey.run(allowed)).summary).toMatchObject({ planned: 1, held: 0 });
    // Preparing again does not take the permission back.
    await journey.run(["prepare", "--quiet"]);
    expect((await journey.run(["check", "--post", keys.newest, "--to", "rednote"])).code).toBe(0);
  });

  test("says the pace that is done by the deadline, and that pace is", async () => {
    const environment = { FINDMEHERE_CREATOR_DEADLINE: "2026-10-20" };
    const journey = sample.copy();
    try {
      await journey.run(["queue", "remove", "--all", "--quiet"]);
      const add = ["queue", "add", "--dry-run", "--json"];
      const late = await journey.run(add, { environment });
      const faster = String(late.summary["faster"]);
      expect(late.summary).toMatchObject({ deadline: "2026-10-20" });
      expect(Number(late.summary["afterDeadline"])).toBeGreaterThan(0);
      expect(faster).toMatch(/^findmehere queue add --per-week \d+/);
      expect(
        linesOf(late, "problem").find(({ code }) => code === "after-deadline")?.["fix"],
      ).toContain(faster);
      const words = faster.split(" ").slice(1);
      const inTime = await journey.run([...words, "--dry-run", "--json"], { environment });
      expect(inTime.summary).toMatchObject({ afterDeadline: 0, faster: null });
      const never = { environment: { FINDMEHERE_CREATOR_DEADLINE: "2026-10-06" } };
      const impossible = await journey.run(add, never);
      expect(impossible.summary["faster"]).toBeNull();
    } finally {
      journey.dispose();
    }
  });
});

describe("queue show", () => {
  inCopy("tells the whole story of an item, and what comes next", async (journey) => {
    await journey.run(["queue", "move", newest, "--at", "2026-12-03 19:30", "--quiet"]);
    await journey.run(["queue", "hold", newest, "--quiet"]);
    const line = await one(journey, newest);
    expect(line).toMatchObject({ state: "held", due: null, dueThere: null, zone });
    expect(line["history"]).toMatchObject([
      { from: "draft", to: "queued", by: "queue-add" },
      { from: "queued", to: "queued", by: "person" },
      { from: "queued", to: "held", by: "person", why: "hold" },
    ]);
    const hello = await journey.run(["queue", "show", "hello"]);
    expect(hello.code).toBe(0);
    expect(hello.out).toContain("hello@lemon8  queued");
    expect(hello.out).toContain("hello@rednote  queued");
    expect(hello.out).toContain(`(${zone})`);
    expect(hello.out).toContain("findmehere queue move hello@rednote");
    for (const words of [
      [],
      ["7000000000000000000"],
      ["hello@rednote", `${keys.newest}x@lemon8`],
    ]) {
      expect((await journey.run(["queue", "show", ...words])).code).toBe(2);
    }
  });
});

describe("queue move", () => {
  inCopy("gives another slot in the zone of the queue, or as ISO 8601", async (journey) => {
    const run = await journey.run(["queue", "move", newest, "--at", "2026-12-03 19:30", "--json"]);
    expect(run.code, run.out).toBe(0);
    expect(linesOf(run, "publication")[0]).toMatchObject({ due: "2026-12-03T18:30:00Z" });
    const iso = ["queue", "move", newest, "--at", "2026-12-04T10:00:00+02:00", "--json"];
    expect(linesOf(await journey.run(iso), "publication")[0]).toMatchObject({
      due: "2026-12-04T08:00:00Z",
    });
    const elsewhere = await journey.run(["queue", "move", newest, "--at", "2026-12-03 19:30"], {
      environment: { FINDMEHERE_QUEUE_ZONE: "Asia/Shanghai" },
    });
    expect(elsewhere.out).toContain("Thu 3 Dec 2026, 19:30");
    expect((await one(journey, newest))["due"]).toBe("2026-12-03T11:30:00Z");
  });

  inCopy(
    "warns of quiet hours, caps, clashes; refuses the past and what is no time",
    async (journey) => {
      const before = await queue(journey);
      for (const [at, why] of [
        ["2026-10-05 09:59", "is over"],
        ["2026-10-04T00:00:00Z", "is over"],
        ["tomorrow", "A moment is written like"],
        ["2026-02-30 10:00", "There is no 2026-02-30 10:00"],
        ["2026-12-03", "A moment is written like"],
        // Summer time begins: the hour after two o'clock does not exist.
        ["2027-03-28 02:30", "the clock jumps over it"],
      ] as const) {
        const run = await journey.run(["queue", "move", newest, "--at", at]);
        expect(run.code, at).toBe(2);
        expect(run.error, at).toContain(why);
      }
      expect((await journey.run(["queue", "move", newest])).code).toBe(2);
      expect((await journey.run(["queue", "move", "--all", "--at", "2026-12-03 19:30"])).code).toBe(
        2,
      );
      expect(await queue(journey)).toEqual(before);

      const night = await journey.run([
        "queue",
        "move",
        newest,
        "--at",
        "2027-12-03 23:30",
        "--json",
      ]);
      expect(night.code).toBe(0);
      expect(problemsOf(night, "slot-off-rules")[0]).toContain("quiet hours");
      const second = String((await one(journey, `${keys.second}@rednote`))["due"]);
      const clash = await journey.run(["queue", "move", newest, "--at", second, "--json"]);
      expect(problemsOf(clash, "slot-off-rules")[0]).toContain("this very minute");
      expect(problemsOf(clash, "slot-off-rules")[0]).toContain("most posts");
      const other = String((await one(journey, `${keys.newest}@lemon8`))["due"]);
      const both = await journey.run(["queue", "move", newest, "--at", other, "--json"]);
      expect(problemsOf(both, "slot-off-rules")[0]).toContain("elsewhere on that day");
      const twice = await journey.run([
        "queue",
        "move",
        newest,
        "--at",
        "2026-10-25 02:30",
        "--json",
      ]);
      expect(linesOf(twice, "publication")[0]).toMatchObject({ due: "2026-10-25T00:30:00Z" });
      expect(problemsOf(twice, "slot-twice")[0]).toContain("2026-10-25T02:30+01:00");
    },
  );
});

describe("queue hold, skip, remove", () => {
  inCopy("one bad item changes nothing, and says why", async (journey) => {
    const before = await queue(journey);
    for (const [words, why] of [
      [["hold", newest, "7000000000000000000@lemon8"], "There is no publication"],
      [["hold", newest, `${keys.noCaption}@rednote`], "is held already"],
      [["skip", newest, "nobody"], "There is no publication nobody."],
      [["remove", newest, `${keys.private}@rednote`], "There is no publication"],
      [["move", newest, `${keys.noCaption}@rednote`, "--at", "2026-12-03 19:30"], "is held"],
      [["hold"], "It is not clear what to hold."],
      [["hold", "--all", newest], "It is not clear what to hold."],
      [["hold", "hello@lemon9"], "lemon8"],
      [["hold", "hello@lemon8", "--to", "rednote"], "--to"],
    ] as const) {
      const run = await journey.run(["queue", ...words]);
      expect(run.code, words.join(" ")).toBe(2);
      expect(run.error, words.join(" ")).toContain(why);
    }
    expect(await queue(journey)).toEqual(before);
  });

  inCopy("several, a key alone, --all with --to; and back again", async (journey) => {
    const several = await journey.run(["queue", "skip", newest, keys.second, "--json"]);
    expect(itemsOf(several).toSorted()).toEqual(
      [newest, `${keys.second}@lemon8`, `${keys.second}@rednote`].toSorted(),
    );
    expect(several.summary).toMatchObject({ command: "queue skip", changed: 3 });
    const back = await journey.run(["queue", "remove", keys.second, "--json"]);
    expect(back.summary).toMatchObject({ changed: 2 });
    const all = await journey.run(["queue", "hold", "--all", "--to", "lemon8", "--json"]);
    expect(itemsOf(all).every((item) => item.endsWith("@lemon8"))).toBe(true);
    expect(all.summary["changed"]).toBe(15);
    const released = await journey.run(["queue", "release", "--all", "--to", "lemon8", "--json"]);
    expect(released.summary).toMatchObject({ planned: 15, held: 2 });
    const removed = await journey.run(["queue", "remove", "--all", "--json"]);
    const states = new Set(linesOf(removed, "publication").map(({ state }) => state));
    expect(states).toEqual(new Set(["draft"]));
    expect(linesOf(removed, "publication").every(({ due }) => due === null)).toBe(true);
    const nothing = await journey.run(["queue", "hold", "--all"]);
    expect(nothing.code).toBe(0);
    expect(nothing.out).toContain("nothing was changed");
  });

  inCopy("what is on the phone is no longer the queue's", async (journey) => {
    const at = "2026-10-05T18:00:00Z";
    await journey.run(["publish", "--due", "--quiet"], { at });
    const hold = await journey.run(["queue", "hold", "hello@rednote"], { at });
    expect(hold.code).toBe(2);
    expect(hold.error).toContain("hello@rednote is handed-off; it cannot become held.");
    expect(hold.error).toContain("findmehere confirm --post hello --to rednote");
    expect((await journey.run(["queue", "skip", "hello@rednote"], { at })).code).toBe(0);
  });
});

describe("queue export and import", () => {
  inCopy("export then import changes nothing, in any writing of a spreadsheet", async (journey) => {
    const before = await queue(journey);
    const file = join(journey.folder, "queue.csv");
    const exported = await journey.run(["queue", "export", file, "--json"]);
    expect(exported.summary).toMatchObject({ command: "queue export", rows: 36, format: "csv" });
    const text = journey.read("../queue.csv");
    expect(text.startsWith("\uFEFFitem,key,to,state,due,zone,title,url,attempts\r\n")).toBe(true);
    expect((await journey.run(["queue", "export", file])).code).toBe(2);
    const american = text.replace(
      /(\d{4})-(\d\d)-(\d\d) (\d\d:\d\d)/g,
      (_, year: string, month: string, day: string, time: string) =>
        `${Number(month)}/${Number(day)}/${year} ${time}`,
    );
    const european = text.replace(/(\d{4})-(\d\d)-(\d\d) (\d\d:\d\d)/g, "$3/$2/$1 $4");
    const rounded = text.replace(/,(\d)(\d{3})\d{15},/g, ",$1.$2E+18,");
    const forms: [string, string | Buffer][] = [
      ["as it is", text],
      ["semicolons", text.replaceAll(",", ";")],
      ["tabs", text.replaceAll(",", "\t")],
      ["UTF-16", Buffer.from(`\uFEFF${text.slice(1).replaceAll(",", "\t")}`, "utf16le")],
      ["line feeds", text.replaceAll("\r\n", "\n")],
      ["days of America", american],
      ["days of Spain", european],
      ["rounded keys", rounded],
    ];
    expect(rounded).not.toBe(text);
    for (const [name, content] of forms) {
      writeFileSync(file, content);
      const run = await journey.run(["queue", "import", file, "--json"]);
      expect(run.code, `${name} ${run.out}`).toBe(0);
      expect(run.summary, name).toMatchObject({ rows: 36, changed: 0, unchanged: 36, refused: 0 });
    }
    expect(await queue(journey)).toEqual(before);
  });

  inCopy("takes changed slots and states, and shows them first", async (journey) => {
    const file = join(journey.folder, "queue.csv");
    await journey.run(["queue", "export", file, "--quiet"]);
    const text = journey.read("../queue.csv");
    const edited = text
      .split("\r\n")
      .map((row) => {
        if (row.startsWith(newest))
          return row.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, "2026-12-03 19:30");
        return row.startsWith("hello@lemon8") ? row.replace("queued", "held") : row;
      })
      .join("\r\n");
    writeFileSync(file, edited);
    const before = await queue(journey);
    const dry = await journey.run(["queue", "import", file, "--dry-run", "--json"]);
    expect(dry.summary).toMatchObject({ changed: 2, unchanged: 34, dryRun: true });
    expect(await queue(journey)).toEqual(before);
    const told = await journey.run(["queue", "import", file, "--dry-run"]);
    expect(told.out).toMatch(/@rednote {2}queued .* → queued Thu 3 Dec 2026, 19:30/);
    const real = await journey.run(["queue", "import", file, "--json"]);
    expect(linesOf(real, "publication")).toEqual(linesOf(dry, "publication"));
    expect(await one(journey, newest)).toMatchObject({ due: "2026-12-03T18:30:00Z" });
    expect(await one(journey, "hello@lemon8")).toMatchObject({ state: "held", due: null });
    const again = await journey.run(["queue", "import", file, "--json"]);
    // The held row still tells the slot that it had.
    expect(again.code).toBe(2);
    expect(problemsOf(again, "row-refused")[0]).toContain("only what is queued has a slot");
  });

  inCopy("names every row that cannot be, and takes none", async (journey) => {
    const file = join(journey.folder, "table.csv");
    const before = await queue(journey);
    const refused = async (rows: readonly string[]): Promise<string[]> => {
      writeFileSync(file, ["item,state,due,zone", ...rows].join("\n"));
      const run = await journey.run(["queue", "import", file, "--json"]);
      expect(run.code, run.out + run.error).toBe(2);
      expect(await queue(journey)).toEqual(before);
      return problemsOf(run, "row-refused");
    };
    const good = `${keys.third}@rednote,queued,2026-12-05 19:30,`;
    expect(
      await refused([
        good,
        `${newest},queued,2026-10-01 19:30,`,
        `${keys.second}@rednote,gone,2026-12-01 19:30,`,
        `7000000000000000000@rednote,queued,2026-12-01 19:30,`,
        `${keys.noCaption}@rednote,queued,2026-12-01 19:30,`,
        `${good}`,
        `${keys.oldest}@rednote,live,,`,
        `${keys.oldest}@lemon8,queued,2027-03-28 02:30,Europe/Madrid`,
        `${keys.mostLiked}@lemon8,queued,3/4/2027 19:30,`,
        `${keys.mostLiked}@rednote,queued,2027-01-01 19:30,Mars/Olympus`,
        `${keys.elevenPhotos}@rednote,queued,,`,
      ]),
    ).toEqual([
      expect.stringMatching(/^Row 3 .*is over/),
      expect.stringMatching(/^Row 4 .*no state “gone”/),
      expect.stringMatching(/^Row 5 .*no publication/),
      // A draft that needs words stays held; that is looked at where all else is right.
      expect.stringMatching(/^Row 6 .*--allow needs-title/),
      expect.stringMatching(/^Row 7 .*row 2 already/),
      expect.stringMatching(/^Row 8 .*cannot become live/),
      expect.stringMatching(/^Row 9 .*jumps over it/),
      expect.stringMatching(/^Row 10 .*Write the year first/),
      expect.stringMatching(/^Row 11 .*no time zone/),
      expect.stringMatching(/^Row 12 .*no time in the column due/),
    ]);
    writeFileSync(file, "caption,key\nhello,1\n");
    expect((await journey.run(["queue", "import", file])).code).toBe(65);
    expect((await journey.run(["queue", "import", join(journey.folder, "none.csv")])).code).toBe(
      65,
    );
  });

  inCopy(
    "a calendar has every slot, the same appointment however often it is made",
    async (journey) => {
      const file = join(journey.folder, "posts.ics");
      const first = await journey.run(["queue", "export", file, "--json"]);
      expect(first.summary).toMatchObject({ rows: 32, format: "ics" });
      const uids = (text: string) =>
        [...unfold(text).matchAll(/^UID:(.+)$/gm)].map(([, uid]) => uid);
      const before = journey.read("../posts.ics");
      // Its steps are those of a computer: no page is there to come back to.
      expect(unfold(before)).toContain("12. Bring the link back to your computer");
      expect(unfold(before)).not.toContain("Come back to this page");
      await journey.run(["queue", "move", newest, "--at", "2026-12-03 19:30", "--quiet"]);
      await journey.run(["queue", "export", file, "--format", "ics", "--yes", "--quiet"]);
      const after = journey.read("../posts.ics");
      expect(uids(after).toSorted()).toEqual(uids(before).toSorted());
      expect(new Set(uids(after)).size).toBe(32);
      const event = unfold(after)
        .split("BEGIN:VEVENT")
        .find((each) => each.includes(`UID:${keys.newest}-rednote-`));
      expect(event).toContain("DTSTART:20261203T183000Z");
      expect(event).toContain("SEQUENCE:2");
      expect(event).toContain("SUMMARY:RedNote: ");
      expect(event).toContain("1. ");
      expect(event).toMatch(/\p{Script=Han}/u);
      expect(event).toContain("BEGIN:VALARM");
    },
  );
});

function unfold(text: string): string {
  return text.replaceAll("\r\n ", "").replaceAll("\r\n", "\n");
}

/** Posts, not the introduction, that go out on both places on one local day. */
function sameDays(run: CliRun): string[] {
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: zone });
  const seen = new Map<string, string>();
  const twice: string[] = [];
  for (const { post, due } of linesOf(run, "publication")) {
    if (post === "hello") continue;
    const name = `${String(post)} ${day.format(new Date(String(due)))}`;
    if (seen.has(name)) twice.push(name);
    seen.set(name, name);
  }
  return twice;
}
