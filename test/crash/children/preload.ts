import fs from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { DatabaseSync } from "node:sqlite";
import type { StatementSync } from "node:sqlite";

// Loaded into the command line with `node --import`. It numbers every change that the process makes to the
// disk and every commit of a database, writes them to CRASH_LOG, and at CRASH_AT (`rename:3:before`) ends the
// process the way a pulled plug would.

type Kind = "rename" | "link" | "unlink" | "mkdir" | "write" | "fsync" | "copy" | "commit" | Asked;
/** Counted only where CRASH_STATEMENTS is set: every statement of a database, and every request. */
type Asked = "statement" | "request";

const counts: Partial<Record<Kind, number>> = {};
const crashAt = process.env["CRASH_AT"] ?? "";
const log =
  process.env["CRASH_LOG"] === undefined ? null : fs.openSync(process.env["CRASH_LOG"], "a");
const writeLog = fs.writeSync.bind(fs);

/** Numbers one change; the answer is called when it is done. */
function change(kind: Kind, target: unknown): () => void {
  const number = (counts[kind] = (counts[kind] ?? 0) + 1);
  if (log !== null) writeLog(log, `${kind}\t${number}\t${String(target)}\n`);
  if (crashAt === `${kind}:${number}:before`) process.kill(process.pid, "SIGKILL");
  return () => {
    if (crashAt === `${kind}:${number}:after`) process.kill(process.pid, "SIGKILL");
  };
}

type Work = (...words: unknown[]) => unknown;

/** Puts a counted function in the place of one that ends at once, by a promise, or by a callback at its end. */
function count(owner: object, name: string, kind: (words: unknown[]) => Kind | null): void {
  const plain = Reflect.get(owner, name) as Work;
  const counted = function (this: unknown, ...words: unknown[]): unknown {
    const found = kind(words);
    if (found === null) return plain.apply(this, words);
    const passed = change(found, words[found === "rename" || found === "link" ? 1 : 0]);
    const last = words.at(-1);
    if (typeof last === "function") {
      const told = (...results: unknown[]) => {
        if (results[0] === null || results[0] === undefined) passed();
        return (last as Work)(...results);
      };
      return plain.apply(this, [...words.slice(0, -1), told]);
    }
    const result = plain.apply(this, words);
    if (!(result instanceof Promise)) {
      passed();
      return result;
    }
    return result.then((value: unknown) => {
      passed();
      return value;
    });
  };
  // promisify() looks for properties of its own on some of these functions.
  Reflect.set(owner, name, Object.assign(counted, plain));
}

const always = (kind: Kind) => () => kind;
const opening = ([, flags]: unknown[]): Kind | null =>
  typeof flags === "string" && /[wa+]/.test(flags) ? "write" : null;

const kinds: Record<string, (words: unknown[]) => Kind | null> = {
  rename: always("rename"),
  link: always("link"),
  unlink: always("unlink"),
  rm: always("unlink"),
  mkdir: always("mkdir"),
  copyFile: always("copy"),
  open: opening,
};
for (const [name, kind] of Object.entries(kinds)) {
  count(fs, name, kind);
  count(fs, `${name}Sync`, kind);
  count(fs.promises, name, kind);
}
count(fs, "fsync", always("fsync"));
count(fs, "fsyncSync", always("fsync"));

const handle: FileHandle = await fs.promises.open(process.execPath, "r");
count(Object.getPrototypeOf(handle) as object, "sync", always("fsync"));
await handle.close();
syncBuiltinESMExports();

const everything = process.env["CRASH_STATEMENTS"] !== undefined;
const prepare = DatabaseSync.prototype.prepare;
DatabaseSync.prototype.prepare = function (this: DatabaseSync, ...words): StatementSync {
  const statement = prepare.apply(this, words);
  if (everything) {
    const text = words[0].slice(0, 60).replaceAll(/\s+/g, " ");
    for (const name of ["run", "all", "get", "iterate"])
      countAs(statement, name, "statement", text);
  } else if (/^\s*commit\b/i.test(words[0])) count(statement, "run", always("commit"));
  return statement;
};

if (everything) countAs(globalThis, "fetch", "request", "");

/** Counts with a text of its own for the log. */
function countAs(owner: object, name: string, kind: Asked, text: string): void {
  const plain = Reflect.get(owner, name) as Work;
  Reflect.set(owner, name, function (this: unknown, ...words: unknown[]): unknown {
    const passed = change(kind, text);
    const result = plain.apply(this, words);
    if (result instanceof Promise) {
      return result.then((value: unknown) => {
        passed();
        return value;
      });
    }
    passed();
    return result;
  });
}
