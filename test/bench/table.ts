/** One comparison. */
export interface Figure {
  what: string;
  against: string;
  /** Milliseconds. */
  measured: number;
  base: number;
  /** The ratio wanted at most; null where there is none and the figure only informs. */
  goal: number | null;
  /** What the media server was asked; the goal of the measured one is nothing. */
  requests?: { measured: number; base: number };
  /** The most memory that was held, in megabytes. */
  memory?: { measured: number; base: number; goal: number };
  /** The part of the room of a title that is used where the first line is longer: ours, and a cut at 20 characters. */
  budget?: { measured: number; base: number; titles: number };
}

/** The figures as JSON lines. */
export function jsonLines(figures: readonly Figure[]): string[] {
  return figures.map((figure) => {
    const { what, measured, against, base, goal, requests, memory, budget } = figure;
    const ratio = ratioOf(figure);
    const times = { ms: Math.round(measured), against, againstMs: Math.round(base) };
    const met = goal === null ? null : ratio <= goal;
    return JSON.stringify({ what, ...times, ratio, goal, met, requests, memory, budget });
  });
}

/** The figures as lines of a table that is read from left to right. */
export function tableLines(figures: readonly Figure[]): string[] {
  const rows = figures.map((figure) => {
    const { what, measured, against, base, goal } = figure;
    const ratio = ratioOf(figure);
    const verdict = goal === null ? "" : `${goal.toFixed(2)} ${word(ratio <= goal)}`;
    return [what, time(measured), against, time(base), ratio.toFixed(2), verdict];
  });
  const table = [["what", "took", "against", "took", "ratio", "goal, at most"], ...rows];
  const widths = table[0]?.map((_, column) =>
    Math.max(...table.map((cells) => cells[column]?.length ?? 0)),
  );
  const lines = table.map((cells) =>
    cells
      .map((cell, column) => {
        const width = widths?.[column] ?? 0;
        return column === 0 || column === 2 || column === 5
          ? cell.padEnd(width)
          : cell.padStart(width);
      })
      .join("  ")
      .trimEnd(),
  );
  const asked = figures.flatMap(({ what, against, requests }) =>
    requests === undefined
      ? []
      : [
          `${what}: ${requests.measured} requests, goal 0 ${word(requests.measured === 0)} (${against}: ${requests.base})`,
        ],
  );
  const held = figures.flatMap(({ what, against, memory }) =>
    memory === undefined
      ? []
      : [
          `${what}: ${memory.measured} MB of memory, goal ${memory.goal} MB ${word(memory.measured <= memory.goal)} (${against}: ${memory.base} MB)`,
        ],
  );
  const used = figures.flatMap(({ budget }) =>
    budget === undefined
      ? []
      : [
          `room of RedNote's title used by ${budget.titles} longer first lines: ${percent(budget.measured)} (cut at 20 characters: ${percent(budget.base)})`,
        ],
  );
  return [...lines, "", ...asked, ...held, ...used];
}

function ratioOf({ measured, base }: Figure): number {
  return Math.round((measured / base) * 100) / 100;
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}

function word(met: boolean): string {
  return met ? "met" : "MISSED";
}

function time(milliseconds: number): string {
  return milliseconds < 1000
    ? `${milliseconds.toFixed(0)} ms`
    : `${(milliseconds / 1000).toFixed(2)} s`;
}
