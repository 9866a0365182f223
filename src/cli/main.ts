import { CommanderError } from "commander";
import { ExpectedError } from "../core/error.ts";
import { exitCodes } from "../core/exit.ts";
import type { SummaryEvent } from "../core/event.ts";
import type { ExitName } from "../core/exit.ts";
import { assertCalendarAllowed } from "../edge/clock.ts";
import { explainDiskFault } from "../edge/disk-fault.ts";
import type { InterruptCalls } from "../edge/interrupt.ts";
import type { CommandCall, CommandDefinition, CommonOptions, Machine } from "./command.ts";
import { commands } from "./commands.ts";
import { colourWish, jsonOutput, textOutput } from "./output.ts";
import type { Output } from "./output.ts";
import { buildProgram } from "./program.ts";
import { wireMachine } from "./wire.ts";

/** Puts the machine together that commands run on. */
export type Wire = (interrupt: InterruptCalls) => Machine;

/**
 * Runs the command line once. Answers the exit code; never throws.
 * @param wire another machine than the real one, for tests
 */
export async function main(words: readonly string[], wire: Wire = wireMachine): Promise<number> {
  let exit: ExitName = "done";
  const program = buildProgram(commands, async (definition, taken, options, common) => {
    exit = await runCommand(wire, definition, taken, options, common);
  });
  if (words.length === 0) {
    if (process.stdin.isTTY && process.stdout.isTTY) return menu();
    program.outputHelp();
    return exitCodes.done.code;
  }
  try {
    await program.parseAsync(words, { from: "user" });
    return exitCodes[exit].code;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      // Commander has written its sentence to stderr; a script still gets its last line.
      if (words.includes("--json")) {
        const streams = { out: process.stdout, error: process.stderr };
        const what = error.message.replace(/^error: /, "");
        jsonOutput(streams).fail(words[0] ?? "", { code: "wrong-usage", what });
      }
      return exitCodes.usage.code;
    }
    process.stderr.write(bugReport(error));
    return exitCodes.bug.code;
  }
}

/** On a terminal without a command: what makes sense next, again and again until the person leaves. */
async function menu(): Promise<number> {
  const { chooseCommand, menuChoices, menuHeading } = await import("./menu.ts");
  for (;;) {
    const status = await readStatus();
    process.stderr.write(`${menuHeading(status).join("\n")}\n\n`);
    const words = await chooseCommand(menuChoices(status));
    if (words === null) return exitCodes.done.code;
    if (words.length === 0) continue;
    process.stderr.write(`\n> findmehere ${words.map(quoted).join(" ")}\n\n`);
    const code = await main(words);
    if (code === exitCodes.bug.code) return code;
    process.stderr.write("\n");
  }
}

/** Where the library stands; null when there is none that is clear. */
async function readStatus(): Promise<SummaryEvent | null> {
  const definition = commands.find(({ name }) => name === "status");
  const step = (await definition?.load())?.run({
    words: [],
    options: {},
    common: { ...plainOptions, quiet: true },
    machine: wireMachine({ onFirst: () => {}, onSecond: () => {} }),
    useLibrary: () => {},
  });
  try {
    for (;;) {
      const next = await step?.next();
      if (next === undefined || next.done) return next?.value.summary ?? null;
    }
  } catch (error) {
    if (error instanceof ExpectedError) return null;
    throw error;
  }
}

const plainOptions: CommonOptions = {
  library: undefined,
  json: false,
  quiet: false,
  verbose: false,
  color: true,
  yes: false,
};

function quoted(word: string): string {
  return /^[\w@./:,=+-]+$/.test(word) ? word : `"${word}"`;
}

async function runCommand(
  wire: Wire,
  definition: CommandDefinition,
  words: string[],
  options: Record<string, unknown>,
  common: CommonOptions,
): Promise<ExitName> {
  const streams = { out: process.stdout, error: process.stderr };
  const output: Output = common.json
    ? jsonOutput(streams)
    : textOutput(
        streams,
        { ...common, answers: !common.quiet || definition.reports !== true },
        colourWish(common, process.env, streams),
      );
  // Help and what only looks need no log, nor what a log needs.
  const log = definition.changes
    ? (await import("./run-log.ts")).runLog(definition, options)
    : null;
  let dispose = () => {};
  try {
    assertCalendarAllowed(process.env, definition.changes);
    const machine = wire({
      onFirst: () => output.say("Finishing what is in hand. Press Ctrl-C again to stop at once."),
      onSecond: () => output.say("Stopping now."),
    });
    dispose = () => machine.interrupt.dispose();
    const call: CommandCall = {
      words,
      options,
      common,
      machine,
      useLibrary(root, said) {
        output.library(root, said);
        log?.use(call, root);
      },
    };
    const module = await definition.load();
    const step = module.run(call);
    for (;;) {
      const next = await step.next();
      if (next.done) {
        output.finish(module, { result: next.value });
        await log?.finish(next.value);
        return next.value.exit;
      }
      output.event(next.value);
      await log?.event(next.value);
    }
  } catch (error) {
    const expected = error instanceof ExpectedError ? error : explainDiskFault(error);
    if (expected !== null) {
      output.fail(definition.name, expected.details);
      await log?.fail(expected.details);
      return expected.details.exit;
    }
    output.fail(definition.name, { code: "bug", what: "findmehere made a mistake of its own." });
    process.stderr.write(bugReport(error));
    await log?.fail({ exit: "bug", code: "bug", what: bugReport(error) });
    return "bug";
  } finally {
    dispose();
  }
}

function bugReport(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    "This is a bug in findmehere, not a mistake of yours. What was whole in the library is still whole.",
    "Please report it to whoever gave you findmehere, with the command you typed and these lines:",
    // Signed addresses carry keys to private posts; nobody should paste them into a report.
    stack.replaceAll(/https?:\/\/[^\s)'"]+/g, "<address>"),
    "",
  ].join("\n");
}
