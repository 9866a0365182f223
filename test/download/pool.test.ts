import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hostRule } from "../../src/download/hosts.ts";
import { downloadAll, type DownloadJob, type DownloadOutcome } from "../../src/download/pool.ts";
import { startMediaServer, type Fault, type MediaServer } from "../support/media-server.ts";
import { contextFor, freshFolder, signature, videoBytes } from "./helpers.ts";

interface NumberedJob extends DownloadJob {
  number: number;
}

let server: MediaServer;
let folder: string;
const video = videoBytes(4000);

beforeAll(async () => {
  server = await startMediaServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.reset();
  folder = await freshFolder();
});

function job(number: number, faults: Fault[] = []): NumberedJob {
  server.put(`/${number}`, video, faults);
  const address = server.address(`/${number}`, signature);
  const origins = [{ at: "web", address, expires: null }] as const;
  const request = { origins, folder, name: `v${number}`, expect: "video" } as const;
  return { number, request };
}

/** Hands out jobs one by one and remembers how many were taken. */
function counted(jobs: NumberedJob[]): { jobs: AsyncGenerator<NumberedJob>; taken: () => number } {
  let taken = 0;
  async function* each(): AsyncGenerator<NumberedJob> {
    for (const next of jobs) {
      taken += 1;
      yield next;
    }
  }
  return { jobs: each(), taken: () => taken };
}

function endOf(outcome: DownloadOutcome<NumberedJob>): string {
  return `${outcome.job.number} ${"error" in outcome ? outcome.error.class : outcome.result.file}`;
}

async function collect(outcomes: AsyncIterable<DownloadOutcome<NumberedJob>>): Promise<string[]> {
  const ends: string[] = [];
  for await (const outcome of outcomes) ends.push(endOf(outcome));
  return ends;
}

test("every job ends once, whether it works or not", async () => {
  const jobs = [
    job(1),
    job(2, [{ kind: "status", status: 404 }]),
    job(3, [{ kind: "html" }]),
    job(4),
    job(5),
  ];
  const ends = await collect(downloadAll(jobs, { concurrency: 2, context: contextFor(server) }));
  expect(ends.sort()).toEqual(["1 v1.mp4", "2 gone", "3 not-media", "4 v4.mp4", "5 v5.mp4"]);
});

test("no jobs, no outcomes", async () => {
  expect(await collect(downloadAll([], { concurrency: 2, context: contextFor(server) }))).toEqual(
    [],
  );
});

test("outcomes come as they finish, not in the order of the jobs", async () => {
  const jobs = [job(1, [{ kind: "latency", ms: 250 }]), job(2)];
  const ends = await collect(downloadAll(jobs, { concurrency: 2, context: contextFor(server) }));
  expect(ends).toEqual(["2 v2.mp4", "1 v1.mp4"]);
});

test("jobs are taken only when a slot is free", async () => {
  const source = counted([job(1), job(2), job(3), job(4), job(5), job(6)]);
  const seen: number[] = [];
  let ended = 0;
  for await (const outcome of downloadAll(source.jobs, {
    concurrency: 2,
    context: contextFor(server),
  })) {
    ended += 1;
    expect(outcome).toHaveProperty("result");
    seen.push(source.taken() - ended);
  }
  expect(ended).toBe(6);
  expect(Math.max(...seen)).toBeLessThanOrEqual(1);
});

test("a slow source does not hold back what has finished", async () => {
  const release = Promise.withResolvers<void>();
  async function* slow(): AsyncGenerator<NumberedJob> {
    yield job(1);
    await release.promise;
    yield job(2);
  }
  const outcomes = downloadAll(slow(), { concurrency: 2, context: contextFor(server) });
  const first = await outcomes.next();
  expect(first.done === true ? "" : endOf(first.value)).toBe("1 v1.mp4");
  release.resolve();
  expect(await collect(outcomes)).toEqual(["2 v2.mp4"]);
});

describe("the two signals", () => {
  test("drain finishes what is in flight and takes nothing new", async () => {
    const drain = new AbortController();
    const slow: Fault[] = [{ kind: "drip", chunk: 1000, everyMs: 20 }];
    const source = counted([job(1, slow), job(2, slow), job(3), job(4)]);
    const context = contextFor(server, { onBytes: () => drain.abort() });
    const options = { concurrency: 2, context, drain: drain.signal };
    expect((await collect(downloadAll(source.jobs, options))).sort()).toEqual([
      "1 v1.mp4",
      "2 v2.mp4",
    ]);
    expect(source.taken()).toBe(2);
    expect((await readdir(folder)).sort()).toEqual(["v1.mp4", "v2.mp4"]);
  });

  test("drain ends the wait for a source that has nothing yet", async () => {
    const drain = new AbortController();
    async function* silent(): AsyncGenerator<NumberedJob> {
      await new Promise(() => undefined);
      yield job(1);
    }
    setTimeout(() => drain.abort(), 20);
    const options = { concurrency: 1, context: contextFor(server), drain: drain.signal };
    expect(await collect(downloadAll(silent(), options))).toEqual([]);
  });

  test("stop ends what is in flight at once, and the next run completes it", async () => {
    const stop = new AbortController();
    const hang: Fault[] = [{ kind: "stall", after: 2000, on: [1] }];
    const all = [job(1, hang), job(2, hang), job(3)];
    let bytes = 0;
    const context = contextFor(server, {
      signal: stop.signal,
      onBytes(count) {
        bytes += count;
        if (bytes >= 4000) stop.abort();
      },
    });
    const source = counted(all);
    const ends = await collect(downloadAll(source.jobs, { concurrency: 2, context }));
    expect(ends.sort()).toEqual(["1 stopped", "2 stopped"]);
    expect(source.taken()).toBe(2);
    expect((await readdir(folder)).sort()).toEqual([
      "v1.part",
      "v1.part.json",
      "v2.part",
      "v2.part.json",
    ]);

    const next = await collect(downloadAll(all, { concurrency: 2, context: contextFor(server) }));
    expect(next.sort()).toEqual(["1 v1.mp4", "2 v2.mp4", "3 v3.mp4"]);
    expect(server.requests.map((each) => `${each.path} ${each.range}`).sort()).toEqual([
      "/1 bytes=2000-",
      "/1 null",
      "/2 bytes=2000-",
      "/2 null",
      "/3 null",
    ]);
  });

  test("a pool that is stopped before it starts takes nothing", async () => {
    const source = counted([job(1)]);
    const context = contextFor(server, { signal: AbortSignal.abort() });
    expect(await collect(downloadAll(source.jobs, { concurrency: 2, context }))).toEqual([]);
    expect(source.taken()).toBe(0);
  });
});

test("a disk that fails ends the pool", async () => {
  const hang: Fault[] = [{ kind: "stall", after: 10 }];
  const unwritable = job(2);
  // A place where no user, not even the system's own, may make a folder.
  unwritable.request.folder =
    process.platform === "darwin" ? "/System/findmehere" : "/sys/findmehere";
  const source = counted([job(1, hang), unwritable, job(3), job(4)]);
  const ends = await collect(
    downloadAll(source.jobs, { concurrency: 2, context: contextFor(server) }),
  );
  expect(ends).toEqual(["2 disk", "1 stopped"]);
  expect(source.taken()).toBe(2);
});

test("a name that something is in the way of fails alone", async () => {
  await mkdir(join(folder, "v1.part"));
  await mkdir(join(folder, "v2.mp4"));
  const jobs = [job(1), job(2), job(3), job(4)];
  const ends = await collect(downloadAll(jobs, { concurrency: 1, context: contextFor(server) }));
  expect(ends).toEqual(["1 file", "2 file", "3 v3.mp4", "4 v4.mp4"]);
});

describe("a host that asks to slow down", () => {
  const busy: Fault[] = [{ kind: "status", status: 429 }];
  const context = () => contextFor(server, { retries: 0 });

  test("for longer than a run can wait is asked nothing more; other hosts go on", async () => {
    const other = await startMediaServer();
    other.put("/9", video);
    const elsewhere = { ...job(9) };
    const address = other.address("/9", signature);
    elsewhere.request = {
      ...elsewhere.request,
      origins: [{ at: "web", address, expires: null }],
    };
    const jobs = [job(1), job(2, [{ kind: "status", status: 429, retryAfter: "600" }]), job(3)];
    const allowedHosts = hostRule([server.host, other.host]);
    const ends = await collect(
      downloadAll([...jobs, elsewhere, job(4)], {
        concurrency: 1,
        context: contextFor(server, { allowedHosts }),
      }),
    );
    expect(ends).toEqual(["1 v1.mp4", "2 busy", "3 busy", "9 v9.mp4", "4 busy"]);
    expect(server.requests.map((each) => each.path)).toEqual(["/1", "/2"]);
    await other.close();
  });

  test("three files in a row is asked nothing more", async () => {
    const jobs = [job(1, busy), job(2, busy), job(3, busy), job(4), job(5)];
    const ends = await collect(downloadAll(jobs, { concurrency: 1, context: context() }));
    expect(ends).toEqual(["1 busy", "2 busy", "3 busy", "4 busy", "5 busy"]);
    expect(server.requests).toHaveLength(3);
  });

  test("now and then is asked on", async () => {
    const jobs = [job(1, busy), job(2, busy), job(3), job(4, busy), job(5, busy), job(6)];
    const ends = await collect(downloadAll(jobs, { concurrency: 1, context: context() }));
    expect(ends).toEqual(["1 busy", "2 busy", "3 v3.mp4", "4 busy", "5 busy", "6 v6.mp4"]);
  });
});

test("leaving the loop stops what is in flight", async () => {
  const source = counted([job(1), job(2, [{ kind: "stall", after: 10 }]), job(3)]);
  for await (const outcome of downloadAll(source.jobs, {
    concurrency: 2,
    context: contextFor(server),
  })) {
    expect(endOf(outcome)).toBe("1 v1.mp4");
    break;
  }
  expect(source.taken()).toBe(2);
  expect(await readdir(folder)).toEqual(expect.arrayContaining(["v1.mp4", "v2.part"]));
  expect(server.count("/3")).toBe(0);
});

test("a source that fails is told, after what was in flight was stopped", async () => {
  async function* failing(): AsyncGenerator<NumberedJob> {
    yield job(1, [{ kind: "stall", after: 10 }]);
    throw new Error("the source broke");
  }
  const outcomes = collect(downloadAll(failing(), { concurrency: 2, context: contextFor(server) }));
  await expect(outcomes).rejects.toThrow("the source broke");
});

test("a bug in one download is thrown", async () => {
  const context = contextFor(server, {
    onBytes() {
      throw new TypeError("a bug");
    },
  });
  await expect(collect(downloadAll([job(1)], { concurrency: 1, context }))).rejects.toThrow(
    "a bug",
  );
});
