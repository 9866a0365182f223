import type { CommandDefinition } from "./command.ts";

/** The commands that note how many follow the creator where. */
export const followerCommands: readonly CommandDefinition[] = [
  {
    name: "followers snapshot",
    summary: "notes how many follow you where, as far as it can be read",
    options: [],
    examples: ["followers snapshot", "followers snapshot --json"],
    changes: true,
    load: () => import("./commands/followers-snapshot.ts"),
  },
  {
    name: "followers add",
    summary: "notes numbers that you read in an app, such as rednote=1234",
    takes: "<numbers...>",
    options: [{ flags: "--on <day>", about: "the day you read them, such as 2026-12-01" }],
    examples: [
      "followers add rednote=1234",
      "followers add rednote=1234 lemon8=98 --on 2026-12-01",
    ],
    changes: true,
    reports: true,
    load: () => import("./commands/followers-add.ts"),
  },
  {
    name: "followers list",
    summary: "shows every number that was noted, with its day and where it came from",
    options: [],
    examples: ["followers list"],
    changes: false,
    load: () => import("./commands/followers-list.ts"),
  },
];
