import type { CommandDefinition } from "./command.ts";

const languages = {
  flags: "--to <languages>",
  about:
    "en, zh-Hans, zh-Hant, by commas (default: what the layouts of the destinations with drafts ask for)",
};
const posts = { flags: "--post <keys...>", about: "only these posts" };

/** The commands that bring captions into another language. */
export const translateCommands: readonly CommandDefinition[] = [
  {
    name: "translate export",
    summary: "writes the captions that lack a language into a file for a person to fill in",
    takes: "<file>",
    options: [
      languages,
      posts,
      { flags: "--all", about: "what is translated already too, to look it over" },
    ],
    examples: ["translate export captions.zh.csv", "translate export captions.po --to zh-Hans"],
    changes: false,
    reports: true,
    load: () => import("./commands/translate-export.ts"),
  },
  {
    name: "translate import",
    summary: "takes the translations of such a file; a person's words always win",
    takes: "<file>",
    options: [],
    examples: ["translate import captions.zh.csv"],
    changes: true,
    reports: true,
    load: () => import("./commands/translate-import.ts"),
  },
  {
    name: "translate run",
    summary: "lets a translator do it: DeepL, LibreTranslate or a model, after asking once",
    options: [
      { flags: "--with <translator>", about: "deepl, libretranslate or openai" },
      languages,
      posts,
      { flags: "--limit <number>", about: "only so many texts, the oldest first" },
      { flags: "--dry-run", about: "say how much would go where, send nothing" },
    ],
    examples: [
      "translate run --with deepl --dry-run",
      "translate run --with openai --to zh-Hans --limit 20",
    ],
    changes: true,
    reports: true,
    load: () => import("./commands/translate-run.ts"),
  },
];
