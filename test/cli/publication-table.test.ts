import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { publicationTable } from "../../src/cli/publication-table.ts";
import type { Publication } from "../../src/core/publication.ts";
import { marking, plain } from "./streams.ts";

function publication(parts: Partial<Publication>): Publication {
  return {
    type: "publication",
    post: "7",
    to: "rednote",
    way: "handoff",
    state: "queued",
    due: null,
    attempts: 0,
    url: null,
    proof: null,
    ...parts,
  };
}

test("nothing queued is no line", () => {
  expect(publicationTable([], "Europe/Madrid", plain)).toEqual([]);
});

test("when in the creator's zone, what, where, state, and the address where there is one", () => {
  const rows = [
    publication({ post: "7415551234567890123", due: "2026-12-03T18:32:00.000Z" }),
    publication({ post: "hello", to: "lemon8", state: "live", url: "https://example.org/a" }),
  ];
  expect(publicationTable(rows, "Europe/Madrid", plain)).toMatchInlineSnapshot(`
    [
      "Thu 3 Dec 2026, 19:32  7415551234567890123@rednote  queued",
      "no slot                hello@lemon8                 live    https://example.org/a",
    ]
  `);
  expect(publicationTable(rows.slice(0, 1), "Asia/Shanghai", plain)[0]).toMatch(
    /^Fri 4 Dec 2026, 02:32/,
  );
});

describe("columns", () => {
  const rows = [
    publication({ post: "清晨的山", state: "handed-off", url: "https://example.org/a" }),
    publication({ post: "a", due: "2026-01-02T03:04:00.000Z", url: "https://example.org/b" }),
    publication({ post: "👩‍👩‍👧‍👦", state: "live", url: "https://example.org/c" }),
  ];

  test("stand below each other, wide letters and emoji too", () => {
    const lines = publicationTable(rows, "UTC", plain);
    const begins = lines.map((line) => stringWidth(line.slice(0, line.indexOf("https://"))));
    expect(new Set(begins).size).toBe(1);
  });

  test("end without spaces, and only the time is faint", () => {
    const lines = publicationTable([publication({}), ...rows], "UTC", marking);
    for (const line of lines) {
      expect(line).toBe(line.trimEnd());
      expect(line).toMatch(/^<faint>[^<]+<\/faint> {2}[^<]+$/);
    }
  });
});
