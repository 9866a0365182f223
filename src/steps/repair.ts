import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Step, StepEvent } from "../core/event.ts";
import { problem } from "../core/problem.ts";
import { libraryNames } from "../library/layout.ts";
import type { FileState } from "../library/manifest.ts";
import { allFiles, allPosts } from "../store/posts.ts";
import { allRecords } from "../store/records.ts";
import type { StoredFile } from "../store/posts.ts";
import { fetchAvatar } from "./export/avatar.ts";
import { emptyOutcome, fetchMedia } from "./export/fetch-media.ts";
import type { FetchContext } from "./export/fetch-context.ts";
import { placeName } from "./export/media-plan.ts";
import type { MediaJob } from "./export/media-plan.ts";
import type { ReadSources } from "./export/read-sources.ts";
import { writeLibrary } from "./export/write-library.ts";
import { finishRemovals } from "./finish-removals.ts";
import { badFile, inspectFiles } from "./verify/inspect.ts";
import { offersByPost, repairJob } from "./verify/offers.ts";
import { dropDamaged, putBack, setAside } from "./verify/set-aside.ts";

/** What repairing needs. */
export interface RepairRequest extends FetchContext {
  /** What the inputs said, already cut down to the creator's own. */
  read: ReadSources;
}

/** A file of the library that is missing or differs. */
interface BadFile {
  file: StoredFile;
  state: FileState["state"];
}

const stillBad = {
  missing: "Ask TikTok for a new archive and type `findmehere verify --repair NEW-ARCHIVE.zip`.",
  differs:
    "Put it back from a backup, or ask TikTok for a new archive and type `findmehere verify --repair NEW-ARCHIVE.zip`.",
};

/** Fetches again what is missing or differs and what the sources still give; nothing else is touched. */
export async function* repair(request: RepairRequest): Step {
  const { root, store } = request;
  yield* finishRemovals(root, store);
  yield* request.read.problems;
  const found = yield* inspectFiles({ ...request, trust: "database" });
  const bad = found.bad.flatMap(({ path, state }): BadFile[] => {
    const file = found.known.get(path);
    return file === undefined ? [] : [{ file, state }];
  });
  const mended = new Set<string>();
  const bytes = yield* fetchAgain(request, bad, mended);
  const after = await store.transaction(allFiles);
  const left = bad.filter(({ file }) => !mended.has(file.path));
  for (const { file, state } of left) yield badFile({ path: file.path, state }, stillBad);
  for (const { path } of found.bad) {
    if (found.known.has(path)) continue;
    yield problem(
      "manifest-line-broken",
      `${libraryNames.manifest} named ${path}, which the library does not know. Its line was taken out.`,
      "",
      { severity: "note" },
    );
  }
  await writeLibrary(root, store);
  const count = (state: string) => left.filter((each) => each.state === state).length;
  return {
    exit: request.drain.aborted ? "interrupted" : left.length > 0 ? "needsPerson" : "done",
    summary: {
      type: "summary",
      command: "verify",
      schemaVersion: 1,
      files: after.length,
      whole: after.length - left.length,
      missing: count("missing"),
      differs: count("differs"),
      brokenLines: 0,
      notInManifest: 0,
      repaired: bad.length - left.length,
      bytes,
    },
  };
}

/** Brings what can be brought; a damaged file lies aside meanwhile and comes back where nothing came. */
async function* fetchAgain(
  request: RepairRequest,
  bad: readonly BadFile[],
  mended: Set<string>,
): AsyncGenerator<StepEvent, number> {
  const { root, store, read } = request;
  const { records, posts } = await store.transaction(async (transaction) => ({
    records: await allRecords(transaction),
    posts: await allPosts(transaction),
  }));
  const offers = offersByPost(records, read.posts);
  const avatar = read.profiles.find((profile) => profile.avatar.length > 0);
  const now = request.clock.calendar();
  const outcome = emptyOutcome();
  const jobs: MediaJob[] = [];
  const tried: StoredFile[] = [];
  try {
    for (const { file, state } of bad) {
      const job = repairJob(root, file, offers.get(file.post) ?? [], now);
      if (job === null && (file.role !== "avatar" || avatar === undefined)) continue;
      const mayMove = state === "differs" && job?.expired !== true;
      if (mayMove && !(await setAside(root, file.path))) continue;
      if (mayMove || state === "missing") tried.push(file);
      if (job !== null) jobs.push(job);
    }
    const plan = { jobs, strays: [], replaced: [] };
    yield* fetchMedia(plan, [...posts.values()], request, outcome);
    if (avatar !== undefined && tried.some(({ role }) => role === "avatar")) {
      yield* fetchAvatar(avatar, request);
    }
  } finally {
    await settle(request, tried, mended);
  }
  return outcome.bytes;
}

/** What was tried lay under its name no more: whatever lies there now has come whole. */
async function settle(
  { root, store }: RepairRequest,
  tried: readonly StoredFile[],
  mended: Set<string>,
): Promise<void> {
  const files = await store.transaction(allFiles);
  const paths = new Map(files.map((file) => [placeName(file.post, file), file.path]));
  const open = new Set(tried.map(({ path }) => path));
  for (const file of tried) {
    const path = paths.get(placeName(file.post, file)) ?? file.path;
    if (existsSync(join(root, path))) {
      await dropDamaged(root, file.path);
      mended.add(file.path);
    } else await putBack(root, file.path);
  }
  // A repair that was killed may have left one beside the whole file that an export brought since.
  for (const { path } of files) {
    if (!open.has(path) && existsSync(join(root, path))) await dropDamaged(root, path);
  }
}
