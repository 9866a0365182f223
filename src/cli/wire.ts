import { destinations, findDestination } from "../destinations/index.ts";
import { systemClock } from "../edge/clock.ts";
import { listenForInterrupt } from "../edge/interrupt.ts";
import type { InterruptCalls } from "../edge/interrupt.ts";
import { machineAddresses } from "../edge/networks.ts";
import { systemRandom } from "../edge/random.ts";
import { findSource, signInPlaces } from "../sources/index.ts";
import type { Machine } from "./command.ts";

/** Picks the real parts: the only place that does. */
export function wireMachine(interrupt: InterruptCalls): Machine {
  return {
    environment: process.env,
    workingFolder: process.cwd(),
    clock: systemClock(process.env),
    random: systemRandom,
    interrupt: listenForInterrupt(process, interrupt),
    interactive: Boolean(process.stdin.isTTY && process.stderr.isTTY),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    addresses: machineAddresses,
    destinations,
    findDestination,
    findSource,
    signInPlaces,
  };
}
