import { existsSync } from "node:fs";
import { access, constants } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ExpectedError } from "../../core/error.ts";
import type { Step, StepEvent } from "../../core/event.ts";
import { problem } from "../../core/problem.ts";
import { fillFolder } from "../../library/fill-folder.ts";
import type { FolderFilled } from "../../library/fill-folder.ts";
import { renderFolderPage } from "../../library/folder-page.ts";
import { assertOutside, openForWriting, writingTo } from "../../library/outside-folder.ts";
import {
  newManifest,
  planFolder,
  readFolderManifest,
  textFile,
} from "../../library/phone-folder.ts";
import type { FolderFile, FolderManifest } from "../../library/phone-folder.ts";
import { readTemplate } from "../../library/templates.ts";
import { writeZip } from "../../library/zip.ts";
import { noteOnPhone } from "../../store/on-phone.ts";
import { publicationRecord } from "../../store/publications.ts";
import { packTemplate } from "../drafts/pack.ts";
import { nowOf } from "../publish/request.ts";
import { handOffDue, packsFor } from "../phone/gather.ts";
import type { GatherRequest, HandedOffCounts } from "../phone/gather.ts";
import { packFiles } from "./pack-files.ts";
import type { FolderPackFiles } from "./pack-files.ts";

/** What writing packs for the phone into a folder or a zip needs. */
export interface FolderRequest extends GatherRequest {
  /** Absolute; null: no folder. */
  folder: string | null;
  /** Absolute; null: no zip. */
  zip: string | null;
  /** True: a zip that is there already is written over. */
  overwrite: boolean;
  /** The library's own id. */
  library: string;
}

const nothingFilled: FolderFilled = { written: 0, bytes: 0, removed: 0, stopped: false };

/** Makes ready what is due, and writes every pack into a folder, a zip, or both. */
export async function* handOffIntoFolder(request: FolderRequest): Step {
  const { folder, zip, library } = request;
  // Before anything is handed off: a slip of the pen is to change nothing.
  await assertPlaces(request);
  const manifest = folder === null ? newManifest(library) : await openFolder(folder, library);
  const counts = yield* handOffQuietly(request);
  const { made, failed } = yield* makePacks(request, manifest);
  const list = await readTemplate(request.root, "pages/handoff-folder.liquid");
  const index = renderFolderPage(
    list,
    made.map(({ listed }) => listed),
  );
  const files = [textFile("index.html", index), ...made.flatMap((each) => each.files)];
  const packs = made.map(({ publication: { post, to }, listed }) => ({
    ...{ post, to, folder: listed.folder },
  }));
  const kept = manifest.packs.filter(({ post, to }) => failed.has(`${post}@${to}`));
  let filled = nothingFilled;
  let unchanged = 0;
  if (folder !== null) {
    filled = yield* fill(folder, manifest, files, [...packs, ...kept], request.drain);
    unchanged = files.length - filled.written;
  }
  if (zip !== null && made.length > 0 && !filled.stopped) {
    await writingTo(zip, () => writeZip(zip, files, request.clock.calendar(), request.stop));
  }
  // What lies on the phone may be posted before its slot, and `confirm` has to take that.
  const given = made
    .map(({ publication }) => publication)
    .filter((each) => each.state === "queued");
  await request.store.transaction((transaction) => noteOnPhone(transaction, given));
  for (const { publication, listed } of made) {
    yield { ...publicationRecord(publication), pack: `${listed.folder}/index.html` };
  }
  const exit = counts.failed + failed.size > 0 ? "needsPerson" : "done";
  return {
    exit: filled.stopped ? "interrupted" : exit,
    summary: {
      ...{ type: "summary", command: "handoff", schemaVersion: 1 },
      ...{ folder, zip: made.length > 0 ? zip : null, packs: made.length },
      ...{ handedOff: counts.handedOff, waiting: counts.waiting, failed: failed.size },
      ...{ written: filled.written, unchanged, removed: filled.removed, bytes: filled.bytes },
    },
  };
}

/** The pack in the library is not the one that the phone gets: it is told once it lies there. */
async function* handOffQuietly(
  request: FolderRequest,
): AsyncGenerator<StepEvent, HandedOffCounts, undefined> {
  const handing = handOffDue(request);
  for (;;) {
    const next = await handing.next();
    if (next.done) return next.value;
    if (next.value.type !== "publication") yield next.value;
  }
}

async function assertPlaces({ root, folder, zip, overwrite }: FolderRequest): Promise<void> {
  if (folder !== null) await writingTo(folder, () => assertOutside(root, folder, "--folder"));
  if (zip !== null) {
    await writingTo(zip, () => assertOutside(root, zip, "--zip"));
    if (existsSync(zip) && !overwrite) throw fileExists(zip);
    await writingTo(zip, () => access(dirname(zip), constants.W_OK));
  }
}

function fileExists(zip: string): ExpectedError {
  return new ExpectedError({
    exit: "usage",
    code: "file-exists",
    what: `There is a file ${zip} already, so nothing was written over it.`,
    fix: "Give another name, or add `--yes` to write over it.",
  });
}

async function openFolder(folder: string, library: string): Promise<FolderManifest> {
  return writingTo(folder, async () => {
    const manifest = await readFolderManifest(folder, library);
    await openForWriting(folder);
    return manifest;
  });
}

async function* makePacks(
  request: FolderRequest,
  manifest: FolderManifest,
): AsyncGenerator<StepEvent, { made: FolderPackFiles[]; failed: Set<string> }, undefined> {
  const { root, store, routes, zone } = request;
  const context = {
    ...{ root, store, zone },
    template: await readTemplate(root, packTemplate),
    destinations: routes.map(({ destination }) => destination),
    accounts: new Map(routes.map(({ destination, account }) => [destination.id, account])),
  };
  const made: FolderPackFiles[] = [];
  const failed = new Set<string>();
  for (const publication of await packsFor(request, manifest.packs)) {
    const pack = await packFiles(context, publication, nowOf(request));
    if ("type" in pack) {
      failed.add(`${publication.post}@${publication.to}`);
      yield pack;
    } else made.push(pack);
  }
  return { made, failed };
}

async function* fill(
  folder: string,
  manifest: FolderManifest,
  files: readonly FolderFile[],
  packs: readonly { post: string; to: string; folder: string }[],
  signal: AbortSignal,
): AsyncGenerator<StepEvent, FolderFilled, undefined> {
  const wanted = new Set(files.map(({ path }) => path.split("/")[0]));
  const staying = packs.filter((pack) => !wanted.has(pack.folder));
  const { plan, filled } = await writingTo(folder, async () => {
    const plan = await planFolder(folder, files, manifest, (path) =>
      staying.some((pack) => path.startsWith(`${pack.folder}/`)),
    );
    return { plan, filled: await fillFolder(folder, manifest, plan, packs, signal) };
  });
  for (const path of plan.theirs) {
    yield problem(
      "folder-file-yours",
      `${join(folder, path)} is yours or was changed by you, so it was left alone.`,
      "Delete or rename it and type the same command again to get findmehere's own.",
    );
  }
  return filled;
}
