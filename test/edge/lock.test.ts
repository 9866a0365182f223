import { chmod, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ExpectedError } from "../../src/core/error.ts";
import type { ExpectedErrorDetails } from "../../src/core/error.ts";
import { systemClock } from "../../src/edge/clock.ts";
import { withLibraryLock } from "../support/lock.ts";
import { startChild } from "./children/start.ts";
import type { Child } from "./children/start.ts";

const clock = systemClock({});
const nobody = 65_534;
let folder = "";
let children: Child[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "findmehere-lock-"));
  children = [];
});

afterEach(async () => {
  for (const child of children) {
    child.process.kill("SIGKILL");
    await child.ended;
  }
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

function hold(command: string, where = folder, options: { uid?: number } = {}): Child {
  const child = startChild("hold-lock.ts", [where, command], options);
  children.push(child);
  return child;
}

async function detailsOf(child: Child): Promise<ExpectedErrorDetails> {
  return JSON.parse((await child.line()) ?? "null") as ExpectedErrorDetails;
}

async function refusal(where = folder): Promise<ExpectedErrorDetails> {
  const taken = withLibraryLock(where, { command: "prepare", clock }, async () => "worked");
  const error: unknown = await taken.catch((reason: unknown) => reason);
  if (error instanceof ExpectedError) return error.details;
  throw new Error("the lock was given", { cause: error });
}

function here(command = "announce"): Promise<string> {
  return withLibraryLock(folder, { command, clock }, async () => "worked");
}

describe("between processes", () => {
  test("the second is refused at once and told who holds it; the first goes on", async () => {
    const first = hold("export");
    expect(await first.line()).toBe("held");
    const second = await detailsOf(hold("prepare"));
    expect(second).toMatchObject({ exit: "later", code: "library-busy" });
    expect(second.what).toContain("`export` since ");
    expect(second.what).toContain(`(process ${first.process.pid})`);
    expect(second.fix).toContain("try again");
    first.release();
    expect(await first.line()).toBe("released");
    expect(await first.ended).toBe(0);
    expect(await here()).toBe("worked");
  });

  test("of two that start at the same moment one gets it", async () => {
    const both = [hold("export"), hold("prepare")];
    const lines = await Promise.all(both.map((child) => child.line()));
    expect(lines.filter((line) => line === "held")).toHaveLength(1);
    expect(lines.filter((line) => line?.includes("library-busy"))).toHaveLength(1);
  });

  test("a killed holder leaves its name but not its lock", async () => {
    const first = hold("export");
    expect(await first.line()).toBe("held");
    first.process.kill("SIGKILL");
    expect(await first.ended).toBe("SIGKILL");
    expect(await readdir(folder)).toContain(".findmehere-lock.json");
    const next = hold("prepare");
    expect(await next.line()).toBe("held");
    const record: unknown = JSON.parse(
      await readFile(join(folder, ".findmehere-lock.json"), "utf8"),
    );
    expect(record).toEqual({
      pid: next.process.pid,
      command: "prepare",
      since: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      host: hostname(),
    });
    expect((await refusal()).what).toContain("`prepare` since ");
  });
});

describe("in one process", () => {
  test("gives back what the work gave, and cleans up", async () => {
    expect(await here()).toBe("worked");
    expect(await readdir(folder)).toEqual([".findmehere-lock"]);
  });

  test("a failing work releases it, and its error arrives", async () => {
    const failing = withLibraryLock(folder, { command: "export", clock }, async () => {
      throw new Error("the disk is gone");
    });
    await expect(failing).rejects.toThrow("the disk is gone");
    expect(await here()).toBe("worked");
  });

  test("the same process does not get it twice", async () => {
    const inner = await withLibraryLock(folder, { command: "export", clock }, () => refusal());
    expect(inner.code).toBe("library-busy");
    expect(inner.what).toContain(`(process ${process.pid})`);
  });

  test.each([
    [
      "an old holder",
      JSON.stringify({ pid: 1, command: "x", since: "2020-01-01T00:00:00Z", host: "y" }),
    ],
    ["nonsense", "{ half"],
  ])("a name left over is harmless: %s", async (_, text) => {
    await writeFile(join(folder, ".findmehere-lock.json"), text);
    expect(await here()).toBe("worked");
    expect(await readdir(folder)).toEqual([".findmehere-lock"]);
  });

  test.each([
    ["is missing", () => rm(join(folder, ".findmehere-lock.json"))],
    ["cannot be read", () => writeFile(join(folder, ".findmehere-lock.json"), "{ half")],
    [
      "names a process that is dead",
      async () => {
        const dead = startChild("hold-lock.ts", [join(folder, "nowhere"), "x"]);
        await dead.ended;
        const record = {
          pid: dead.process.pid,
          command: "x",
          since: "2020-01-01T00:00:00Z",
          host: hostname(),
        };
        await writeFile(join(folder, ".findmehere-lock.json"), JSON.stringify(record));
      },
    ],
  ])("nobody is named wrongly when the name %s", async (_, spoil) => {
    const details = await withLibraryLock(folder, { command: "export", clock }, async () => {
      await spoil();
      return refusal();
    });
    expect(details).toMatchObject({ exit: "later", code: "library-busy" });
    expect(details.what).toBe("Another run of findmehere is writing this library.");
  });

  test("a holder on another computer is named with it", async () => {
    const details = await withLibraryLock(folder, { command: "export", clock }, async () => {
      const record = { pid: 7, command: "export", since: "2026-12-04T00:32:00Z", host: "studio" };
      await writeFile(join(folder, ".findmehere-lock.json"), JSON.stringify(record));
      return refusal();
    });
    expect(details.what).toBe(
      "Another run of findmehere is writing this library: `export` since Thu 3 Dec 2026, 19:32 (process 7 on studio).",
    );
  });
});

describe("a folder that cannot be locked", () => {
  // Root may write everywhere, so the child becomes someone else.
  const someone = process.getuid?.() === 0 ? { uid: nobody } : {};

  test("read-only, never locked before", async () => {
    await chmod(folder, 0o555);
    const details = await detailsOf(hold("export", folder, someone));
    expect(details).toMatchObject({ exit: "machine", code: "library-not-writable" });
    expect(details.what).toContain(folder);
  });

  test("read-only, locked before", async () => {
    await here();
    await chmod(join(folder, ".findmehere-lock"), 0o444);
    await chmod(folder, 0o555);
    const details = await detailsOf(hold("export", folder, someone));
    expect(details).toMatchObject({ exit: "machine", code: "library-not-writable" });
  });

  test("read-only, with a lock file that may be written", async () => {
    await here();
    await chmod(join(folder, ".findmehere-lock"), 0o666);
    await chmod(folder, 0o555);
    const details = await detailsOf(hold("export", folder, someone));
    expect(details).toMatchObject({ exit: "machine", code: "library-not-writable" });
  });

  test("not there", async () => {
    const details = await refusal(join(folder, "nowhere"));
    expect(details).toMatchObject({ exit: "machine", code: "library-missing" });
  });

  test("a lock file that is something else", async () => {
    await writeFile(join(folder, ".findmehere-lock"), "not a database, but long enough".repeat(40));
    expect((await refusal()).code).toBe("library-not-writable");
  });
});
