import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as Hosts from "../../../src/download/hosts.ts";
import type * as Pool from "../../../src/download/pool.ts";
import type * as Clocks from "../../../src/edge/clock.ts";
import { peakKilobytes } from "./peak.ts";

// Fetches one file with the built download loop of the copy in the first word; prints what it took as JSON.
const [root = "", address = "", folder = ""] = process.argv.slice(2);

async function built<Module>(path: string): Promise<Module> {
  return (await import(pathToFileURL(join(root, "dist", path)).href)) as Module;
}
const { downloadAll } = await built<typeof Pool>("download/pool.js");
const { hostRule } = await built<typeof Hosts>("download/hosts.js");
const { systemClock } = await built<typeof Clocks>("edge/clock.js");

const from = performance.now();
const origins = [{ at: "web", address, expires: null }] as const;
const request = { origins, folder, name: "video", expect: "video" } as const;
const context = {
  ...{ root: folder, clock: systemClock({}), random: Math.random },
  ...{ allowedHosts: hostRule([new URL(address).host]), signal: new AbortController().signal },
};
let bytes = 0;
for await (const ended of downloadAll([{ request }], { concurrency: 4, context })) {
  if ("error" in ended) throw ended.error;
  bytes = ended.result.bytes;
}
const milliseconds = performance.now() - from;
process.stdout.write(JSON.stringify({ milliseconds, bytes, peakKilobytes: peakKilobytes() }));
