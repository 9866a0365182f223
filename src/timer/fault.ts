import { ExpectedError } from "../core/error.ts";
import type { ProgramRun } from "../edge/program.ts";

/** A program of the system refused; what it said first goes along. Nothing was changed. */
export function refused(what: string, run: ProgramRun | null, fix: string): ExpectedError {
  const said = firstLine(run);
  return new ExpectedError({
    exit: "machine",
    code: "schedule-refused",
    what,
    why: `${said === "" ? "" : `It says: ${said}. `}Nothing was changed.`,
    fix,
  });
}

/** What a program said first, without a full stop; empty when it said nothing. */
export function firstLine(run: ProgramRun | null): string {
  const text = run === null ? "" : run.error || run.out.toString("utf8");
  return (
    text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .find((line) => line !== "")
      ?.replace(/\.$/, "") ?? ""
  );
}

/** Something else changed the same thing between looking and writing. */
export function changedMeanwhile(what: string): ExpectedError {
  return new ExpectedError({
    exit: "later",
    code: "schedule-changed",
    what: `${what} was changed by something else just now. Nothing was written.`,
    fix: "Type the same command again.",
  });
}
