import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { announcementSurfaces } from "../../src/announce/surfaces.ts";
import { commands } from "../../src/cli/commands.ts";
import { commonOptions } from "../../src/cli/program.ts";
import { exitCodes } from "../../src/core/exit.ts";
import { problemCodes } from "../../src/core/problem-codes.ts";
import { destinations } from "../../src/destinations/index.ts";
import { environmentName, settingsList } from "../../src/settings/schema.ts";
import type { SettingValue } from "../../src/settings/schema.ts";
import { filesOf, projectRoot } from "./house.ts";

const sourceTexts = filesOf("src");
const readme = readFileSync(join(projectRoot, "README.md"), "utf8");

/** The text below a heading, up to the next one of its rank. */
function section(heading: string): string {
  const begin = readme.indexOf(`\n## ${heading}\n`);
  expect(begin, `README.md has no "## ${heading}"`).toBeGreaterThan(-1);
  const end = readme.indexOf("\n## ", begin + 1);
  return readme.slice(begin, end === -1 ? undefined : end);
}

/** The rows of the first table of a section, cell by cell, without its head. */
function rowsOf(heading: string): string[][] {
  const lines = section(heading).split("\n");
  const first = lines.findIndex((line) => line.startsWith("|"));
  const length = lines.slice(first).findIndex((line) => !line.startsWith("|"));
  return lines.slice(first + 2, first + length).map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("\\|", "|")),
  );
}

const code = (text: string) => `\`${text}\``;

describe("the tables of the README say what the code says, no more and no less", () => {
  test("commands and their options", () => {
    expect(rowsOf("Commands")).toEqual(
      commands.map(({ name, takes, summary, options }) => [
        code([name, takes].filter(Boolean).join(" ")),
        summary,
        options.map(({ flags }) => code(flags)).join(", "),
      ]),
    );
  });

  test("options of every command", () => {
    const listed = [...section("Commands").matchAll(/^- `(--[^`]+)`: (.+)$/gm)];
    expect(listed.map(([, flags, about]) => [flags, about])).toEqual(
      commonOptions.map(({ flags, about }) => [flags, about]),
    );
  });

  test("texts of the announcement and where each is pasted", () => {
    expect(rowsOf("Tell your followers")).toEqual(
      announcementSurfaces.map(({ id, label, use }) => [code(id), label, use]),
    );
  });

  test("exit codes", () => {
    const rows = Object.values(exitCodes).map(({ code, meaning }) => [String(code), meaning]);
    expect(rowsOf("Exit codes")).toEqual(rows);
  });

  test("problem codes", () => {
    const rows = Object.entries(problemCodes).map(([name, { severity, meaning }]) => [
      code(name),
      severity,
      meaning,
    ]);
    expect(rowsOf("Problem codes").toSorted()).toEqual(rows.toSorted());
  });

  test("settings and their defaults", () => {
    const list = settingsList(destinations, "this computer's");
    expect(rowsOf("Settings")).toEqual(
      list.map(({ path, fallback, about }) => [code(path), shown(path, fallback), about]),
    );
  });

  test("the variable of a setting", () => {
    const [, path = "", name = ""] =
      /variable of `([a-zA-Z.]+)` is `(FINDMEHERE_\w+)`/.exec(readme) ?? [];
    expect(name).toBe(environmentName(path));
  });
});

function shown(path: string, value: SettingValue): string {
  if (path === "creator.timeZone") return String(value);
  if (Array.isArray(value)) return value.length === 0 ? "none" : code(value.join(","));
  return value === "" ? "empty" : code(String(value));
}

test("every problem code of the README is one that some command really says", () => {
  const said = Object.keys(problemCodes).filter((name) => !isSaid(name));
  expect(said).toEqual([]);
});

function isSaid(name: string): boolean {
  return sourceTexts.some(({ path, text }) => {
    return (
      !/^src\/core\/((draft|translation)-)?problem(-codes)?\.ts$/.test(path) &&
      text.includes(`"${name}"`)
    );
  });
}

test("every command that a sentence tells people to type exists, with its options", () => {
  // In code a command stands inside a string: the backtick is escaped, or a quote opened before it.
  const inCode = /(?:\\|"(?![,)\s])[^"\n]*|'(?![,)\s])[^'\n]*)`findmehere ([^`$\\]+)[`$\\]/g;
  const words = [
    ...[...readme.matchAll(/`findmehere ([^`]+)`/g)],
    ...sourceTexts.flatMap(({ text }) => [...text.matchAll(inCode)]),
  ]
    .map(([, typed = ""]) => typed.trim())
    .filter((typed) => /^[a-z]/.test(typed));
  expect(words.length).toBeGreaterThan(30);
  for (const typed of words) {
    const command = commands.find(({ name }) => `${typed} `.startsWith(`${name} `));
    expect(command ?? groupOf(typed), `findmehere ${typed}`).toBeDefined();
    const known = [...(command?.options ?? []), ...commonOptions].map(
      ({ flags }) => flags.split(" ")[0],
    );
    for (const [flag] of typed.matchAll(/(?<=\s)--[a-z-]+/g)) {
      expect(["--help", "--version", ...known], `findmehere ${typed}`).toContain(flag);
    }
  }
});

function groupOf(typed: string): string | undefined {
  return commands.map(({ name }) => name.split(" ")[0]).find((name) => name === typed);
}

test("the examples of the help name their own command and only options that it has", () => {
  for (const { name, options, examples } of commands) {
    expect(examples.length, name).toBeGreaterThan(0);
    const known = [...options, ...commonOptions].map(({ flags }) => flags.split(" ")[0]);
    for (const example of examples) {
      expect(`${example} `.startsWith(`${name} `), example).toBe(true);
      for (const [flag] of example.matchAll(/--[a-z-]+/g)) expect(known, example).toContain(flag);
    }
  }
});

test("every destination is spoken of", () => {
  for (const { title, titleZh } of destinations) {
    expect(readme).toContain(title);
    expect(titleZh).not.toBe("");
  }
});
