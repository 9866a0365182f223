// Works on items of which each takes for ever, until it is told how to end.
import { setTimeout as wait } from "node:timers/promises";
import { ExpectedError } from "../../../src/core/error.ts";
import { listenForInterrupt } from "../../../src/edge/interrupt.ts";

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const interrupt = listenForInterrupt(process, {
  onFirst: () => say(`first, interrupted ${interrupt.interrupted}`),
  onSecond: () => say("second"),
});
say(`listening, interrupted ${interrupt.interrupted}`);

// The item ends when its input says so, or at once when the run has to stop.
const itemDone = new Promise<string>((resolve) =>
  process.stdin.once("data", () => resolve("item done")),
);
const stopped = new Promise<string>((resolve) =>
  interrupt.stop.addEventListener("abort", () => resolve("item dropped"), { once: true }),
);
say(await Promise.race([itemDone, stopped]));
process.stdin.pause();
const reason: unknown = interrupt.drain.reason;
say(`drain ${reason instanceof ExpectedError ? reason.details.exit : "none"}`);
say(`stop ${interrupt.stop.aborted}`);
if (process.argv[2] === "stays") await wait(60_000);
interrupt.dispose();
process.exitCode = interrupt.interrupted ? 130 : 0;
