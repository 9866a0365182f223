import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { filesOf, importsOf, projectRoot } from "./house.ts";

interface PackageFile {
  name: string;
  version: string;
  license: string;
  type: string;
  bin: Record<string, string>;
  files: string[];
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  engines: { node: string };
}

function json<Content>(path: string): Content {
  return JSON.parse(readFileSync(join(projectRoot, path), "utf8")) as Content;
}

const own = json<PackageFile>("package.json");

describe("package.json", () => {
  test("packs what runs and what a creator reads, nothing else", () => {
    expect(own.files).toEqual(["bin", "dist", "templates", "README.md", "LICENSE"]);
    for (const path of own.files.filter((each) => each !== "dist")) {
      expect(existsSync(join(projectRoot, path)), path).toBe(true);
    }
    expect(own.bin).toEqual({ findmehere: "bin/findmehere.js" });
    expect(readFileSync(join(projectRoot, "bin/findmehere.js"), "utf8")).toMatch(
      /^#!\/usr\/bin\/env node\n/,
    );
    expect([own.license, own.type, own.engines.node]).toEqual(["MIT", "module", ">=24"]);
    expect(readFileSync(join(projectRoot, "LICENSE"), "utf8")).toContain("MIT License");
  });

  test("needs exactly the packages that the code imports", () => {
    const nameOf = (to: string) => /^(@[^/]+\/[^/]+|[^/]+)/.exec(to)?.[1] ?? to;
    const used = importsOf(filesOf("src"))
      .filter(({ to, isOurs }) => !isOurs && !to.startsWith("node:"))
      .map(({ to }) => nameOf(to));
    expect([...new Set(used)].toSorted()).toEqual(Object.keys(own.dependencies).toSorted());
  });

  test("runs no script of its own at an installation but the build of a checkout", () => {
    const atInstall = ["preinstall", "install", "postinstall", "prepublish", "preprepare"];
    expect(Object.keys(own.scripts).filter((name) => atInstall.includes(name))).toEqual([]);
    expect(own.scripts["prepare"]).toBe("npm run build");
  });
});

describe("package-lock.json", () => {
  const text = readFileSync(join(projectRoot, "package-lock.json"), "utf8");
  const lock = JSON.parse(text) as {
    name: string;
    version: string;
    lockfileVersion: number;
    packages: Record<
      string,
      Pick<PackageFile, "dependencies" | "devDependencies"> & {
        version: string;
        integrity?: string;
        link?: boolean;
      }
    >;
  };

  test("names no registry, so that every mirror will do", () => {
    expect(text).not.toContain('"resolved"');
    expect(text).not.toMatch(/https?:\/\/[^"]*\.tgz/);
  });

  test("pins every package by its content", () => {
    const bare = Object.entries(lock.packages).filter(
      ([path, { integrity }]) => path !== "" && integrity === undefined,
    );
    expect(bare).toEqual([]);
  });

  test("is the one of this package.json", () => {
    const root = lock.packages[""];
    expect([lock.name, lock.version]).toEqual([own.name, own.version]);
    expect(root?.dependencies).toEqual(own.dependencies);
    expect(root?.devDependencies).toEqual(own.devDependencies);
  });
});

describe("the last line of CI", () => {
  const script = join(projectRoot, "test/tasks/count.ts");

  interface MadeFile {
    status: string;
    assertionResults: { status: string }[];
  }

  function count(report: object): string {
    const folder = mkdtempSync(join(tmpdir(), "findmehere-count-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, "vitest.json");
    writeFileSync(file, JSON.stringify(report));
    const run = spawnSync(process.execPath, [script, file], { encoding: "utf8" });
    expect([run.status, run.stderr]).toEqual([0, ""]);
    return run.stdout;
  }

  function report(
    numbers: { passed?: number; failed?: number; pending?: number; todo?: number },
    testResults: MadeFile[],
  ): object {
    const { passed = 0, failed = 0, pending = 0, todo = 0 } = numbers;
    return {
      numTotalTests: passed + failed + pending + todo,
      numPassedTests: passed,
      numFailedTests: failed,
      numPendingTests: pending,
      numTodoTests: todo,
      testResults,
    };
  }

  const passing: MadeFile = { status: "passed", assertionResults: [{ status: "passed" }] };
  const failing: MadeFile = {
    status: "failed",
    assertionResults: [{ status: "passed" }, { status: "failed" }],
  };
  const notLoaded: MadeFile = { status: "failed", assertionResults: [] };

  test("counts what passed", () => {
    expect(count(report({ passed: 2 }, [passing, passing]))).toBe(
      "2 passed, 0 failed, 0 skipped\n",
    );
  });

  test("counts a test that failed once, not its file too", () => {
    expect(count(report({ passed: 2, failed: 1 }, [passing, failing]))).toBe(
      "2 passed, 1 failed, 0 skipped\n",
    );
  });

  test("counts a file that could not load as one failed", () => {
    expect(count(report({ passed: 2, failed: 1 }, [passing, failing, notLoaded]))).toBe(
      "2 passed, 2 failed, 0 skipped\n",
    );
    expect(count(report({}, [notLoaded, notLoaded]))).toBe("0 passed, 2 failed, 0 skipped\n");
  });

  test("counts a file whose set-up failed, though all its tests were only passed over", () => {
    const passedOver: MadeFile = { status: "failed", assertionResults: [{ status: "skipped" }] };
    expect(count(report({ pending: 1 }, [passedOver]))).toBe("0 passed, 1 failed, 1 skipped\n");
  });

  test("counts what was put off as skipped", () => {
    const numbers = { passed: 1, pending: 2, todo: 3 };
    expect(count(report(numbers, [passing]))).toBe("1 passed, 0 failed, 5 skipped\n");
  });
});
