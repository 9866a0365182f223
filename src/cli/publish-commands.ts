import type { CommandDefinition } from "./command.ts";
import { confirmOptions, handoffOptions } from "./command-options.ts";

/** The commands that send out and look. */
export const publishCommands: readonly CommandDefinition[] = [
  {
    name: "publish",
    summary: "sends out what is due: the pack is made ready and you are told",
    options: [
      { flags: "--due", about: "everything that is due now (for cron)" },
      { flags: "--post <key>", about: "one post now, with --to" },
      { flags: "--to <destination>", about: "its destination" },
      {
        flags: "--sit",
        about:
          "walk through what you press yourself in a browser window; no place of this version has one",
      },
      { flags: "--max-duration <time>", about: "begin nothing new after so long, such as 20m" },
      { flags: "--dry-run", about: "say what would go out, change nothing" },
    ],
    examples: ["publish --due", "publish --post hello --to rednote"],
    changes: true,
    load: () => import("./commands/publish.ts"),
  },
  {
    name: "handoff",
    summary: "puts what is ready on your phone: one QR code, one page for each post",
    options: handoffOptions,
    examples: [
      "handoff",
      "handoff --next 7",
      "handoff --address 192.168.1.20",
      "handoff --folder ~/Dropbox/to-post --next 7",
      "handoff --zip posts.zip",
    ],
    changes: true,
    reports: true,
    load: () => import("./commands/handoff.ts"),
  },
  {
    name: "confirm",
    summary: "looks whether your posts are really live, or records what you say of one",
    options: confirmOptions,
    examples: [
      "confirm",
      'confirm --post hello --to lemon8 --url "https://www.lemon8-app.com/@mira/7410000000000000000"',
      "confirm --post hello --to rednote --posted",
    ],
    changes: true,
    reports: true,
    load: () => import("./commands/confirm.ts"),
  },
];
