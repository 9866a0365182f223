import type { CommandDefinition } from "./command.ts";

const dryRun = { flags: "--dry-run", about: "say what would be written where, change nothing" };

/** The commands that let the computer look by itself. */
export const scheduleCommands: readonly CommandDefinition[] = [
  {
    name: "schedule install",
    summary: "makes your computer look again and again what is due",
    options: [
      {
        flags: "--with <timer>",
        about: "cron, systemd, launchd or task-scheduler (default: what this computer has)",
      },
      { flags: "--every <time>", about: "such as 5m or 1h; an hour is the most (default 10m)" },
      dryRun,
    ],
    examples: ["schedule install", "schedule install --dry-run", "schedule install --every 5m"],
    changes: true,
    reports: true,
    load: () => import("./commands/schedule-install.ts"),
  },
  {
    name: "schedule show",
    summary: "says what is scheduled on this computer and whether it can work",
    options: [],
    examples: ["schedule show"],
    changes: false,
    load: () => import("./commands/schedule-show.ts"),
  },
  {
    name: "schedule remove",
    summary: "takes that schedule away again",
    options: [dryRun],
    examples: ["schedule remove", "schedule remove --library /old/place/of/it"],
    changes: true,
    reports: true,
    load: () => import("./commands/schedule-remove.ts"),
  },
];
