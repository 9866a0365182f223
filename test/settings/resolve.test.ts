import { describe, expect, test } from "vitest";
import { ExpectedError } from "../../src/core/error.ts";
import { destinations } from "../../src/destinations/index.ts";
import {
  assembleSettings,
  checkSetting,
  parseSetting,
  resolveSettings,
} from "../../src/settings/resolve.ts";
import type { GivenSettings } from "../../src/settings/resolve.ts";
import { settingsList } from "../../src/settings/schema.ts";
import type { Setting } from "../../src/settings/schema.ts";

const list = settingsList(destinations, "Europe/Madrid");

function given(parts: {
  flags?: Record<string, string | number | string[]>;
  environment?: Record<string, string>;
  file?: Record<string, unknown>;
}): GivenSettings {
  return {
    flags: new Map(Object.entries(parts.flags ?? {})),
    environment: parts.environment ?? {},
    file: new Map(Object.entries(parts.file ?? {})),
  };
}

function setting(path: string): Setting {
  const found = list.find((each) => each.path === path);
  if (found === undefined) throw new Error(`no setting ${path}`);
  return found;
}

function refusal(work: () => unknown): ExpectedError["details"] {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(ExpectedError);
    return (error as ExpectedError).details;
  }
  throw new Error("nothing was refused");
}

describe("flag, then environment, then file, then default", () => {
  const all = {
    flags: { "queue.perDay": 4 },
    environment: { FINDMEHERE_QUEUE_PER_DAY: "3" },
    file: { "queue.perDay": 2 },
  };
  const { flags: _flags, ...noFlag } = all;

  test.each([
    ["flag", 4, all],
    ["environment", 3, noFlag],
    ["file", 2, { file: all.file }],
    ["default", 1, {}],
  ])("%s", (origin, value, parts) => {
    const resolved = resolveSettings(list, given(parts));
    expect(resolved.find(({ path }) => path === "queue.perDay")).toEqual({
      path: "queue.perDay",
      value,
      origin,
    });
    expect(resolved).toHaveLength(list.length);
  });

  test("an empty word is a word: it takes a setting back to nothing", () => {
    const resolved = resolveSettings(
      list,
      given({
        environment: { FINDMEHERE_QUEUE_QUIET_HOURS: "", FINDMEHERE_CREATOR_SHARES: "" },
        file: { "queue.quietHours": "21:00-09:00", "creator.shares": ["tips"] },
      }),
    );
    const values = Object.fromEntries(resolved.map(({ path, value }) => [path, value]));
    expect(values).toMatchObject({ "queue.quietHours": "", "creator.shares": [] });
  });

  test("other variables of the machine are none of ours", () => {
    const environment = { FINDMEHERE_LIBRARY: "/x", FINDMEHERE_NOW: "2026-01-01", PATH: "/bin" };
    const resolved = resolveSettings(list, given({ environment }));
    expect(resolved.map(({ origin }) => origin)).not.toContain("environment");
  });

  test("together they make the settings, destinations under one roof", () => {
    const resolved = resolveSettings(
      list,
      given({ environment: { FINDMEHERE_CREATOR_HANDLES_LEMON8: "mira" } }),
    );
    const settings = assembleSettings(resolved);
    expect(settings.creator.handles.lemon8).toBe("mira");
    expect(settings.creator.timeZone).toBe("Europe/Madrid");
    expect(settings.destinations).toMatchObject({
      rednote: { way: "handoff", layout: "zh-first", titleMost: 20 },
      lemon8: { way: "handoff", layout: "en-only", topics: 5 },
    });
  });
});

describe("text becomes the setting's own kind of value", () => {
  test.each([
    ["queue.times", "12:00, 19:30,", ["12:00", "19:30"]],
    ["queue.times", "", []],
    ["queue.perDay", "2", 2],
    ["queue.perDay", " 2 ", 2],
    ["queue.perDay", "", ""],
    ["queue.perDay", "two", "two"],
    ["creator.name", " 12 ", " 12 "],
    ["creator.niche", "watercolour | 水彩, daily", "watercolour | 水彩, daily"],
  ])("%s from %j", (path, text, value) => {
    expect(parseSetting(setting(path), text)).toEqual(value);
  });
});

describe("what is wrong is named", () => {
  test.each([
    ["queue.perDay", 0],
    ["queue.perDay", 1.5],
    ["queue.perDay", "two"],
    ["queue.perDay", ""],
    ["queue.perWeek", -1],
    ["queue.times", []],
    ["queue.times", "19:30"],
    ["creator.name", 7],
    ["creator.name", null],
    ["creator.deadline", "soon"],
    ["creator.deadline", "2026-02-30"],
    ["creator.shares", [1]],
    ["rednote.way", "teleport"],
  ])("%s cannot be %j", (path, value) => {
    const details = refusal(() => checkSetting(setting(path), value, "findmehere.jsonc"));
    expect(details).toMatchObject({ exit: "settings", code: "bad-setting" });
    expect(details.what).toBe(
      `The setting ${path} in findmehere.jsonc is wrong: ${JSON.stringify(value)}.`,
    );
    expect(details.fix).toContain(`findmehere config set ${path}`);
  });

  test("with the place that it stands in", () => {
    const inFile = refusal(() => resolveSettings(list, given({ file: { "queue.perDay": 0 } })));
    expect(inFile.what).toContain("findmehere.jsonc");
    const places = new Map([["queue.perDay", "line 9, column 5"]]);
    const placed = refusal(() =>
      resolveSettings(list, { ...given({ file: { "queue.perDay": 0 } }), places }),
    );
    expect(placed.what).toContain("findmehere.jsonc (line 9, column 5)");
    const environment = { FINDMEHERE_QUEUE_PER_DAY: "0" };
    const inVariable = refusal(() => resolveSettings(list, given({ environment })));
    expect(inVariable.what).toContain("FINDMEHERE_QUEUE_PER_DAY");
    const inFlag = refusal(() => resolveSettings(list, given({ flags: { "queue.perDay": 0 } })));
    expect(inFlag.what).toContain("the flag");
  });

  test.each([
    ["queue.perdday", "Did you mean queue.perDay?"],
    ["creator.handle.tiktok", "Did you mean creator.handles.tiktok?"],
    ["rednote.wya", "Did you mean rednote.way?"],
    ["something.else.entirely", "Type `findmehere config show` to see every setting."],
  ])("a setting that does not exist: %s", (path, fix) => {
    const details = refusal(() => resolveSettings(list, given({ file: { [path]: 1 } })));
    expect(details).toEqual({
      exit: "settings",
      code: "unknown-setting",
      what: `findmehere.jsonc has a setting that does not exist: ${path}.`,
      fix,
    });
  });
});
