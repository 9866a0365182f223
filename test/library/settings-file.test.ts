import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { ExpectedError } from "../../src/core/error.ts";
import { destinations } from "../../src/destinations/index.ts";
import {
  newSettingsText,
  readSettingsFile,
  writeNewSettings,
  writeSetting,
} from "../../src/library/settings-file.ts";
import { assembleSettings, resolveSettings } from "../../src/settings/resolve.ts";
import { settingsList } from "../../src/settings/schema.ts";
import type { SettingValue } from "../../src/settings/schema.ts";

const list = settingsList(destinations, "Europe/Madrid");

function place(text?: string): string {
  const folder = mkdtempSync(join(tmpdir(), "findmehere-settings-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "findmehere.jsonc");
  if (text !== undefined) writeFileSync(file, text);
  return file;
}

async function valuesOf(file: string): Promise<Map<string, unknown>> {
  return (await readSettingsFile(file, list)).values;
}

async function refusal(text: string): Promise<ExpectedError["details"]> {
  const file = place(text);
  const error = await readSettingsFile(file, list).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ExpectedError);
  expect(readFileSync(file, "utf8")).toBe(text);
  const { details } = error as ExpectedError;
  return { ...details, what: details.what.replace(file, "FILE") };
}

describe("a new file", () => {
  test("holds every setting with what it is, all but the given ones commented out", () => {
    const text = newSettingsText(list, new Map([["creator.handles.tiktok", "mira.paints"]]));
    for (const setting of list) {
      const name = setting.path.split(".").at(-1);
      expect(text).toContain(`// ${setting.about}`);
      const given = setting.path === "creator.handles.tiktok";
      const shown = given ? '"mira.paints"' : JSON.stringify(setting.fallback);
      expect(text).toMatch(
        new RegExp(
          `^ +${given ? "" : "// "}"${name}": ${shown.replaceAll(/[[\]]/g, "\\$&")},$`,
          "m",
        ),
      );
    }
  });

  test("reads back exactly what was given", async () => {
    const values = new Map<string, SettingValue>([
      ["creator.name", 'Mira "paints" 🎨 \\ 水彩'],
      ["creator.handles.tiktok", "mira.paints"],
      ["creator.handles.lemon8", ""],
      ["creator.shares", ["tips", "behind the scenes | 幕后"]],
      ["queue.perWeek", 5],
      ["rednote.way", "handoff"],
    ]);
    const file = place();
    await writeNewSettings(file, list, values);
    expect(await valuesOf(file)).toEqual(values);
  });

  test("with everything uncommented is right as it stands", async () => {
    const every = new Map(list.map(({ path, fallback }) => [path, fallback]));
    const file = place();
    await writeNewSettings(file, list, every);
    const found = await valuesOf(file);
    expect(found).toEqual(every);
    const resolved = resolveSettings(list, { flags: new Map(), environment: {}, file: found });
    expect(assembleSettings(resolved).queue.times).toEqual(["19:30"]);
  });

  test("a creator may take the // away from any line", async () => {
    const text = newSettingsText(list, new Map());
    const file = place(text.replaceAll(/^( +)\/\/ (")/gm, "$1$2"));
    expect((await valuesOf(file)).size).toBe(list.length);
  });
});

describe("changing one setting", () => {
  const text = `// mine, since 2024
{
  "creator": {
    // the name on my mug
    "name": "Mira", // short
    "handles": { "tiktok": "mira.paints" },
  },
  /* later */
  "queue": {
    "times": ["19:30"],
  },
}
`;

  test.each([
    ["creator.name", "Mira P.", '"name": "Mira P.", // short'],
    ["creator.handles.lemon8", "mira", '"lemon8": "mira"'],
    ["queue.perDay", 2, '"perDay": 2'],
    ["lemon8.way", "handoff", '"way": "handoff"'],
  ])("keeps every comment: %s", async (path, value, line) => {
    const file = place(text);
    await writeSetting(file, path, value);
    const after = readFileSync(file, "utf8");
    expect(after).toContain(line);
    for (const comment of [
      "// mine, since 2024",
      "// the name on my mug",
      "// short",
      "/* later */",
    ]) {
      expect(after).toContain(comment);
    }
    expect((await valuesOf(file)).get(path)).toEqual(value);
    expect((await valuesOf(file)).get("creator.handles.tiktok")).toBe("mira.paints");
  });

  test("takes a whole list", async () => {
    const file = place(text);
    await writeSetting(file, "queue.times", ["12:00", "19:30"]);
    expect((await valuesOf(file)).get("queue.times")).toEqual(["12:00", "19:30"]);
  });

  test("makes the file where there is none", async () => {
    const file = place();
    await writeSetting(file, "creator.handles.tiktok", "mira.paints");
    expect(await valuesOf(file)).toEqual(new Map([["creator.handles.tiktok", "mira.paints"]]));
  });

  test("in a new file keeps the commented defaults of the others", async () => {
    const file = place(newSettingsText(list, new Map()));
    for (const [path, value] of [
      ["queue.perDay", 2],
      ["creator.handles.rednoteId", "94812"],
      ["network.allowHosts", ["127.0.0.1:8080"]],
    ] as const) {
      await writeSetting(file, path, value as SettingValue);
    }
    const after = readFileSync(file, "utf8");
    for (const setting of list) expect(after).toContain(`// ${setting.about}`);
    expect(await valuesOf(file)).toEqual(
      new Map<string, unknown>([
        ["creator.handles.rednoteId", "94812"],
        ["queue.perDay", 2],
        ["network.allowHosts", ["127.0.0.1:8080"]],
      ]),
    );
  });
});

test("says where each setting stands", async () => {
  const file = place('// mine\n{\n  "queue": {\n    "perDay": 2, "times": ["12:00"],\n  },\n}\n');
  const { places } = await readSettingsFile(file, list);
  expect(places).toEqual(
    new Map([
      ["queue.perDay", "line 4, column 5"],
      ["queue.times", "line 4, column 18"],
    ]),
  );
});

describe("a file that cannot be read", () => {
  test.each([
    ['{\n  "creator": {\n    "name": "Mira\n  }\n}\n', "FILE, line 3, column 13"],
    ['{\n  "queue": { "perDay": 1 "perWeek": 2 }\n}\n', "FILE, line 2, column 26"],
    ['{\r\n  "queue": {\r\n    perDay: 1\r\n  }\r\n}\r\n', "FILE, line 3, column 5"],
    ["", "FILE, line 1, column 1"],
    ["[]", "FILE, line 1, column 1"],
    ['"words"', "FILE, line 1, column 1"],
  ])("names the place: %j", async (text, where) => {
    expect(await refusal(text)).toMatchObject({
      exit: "settings",
      code: "broken-settings",
      what: `The settings cannot be read: ${where}.`,
      fix: "Mend that line in a text editor; a comma or a quote is often missing.",
    });
  });

  test("is never changed by a command", async () => {
    const text = '{ "queue": { "perDay": 1 \n';
    const file = place(text);
    const error = await writeSetting(file, "queue.perDay", 2).catch((thrown: unknown) => thrown);
    expect((error as ExpectedError).details).toMatchObject({
      exit: "settings",
      code: "broken-settings",
    });
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  test("is not one with a byte order mark, comments and a last comma", async () => {
    const file = place('\uFEFF// hello\n{ "queue": { "perDay": 3, }, }\n');
    expect(await valuesOf(file)).toEqual(new Map([["queue.perDay", 3]]));
  });

  test("no file is no settings", async () => {
    expect(await valuesOf(place())).toEqual(new Map());
  });
});
