import { ExpectedError } from "../../core/error.ts";
import type { ProgressEvent } from "../../core/talk.ts";
import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import { libraryNames } from "../../library/layout.ts";
import { readManifest, verifyFiles } from "../../library/manifest.ts";
import type { FileState } from "../../library/manifest.ts";
import type { Store } from "../../store/open.ts";
import { allFiles } from "../../store/posts.ts";
import type { StoredFile } from "../../store/posts.ts";

/** What looking at the files needs. */
export interface InspectRequest {
  root: string;
  store: Store;
  concurrency: number;
  stop: AbortSignal;
  /** Whose sums count where the manifest and the database differ. */
  trust: "manifest" | "database";
}

/** What was found. */
export interface Inspection {
  total: number;
  whole: number;
  /** Files that are missing or differ. */
  bad: FileState[];
  /** Numbers of the manifest's lines that cannot be read. */
  brokenLines: number[];
  /** Files that the database knows and the manifest does not name. */
  unlisted: string[];
  /** Every file that the database knows, by its path. */
  known: ReadonlyMap<string, StoredFile>;
}

/** Looks at every file that the manifest or the database names. Changes nothing. */
export async function* inspectFiles(
  request: InspectRequest,
): AsyncGenerator<ProgressEvent, Inspection> {
  const { root, concurrency, stop } = request;
  const manifest = await readManifest(root);
  const files = await request.store.transaction(allFiles);
  if (manifest.entries.length + manifest.brokenLines.length === 0 && mustHave(request, files)) {
    throw nothingToCheck();
  }
  const known = new Map(files.map((file) => [file.path, file]));
  const listed = new Set(manifest.entries.map(({ path }) => path));
  const unlisted = files.filter(({ path }) => !listed.has(path));
  const entries = [...manifest.entries, ...unlisted].map(({ path, sha256 }) => ({
    path,
    sha256: request.trust === "manifest" ? sha256 : (known.get(path)?.sha256 ?? sha256),
  }));
  const bad: FileState[] = [];
  let done = 0;
  for await (const file of verifyFiles(root, entries, { signal: stop, concurrency })) {
    if (file.state !== "whole") bad.push(file);
    done += 1;
    yield { type: "progress", what: "Checking files", done, total: entries.length, bytes: 0 };
  }
  return {
    total: entries.length,
    whole: entries.length - bad.length,
    bad,
    brokenLines: manifest.brokenLines,
    unlisted: unlisted.map(({ path }) => path),
    known,
  };
}

/** The problem of one file that is not whole. */
export function badFile(
  { path, state }: FileState,
  fix: Record<"missing" | "differs", string>,
): Problem {
  return state === "missing"
    ? problem("file-missing", `${path} is missing.`, fix.missing)
    : problem(
        "file-differs",
        `${path} is not what was downloaded; something changed it.`,
        fix.differs,
      );
}

/** Without a manifest there is nothing to hold files against; repairing needs only the database. */
function mustHave({ trust }: InspectRequest, files: readonly StoredFile[]): boolean {
  return trust === "manifest" || files.length === 0;
}

function nothingToCheck(): ExpectedError {
  return new ExpectedError({
    exit: "input",
    code: "no-manifest",
    what: `There is nothing to check: ${libraryNames.manifest} is missing or empty.`,
    fix: "Type `findmehere export my-tiktok-archive.zip` first.",
  });
}
