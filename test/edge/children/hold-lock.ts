// Takes the lock of the folder it is given, says so, and keeps it until its input ends.
import { once } from "node:events";
import { systemClock } from "../../../src/edge/clock.ts";
import { withLibraryLock } from "../../support/lock.ts";
import { ExpectedError } from "../../../src/core/error.ts";

const [folder = "", command = ""] = process.argv.slice(2);
try {
  await withLibraryLock(folder, { command, clock: systemClock({}) }, async () => {
    process.stdout.write("held\n");
    process.stdin.resume();
    await once(process.stdin, "end");
  });
  process.stdout.write("released\n");
} catch (error) {
  if (!(error instanceof ExpectedError)) throw error;
  process.stdout.write(`${JSON.stringify(error.details)}\n`);
}
