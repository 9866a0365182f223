import { describe, expect, test } from "vitest";

import { problem } from "../../src/core/problem.ts";
import type { Draft } from "../../src/core/draft.ts";
import { allowStops, keepAllowed } from "../../src/steps/drafts/allow.ts";

function draftOf(problems: Draft["problems"], title = "Dawn"): Draft {
  const words = { title, body: "Dawn", topics: [], dropped: [], media: [], edited: false };
  return { type: "draft", post: "7", to: "rednote", ...words, problems };
}

const where = { field: "body", line: 1, column: 1, text: "x" } as const;
const link = problem("word-contact", "“x.com”: an address", "", { severity: "stop", where });
const other = problem("word-contact", "“y.com”: an address", "", { severity: "stop", where });
const asking = problem("word-contact", "“DM me”: asks", "", { severity: "warn", where });
const duet = problem("others-work", "It is a duet.", "", {});

function severities(draft: Draft): string[] {
  return draft.problems.map(({ severity }) => severity);
}

describe("keepAllowed", () => {
  test("what was only a warning of the same code allows nothing", () => {
    const before = draftOf([asking, link]);
    expect(severities(keepAllowed(before, draftOf([asking, link])))).toEqual(["warn", "stop"]);
  });

  test("words that a person allowed stay allowed while they are the same; new ones are not", () => {
    const allowed = allowStops(draftOf([asking, link]), new Set(["word-contact"]));
    expect(severities(allowed)).toEqual(["warn", "warn"]);
    expect(severities(keepAllowed(allowed, draftOf([asking, link])))).toEqual(["warn", "warn"]);
    expect(severities(keepAllowed(allowed, draftOf([other])))).toEqual(["stop"]);
    expect(severities(keepAllowed(allowed, draftOf([link], "Dusk")))).toEqual(["stop"]);
  });

  test("someone else's work stays allowed whatever the words are", () => {
    const allowed = allowStops(draftOf([duet]), new Set(["others-work"]));
    expect(severities(keepAllowed(allowed, draftOf([duet], "Dusk")))).toEqual(["warn"]);
    expect(severities(keepAllowed(draftOf([duet]), draftOf([duet], "Dusk")))).toEqual(["stop"]);
  });
});
