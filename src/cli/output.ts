import { Chalk } from "chalk";
import type { Ora, default as MakeSpinner } from "ora";
import type { StepEvent, SummaryEvent } from "../core/event.ts";
import { countProblems } from "../core/problem-counts.ts";
import type { Problem } from "../core/problem.ts";
import type { CommandModule, CommonOptions, Outcome, Paint } from "./command.ts";
import { problemLines } from "./problem-lines.ts";
import { wrapped } from "./wrap.ts";

/** Where a command's words go: JSON lines for scripts, or sentences for people. */
export interface Output {
  library(root: string, said: boolean): void;
  event(event: StepEvent): void;
  /** A sentence for people at once, such as the answer to Ctrl-C. */
  say(text: string): void;
  finish(module: CommandModule, outcome: Omit<Outcome, "paint" | "library" | "events">): void;
  /** The command ended without a result; `problem` says why. */
  fail(command: string, problem: FailureWords): void;
}

/** Why a command ended without a result. */
export interface FailureWords {
  code: string;
  what: string;
  why?: string | undefined;
  fix?: string | undefined;
}

/** What the output needs of the process. */
export interface Streams {
  out: NodeJS.WriteStream;
  error: NodeJS.WriteStream;
}

/** JSON lines on stdout and nothing else; the last object is the summary. */
export function jsonOutput(streams: Streams): Output {
  const problems: Problem[] = [];
  const write = (value: object) => streams.out.write(`${JSON.stringify(value)}\n`);
  return {
    library: () => {},
    say: () => {},
    event(event) {
      if (event.type === "problem") problems.push(event);
      if (event.type !== "progress" && event.type !== "say") write(event);
    },
    finish(_module, { result }) {
      write({ ...result.summary, problems: countProblems(problems) });
    },
    fail(command, { code, what, why, fix }) {
      const failure: SummaryEvent = { type: "summary", command, schemaVersion: 1, error: code };
      write({
        type: "problem",
        code,
        severity: "stop",
        message: [what, why].filter(Boolean).join(" "),
        fix: fix ?? "",
      });
      write({
        ...failure,
        problems: { ...countProblems(problems), stop: countProblems(problems).stop + 1 },
      });
    },
  };
}

/** Sentences: talk and problems on stderr, the answer on stdout. */
export function textOutput(
  streams: Streams,
  common: CommonOptions & { answers: boolean },
  colour: ColourWish,
): Output {
  const paint = painter(colour.out);
  const paintTalk = painter(colour.error);
  const events: StepEvent[] = [];
  const spins = Boolean(streams.error.isTTY) && !common.quiet && colour.terminal;
  let spinner: Ora | null = null;
  let makeSpinner: typeof MakeSpinner | null = null;
  let library = "";
  let banner: string | null = null;
  const still = () => {
    spinner?.stop();
    spinner = null;
  };
  const talk = (text: string) => {
    still();
    if (banner !== null) streams.error.write(`${paintTalk.faint(banner)}\n`);
    banner = null;
    streams.error.write(`${foldedFor(streams.error, text)}\n`);
  };
  return {
    library(root, said) {
      library = root;
      if (said && !common.quiet) banner = `Library: ${root}`;
    },
    say: talk,
    event(event) {
      events.push(event);
      if (event.type === "say" && (!common.quiet || event.needed)) talk(event.text);
      if (event.type !== "progress" || !spins) return;
      if (makeSpinner === null) {
        // Loaded only by the work that is long enough to need it; it turns from the next step on.
        void import("ora").then((loaded) => (makeSpinner = loaded.default));
        return;
      }
      spinner ??= makeSpinner({ stream: streams.error, discardStdin: false }).start();
      spinner.text = progressText(event);
    },
    finish(module, { result }) {
      still();
      const problems = events.filter((event) => event.type === "problem");
      const lines = module.showsProblems ? [] : problemLines(problems, common, paintTalk);
      for (const line of lines) talk(line);
      const answer = common.answers ? module.text({ events, result, library, paint }) : [];
      if (answer.length === 0) return;
      if (banner !== null) streams.error.write(`${paintTalk.faint(banner)}\n`);
      streams.out.write(`${answer.join("\n")}\n`);
    },
    fail(_command, { what, why, fix }) {
      talk(paintTalk.bad(what));
      if (why) talk(why);
      if (fix) talk(fix);
    },
  };
}

/** Sentences as wide as the terminal, broken between words; for a file or a pipe they stay whole. */
function foldedFor({ isTTY, columns }: NodeJS.WriteStream, text: string): string {
  if (!isTTY || !(columns > 0)) return text;
  const fold = (line: string) => (line.length > columns ? wrapped(line, { columns }) : [line]);
  return text.split("\n").flatMap(fold).join("\n");
}

/** Whether colour is wanted on each stream; NO_COLOR, FORCE_COLOR and TERM=dumb are obeyed. */
export interface ColourWish {
  out: boolean;
  error: boolean;
  /** False on a dumb terminal: no spinner either. */
  terminal: boolean;
}

/** Decides about colour from flags, environment and terminals. */
export function colourWish(
  common: Pick<CommonOptions, "color">,
  environment: Readonly<Record<string, string | undefined>>,
  streams: Streams,
): ColourWish {
  const dumb = environment["TERM"] === "dumb";
  const never = !common.color || Boolean(environment["NO_COLOR"]);
  const force = environment["FORCE_COLOR"];
  const always = force !== undefined && force !== "0" && force !== "false";
  const wish = (stream: NodeJS.WriteStream) =>
    !never && force !== "0" && (always || (Boolean(stream.isTTY) && !dumb));
  return { out: wish(streams.out), error: wish(streams.error), terminal: !dumb };
}

function painter(colour: boolean): Paint {
  const chalk = new Chalk({ level: colour ? 1 : 0 });
  return {
    strong: (text) => chalk.bold(text),
    faint: (text) => chalk.dim(text),
    good: (text) => chalk.green(text),
    bad: (text) => chalk.red(text),
    warm: (text) => chalk.yellow(text),
  };
}

function progressText(event: Extract<StepEvent, { type: "progress" }>): string {
  const bytes = event.bytes === 0 ? "" : `, ${megabytes(event.bytes)}`;
  return `${event.what}: ${event.done} of ${event.total}${bytes}`;
}

/** Bytes for people: `3.4 MB`. */
export function megabytes(bytes: number): string {
  // A little before the next unit: what would be rounded up to 1000 of this one is 1 of that.
  if (bytes <= 999_000) return `${Math.ceil(bytes / 1000)} kB`;
  if (bytes < 999_950_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(2)} GB`;
}
