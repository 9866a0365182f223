import { beforeAll, describe, expect, test } from "vitest";

import type { TranslationLanguage } from "../../src/core/translation.ts";
import { findDestination } from "../../src/destinations/index.ts";
import { titlesOf } from "../../src/steps/drafts/titles.ts";
import { translationsFor } from "../../src/steps/drafts/translations.ts";
import { rednoteUnits } from "../../src/text/measure.ts";
import { chineseScripts } from "../../src/text/chinese.ts";
import type { ChineseScripts } from "../../src/text/chinese.ts";

let scripts: ChineseScripts;

beforeAll(async () => {
  scripts = await chineseScripts([]);
});

describe("the translations of a text for a destination", () => {
  type Row = [TranslationLanguage, string, boolean];
  const person = true;
  test.each<[string, Row[], "zh-Hans" | "zh-Hant", [TranslationLanguage, string][]]>([
    ["none", [], "zh-Hans", []],
    ["the wanted script", [["zh-Hans", "视频", !person]], "zh-Hans", [["zh-Hans", "视频"]]],
    ["only the other script", [["zh-Hant", "影片", !person]], "zh-Hans", [["zh-Hans", "视频"]]],
    ["only Simplified", [["zh-Hans", "视频", !person]], "zh-Hant", [["zh-Hant", "影片"]]],
    [
      "a person's other script before a machine's own",
      [
        ["zh-Hans", "录像", !person],
        ["zh-Hant", "影片", person],
      ],
      "zh-Hans",
      [["zh-Hans", "视频"]],
    ],
    [
      "a person's own script before a person's other",
      [
        ["zh-Hans", "录像", person],
        ["zh-Hant", "影片", person],
        ["en", "video", !person],
      ],
      "zh-Hans",
      [
        ["en", "video"],
        ["zh-Hans", "录像"],
      ],
    ],
  ])("%s", (_, rows, chinese, expected) => {
    const known = new Map([
      ["x", new Map(rows.map(([to, text, byPerson]) => [to, { text, byPerson }] as const))],
    ]);
    expect([...translationsFor(known, "x", chinese, scripts)]).toEqual(expected);
    expect([...translationsFor(known, "y", chinese, scripts)]).toEqual([]);
    expect([...translationsFor(known, null, chinese, scripts)]).toEqual([]);
  });
});

describe("titles of one destination", () => {
  const rednote = findDestination("rednote");
  const draft = (post: string, title: string, to = "rednote") => ({
    ...{ type: "draft" as const, post, to, title, body: "", topics: [], dropped: [], media: [] },
    ...{ edited: false, problems: [] },
  });

  test("two hundred equal ones become two hundred, none over the limit", () => {
    const titles = titlesOf([]);
    const made = Array.from({ length: 200 }, (_, number) => {
      const told = titles.apart(draft(String(number), "水".repeat(20)), rednote);
      titles.note(told);
      return told;
    });
    expect(new Set(made.map(({ title }) => title)).size).toBe(200);
    expect(Math.max(...made.map(({ title }) => rednoteUnits(title)))).toBeLessThanOrEqual(20);
    expect(made[0]?.problems).toEqual([]);
    expect(made[199]).toMatchObject({
      title: `${"水".repeat(17)}… 200`,
      problems: [{ code: "same-title", severity: "note", post: "199", to: "rednote" }],
    });
  });

  test("a draft's own title, another destination's and an empty one do not count", () => {
    const titles = titlesOf([draft("1", "Dawn"), draft("2", "Dusk", "lemon8"), draft("3", "")]);
    expect(titles.apart(draft("1", "Dawn"), rednote).title).toBe("Dawn");
    expect(titles.apart(draft("2", "DAWN"), rednote).title).toBe("DAWN 2");
    expect(titles.apart(draft("2", "Dusk"), rednote).title).toBe("Dusk");
    expect(titles.apart(draft("4", ""), rednote).title).toBe("");
    expect(titles.apart(draft("4", "Dawn 2024"), rednote).title).toBe("Dawn 2024");
  });

  test("a title that another draft gives up is free again", () => {
    const titles = titlesOf([draft("1", "Dawn"), draft("2", "Dawn 2")]);
    titles.note(draft("1", "Noon"));
    expect(titles.apart(draft("2", "Dawn"), rednote).title).toBe("Dawn");
  });
});
