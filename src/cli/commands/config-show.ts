import type { Step } from "../../core/event.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { findLibrary, loadSettings } from "../library.ts";

/** Prints every setting and where its value came from. */
export async function* run(call: CommandCall): Step {
  const { resolved } = await loadSettings(call, findLibrary(call)?.root ?? null);
  for (const each of resolved) yield { type: "setting", ...each };
  return {
    exit: "done",
    summary: {
      type: "summary",
      command: "config show",
      schemaVersion: 1,
      settings: resolved.length,
    },
  };
}

/** A table: name, value, where from. */
export function text({ events, paint }: Outcome): string[] {
  const rows = events.filter((event) => event.type === "setting");
  const width = Math.max(...rows.map((row) => row.path.length));
  return rows.map((row) => {
    const origin = row.origin === "default" ? paint.faint("default") : row.origin;
    return `${row.path.padEnd(width)}  ${JSON.stringify(row.value)}  (${origin})`;
  });
}
