import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { archivePost, buildArchive, videoLink, writeArchiveZip } from "../support/archive.ts";
import { needCurl } from "../tasks/system.ts";
import { commandLine, median, run } from "./processes.ts";
import type { Place, Program } from "./processes.ts";
import type { Figure } from "./table.ts";

/** How much is measured. */
export interface DownloadSize {
  files: number;
  /** Of each file. */
  bytes: number;
  rounds: number;
  /** Posts of the library that is exported twice. */
  posts: number;
  /** The file whose memory is held against one of `bytes`. */
  large: number;
}

const latency = 40;
const lineRate = 4_000_000;
/** How much more memory a large file may take than a small one. */
const moreMegabytes = 48;

/** What the far server counted. */
interface Counts {
  requests: number;
  connections: number;
}

interface FarServer {
  host: string;
  counts(): Promise<Counts>;
  stop(): void;
}

/** Downloads over a line like a real one, against curl over the same line, in turn. */
export async function downloadFigures(
  root: string,
  { folder }: Pick<Place, "folder">,
  size: DownloadSize,
  tell: (text: string) => void,
): Promise<Figure[]> {
  needCurl();
  const work = join(folder, "downloads");
  mkdirSync(work);
  const slow = await farServer(lineRate);
  const fast = await farServer(0);
  try {
    return [
      ...(await loopFigures(root, work, slow, size, tell)),
      await againFigure(root, work, fast, size, tell),
      await memoryFigure(root, work, fast, size, tell),
    ];
  } finally {
    slow.stop();
    fast.stop();
  }
}

/** The whole export, with its start, its sums and its tables, against curl that only writes files. */
async function loopFigures(
  root: string,
  work: string,
  server: FarServer,
  size: DownloadSize,
  tell: (text: string) => void,
): Promise<Figure[]> {
  const archive = join(work, "videos.zip");
  const links = await makeArchive(archive, server.host, size.files, size.bytes);
  const library = join(work, "videos");
  const target = join(work, "curl");
  const list = join(work, "curl.txt");
  writeFileSync(
    list,
    links.map((link, index) => `url = "${link}"\noutput = "${index}.mp4"\n`).join(""),
  );
  const curl = (...words: string[]): Program => ({
    file: "curl",
    words: ["--silent", "--fail", "--config", list, ...words],
  });
  const environment = { FINDMEHERE_NETWORK_ALLOW_HOSTS: server.host };
  const words = ["export", archive, "--library", library, "--concurrency", "4"];
  const programs = {
    ours: { program: commandLine(root)(...words), own: library },
    four: { program: curl("--parallel", "--parallel-max", "4"), own: target },
    one: { program: curl(), own: target },
  };
  const times = { ours: [] as number[], four: [] as number[], one: [] as number[] };
  const opened = { ours: 0, four: 0, one: 0 };
  for (let round = 1; round <= size.rounds; round += 1) {
    for (const name of ["ours", "four", "one"] as const) {
      // One line alone takes four times as long and tells the same each time.
      if (name === "one" && round > 1) continue;
      tell(`Fetching ${size.files} files, ${name}: round ${round} of ${size.rounds}`);
      const { program, own } = programs[name];
      rmSync(own, { recursive: true, force: true });
      mkdirSync(own);
      const before = await server.counts();
      const place = { folder: name === "ours" ? work : own, environment };
      times[name].push((await run(program, place)).milliseconds);
      const after = await server.counts();
      if (after.requests - before.requests !== size.files) {
        throw new Error(`${name} asked ${after.requests - before.requests} times.`);
      }
      opened[name] = after.connections - before.connections;
    }
  }
  rmSync(library, { recursive: true });
  rmSync(target, { recursive: true });
  tell(`Lines opened: ${JSON.stringify(opened)}`);
  const what = `whole export of ${size.files} files of ${size.bytes / 1_000_000} MB, 4 at once`;
  const measured = median(times.ours);
  return [
    {
      ...{ what, measured, against: "curl --parallel-max 4", base: median(times.four) },
      // Of few files the start alone is too large a part to say anything.
      goal: size.files < 40 ? null : 1.15,
    },
    { what, measured, against: "curl, one line", base: median(times.one), goal: null },
  ];
}

/** A second export that finds nothing new, over the same far line. */
async function againFigure(
  root: string,
  work: string,
  server: FarServer,
  { posts }: DownloadSize,
  tell: (text: string) => void,
): Promise<Figure> {
  const archive = join(work, "posts.zip");
  await makeArchive(archive, server.host, posts, 20_000);
  const library = join(work, "posts");
  mkdirSync(library);
  const place = { folder: work, environment: { FINDMEHERE_NETWORK_ALLOW_HOSTS: server.host } };
  const program = commandLine(root)("export", archive, "--library", library);
  tell(`Exporting ${posts} posts over a far line, then again`);
  const start = await server.counts();
  const first = await run(program, place);
  const between = await server.counts();
  const again = [await run(program, place), await run(program, place), await run(program, place)];
  const end = await server.counts();
  rmSync(library, { recursive: true });
  return {
    what: `export of ${posts} posts over a far line, nothing new`,
    measured: median(again.map(({ milliseconds }) => milliseconds)),
    against: "the first export of them",
    base: first.milliseconds,
    goal: posts < 1000 ? null : 0.05,
    requests: {
      measured: end.requests - between.requests,
      base: between.requests - start.requests,
    },
  };
}

/** The most that a process holds which does nothing but fetch one file with the built loop. */
async function memoryFigure(
  root: string,
  work: string,
  server: FarServer,
  size: DownloadSize,
  tell: (text: string) => void,
): Promise<Figure> {
  const child = fileURLToPath(new URL("children/download-one.ts", import.meta.url));
  const fetched = async (bytes: number) => {
    tell(`Fetching one file of ${bytes / 1_000_000} MB`);
    const folder = join(work, "one");
    mkdirSync(folder);
    const address = `http://${server.host}/video/x${bytes}`;
    const words = [child, root, address, folder];
    const { out } = await run({ file: process.execPath, words }, { folder: work, environment: {} });
    rmSync(folder, { recursive: true });
    const told = JSON.parse(out) as { milliseconds: number; bytes: number; peakKilobytes: number };
    if (told.bytes !== bytes) throw new Error(`${told.bytes} bytes came.`);
    return { milliseconds: told.milliseconds, peak: Math.round(told.peakKilobytes / 1024) };
  };
  const small = await fetched(size.bytes);
  const large = await fetched(size.large);
  return {
    what: `fetching one file of ${size.large / 1_000_000} MB`,
    measured: large.milliseconds,
    against: `one of ${size.bytes / 1_000_000} MB`,
    base: small.milliseconds,
    goal: null,
    memory: { measured: large.peak, base: small.peak, goal: small.peak + moreMegabytes },
  };
}

/** An archive of so many videos that the far server holds; answers their links. */
async function makeArchive(
  archive: string,
  host: string,
  posts: number,
  bytes: number,
): Promise<string[]> {
  const links = Array.from({ length: posts }, (_, index) =>
    videoLink({ id: `oE${String(index).padStart(6, "0")}x${bytes}`, origin: `http://${host}` }),
  );
  const rows = links.map((link, index) => {
    const at = new Date(Date.UTC(2019, 0, 1, 12) + index * 5 * 3_600_000);
    const date = at.toISOString().slice(0, 19).replace("T", " ");
    return archivePost({ date, link, title: `Day ${index + 1} of my sketchbook #art` });
  });
  // A profile picture would be one more file that curl is not asked for.
  const profile = { profilePhoto: "N/A" };
  await writeArchiveZip(archive, buildArchive({ posts: rows.toReversed(), profile }));
  return links;
}

/** Starts the server in a process of its own, so that it and what is measured do not wait for each other. */
async function farServer(rate: number): Promise<FarServer> {
  const file = fileURLToPath(new URL("children/slow-server.ts", import.meta.url));
  const child = spawn(process.execPath, [file, String(latency), String(rate)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const host = `127.0.0.1:${await firstLine(child)}`;
  return {
    host,
    async counts() {
      const answer = await fetch(`http://${host}/counts`, { headers: { connection: "close" } });
      const { requests, connections } = (await answer.json()) as Counts;
      return { requests, connections };
    },
    stop: () => void child.kill(),
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.once("data", (chunk: Buffer) => resolve(chunk.toString("utf8").trim()));
    child.once("exit", (code) => reject(new Error(`The server ended with ${String(code)}.`)));
  });
}
