import { ExpectedError } from "../core/error.ts";
import type { Step } from "../core/event.ts";
import { problem } from "../core/problem.ts";
import { libraryNames } from "../library/layout.ts";
import { readManifest, verifyFiles } from "../library/manifest.ts";

/** What verifying needs. */
export interface VerifyRequest {
  root: string;
  concurrency: number;
  stop: AbortSignal;
}

/** Holds every file of the manifest against what was downloaded. Changes nothing. */
export async function* verify(request: VerifyRequest): Step {
  const manifest = await readManifest(request.root);
  if (manifest.entries.length === 0 && manifest.brokenLines.length === 0) {
    throw new ExpectedError({
      exit: "input",
      code: "no-manifest",
      what: `There is nothing to check: ${libraryNames.manifest} is missing or empty.`,
      fix: "Type `findmehere export my-tiktok-archive.zip` first.",
    });
  }
  for (const line of manifest.brokenLines) {
    yield problem(
      "manifest-line-broken",
      `Line ${line} of ${libraryNames.manifest} cannot be read.`,
      "Type `findmehere export my-tiktok-archive.zip`: it writes the manifest again.",
    );
  }
  const counts = { whole: 0, missing: 0, differs: 0 };
  let done = 0;
  const total = manifest.entries.length;
  const options = { signal: request.stop, concurrency: request.concurrency };
  for await (const file of verifyFiles(request.root, manifest.entries, options)) {
    counts[file.state] += 1;
    done += 1;
    yield { type: "progress", what: "Checking files", done, total, bytes: 0 };
    if (file.state === "missing") {
      yield problem(
        "file-missing",
        `${file.path} is missing.`,
        "Type `findmehere export NEW-ARCHIVE.zip` to fetch what is missing.",
      );
    } else if (file.state === "differs") {
      yield problem(
        "file-differs",
        `${file.path} is not what was downloaded; something changed it.`,
        "Put it back from a backup, or delete that file and export a new archive.",
      );
    }
  }
  const wrong = counts.missing + counts.differs + manifest.brokenLines.length;
  return {
    exit: wrong > 0 ? "needsPerson" : "done",
    summary: {
      type: "summary",
      command: "verify",
      schemaVersion: 1,
      files: total,
      ...counts,
      brokenLines: manifest.brokenLines.length,
    },
  };
}
