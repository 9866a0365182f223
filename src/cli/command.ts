import type { Destination } from "../core/destination.ts";
import type { Clock, Random } from "../core/clock.ts";
import type { StepEvent, Step, StepResult } from "../core/event.ts";
import type { SignInPlace } from "../core/sign-in.ts";
import type { Source } from "../core/source.ts";
import type { Interrupt } from "../edge/interrupt.ts";

/** One option of a command. */
export interface OptionDefinition {
  /** As commander writes it: `--since <day>`. */
  flags: string;
  about: string;
}

/** One command as data; its heavy part is loaded when it is called. */
export interface CommandDefinition {
  /** As it is typed: `queue add`. */
  name: string;
  summary: string;
  /** As commander writes them: `<source...>`. */
  takes?: string;
  options: readonly OptionDefinition[];
  /** What a creator would type, first in the help. */
  examples: readonly string[];
  /** True when it changes a library, a setting or the world. */
  changes: boolean;
  /** True when its answer only tells what was done, which `--quiet` leaves out. */
  reports?: boolean;
  load(): Promise<CommandModule>;
}

/** The heavy part of a command. */
export interface CommandModule {
  /** Runs it: events out, a result at the end. */
  run(call: CommandCall): Step;
  /** The answer for people, on stdout. */
  text(outcome: Outcome): string[];
  /** True when that answer shows the problems, so that nothing else does. */
  showsProblems?: boolean;
}

/** What ran, for the answer. */
export interface Outcome {
  events: readonly StepEvent[];
  result: StepResult;
  /** Root of the library that was used; empty when there was none. */
  library: string;
  /** Draws in colour when colour is wanted. */
  paint: Paint;
}

/** Colours that are off without a terminal. */
export interface Paint {
  strong(text: string): string;
  faint(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  warm(text: string): string;
}

/** What every command is given. */
export interface CommandCall {
  words: string[];
  options: Record<string, unknown>;
  common: CommonOptions;
  machine: Machine;
  /** Says which library is used; the terminal shows it before anything else. */
  useLibrary(root: string, said: boolean): void;
}

/** Options that every command has. */
export interface CommonOptions {
  library: string | undefined;
  json: boolean;
  quiet: boolean;
  verbose: boolean;
  color: boolean;
  yes: boolean;
}

/** The machine around a command: everything that is not a plain value comes in through here. */
export interface Machine {
  environment: Readonly<Record<string, string | undefined>>;
  workingFolder: string;
  clock: Clock;
  random: Random;
  interrupt: Interrupt;
  /** True when a person can answer questions. */
  interactive: boolean;
  timeZone: string;
  /** This computer's addresses in its networks, now. */
  addresses(): { name: string; address: string }[];
  destinations: readonly Destination[];
  findDestination(id: string): Destination;
  findSource(input: string): Promise<Source>;
  signInPlaces: readonly SignInPlace[];
}
