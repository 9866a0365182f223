import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder that plays a library's root; it goes when the test ends. */
export interface Place {
  root: string;
  write(path: string, content: string): void;
  read(path: string): string;
  /** Names in a folder, sorted. */
  list(path: string): string[];
}

/** An empty one. */
export function place(): Place {
  const root = mkdtempSync(join(tmpdir(), "findmehere-library-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return {
    root,
    write(path, content) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    },
    read: (path) => readFileSync(join(root, path), "utf8"),
    list: (path) => readdirSync(join(root, path)).toSorted(),
  };
}
