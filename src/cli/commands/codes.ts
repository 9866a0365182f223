import { exitCodes } from "../../core/exit.ts";
import type { Step } from "../../core/event.ts";
import { problemCodes } from "../../core/problem-codes.ts";
import type { Outcome } from "../command.ts";

/** Lists every exit code and problem code. */
export async function* run(): Step {
  for (const { code, meaning } of Object.values(exitCodes)) {
    yield { type: "code", kind: "exit", code, severity: "", meaning };
  }
  for (const [code, { severity, meaning }] of Object.entries(problemCodes)) {
    yield { type: "code", kind: "problem", code, severity, meaning };
  }
  return {
    exit: "done",
    summary: {
      type: "summary",
      command: "codes",
      schemaVersion: 1,
      exitCodes: Object.keys(exitCodes).length,
      problemCodes: Object.keys(problemCodes).length,
    },
  };
}

/** Two tables. */
export function text({ events, paint }: Outcome): string[] {
  const rows = events.filter((event) => event.type === "code");
  const width = Math.max(...Object.keys(problemCodes).map((code) => code.length));
  const lines = rows.map((row) =>
    row.kind === "exit"
      ? `  ${String(row.code).padStart(3)}  ${row.meaning}`
      : `  ${String(row.code).padEnd(width)}  ${row.severity.padEnd(4)}  ${row.meaning}`,
  );
  const exits = Object.keys(exitCodes).length;
  return [
    paint.strong("Exit codes"),
    ...lines.slice(0, exits),
    "",
    paint.strong("Problem codes (stop: the item waits, warn: look at it, note: only said)"),
    ...lines.slice(exits),
  ];
}
