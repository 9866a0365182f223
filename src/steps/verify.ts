import type { Step } from "../core/event.ts";
import { problem } from "../core/problem.ts";
import { libraryNames } from "../library/layout.ts";
import { badFile, inspectFiles } from "./verify/inspect.ts";
import type { InspectRequest } from "./verify/inspect.ts";

/** What verifying needs. */
export type VerifyRequest = Omit<InspectRequest, "trust">;

const fixes = {
  missing:
    "Type `findmehere export NEW-ARCHIVE.zip` to fetch what is missing, or `findmehere verify --repair NEW-ARCHIVE.zip` to mend everything at once.",
  differs:
    "Put it back from a backup, or type `findmehere verify --repair NEW-ARCHIVE.zip` to fetch it again.",
};

/** Holds every file of the manifest against what was downloaded. Changes nothing. */
export async function* verify(request: VerifyRequest): Step {
  const found = yield* inspectFiles({ ...request, trust: "manifest" });
  for (const line of found.brokenLines) {
    yield problem(
      "manifest-line-broken",
      `Line ${line} of ${libraryNames.manifest} cannot be read.`,
      "Type `findmehere export my-tiktok-archive.zip`: it writes the manifest again.",
    );
  }
  for (const path of found.unlisted) {
    yield problem(
      "not-in-manifest",
      `${path} is in the library, but ${libraryNames.manifest} does not name it.`,
      "If an export is running, let it end. Else type `findmehere export my-tiktok-archive.zip`: it writes the manifest again.",
    );
  }
  for (const file of found.bad) yield badFile(file, fixes);
  const wrong = found.bad.length + found.brokenLines.length + found.unlisted.length;
  const count = (state: string) => found.bad.filter((file) => file.state === state).length;
  return {
    exit: wrong > 0 ? "needsPerson" : "done",
    summary: {
      type: "summary",
      command: "verify",
      schemaVersion: 1,
      files: found.total,
      whole: found.whole,
      missing: count("missing"),
      differs: count("differs"),
      brokenLines: found.brokenLines.length,
      notInManifest: found.unlisted.length,
    },
  };
}
