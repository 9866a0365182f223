import type { Publication } from "../core/publication.ts";
import { localTime } from "../queue/local.ts";
import type { Paint } from "./command.ts";
import { textWidth } from "./text-width.ts";

/** Publications as lines for people: when, what, where, state. */
export function publicationTable(
  publications: readonly Publication[],
  zone: string,
  paint: Paint,
): string[] {
  const rows = publications.map((each) => [
    each.due === null ? "no slot" : localTime(each.due, zone),
    `${each.post}@${each.to}`,
    each.state,
    each.url ?? "",
  ]);
  const widths = [0, 1, 2].map((column) =>
    Math.max(0, ...rows.map((row) => textWidth(row[column] ?? ""))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        const padded = cell + " ".repeat(Math.max(0, width - textWidth(cell)));
        return column === 0 ? paint.faint(padded) : padded;
      })
      .join("  ")
      .trimEnd(),
  );
}
