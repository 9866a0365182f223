import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { commands } from "../../src/cli/commands.ts";
import { serveSample, writeSampleZip } from "../demo/sample.ts";
import { findmehere, workFolder } from "../support/cli.ts";
import { startMediaServer } from "../support/media-server.ts";
import { migrateWords, start, startMigrated } from "./sample-journey.ts";
import type { OpenJourney } from "./sample-journey.ts";

const bin = fileURLToPath(new URL("../../bin/findmehere.js", import.meta.url));
const escape = "\u001B[";

let journey: OpenJourney;

beforeAll(async () => {
  journey = await startMigrated({ FINDMEHERE_CREATOR_HANDLES_LEMON8: "mira.paints" });
});
afterAll(() => journey.close());

describe("words that are not understood", () => {
  test("an unknown command or option exits 2 with the nearest one", async () => {
    const wrong: [string[], string][] = [
      [["migrat", "x.zip"], "Did you mean migrate?"],
      [["queue", "lst"], "Did you mean list?"],
      [["config", "shwo"], "Did you mean show?"],
      [["status", "--jsn"], "Did you mean --json?"],
      [["publish", "--deu"], "Did you mean --due?"],
      [["migrate"], "missing required argument"],
      [["status", "now"], "too many arguments"],
    ];
    for (const [words, said] of wrong) {
      const run = await findmehere(words, { cwd: journey.folder });
      expect([run.code, run.out], words.join(" ")).toEqual([2, ""]);
      expect(run.error).toContain(said);
    }
  });

  test("a script gets its last line all the same", async () => {
    const run = await findmehere(["status", "--jsn", "--json"], { cwd: journey.folder });
    expect(run.code).toBe(2);
    expect(run.summary).toMatchObject({ type: "summary", error: "wrong-usage" });
  });
});

describe("help", () => {
  test("begins with examples and exits 0, for every command", async () => {
    for (const { name, examples } of commands) {
      const run = await findmehere([...name.split(" "), "--help"], { cwd: journey.folder });
      expect([run.code, run.error], name).toEqual([0, ""]);
      expect(run.out.startsWith(`Examples:\n  findmehere ${examples[0] ?? ""}\n`), name).toBe(true);
      expect(run.out).toContain("--json");
    }
  });

  test("loads the words and neither the database nor the settings", () => {
    const hook = `
      import { registerHooks } from "node:module";
      registerHooks({
        load(address, context, next) {
          const [, name] = /(?:node_modules|dist\\/packages)\\/([^/.]+)/.exec(address) ?? [];
          if (name !== undefined) console.error("loads " + name);
          return next(address, context);
        },
      });
    `;
    const address = `data:text/javascript,${encodeURIComponent(hook)}`;
    const help = spawnSync(process.execPath, ["--import", address, bin, "migrate", "--help"], {
      encoding: "utf8",
    });
    expect(help.status).toBe(0);
    const loaded = new Set(help.stderr.split("\n").filter((line) => line.startsWith("loads ")));
    // Words and their colours, both of the build's joined packages; no other of those and no other package.
    expect([...loaded].toSorted()).toEqual(["loads chalk", "loads commander"]);
  });

  test("no words and --help list every command, --version says the version", async () => {
    for (const words of [[], ["--help"], ["help"]]) {
      const run = await findmehere(words, { cwd: journey.folder });
      expect([run.code, run.error]).toEqual([0, ""]);
      for (const { name } of commands) expect(run.out).toContain(name.split(" ")[0] ?? "");
      expect(run.out).toContain("Start with: findmehere migrate");
    }
    const { version } = JSON.parse(
      readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
    ) as { version: string };
    expect((await findmehere(["--version"], { cwd: journey.folder })).out).toBe(`${version}\n`);
  });
});

describe("colour, talk and answer", () => {
  test("NO_COLOR, FORCE_COLOR, TERM=dumb and --no-color are obeyed", async () => {
    const coloured = async (environment: Record<string, string>, words: string[] = []) => {
      const run = await journey.run(["status", ...words], { environment });
      expect(run.code).toBe(0);
      return run.out.includes(escape);
    };
    expect(await coloured({ NO_COLOR: "1" })).toBe(false);
    expect(await coloured({ NO_COLOR: "" })).toBe(false);
    expect(await coloured({ NO_COLOR: "", TERM: "dumb" })).toBe(false);
    expect(await coloured({ NO_COLOR: "", FORCE_COLOR: "1" })).toBe(true);
    expect(await coloured({ NO_COLOR: "", FORCE_COLOR: "0" })).toBe(false);
    expect(await coloured({ NO_COLOR: "", FORCE_COLOR: "1" }, ["--no-color"])).toBe(false);
    expect(await coloured({ NO_COLOR: "", FORCE_COLOR: "1" }, ["--json"])).toBe(false);
  });

  test("--quiet prints only what needs the person, and the answer that was asked for", async () => {
    const prepare = await journey.run(["prepare", "--quiet"]);
    expect([prepare.code, prepare.out]).toEqual([0, ""]);
    expect(prepare.error).toContain("! ");
    expect(prepare.error).not.toContain("· ");
    const add = await journey.run(["queue", "add", "--quiet"]);
    expect([add.code, add.out, add.error]).toEqual([0, "", ""]);
    const wanted = await journey.run(["config", "get", "queue.perDay", "--quiet"]);
    expect(wanted.out).toBe("1\n");
    const packs = journey.copy();
    const due = await packs.run(["publish", "--due", "--quiet"], { at: "2026-10-05T18:00:00Z" });
    expect(due.out).toContain("Ready: hello@lemon8");
    packs.dispose();
  });

  test("talk and problems never go to stdout", async () => {
    const run = await journey.run(["prepare"]);
    expect(run.out).toContain("34 drafts of 17 posts.");
    expect(run.out).not.toMatch(/^[!·✗]/m);
    expect(run.error).toMatch(/^! /m);
    const wrong = await journey.run(["prepare", "--post", "nobody"]);
    expect(wrong.out).toBe("");
    expect(wrong.error).toContain("There is no post nobody in this library.");
  });
});

describe("what a run refuses", () => {
  test("a moved calendar on a command that changes something, outside tests", async () => {
    const moved = (words: string[]) =>
      journey.run(words, { at: null, environment: { FINDMEHERE_NOW: start } });
    for (const words of [["publish", "--due"], ["prepare"], ["queue", "add", "--dry-run"]]) {
      const run = await moved(words);
      expect(run.code, words.join(" ")).toBe(2);
      expect(run.error).toContain("FINDMEHERE_NOW is set");
    }
    expect((await moved(["status"])).code).toBe(0);
    const odd = await journey.run(["status"], {
      at: null,
      environment: { FINDMEHERE_NOW: "tomorrow" },
    });
    expect(odd.code).toBe(78);
    expect(odd.error).toContain("2026-12-03T19:30:00Z");
  });

  test("a library that a newer version wrote exits 69 and stays as it is", async () => {
    const newer = journey.copy();
    const file = join(newer.library, "findmehere.db");
    const database = new DatabaseSync(file);
    database
      .prepare("insert into kysely_migration (name, timestamp) values (?, ?)")
      .run("9999-from-the-future", "2030-01-01T00:00:00.000Z");
    database.exec("pragma wal_checkpoint(truncate)");
    database.close();
    const dump = () => {
      const reader = new DatabaseSync(file, { readOnly: true });
      const rows = ["publications", "drafts", "posts", "kysely_migration"].map((table) =>
        reader.prepare(`select * from ${table}`).all(),
      );
      reader.close();
      return JSON.stringify(rows);
    };
    const before = dump();
    for (const words of [["status"], ["prepare", "--force"], migrateWords(newer)]) {
      const run = await newer.run(words);
      expect(run.code).toBe(69);
      expect(run.out).toBe("");
      expect(run.error).toContain("A newer findmehere wrote this library.");
      expect(run.error).toContain("Update findmehere");
    }
    expect(dump()).toBe(before);
    newer.dispose();
  });

  test("a file where the library should be exits 69 in one sentence", async () => {
    const folder = workFolder();
    writeFileSync(join(folder.path, "taken"), "not a folder");
    for (const library of ["taken", "taken/below"]) {
      const words = ["init", "--tiktok", "mira", "--library", library];
      const run = await findmehere(words, { cwd: folder.path });
      expect([run.code, run.out]).toEqual([69, ""]);
      expect(run.error).toContain("--library");
      expect(run.error).not.toContain(" at ");
    }
    expect(readFileSync(join(folder.path, "taken"), "utf8")).toBe("not a folder");
    folder.dispose();
  });
});

describe.each(nodesToTry())("started by Node %s", (_version, node) => {
  test("hands over exit code and output", () => {
    const run = (words: string[]) =>
      spawnSync(node, [bin, ...words, "--library", journey.library], {
        encoding: "utf8",
        env: { ...process.env, ...journey.environment },
      });
    const get = run(["config", "get", "queue.perDay"]);
    expect([get.status, get.stdout]).toEqual([0, "1\n"]);
    expect(run(["config", "get", "queue.perDya"]).status).toBe(2);
    const doctor = run(["doctor"]);
    expect(doctor.status).toBe(0);
    expect(doctor.stdout).toMatch(/✓ Node: version (2[4-9]|[3-9]\d)\./);
  });

  test.each(["SIGTERM", "SIGINT"] as const)(
    "ends with 130 after %s and leaves the library right",
    async (signal) => {
      const folder = workFolder();
      const server = await startMediaServer({ faults: [{ kind: "stall", after: 100 }] });
      serveSample(server);
      const archive = join(folder.path, "TikTok_Data.zip");
      await writeSampleZip(archive, { origin: server.origin, now: Date.now() });
      const child = spawn(node, [bin, "export", archive, "--library", "library", "--json"], {
        cwd: folder.path,
        // A group of its own, as a shell makes one: Ctrl-C reaches every process in it.
        detached: true,
        stdio: ["ignore", "pipe", "inherit"],
        env: {
          ...process.env,
          HOME: folder.path,
          FINDMEHERE_NETWORK_ALLOW_HOSTS: server.host,
        },
      });
      let out = "";
      child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
      const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
      const { pid = 0 } = child;
      await expect.poll(() => server.requests.length, { timeout: 30_000 }).toBeGreaterThan(0);
      // The first asks it to finish what is in hand, which never ends here; the second stops it.
      const send = () => process.kill(signal === "SIGINT" ? -pid : pid, signal);
      send();
      const again = setInterval(() => child.exitCode === null && send(), 1_000);
      const code = await ended;
      clearInterval(again);
      expect(code).toBe(130);
      expect(out.trim().split("\n").at(-1)).toContain('"type":"summary"');
      await server.close();
      const status = await findmehere(["status", "--library", "library"], { cwd: folder.path });
      expect(status.code).toBe(0);
      folder.dispose();
    },
  );
});

/** This Node, and an older one of this machine where there is one. */
function nodesToTry(): [string, string][] {
  const found: [string, string][] = [[process.versions.node, process.execPath]];
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  for (const folder of folders) {
    if (folder === "" || folder.includes("node_modules")) continue;
    const node = join(folder, process.platform === "win32" ? "node.exe" : "node");
    if (!isExecutable(node)) continue;
    const version = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim().slice(1);
    if (Number(version.split(".")[0]) < 24) return [...found, [version, node]];
  }
  return found;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
