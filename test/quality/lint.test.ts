import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { handFolders, projectRoot, pureFolders } from "./house.ts";

/** One line that must not stand in a file of this folder, and the rule that says so. */
interface Planted {
  folder: string;
  line: string;
  rule: string;
}

const restricted = "eslint(no-restricted-imports)";

function importing(folder: string, names: readonly string[]): Planted[] {
  return names.map((name) => ({
    folder,
    line: `import { thing } from "${name}";\nthing();`,
    rule: restricted,
  }));
}

const otherLayers = ["sources", "destinations", ...["store", "library", "download"], "edge"];

const planted: Planted[] = [
  ...pureFolders.flatMap((folder) => [
    ...importing(folder, [
      "node:fs",
      "node:fs/promises",
      "node:child_process",
      "node:process",
      "node:timers/promises",
      "got",
      "kysely",
      "chalk",
      "csv-parse/sync",
      ...[...otherLayers, "steps", "cli"].map((layer) => `../${layer}/thing.ts`),
    ]),
    { folder, line: "process.exit(1);", rule: "eslint(no-restricted-globals)" },
    { folder, line: 'void fetch("x");', rule: "eslint(no-restricted-globals)" },
    { folder, line: "setTimeout(String, 1);", rule: "eslint(no-restricted-globals)" },
    { folder, line: 'console.log("x");', rule: "eslint(no-console)" },
  ]),
  ...handFolders.flatMap((folder) => importing(folder, ["../steps/thing.ts", "../cli/thing.ts"])),
  ...importing("edge", [
    ...[...handFolders, "steps", "cli"].map((layer) => `../${layer}/thing.ts`),
  ]),
  ...importing("web", ["../steps/thing.ts", "../handoff/thing.ts", "../store/thing.ts"]),
  ...importing("handoff", ["../cli/thing.ts", "../destinations/thing.ts", "../sources/a/thing.ts"]),
  ...importing("steps", ["../handoff/thing.ts", "../web/thing.ts"]),
  ...importing("steps", ["../cli/thing.ts", "../sources/thing.ts", "../destinations/thing.ts"]),
  ...importing("steps/export", ["../../cli/thing.ts", "../../sources/a/thing.ts"]),
  ...importing("cli", ["../sources/index.ts", "../destinations/index.ts"]),
  ...importing("cli/commands", ["../../sources/index.ts", "../../destinations/index.ts"]),
  ...importing("sources/tiktok-archive", ["../media-folder/reader.ts"]),
  ...importing("sources/media-folder", ["../tiktok-archive/reader.ts"]),
  ...importing("destinations/rednote", ["../lemon8/limits.ts"]),
  ...importing("destinations/lemon8", ["../rednote/limits.ts"]),
  { folder: "store", line: "export default 1;", rule: "import(no-default-export)" },
];

/** What every layer may do. */
const innocent: Planted[] = [
  ...pureFolders.flatMap((folder) =>
    importing(folder, ["zod", "node:util", "node:crypto", "node:path/posix", "../core/thing.ts"]),
  ),
  ...handFolders.flatMap((folder) =>
    importing(folder, ["node:fs", "got", "../core/thing.ts", "../edge/thing.ts"]),
  ),
  ...importing("edge", ["node:fs", "../core/thing.ts"]),
  ...importing("steps", ["../store/thing.ts", "../library/thing.ts", "./export/thing.ts"]),
  ...importing("web", ["node:http", "hono", "../core/thing.ts", "../edge/thing.ts"]),
  ...importing("handoff", ["../steps/thing.ts", "../web/thing.ts", "../store/thing.ts"]),
  ...importing("cli", ["../steps/thing.ts", "../store/thing.ts", "chalk"]),
];

let folder = "";
let found = new Map<string, string[]>();

function nameOf(kind: string, index: number, { folder: layer }: Planted): string {
  return `src/${layer}/${kind}-${index}.ts`;
}

function lint(): Map<string, string[]> {
  const run = spawnSync(
    process.execPath,
    [
      join(projectRoot, "node_modules/oxlint/bin/oxlint"),
      "-c",
      join(folder, ".oxlintrc.json"),
      "--format",
      "json",
      "src",
    ],
    { cwd: folder, encoding: "utf8", maxBuffer: 50_000_000 },
  );
  const { diagnostics } = JSON.parse(run.stdout) as {
    diagnostics: { code: string; filename: string }[];
  };
  const rules = new Map<string, string[]>();
  for (const { code, filename } of diagnostics) {
    const path = filename.replaceAll("\\", "/");
    rules.set(path, [...(rules.get(path) ?? []), code]);
  }
  return rules;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "findmehere-lint-"));
  copyFileSync(join(projectRoot, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [index, each] of planted.entries()) {
    write(nameOf("planted", index, each), `${each.line}\n`);
    write(nameOf("clean", index, each), "export const thing = 1;\n");
  }
  for (const [index, each] of innocent.entries()) {
    write(nameOf("innocent", index, each), `${each.line}\n`);
  }
  write("src/cli/wire.ts", 'import { sources } from "../sources/index.ts";\nsources();\n');
  write("src/store/one.ts", 'import { two } from "./two.ts";\nexport const one = () => two;\n');
  write("src/store/two.ts", 'import { one } from "./one.ts";\nexport const two = () => one;\n');
  write(
    "src/store/three.ts",
    'import type { Four } from "./four.ts";\nexport type Three = Four[];\n',
  );
  write(
    "src/store/four.ts",
    'import type { Three } from "./three.ts";\nexport type Four = { all: Three };\n',
  );
  found = lint();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the linter bites", () => {
  test.each(
    planted.map((each, index) => [each.folder, each.line.split("\n")[0], index, each] as const),
  )("in %s: %s", (_folder, _line, index, each) => {
    expect(found.get(nameOf("planted", index, each))).toContain(each.rule);
    expect(found.get(nameOf("clean", index, each))).toBeUndefined();
  });

  test("on a cycle, of values and of types", () => {
    for (const name of ["one", "two", "three", "four"]) {
      expect(found.get(`src/store/${name}.ts`), name).toContain("import(no-cycle)");
    }
  });
});

test("the linter lets through what a layer may do", () => {
  const wrong = innocent.flatMap((each, index) =>
    (found.get(nameOf("innocent", index, each)) ?? [])
      .filter((rule) => rule === restricted)
      .map(() => `${each.folder}: ${each.line}`),
  );
  expect(wrong).toEqual([]);
  expect(found.get("src/cli/wire.ts") ?? []).not.toContain(restricted);
});
