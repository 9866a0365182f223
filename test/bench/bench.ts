import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startMediaServer } from "../support/media-server.ts";
import type { MediaServer } from "../support/media-server.ts";
import { bigArchiveFigure } from "./big-archive.ts";
import { bigZipFigure } from "./big-zip.ts";
import { makeCreator } from "./creator.ts";
import { composeFigures } from "./compose.ts";
import { downloadFigures } from "./downloads.ts";
import { planFigures } from "./plans.ts";
import { queueFigures } from "./queue.ts";
import { commandLine, emptyNode, inTurn, median, run } from "./processes.ts";
import type { Place } from "./processes.ts";
import { jsonLines, tableLines } from "./table.ts";
import type { Figure } from "./table.ts";

// `npm run bench`: how fast findmehere is, as ratios of things that were run in turn with it. Speed is
// shown, never asserted: it ends with 0 unless something fails to run.
const { values: options } = parseArgs({
  options: {
    /** A short form for CI: few rounds, few posts. */
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    /** Measures another built copy, to hold before and after side by side. */
    of: { type: "string" },
    /** Only what downloads. */
    downloads: { type: "boolean", default: false },
    /** Only what composes captions. */
    captions: { type: "boolean", default: false },
    /** Only what plans slots. */
    plan: { type: "boolean", default: false },
    /** Only ticks and claims in a large queue. */
    queue: { type: "boolean", default: false },
    /** Only a zip for the phone beyond 4 GiB; takes 9 GB of room, so it is never part of the rest. */
    zip: { type: "boolean", default: false },
  },
});
const size = options.quick
  ? {
      ...{
        posts: 100,
        starts: 5,
        exports: 1,
        many: 300,
        videos: 3,
        videoBytes: 5_000_000,
        sums: 2,
      },
      archive: { bytes: 50_000_000, rounds: 1 },
      downloads: { files: 8, bytes: 2_000_000, rounds: 1, posts: 100, large: 300_000_000 },
      compose: { captions: 1000, rounds: 3 },
      plan: { posts: 500, rounds: 1, zones: 20 },
      queue: { many: 6000, few: 600, creators: 300, rounds: 2, claims: 200 },
    }
  : {
      ...{ posts: 1000, starts: 15, exports: 3, many: 10_000 },
      ...{ videos: 30, videoBytes: 20_000_000, sums: 3 },
      archive: { bytes: 1_000_000_000, rounds: 1 },
      downloads: { files: 48, bytes: 5_000_000, rounds: 3, posts: 1000, large: 2_000_000_000 },
      compose: { captions: 10_000, rounds: 5 },
      plan: { posts: 10_000, rounds: 3, zones: 20 },
      queue: { many: 60_000, few: 600, creators: 300, rounds: 7, claims: 600 },
    };
const ours = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "findmehere-bench-"));
const root = options.of ?? join(folder, "findmehere");
const findmehere = commandLine(root);
const server = await startMediaServer();
const place: Place = { folder, environment: { FINDMEHERE_NETWORK_ALLOW_HOSTS: server.host } };

try {
  if (options.of === undefined) build();
  const figures = await chosen();
  tell(`Node ${process.versions.node} on ${process.platform}, ${availableParallelism()} cores\n`);
  console.log((options.json ? jsonLines(figures) : tableLines(figures)).join("\n"));
} finally {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}

async function chosen(): Promise<Figure[]> {
  const { downloads: wantsDownloads, captions: wantsCaptions, plan, queue: wantsQueue } = options;
  const { zip } = options;
  if (!wantsDownloads && !wantsCaptions && !plan && !wantsQueue && !zip) return everything();
  return [
    ...(zip ? [await bigZipFigure(place, options.quick)] : []),
    ...(options.plan ? planFigures(size.plan, tell) : []),
    ...(options.captions ? await captions() : []),
    ...(wantsQueue ? await queue() : []),
    ...(options.downloads ? await downloads() : []),
  ];
}

async function everything(): Promise<Figure[]> {
  const version = await versionFigure();
  const again = await exportFigure(server);
  return [
    version,
    again,
    ...(await startFigures()),
    ...(await verifyFigures(server)),
    await manyFigure(server, again),
    await bigFigure(),
    ...(await captions()),
    ...planFigures(size.plan, tell),
    ...(await queue()),
    ...(await downloads()),
  ];
}

function captions(): Promise<Figure[]> {
  return composeFigures(root, place, size.compose, tell);
}

function queue(): Promise<Figure[]> {
  return queueFigures(root, place, size.queue, tell);
}

function downloads(): Promise<Figure[]> {
  return downloadFigures(root, place, size.downloads, tell);
}

function build(): void {
  const built = spawnSync("npm", ["run", "--silent", "build"], {
    cwd: ours,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  if (built.status !== 0) throw new Error("The build failed.");
  // A copy is measured, so that another build meanwhile does not take it away.
  const copy = join(folder, "findmehere");
  for (const name of ["bin", "dist", "templates", "package.json"]) {
    cpSync(join(ours, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(ours, "node_modules"), join(copy, "node_modules"), "junction");
}

function tell(text: string): void {
  if (!options.json) console.error(text);
}

async function versionFigure(): Promise<Figure> {
  tell(`Starting: ${size.starts} rounds`);
  const [base = 0, measured = 0] = await inTurn(
    [emptyNode, findmehere("--version")],
    size.starts,
    place,
  );
  return { what: "--version", measured, against: "node -e 0", base, goal: 1.6 };
}

/** The first export into a fresh library and a second one right after it, several times. */
async function exportFigure(media: MediaServer): Promise<Figure> {
  const archive = join(folder, "posts.zip");
  await makeCreator(archive, media, { posts: size.posts, bytes: 20_000, name: "small" });
  const times = { first: [] as number[], again: [] as number[] };
  const requests = { first: 0, again: 0 };
  for (let round = 0; round <= size.exports; round += 1) {
    tell(`Exporting ${size.posts} posts, twice: round ${round} of ${size.exports}`);
    rmSync(library(), { recursive: true, force: true });
    mkdirSync(library());
    for (const turn of ["first", "again"] as const) {
      const before = media.requests.length;
      const words = ["export", archive, "--library", library(), "--json"];
      const { milliseconds, out } = await run(findmehere(...words), place);
      const summary = summaryOf(out);
      const expected = turn === "first" ? summary["exported"] : summary["unchanged"];
      if (expected !== size.posts) throw new Error(`${turn} export: ${JSON.stringify(summary)}`);
      requests[turn] = media.requests.length - before;
      // The first round warms up.
      if (round > 0) times[turn].push(milliseconds);
    }
  }
  return {
    what: `export of ${size.posts} posts, nothing new`,
    measured: median(times.again),
    against: "the first export of them",
    base: median(times.first),
    // Of few posts the start alone is too large a part to say anything.
    goal: options.quick ? null : 0.2,
    requests: { measured: requests.again, base: requests.first },
  };
}

/** Commands on the library that the export left, with a draft and a slot for every post and destination. */
async function startFigures(): Promise<Figure[]> {
  tell(`Preparing and queueing ${size.posts * 2} publications`);
  const own = ["--library", library()];
  await run(findmehere("prepare", ...own), place);
  const start = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  const queue = await run(findmehere("queue", "add", "--start", start, "--json", ...own), place);
  const { planned } = summaryOf(queue.out);
  if (planned !== size.posts * 2) throw new Error(`${String(planned)} publications were planned.`);

  const tick = summaryOf((await run(findmehere("publish", "--due", "--json", ...own), place)).out);
  if (tick["due"] !== 0) throw new Error(`${String(tick["due"])} publications are due.`);

  tell(`Commands: ${size.starts} rounds`);
  const [base = 0, due = 0, status = 0, help = 0] = await inTurn(
    [
      emptyNode,
      findmehere("publish", "--due", ...own),
      findmehere("status", ...own),
      findmehere("migrate", "--help"),
    ],
    size.starts,
    place,
  );
  const against = "node -e 0";
  const of = `${size.posts} posts, ${size.posts * 2} publications`;
  return [
    {
      what: `publish --due, nothing due of ${size.posts * 2}`,
      measured: due,
      against,
      base,
      goal: 2,
    },
    { what: `status of ${of}`, measured: status, against, base, goal: null },
    { what: "migrate --help", measured: help, against, base, goal: null },
  ];
}

/** The check of many bytes against the usual tool for it; left out where there is no such tool. */
async function verifyFigures(media: MediaServer): Promise<Figure[]> {
  const tool = ["sha256sum", "gsha256sum"].find(
    (name) => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0,
  );
  if (tool === undefined) return [];
  const archive = join(folder, "videos.zip");
  const root = join(folder, "videos");
  const parts = { posts: size.videos, bytes: size.videoBytes, name: "large" };
  await makeCreator(archive, media, parts);
  mkdirSync(root);
  await run(findmehere("export", archive, "--library", root), place);
  const megabytes = Math.round((size.videos * size.videoBytes) / 1_000_000);
  tell(`Checking ${megabytes} MB: ${size.sums} rounds`);
  const words = ["--check", "--quiet", "manifest-sha256.txt"];
  const [base = 0, measured = 0] = await inTurn(
    [{ file: tool, words }, findmehere("verify")],
    size.sums,
    { ...place, folder: root },
  );
  return [
    {
      what: `verify of ${megabytes} MB`,
      measured,
      against: `${tool} --check`,
      base,
      // At least 0.9 of its speed; of few bytes the start alone takes longer than the sums.
      goal: options.quick ? null : 1.11,
    },
  ];
}

/**
 * A creator of ten years, whose files all lie there already: the first export takes them in, the ones after it
 * find nothing new. Held against the same with fewer posts, it tells whether the time grows faster than they do.
 */
async function manyFigure(media: MediaServer, few: Figure): Promise<Figure> {
  const archive = join(folder, "many.zip");
  const library = join(folder, "many");
  const parts = { posts: size.many, bytes: 2000, name: "many", library };
  await makeCreator(archive, media, parts);
  const own = ["export", archive, "--library", library, "--json"];
  tell(`Exporting ${size.many} posts once, then again ${size.exports} times`);
  await run(findmehere(...own), place);
  const before = media.requests.length;
  const times: number[] = [];
  for (let round = 0; round < size.exports; round += 1) {
    const { milliseconds, out } = await run(findmehere(...own), place);
    times.push(milliseconds);
    const { unchanged } = summaryOf(out);
    if (unchanged !== size.many) throw new Error(`${String(unchanged)} posts were unchanged.`);
  }
  return {
    what: `export of ${size.many} posts, nothing new`,
    measured: median(times),
    against: `that of ${size.posts} posts`,
    base: few.measured,
    goal: options.quick ? null : size.many / size.posts,
    requests: { measured: media.requests.length - before, base: few.requests?.measured ?? 0 },
  };
}

async function bigFigure(): Promise<Figure> {
  tell(`Reading an archive of ${Math.round(size.archive.bytes / 1_000_000)} MB`);
  return bigArchiveFigure(root, place, size.archive);
}

function library(): string {
  return join(folder, "library");
}

function summaryOf(out: string): Record<string, unknown> {
  return JSON.parse(out.trim().split("\n").at(-1) ?? "") as Record<string, unknown>;
}
