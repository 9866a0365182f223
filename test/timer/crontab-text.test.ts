import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cronBlock,
  cronBlocks,
  cronCommand,
  cronTimes,
  tornBlocks,
  withCronBlock,
  withoutCronBlock,
} from "../../src/timer/crontab-text.ts";
import { jobWords } from "../../src/timer/job.ts";
import { anyPath, jobFor, oddPaths } from "./paths.ts";

/** What the shell gets of a command: crons differ in which backslashes they take away, and all end it at `%`. */
const crons: Record<string, (command: string) => string> = {
  "Vixie's 3.0, which leaves them": (command) => unescaped(command, ""),
  "cronie, which takes the one before %": (command) => unescaped(command, "%"),
  "FreeBSD's and Apple's, which take the one before % and \\": (command) =>
    unescaped(command, "%\\"),
};

function unescaped(command: string, taken: string): string {
  let made = "";
  for (let at = 0; at < command.length; at += 1) {
    const [sign = "", next = ""] = [command[at], command[at + 1]];
    if (sign === "%") return made;
    if (sign !== "\\") made += sign;
    else {
      made += taken.includes(next) && next !== "" ? next : sign + next;
      at += 1;
    }
  }
  return made;
}

/** The words that /bin/sh makes of a command. */
function wordsOf(command: string): string[] {
  const script = `set -- ${command}\nfor word; do printf '%s\\0' "$word"; done`;
  const run = spawnSync("/bin/sh", ["-c", script], { env: { HOME: "/nowhere" } });
  expect(run.stderr.toString()).toBe("");
  return run.stdout.toString("utf8").split("\0").slice(0, -1);
}

describe("a command in a crontab", () => {
  for (const [name, read] of Object.entries(crons)) {
    test(`reaches the program word by word through ${name}`, () => {
      for (const path of oddPaths) {
        const job = jobFor(path, { node: `${path}/node`, guard: ["/usr/bin/flock", "-n", path] });
        expect(wordsOf(read(cronCommand(job)))).toEqual(jobWords(job));
      }
    });
  }

  test("reaches it whatever the path is, through each of them", () => {
    fc.assert(
      fc.property(anyPath, (path) => {
        const job = jobFor(path);
        for (const read of Object.values(crons)) {
          expect(wordsOf(read(cronCommand(job)))).toEqual(jobWords(job));
        }
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    [1, "* * * * *"],
    [10, "*/10 * * * *"],
    [60, "0 * * * *"],
  ])("comes every %i minutes at %s", (every, times) => {
    expect(cronTimes(every)).toBe(times);
  });
});

/** Crontabs as people have them. */
const crontabs = [
  "",
  "# only a comment\n",
  "MAILTO=mira@example.com\r\n0 3 * * * /bin/true\r\n",
  "0 3 * * * /bin/true",
  "\n\n  # spaces \n@reboot echo '100\\%'\n\n",
  "# caf\u00e9 in another encoding \u00ff\n",
];

describe("a crontab", () => {
  const mine = jobFor("/home/mira/My Library");
  const other = jobFor("/home/mira/Other", { id: "0000-other" });

  test.each(crontabs)(
    "%j keeps every byte but ours, and is the same again afterwards",
    (before) => {
      const after = withCronBlock(before, mine);
      expect(after.startsWith(before)).toBe(true);
      expect(cronBlocks(after)).toEqual([{ id: mine.id, job: mine, text: cronBlock(mine) }]);
      expect(withCronBlock(after, mine)).toBe(after);
      expect(withoutCronBlock(after, mine.id)).toBe(before);
      expect(withoutCronBlock(after, other.id)).toBe(after);
    },
  );

  test("holds several libraries, each of which comes and goes alone", () => {
    const lines = fc
      .array(fc.constantFrom("a", "# b", "", "* * * * * c \\%", "d\r"), { maxLength: 4 })
      .map((all) => all.map((line) => `${line}\n`).join(""));
    fc.assert(
      fc.property(lines, fc.boolean(), lines, (first, open, last) => {
        const before = open ? first.replace(/\n$/, "") : first;
        const one = withCronBlock(before, mine);
        const two = withCronBlock(one, other) + last;
        expect(cronBlocks(two).map(({ id }) => id)).toEqual([mine.id, other.id]);
        const often = withCronBlock(two, { ...mine, every: 5 });
        expect(withCronBlock(often, mine)).toBe(two);
        expect(withoutCronBlock(two.slice(0, two.length - last.length), other.id)).toBe(one);
        // A line that had no end keeps the one it got where others follow it.
        const ended = before !== "" && !before.endsWith("\n") && last !== "" ? "\n" : "";
        for (const order of [
          [mine.id, other.id],
          [other.id, mine.id],
        ]) {
          expect(order.reduce(withoutCronBlock, two)).toBe(before + ended + last);
        }
      }),
    );
  });

  test("gets one block where somebody copied ours", () => {
    const twice = `${cronBlock(mine)}x\n${cronBlock(mine)}`;
    expect(withCronBlock(twice, mine)).toBe(`${cronBlock(mine)}x\n`);
    expect(withoutCronBlock(twice, mine.id)).toBe("x\n");
  });

  test("says so when a mark of ours is missing, and only then", () => {
    const whole = withCronBlock("a\n", mine);
    expect(tornBlocks(whole)).toEqual([]);
    const lines = whole.split("\n");
    expect(tornBlocks(lines.toSpliced(1, 1).join("\n"))).toEqual([mine.id]);
    expect(tornBlocks(lines.toSpliced(4, 1).join("\n"))).toEqual([mine.id]);
  });

  test("says when a person changed our line", () => {
    const [block] = cronBlocks(withCronBlock("", mine).replace("*/10", "*/2"));
    expect(block?.job).toEqual(mine);
    expect(block?.text).not.toBe(cronBlock(mine));
  });
});
