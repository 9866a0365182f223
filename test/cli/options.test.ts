import { describe, expect, test } from "vitest";
import type { CommandCall } from "../../src/cli/command.ts";
import {
  dayOption,
  destinationsOption,
  exportFilter,
  itemsOf,
  languagesOption,
  linksWanted,
  missingAnswer,
  numberOption,
  orderOption,
  speedOption,
  textOption,
  toneOption,
  wordsOption,
} from "../../src/cli/options.ts";
import { wireMachine } from "../../src/cli/wire.ts";
import { ExpectedError } from "../../src/core/error.ts";

const machine = wireMachine({ onFirst: () => {}, onSecond: () => {} });
machine.interrupt.dispose();

function call(options: Record<string, unknown>, words: string[] = []): CommandCall {
  return {
    words,
    options,
    common: {
      library: undefined,
      json: false,
      quiet: false,
      verbose: false,
      color: true,
      yes: false,
    },
    machine,
    useLibrary: () => {},
  };
}

function refusal(work: () => unknown): ExpectedError["details"] {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(ExpectedError);
    const { details } = error as ExpectedError;
    expect(details.exit).toBe("usage");
    return details;
  }
  throw new Error("nothing was refused");
}

test("what was not given is undefined, and a bare flag is no text", () => {
  expect(textOption(call({}), "tone")).toBeUndefined();
  expect(textOption(call({ tone: true }), "tone")).toBeUndefined();
  expect(textOption(call({ tone: "" }), "tone")).toBe("");
});

describe("numbers", () => {
  test.each([
    ["1", 1],
    ["500", 500],
    [" 4 ", 4],
  ])("%j is %i", (text, value) => {
    expect(numberOption(call({ limit: text }), "limit", 1)).toBe(value);
  });

  test.each(["0", "-1", "1.5", "", " ", "many", "1e999", "NaN"])("%j is refused", (text) => {
    expect(refusal(() => numberOption(call({ perWeek: text }), "perWeek", 1))).toMatchObject({
      code: "wrong-option",
      what: `--per-week cannot be "${text}".`,
      fix: "It takes a whole number from 1 on.",
    });
  });
});

describe("words", () => {
  test("are taken in any case, one or several by commas", () => {
    expect(orderOption(call({ order: "Newest" }))).toBe("newest");
    expect(languagesOption(call({ languages: "EN, zh-hant,," }))).toEqual(["en", "zh-Hant"]);
    expect(wordsOption(call({ only: "photos,photos" }), "only", ["photos"])).toEqual(["photos"]);
  });

  test("have their usual value when nothing was given", () => {
    expect(orderOption(call({}))).toBe("pinned-first");
    expect(toneOption(call({}))).toBe("warm");
    expect(languagesOption(call({}))).toEqual(["en", "zh-Hans"]);
    expect(wordsOption(call({}), "only", ["photos"])).toBeNull();
  });

  test("that are not known come with the one that was probably meant", () => {
    expect(refusal(() => toneOption(call({ tone: "breif" })))).toMatchObject({
      what: '--tone cannot be "breif".',
      fix: "Did you mean brief? It takes warm, brief, playful.",
    });
    expect(refusal(() => languagesOption(call({ languages: "en,klingon" }))).fix).toBe(
      "It takes en, zh-Hans, zh-Hant.",
    );
  });

  test.each(["", ",", " , "])(
    "nothing but commas is a slip, not a wish for nothing: %j",
    (text) => {
      expect(refusal(() => languagesOption(call({ languages: text }))).code).toBe("wrong-option");
      expect(refusal(() => destinationsOption(call({ to: text }))).fix).toBe(
        "It takes rednote, lemon8.",
      );
    },
  );
});

describe("destinations", () => {
  const ids = (options: Record<string, unknown>) =>
    destinationsOption(call(options)).map(({ id }) => id);

  test("are all of them when none is named", () => {
    expect(ids({})).toEqual(["rednote", "lemon8"]);
  });

  test("are the named ones, each once", () => {
    expect(ids({ to: "lemon8" })).toEqual(["lemon8"]);
    expect(ids({ to: "lemon8, rednote,lemon8" })).toEqual(["lemon8", "rednote"]);
  });

  test("that do not exist are refused by name", () => {
    expect(refusal(() => ids({ to: "instagram" })).what).toContain("instagram");
  });
});

describe("days", () => {
  test.each(["2026-12-01", "2026-12-01T19:30Z", "2024-02-29", "2026-12-01T23:59:59Z"])(
    "%s is one",
    (text) => {
      expect(dayOption(call({ since: text }), "since")).toBe(text);
    },
  );

  test.each(["2026-02-30", "2026-13-01", "yesterday", "", "1.12.2026", "2026-12-01T19:30"])(
    "%j is none",
    (text) => {
      expect(refusal(() => dayOption(call({ since: text }), "since")).fix).toBe(
        "It takes a day, such as 2026-12-01.",
      );
    },
  );
});

describe("which posts an export wants", () => {
  test("all of them when nothing is said", () => {
    expect(exportFilter(call({}))).toEqual({
      since: null,
      until: null,
      limit: null,
      only: [],
      publicOnly: false,
    });
  });

  test("everything that can be said", () => {
    const options = {
      since: "2024-01-01",
      until: "2024-12-31",
      limit: "5",
      only: "pinned,photos",
      publicOnly: true,
    };
    expect(exportFilter(call(options))).toEqual({
      ...options,
      limit: 5,
      only: ["pinned", "photos"],
    });
  });

  test("one and the same day is a span, an end before its beginning is none", () => {
    const filter = (since: string, until: string) => exportFilter(call({ since, until }));
    expect(filter("2024-05-01", "2024-05-01")).toMatchObject({ until: "2024-05-01" });
    expect(filter("2024-05-01T10:00:00Z", "2024-05-01")).toMatchObject({ until: "2024-05-01" });
    expect(refusal(() => filter("2024-05-02", "2024-05-01")).what).toContain("--until");
    expect(refusal(() => filter("2024-05-02", "2024-05-01T00:00:00Z")).what).toContain("--until");
  });
});

describe("items of the queue", () => {
  test("are one post at one destination, or at each", () => {
    expect(itemsOf(call({}, ["7@lemon8", "hello"]))).toEqual([
      { post: "7", to: "lemon8", exact: true },
      { post: "hello", to: "rednote", exact: false },
      { post: "hello", to: "lemon8", exact: false },
    ]);
  });

  test("at a destination that does not exist are refused", () => {
    expect(refusal(() => itemsOf(call({}, ["7@instagram"]))).what).toContain("instagram");
  });
});

test("a missing answer names its flag and says why nobody asked", () => {
  expect(missingAnswer("rednoteId", "your RedNote ID").details).toEqual({
    exit: "usage",
    code: "missing-answer",
    what: "--rednote-id is missing: your RedNote ID.",
    why: "Nobody can be asked here, since this is not a terminal.",
    fix: "Add --rednote-id.",
  });
});

test.each([
  ["500K", 512_000],
  ["1.5M", 1_572_864],
  ["2m", 2_097_152],
  ["1G", 1_073_741_824],
  ["1k", 1024],
])("--bwlimit %s is %d bytes a second", (bwlimit, bytes) => {
  expect(speedOption(call({ bwlimit }))).toBe(bytes);
});

test("without --bwlimit there is no limit, without --link files are copied", () => {
  expect(speedOption(call({}))).toBeNull();
  expect(linksWanted(call({}))).toBe(false);
  expect(linksWanted(call({ copy: true }))).toBe(false);
  expect(linksWanted(call({ link: true }))).toBe(true);
});
