import { cronHand } from "./cron.ts";
import type { TimerHand, TimerMachine } from "./hand.ts";
import { launchdHand } from "./launchd.ts";
import { systemdHand } from "./systemd.ts";
import { taskSchedulerHand } from "./task-scheduler.ts";

/** Every timer, the best one of each system first; the first that has no obstacle is taken. */
export function timerHands(machine: TimerMachine): TimerHand[] {
  return [
    systemdHand(machine),
    launchdHand(machine),
    taskSchedulerHand(machine),
    cronHand(machine),
  ];
}
