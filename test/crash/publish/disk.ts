import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startCountingSite } from "../../look-alike/counting/site.ts";
import { goOn, whatIsWrong } from "./harness.ts";
import { runCounting, statesOf } from "./library.ts";
import type { DueLibrary } from "./library.ts";

const nobody = 65_534;
const outlive = pathToFileURL(
  join(import.meta.dirname, "..", "children", "outlive-size-limit.ts"),
).href;

/** What came of a run on a disk that does not take everything. */
export interface DiskResult {
  code: number | null;
  /** What the run said. */
  said: string;
  presses: number;
  faults: string[];
}

/**
 * Publishes where no file may grow beyond so many KiB, as on a full disk; then, with room again, lets the
 * later runs go on.
 */
export async function publishOnFullDisk(made: DueLibrary, kibibytes: number): Promise<DiskResult> {
  const site = await startCountingSite();
  const library = made.copy(`full-${kibibytes}`);
  try {
    const { origin } = site;
    const run = await runCounting(["publish", "--due"], {
      ...{ library, origin },
      below: ["bash", "-c", `ulimit -f ${kibibytes}; exec "$@"`, "bash"],
      environment: { NODE_OPTIONS: `--import=${outlive}` },
    });
    const presses = site.presses();
    const faults = [...(await goOn(library, site)), ...(await whatIsWrong(library, site))];
    return { code: run.code, said: run.error + run.out, presses, faults };
  } finally {
    await site.close();
    rmSync(join(library, ".."), { recursive: true, force: true });
  }
}

/** Publishes from a library that may only be read; then, when it may be written again, lets the later runs go on. */
export async function publishReadOnly(made: DueLibrary): Promise<DiskResult> {
  const site = await startCountingSite();
  const library = made.copy("read-only");
  try {
    const { origin } = site;
    const before = JSON.stringify(statesOf(library));
    // Root may write everywhere; somebody else may not.
    const uid = process.getuid?.() === 0 ? { uid: nobody } : {};
    chmodSync(join(library, "findmehere.db"), 0o444);
    chmodSync(library, 0o555);
    chmodSync(join(library, ".."), 0o755);
    chmodSync(join(library, "..", ".."), 0o755);
    const run = await runCounting(["publish", "--due"], { library, origin, ...uid });
    chmodSync(library, 0o755);
    chmodSync(join(library, "findmehere.db"), 0o644);
    const presses = site.presses();
    const faults = JSON.stringify(statesOf(library)) === before ? [] : ["the library changed"];
    faults.push(...(await goOn(library, site)), ...(await whatIsWrong(library, site)));
    return { code: run.code, said: run.error + run.out, presses, faults };
  } finally {
    await site.close();
    rmSync(join(library, ".."), { recursive: true, force: true });
  }
}
