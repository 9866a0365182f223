import { exec } from "node:child_process";
import { promisify } from "node:util";
import { ExpectedError } from "../core/error.ts";
import type { Environment } from "./clock.ts";

const longest = 30_000;

/**
 * A secret from the environment, or from the command that `<name>_COMMAND` names, such as a key chain's; null
 * where neither is set. Throws ExpectedError (exit `machine`) without a word of what the command said.
 */
export async function readSecret(environment: Environment, name: string): Promise<string | null> {
  const given = (environment[name] ?? "").trim();
  if (given !== "") return given;
  const command = (environment[`${name}_COMMAND`] ?? "").trim();
  if (command === "") return null;
  let printed = "";
  try {
    const { stdout } = await promisify(exec)(command, { timeout: longest, windowsHide: true });
    printed = stdout.trim();
  } catch {
    // Its error holds the command and all that it printed.
  }
  if (/^\S+$/.test(printed)) return printed;
  throw new ExpectedError({
    exit: "machine",
    code: "no-secret",
    what: `The command in ${name}_COMMAND printed no key.`,
    why: "It failed, or printed nothing, or more than one word.",
    fix: "Try it in a terminal: it has to print the key and nothing else.",
  });
}
