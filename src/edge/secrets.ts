import { exec } from "node:child_process";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { ExpectedError } from "../core/error.ts";
import type { Environment } from "./clock.ts";
import { stateFolder } from "./state-folder.ts";

const longest = 30_000;
/** A key is a line; whatever is longer is another file. */
const largest = 16 * 1024;

/**
 * A secret: from the environment; else from the command that `<name>_COMMAND` names, such as a key chain's; else
 * from the file that `<name>_FILE` names; else from the file of that name in this computer's state folder. Null
 * where there is none of them. Throws ExpectedError (exit `machine`) without a word of what was found. The
 * system's key chain is asked by its own command, since no library for it comes along.
 * @param name such as `FINDMEHERE_NTFY_TOKEN`
 */
export async function readSecret(
  environment: Environment,
  name: string,
  platform: NodeJS.Platform = process.platform,
): Promise<string | null> {
  const given = (environment[name] ?? "").trim();
  if (given !== "") return oneWord(given, `What stands in ${name} is no key.`);
  const command = (environment[`${name}_COMMAND`] ?? "").trim();
  if (command !== "") return fromCommand(name, command);
  const named = (environment[`${name}_FILE`] ?? "").trim();
  const file = named === "" ? secretFile(environment, name, platform) : named;
  const text = await readPrivate(file, platform);
  if (text !== null) return oneWord(text.trim(), `The file ${file} holds no key.`);
  if (named === "") return null;
  throw noSecret(
    `The file that ${name}_FILE names is not there: ${file}`,
    "Correct the name, or make that file with the key and nothing else.",
  );
}

/** Where a secret lies when it lies in a file: `<state folder>/secrets/ntfy-token`. */
export function secretFile(
  environment: Environment,
  name: string,
  platform: NodeJS.Platform = process.platform,
): string {
  const short = name
    .replace(/^FINDMEHERE_/, "")
    .toLowerCase()
    .replaceAll("_", "-");
  return join(stateFolder(environment, platform), "secrets", short);
}

async function fromCommand(name: string, command: string): Promise<string> {
  let printed = "";
  try {
    const { stdout } = await promisify(exec)(command, { timeout: longest, windowsHide: true });
    printed = stdout.trim();
  } catch {
    // Its error holds the command and all that it printed.
  }
  return oneWord(printed, `The command in ${name}_COMMAND printed no key.`);
}

/** The text of a file that only its owner may read; null where there is none. */
async function readPrivate(path: string, platform: NodeJS.Platform): Promise<string | null> {
  const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw noSecret(`The file ${path} cannot be read.`, "Make it readable for yourself alone.");
  });
  if (file === null) return null;
  try {
    const { mode, size } = await file.stat();
    // Windows has no such bits; there a file of one's own folder is one's own.
    if (platform !== "win32" && (mode & 0o077) !== 0) throw openToOthers(path);
    return size > largest ? "" : await file.readFile("utf8");
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    throw noSecret(`The file ${path} cannot be read.`, "It has to be a file with the key alone.");
  } finally {
    await file.close();
  }
}

function oneWord(text: string, what: string): string {
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  throw noSecret(
    what,
    what.includes("_COMMAND")
      ? "Try it in a terminal: it has to print the key and nothing else."
      : "It has to be the key and nothing else.",
  );
}

function noSecret(what: string, fix: string): ExpectedError {
  return new ExpectedError({
    exit: "machine",
    code: "no-secret",
    what,
    why: "It failed, or is empty, or is more than one word.",
    fix,
  });
}

function openToOthers(path: string): ExpectedError {
  return new ExpectedError({
    exit: "machine",
    code: "secret-open-to-others",
    what: `Other users of this computer can read the key in ${path}.`,
    why: "So it was not used.",
    fix: `Type: chmod 600 "${path}"`,
  });
}
