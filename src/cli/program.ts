import { Command } from "commander";
import type { CommandDefinition, CommonOptions } from "./command.ts";

/** Called with what was typed once it is understood. */
export type Called = (
  definition: CommandDefinition,
  words: string[],
  options: Record<string, unknown>,
  common: CommonOptions,
) => Promise<void>;

/** Options of every command, in one place. */
export const commonOptions = [
  { flags: "--library <folder>", about: "the library to use" },
  { flags: "--json", about: "JSON lines on stdout and nothing else, for scripts" },
  { flags: "--quiet", about: "only what needs you" },
  { flags: "--verbose", about: "every single note" },
  { flags: "--no-color", about: "no colours" },
  { flags: "--yes", about: "answer yes to every question" },
] as const;

/** Builds commander's program from the commands' data. */
export function buildProgram(definitions: readonly CommandDefinition[], called: Called): Command {
  const program = new Command("findmehere")
    .description(
      "Keep everything you made on TikTok, carry it to RedNote and Lemon8, and tell your followers where to find you.",
    )
    .option("-V, --version", "print the version")
    .helpCommand("help [command]", "help for one command")
    .showHelpAfterError("Type `findmehere --help` to see every command.")
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText("after", "\nStart with: findmehere migrate my-tiktok-archive.zip\n");
  const groups = new Map<string, Command>();
  for (const definition of definitions) {
    const [first = "", second] = definition.name.split(" ");
    let parent = program;
    if (second !== undefined) {
      parent = groups.get(first) ?? program.command(first).exitOverride();
      groups.set(first, parent);
    }
    const command = parent
      .command(`${second ?? first} ${definition.takes ?? ""}`.trim())
      .description(definition.summary)
      .exitOverride()
      .showHelpAfterError(`Type \`findmehere ${definition.name} --help\` to see how it is used.`)
      .addHelpText("before", examples(definition));
    for (const { flags, about } of [...definition.options, ...commonOptions]) {
      command.option(flags, about);
    }
    command.action(async () => {
      const all = command.opts<Record<string, unknown>>();
      await called(definition, command.args, all, {
        library: all["library"] as string | undefined,
        json: all["json"] === true,
        quiet: all["quiet"] === true,
        verbose: all["verbose"] === true,
        color: all["color"] !== false,
        yes: all["yes"] === true,
      });
    });
  }
  for (const [name, group] of groups) group.description(groupSummaries[name] ?? name);
  return program;
}

const groupSummaries: Record<string, string> = {
  translate: "captions in another language: export, import, run",
  queue: "what goes out when",
  followers: "how many follow you where: snapshot, add, list",
  schedule: "let your computer look by itself: install, show, remove",
  config: "settings: get, set, show, path, validate",
};

function examples(definition: CommandDefinition): string {
  const lines = definition.examples.map((example) => `  findmehere ${example}`);
  return `Examples:\n${lines.join("\n")}\n`;
}
