import { join } from "node:path";
import type { StepEvent, StepResult } from "../core/event.ts";
import type { ExitName } from "../core/exit.ts";
import { secretsOf } from "../core/redact.ts";
import { openLog } from "../edge/log.ts";
import type { LogLine, LogSettings } from "../edge/log.ts";
import { libraryNames } from "../library/layout.ts";
import type { Settings } from "../settings/schema.ts";
import type { CommandCall, CommandDefinition } from "./command.ts";
import { isLibrary, loadSettings } from "./library.ts";
import type { FailureWords } from "./output.ts";

/** The log of one run. Nothing that goes wrong with it is ever the run's failure. */
interface RunLog {
  /** Says which library is used; before that, and without one, nothing is written. */
  use(call: CommandCall, root: string): void;
  event(event: StepEvent): Promise<void>;
  finish(result: StepResult): Promise<void>;
  fail(failure: FailureWords & { exit: ExitName }): Promise<void>;
}

type Line = Omit<LogLine, "at" | "command">;

const usual: LogSettings = { level: "note", format: "text", megabytes: 1, backups: 5, days: 90 };
/** What one run may write: a large export is told by its last line. */
const mostLines = 2_000;

/** The log of a command that changes something while nobody watches; null for any other. */
export function runLog(
  { name, changes }: CommandDefinition,
  options: Readonly<Record<string, unknown>>,
): RunLog | null {
  const watched = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
  if (!changes || watched || options["dryRun"] === true) return null;
  let used: { call: CommandCall; root: string } | null = null;
  let write: ((line: LogLine) => void) | null = null;
  let lines = 0;
  const put = async (line: Line): Promise<void> => {
    // A new library is named before it is made, and one that is not made needs no log.
    if (used === null || !isLibrary(used.root)) return;
    write ??= await opened(used.call, used.root);
    // The true time: a calendar that is moved says nothing of when something happened.
    write({ ...line, at: used.call.machine.clock.wall(), command: name });
  };
  return {
    use(call, root) {
      used = { call, root };
    },
    async event(event) {
      const line = lineOf(event);
      if (line === null) return;
      lines += 1;
      if (lines <= mostLines) await put(line);
    },
    async finish({ summary, exit }) {
      const counts = Object.entries(summary).filter(
        ([name, value]) => name !== "schemaVersion" && typeof value === "number",
      );
      const left = lines > mostLines ? { linesLeftOut: lines - mostLines } : {};
      const fields = { exit, ...Object.fromEntries(counts), ...left };
      await put({ level: exit === "done" ? "note" : "warn", event: "end", text: "", fields });
    },
    async fail({ exit, code, what, why = "" }) {
      const text = [what, why].filter(Boolean).join(" ");
      await put({ level: "stop", event: "failed", text, fields: { exit, code } });
    },
  };
}

async function opened(call: CommandCall, root: string): Promise<(line: LogLine) => void> {
  // Settings that cannot be read are what the failure that is to be logged is about.
  const settings: Settings | null = await loadSettings(call, root).then(
    (loaded) => loaded.settings,
    () => null,
  );
  const { ntfy = "", webhook = "" } = settings?.notify ?? {};
  const known = [...secretsOf(call.machine.environment), ntfy, webhook];
  return openLog(join(root, libraryNames.logs), settings?.log ?? usual, known);
}

/** What of an event belongs into a log: never a caption, a title or an address. */
function lineOf(event: StepEvent): Line | null {
  switch (event.type) {
    case "problem": {
      const { code, severity: level, message, post, to, where } = event;
      const about = {
        ...(post === undefined ? {} : { post }),
        ...(to === undefined ? {} : { to }),
      };
      // What is about words quotes them.
      const text = where === undefined ? message : "";
      return { level, event: "problem", text, fields: { code, ...about } };
    }
    case "publication": {
      const { post, to, state, attempts } = event;
      return {
        level: "note",
        event: "publication",
        text: "",
        fields: { post, to, state, attempts },
      };
    }
    case "post": {
      const { key, result, changed } = event;
      if (result === "unchanged" || result === "skipped") return null;
      const level = result === "failed" ? "warn" : "note";
      const fields = { post: key, result, changed: changed.join(",") };
      return { level, event: "post", text: "", fields };
    }
    default:
      return null;
  }
}
