import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ExpectedError } from "../core/error.ts";
import type { Environment } from "../edge/clock.ts";
import { runProgram } from "../edge/program.ts";
import { bytesAsText } from "./crontab-text.ts";
import { firstLine } from "./fault.ts";

/**
 * The person's crontab as it really stands, one character for each byte, for a cron whose listing alters it: an
 * "editor" that only takes a copy. Linux alone, since it needs the `cp` of GNU. Throws ExpectedError (exit `machine`).
 */
export async function trueCrontab(environment: Environment): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "findmehere-"));
  try {
    const editor = `cp -t '${folder.replaceAll("'", String.raw`'\''`)}' --`;
    const run = await runProgram("crontab", ["-e"], {
      environment: { ...environment, EDITOR: editor, VISUAL: editor },
    });
    const [copy, ...others] = await readdir(folder);
    if (run?.code === 0 && copy !== undefined && others.length === 0) {
      return bytesAsText(await readFile(join(folder, copy)));
    }
    throw new ExpectedError({
      exit: "machine",
      code: "schedule-refused",
      what: "Your crontab has line ends of Windows or other hidden signs, and cron does not show it as it is.",
      why: `${run === null || firstLine(run) === "" ? "" : `It says: ${firstLine(run)}. `}Nothing was changed.`,
      fix: "Type `crontab -e`, take those signs out, and type the same command again. Or choose another timer with --with.",
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
