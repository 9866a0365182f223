import type { CommandDefinition } from "./command.ts";

/** The command that brings packs to the phone. */
export const handoffCommands: readonly CommandDefinition[] = [
  {
    name: "handoff",
    summary: "brings what is ready to your phone: into a folder that is synced, or as a zip",
    options: [
      {
        flags: "--folder <folder>",
        about: "write each post into this folder, and keep it up to date",
      },
      { flags: "--zip <file>", about: "write them into one zip" },
      { flags: "--next <days>", about: "also what comes in so many days" },
    ],
    examples: [
      'handoff --folder "/Users/mira/Library/Mobile Documents/com~apple~CloudDocs/To post"',
      "handoff --folder ~/Dropbox/to-post --next 7",
      "handoff --zip posts.zip",
    ],
    changes: true,
    reports: true,
    load: () => import("./commands/handoff.ts"),
  },
];
