import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { holdAccount } from "../../src/store/accounts.ts";
import { pressing } from "../../src/store/attempts.ts";
import { claimedPublication, claimPublication, isPressing } from "../../src/store/claims.ts";
import { movePublication } from "../../src/store/move-publication.ts";
import { openStore } from "../../src/store/open.ts";
import type { Store } from "../../src/store/open.ts";
import { wentOutSince } from "../../src/store/outgoing.ts";
import { untouchedPublication } from "../../src/store/publications.ts";
import { makeCreator } from "./creator.ts";
import { startMediaServer } from "../support/media-server.ts";
import { startPostgres } from "../support/postgres.ts";
import { commandLine, median, run } from "./processes.ts";
import type { Place } from "./processes.ts";
import type { Figure } from "./table.ts";

/** How large the queues are. */
export interface QueueSize {
  many: number;
  few: number;
  /** Creators that share one database. */
  creators: number;
  rounds: number;
  claims: number;
}

const now = "2026-12-01T12:00:00.000Z";
const claimant = { by: "bench/1/1", wall: Date.parse(now), isGone: () => false };

/** A tick and claims in one database of many creators, against one with few items. */
export async function queueFigures(
  root: string,
  place: Place,
  size: QueueSize,
  tell: (text: string) => void,
): Promise<Figure[]> {
  return [await tickFigure(root, place, size, tell), ...(await claimFigures(place, size, tell))];
}

/** `publish --due` with two posts to hand off, from its start to its end. */
async function tickFigure(
  root: string,
  place: Place,
  size: QueueSize,
  tell: (text: string) => void,
): Promise<Figure> {
  const findmehere = commandLine(root);
  const folder = join(place.folder, "queue");
  const template = join(folder, "template");
  const media = await startMediaServer();
  const times = { many: [] as number[], few: [] as number[] };
  try {
    mkdirSync(folder, { recursive: true });
    const archive = join(folder, "posts.zip");
    await makeCreator(archive, media, { posts: 2, bytes: 20_000, name: "tick" });
    const own = (library: string) => ["--library", library];
    const here = {
      folder,
      environment: {
        FINDMEHERE_NETWORK_ALLOW_HOSTS: media.host,
        ...{ FINDMEHERE_NOW: "2026-11-21T12:00:00Z", FINDMEHERE_TEST: "1", TZ: "UTC" },
      },
    };
    for (const words of [["export", archive], ["prepare"], ["queue", "add"]]) {
      await run(findmehere(...words, ...own(template)), here);
    }
    for (let round = 0; round <= size.rounds; round += 1) {
      tell(
        `Ticks among ${size.few} and ${size.many} queued items: round ${round} of ${size.rounds}`,
      );
      for (const turn of ["few", "many"] as const) {
        const library = join(folder, turn);
        rmSync(library, { recursive: true, force: true });
        cpSync(template, library, { recursive: true });
        plantInFile(join(library, "findmehere.db"), size[turn], size.creators);
        const due = { FINDMEHERE_NOW: "2026-11-25T21:00:00Z" };
        const { milliseconds, out } = await run(
          findmehere("publish", "--due", "--json", ...own(library)),
          { folder, environment: { ...here.environment, ...due } },
        );
        const summary = JSON.parse(out.trim().split("\n").at(-1) ?? "{}") as { handedOff?: number };
        if (summary.handedOff !== 2) throw new Error(`The tick handed off: ${out}`);
        if (round > 0) times[turn].push(milliseconds);
      }
    }
  } finally {
    await media.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    what: `publish --due with 2 posts due, ${size.many} queued of ${size.creators} creators`,
    measured: median(times.many),
    against: `the same among ${size.few}`,
    base: median(times.few),
    goal: 1.5,
  };
}

/** Claims up to the press, with what keeps caps and order, in a large and in a small queue. */
async function claimFigures(
  { folder }: Place,
  size: QueueSize,
  tell: (text: string) => void,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  const add = (what: string, many: number, few: number): void => {
    const rate = Math.round(size.claims / (many / 1000));
    figures.push({
      what: `${size.claims} claims and presses on ${what} among ${size.many}, ${rate} a second`,
      measured: many,
      against: `the same among ${size.few}`,
      base: few,
      goal: 1.5,
    });
  };
  tell(`${size.claims} claims on SQLite and on PostgreSQL`);
  const onFile = async (count: number): Promise<number> => {
    const file = join(folder, `claims-${count}.db`);
    const store = await openStore(file);
    plantInFile(file, count, size.creators);
    const took = await timeClaims(store, size, 1);
    await store.close();
    for (const end of ["", "-wal", "-shm"]) rmSync(`${file}${end}`, { force: true });
    return took;
  };
  add("SQLite", await onFile(size.many), await onFile(size.few));
  const postgres = await startPostgres();
  try {
    const onServer = async (count: number): Promise<number> => {
      const store = await postgres.freshStore();
      await store.transaction(async (transaction) => {
        const rows = rowsOf(count, size.creators);
        for (let from = 0; from < rows.length; from += 1000) {
          await transaction
            .insertInto("publications")
            .values(
              rows.slice(from, from + 1000).map((row) => ({ ...untouchedPublication, ...row })),
            )
            .execute();
        }
      });
      return timeClaims(store, size, 4);
    };
    add("PostgreSQL, 4 at once,", await onServer(size.many), await onServer(size.few));
  } finally {
    await postgres.stop();
  }
  return figures;
}

/** Each post from its claim to the answer of the place, with nothing of a browser between; in milliseconds. */
async function timeClaims(store: Store, size: QueueSize, workers: number): Promise<number> {
  const wanted = rowsOf(Math.min(size.claims, size.few), size.creators);
  const jobs = Array.from({ length: size.claims }, (_, index) => wanted[index % wanted.length]);
  const from = performance.now();
  const work = async (): Promise<void> => {
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) await pressOne(store, job);
  };
  await Promise.all(Array.from({ length: workers }, work));
  return performance.now() - from;
}

async function pressOne(store: Store, { post, destination: to, account }: Row): Promise<void> {
  const name = { post, to };
  const scope = { to, account };
  await store.transaction(async (transaction) => {
    await holdAccount(transaction, scope);
    await wentOutSince(transaction, scope, "2026-11-22T12:00:00.000Z");
    await claimPublication(transaction, name, ["queued"], claimant);
  });
  await store.transaction(async (transaction) => {
    await holdAccount(transaction, scope);
    if (await isPressing(transaction, to, account)) throw new Error(`${account} presses already`);
    if ((await claimedPublication(transaction, name, "queued", claimant)) === null) return;
    const move = { to: "submitting", by: "publish", at: now, why: "bench" } as const;
    const attempt = { kind: "browser", startedAt: now, endedAt: null, outcome: pressing } as const;
    await movePublication(transaction, name, move, { attempt, handedOffAt: now });
  });
  await store.transaction(async (transaction) => {
    const mine = await claimedPublication(transaction, name, "submitting", claimant);
    if (mine === null) return;
    await movePublication(transaction, name, {
      to: "submitted",
      by: "site",
      at: now,
      why: "bench",
    });
  });
}

interface Row {
  post: string;
  destination: string;
  account: string;
  way: string;
  state: string;
  due: string;
  updated_at: string;
}

/** Queued items of many creators, each with slots over the coming years. */
function rowsOf(count: number, creators: number): Row[] {
  const start = Date.parse("2027-01-01T19:30:00Z");
  return Array.from({ length: count }, (_, index) => ({
    post: `post-${index}`,
    destination: index % 2 === 0 ? "rednote" : "lemon8",
    account: `creator-${Math.floor(index / 2) % creators}`,
    way: "handoff",
    state: "queued",
    due: new Date(start + Math.floor(index / creators) * 86_400_000).toISOString(),
    updated_at: now,
  }));
}

function plantInFile(file: string, count: number, creators: number): void {
  const database = new DatabaseSync(file);
  try {
    database.exec("begin");
    const insert = database.prepare(
      `insert into publications (post, destination, account, way, state, due, attempts, updated_at)
       values (?, ?, ?, ?, ?, ?, 0, ?)`,
    );
    for (const row of rowsOf(count, creators)) {
      insert.run(
        ...[row.post, row.destination, row.account, row.way, row.state, row.due, row.updated_at],
      );
    }
    database.exec("commit");
  } finally {
    database.close();
  }
}
