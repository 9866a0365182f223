import { readFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { privateMarkers } from "../support/archive.ts";
import type { CliRun } from "../support/cli.ts";
import { startMediaServer } from "../support/media-server.ts";
import type { Fault, MediaServer } from "../support/media-server.ts";
import {
  csvRows,
  filesBelow,
  folderOf,
  keyOf,
  photoPath,
  problemsOf,
  results,
  servePost,
  startExportJourney,
  videoBytes,
  videoPath,
} from "./export-journey.ts";
import type { ExportJourney } from "./export-journey.ts";

/** One post for each thing that can go wrong on the way; two that nothing happens to. */
const dates = {
  fine: "2024-01-01 10:00:00",
  refused: "2024-01-02 10:00:00",
  gone: "2024-01-03 10:00:00",
  busy: "2024-01-04 10:00:00",
  busyOnce: "2024-01-05 10:00:00",
  faultTwice: "2024-01-06 10:00:00",
  faultAlways: "2024-01-07 10:00:00",
  cutOnce: "2024-01-08 10:00:00",
  cutAlways: "2024-01-09 10:00:00",
  html: "2024-01-10 10:00:00",
  empty: "2024-01-11 10:00:00",
  wrongLength: "2024-01-12 10:00:00",
  redirected: "2024-01-13 10:00:00",
  unknownHost: "2024-01-14 10:00:00",
  setWithHole: "2024-01-15 10:00:00",
  fineSet: "2024-01-16 10:00:00",
} as const;
type Name = keyof typeof dates;

const pause = "1";
/** More than all attempts at a line that always breaks bring together. */
const cutSize = 100_000;
const again = "goes on where it stopped";
const newArchive = "`findmehere export NEW-ARCHIVE.zip`";

/** What is said of each post that could not be fetched. */
const told: Partial<Record<Name, { code: string; why: string; fix: string }>> = {
  refused: {
    code: "download-failed",
    why: "The video could not be fetched: the server refused it (403); the link may have died early",
    fix: newArchive,
  },
  gone: {
    code: "file-gone",
    why: "The video could not be fetched: the server no longer has it",
    fix: "only your phone may still have it",
  },
  busy: {
    code: "download-failed",
    why: "The video could not be fetched: the server asked to slow down",
    fix: `Type the same command again in an hour; it ${again}`,
  },
  faultAlways: {
    code: "download-failed",
    why: "The video could not be fetched: the server had a fault",
    fix: `Type the same command again later; it ${again}`,
  },
  cutAlways: {
    code: "download-failed",
    why: "The video could not be fetched: the file did not arrive whole",
    fix: `Type the same command again; it ${again}`,
  },
  html: {
    code: "not-media",
    why: "The video could not be fetched: the answer was not a video but a check for robots",
    fix: "ask TikTok for a new archive",
  },
  empty: {
    code: "not-media",
    why: "The video could not be fetched: the answer was empty",
    fix: "ask TikTok for a new archive",
  },
  wrongLength: {
    code: "download-failed",
    why: "The video could not be fetched: the file did not arrive whole",
    fix: `Type the same command again; it ${again}`,
  },
  redirected: {
    code: "host-refused",
    why: "The video could not be fetched: its address is not on a known TikTok media host",
    fix: "`findmehere config set network.allowHosts HOST`",
  },
  unknownHost: {
    code: "host-refused",
    why: "The video could not be fetched: its address is not on a known TikTok media host",
    fix: "`findmehere config set network.allowHosts HOST`",
  },
  setWithHole: {
    code: "file-gone",
    why: "The photo 1 could not be fetched: the server no longer has it",
    fix: "only your phone may still have it",
  },
};
const failed = Object.keys(told) as Name[];
const names = Object.keys(dates) as Name[];

let journey: ExportJourney;
let stranger: MediaServer;
let run: CliRun;
let said: CliRun;
let archive: string;
/** What the server saw of the run with JSON lines; the other run has a server of its own. */
let saidJourney: ExportJourney;

beforeAll(async () => {
  [journey, saidJourney, stranger] = await Promise.all([
    startExportJourney(),
    startExportJourney(),
    startMediaServer(),
  ]);
  stranger.put(videoPath(dates.redirected), videoBytes(dates.redirected));
  archive = await faultyArchive(journey);
  const second = await faultyArchive(saidJourney);
  const options = ["--concurrency", "16"];
  [run, said] = await Promise.all([
    journey.run(["export", archive, ...options]),
    saidJourney.run(["export", second, ...options, "--verbose"], { text: true }),
  ]);
});

afterAll(async () => {
  await Promise.all([journey.dispose(), saidJourney.dispose(), stranger.close()]);
});

function faultyArchive({ server, zip }: ExportJourney): Promise<string> {
  const video = (name: Name, ...faults: Fault[]) =>
    servePost(server, { date: dates[name], faults });
  return zip("faulty.zip", [
    video("fine"),
    video("refused", { kind: "status", status: 403 }),
    video("gone", { kind: "status", status: 404 }),
    video("busy", { kind: "status", status: 429, retryAfter: pause }),
    video("busyOnce", { kind: "status", status: 429, retryAfter: pause, times: 1 }),
    video("faultTwice", { kind: "status", status: 500, times: 2 }),
    video("faultAlways", { kind: "status", status: 503 }),
    // In small pieces, so that some have surely arrived before the line breaks.
    servePost(server, {
      date: dates.cutOnce,
      size: cutSize,
      faults: [
        { kind: "drip", chunk: 5000, everyMs: 15, times: 1 },
        { kind: "cut", after: 50_000, times: 1 },
      ],
    }),
    servePost(server, {
      date: dates.cutAlways,
      size: cutSize,
      faults: [
        { kind: "drip", chunk: 1000, everyMs: 15 },
        { kind: "cut", after: 8000 },
      ],
    }),
    video("html", { kind: "html" }),
    video("empty", { kind: "empty" }),
    video("wrongLength", { kind: "wrong-length", length: 9000 }),
    video("redirected", {
      kind: "redirect",
      to: `${stranger.origin}${videoPath(dates.redirected)}?x-tos-signature=c2lnbmF0dXJl`,
    }),
    servePost(server, { date: dates.unknownHost, origin: stranger.origin, unserved: true }),
    servePost(server, {
      date: dates.setWithHole,
      photos: 3,
      faults: [{ kind: "status", status: 410 }],
    }),
    servePost(server, { date: dates.fineSet, photos: 2 }),
  ]);
}

function mediaOf(name: Name): string[] {
  return filesBelow(join(journey.library, folderOf(dates[name]))).filter(
    (file) => file !== "post.json",
  );
}

function asked(name: Name): number {
  return journey.server.count(videoPath(dates[name]));
}

describe("an export over a faulty network", () => {
  it("ends with 3 and adds up: what could be had is whole", () => {
    expect(run.code, run.error).toBe(3);
    expect(run.summary).toMatchObject({
      found: names.length,
      exported: names.length - failed.length,
      unchanged: 0,
      skipped: 0,
      failed: failed.length,
    });
    const expected = names.map((name) => [
      `${dates[name].replace(" ", "T")}Z`,
      failed.includes(name) ? "failed" : "exported",
    ]);
    expect(results(run)).toEqual(Object.fromEntries(expected));
    for (const name of ["fine", "busyOnce", "faultTwice", "cutOnce"] as const) {
      const file = join(journey.library, folderOf(dates[name]), "video.mp4");
      const bytes = videoBytes(dates[name], name === "cutOnce" ? cutSize : undefined);
      expect(readFileSync(file).equals(bytes), name).toBe(true);
    }
    expect(mediaOf("fineSet")).toEqual(["01.jpg", "02.jpg"]);
  });

  it.each(failed)("says what happened to the post %s, and what to do", (name) => {
    const own = run.lines.filter(
      (line) => line.type === "problem" && line["post"] === keyOf(dates[name]),
    );
    const [problem] = own.filter((line) => line["code"] !== "no-caption");
    expect(problem).toMatchObject({ code: told[name]?.code, severity: "warn" });
    const host = ["redirected", "unknownHost"].includes(name) ? stranger.host : journey.server.host;
    expect(problem?.["message"]).toBe(`${told[name]?.why} (${host}).`);
    expect(problem?.["fix"]).toContain(told[name]?.fix);
    const row = csvRows(journey.library).find((each) => each["key"] === keyOf(dates[name]));
    expect(row?.["problem"]).toBe(told[name]?.code);
  });

  it("asks again where that can help, and not where it cannot", () => {
    expect(asked("fine")).toBe(1);
    expect(asked("refused")).toBe(1);
    expect(asked("gone")).toBe(1);
    expect(asked("busy")).toBe(5);
    expect(asked("busyOnce")).toBe(2);
    expect(asked("faultTwice")).toBe(3);
    expect(asked("faultAlways")).toBe(5);
    expect(asked("html")).toBe(2);
    expect(asked("empty")).toBe(2);
    expect(asked("redirected")).toBe(1);
    expect(journey.server.count(photoPath(dates.setWithHole, 1))).toBe(1);
  });

  it("goes on with a cut file where it stopped", () => {
    const requests = journey.server.requests.filter(
      (request) => request.path === videoPath(dates.cutOnce),
    );
    expect(requests.map((request) => request.range)).toEqual([
      null,
      expect.stringMatching(/^bytes=[1-9]\d*-$/),
    ]);
    expect(requests.at(-1)?.status).toBe(206);
    expect(requests.at(-1)?.ifRange).toMatch(/^"[0-9a-f]{16}"$/);
  });

  it("asks nothing of a host that is not on the list, first or by a redirect", () => {
    expect(stranger.requests).toEqual([]);
  });

  it("leaves nothing half: only parts of what failed, and none of what is whole", () => {
    for (const name of names) {
      const parts = mediaOf(name).filter((file) => file.includes(".part"));
      const whole = mediaOf(name).filter((file) => !file.includes(".part"));
      if (!failed.includes(name)) expect(parts, name).toEqual([]);
      else if (name !== "setWithHole") expect(whole, name).toEqual([]);
    }
    expect(mediaOf("setWithHole")).toEqual(["02.jpg", "03.jpg"]);
    expect(mediaOf("cutAlways")).toEqual(["video.part", "video.part.json"]);
    for (const name of ["refused", "gone", "html", "empty", "redirected", "unknownHost"] as const) {
      expect(mediaOf(name), name).toEqual([]);
    }
    const parts = filesBelow(journey.library).filter((file) => file.includes(".part"));
    const manifest = readFileSync(join(journey.library, "manifest-sha256.txt"), "utf8");
    expect(manifest).not.toContain(".part");
    expect(parts.every((file) => file.startsWith("posts/"))).toBe(true);
  });

  it("tells people the same in sentences, each with its cure", () => {
    expect(said.code).toBe(3);
    for (const name of failed) {
      const why = told[name]?.why ?? "";
      expect(said.error).toContain(`! ${keyOf(dates[name])}: ${why}`);
    }
    expect(said.out).toContain(
      `${names.length} posts found. ${names.length - failed.length} exported, 0 unchanged, 0 skipped, ${failed.length} failed.`,
    );
  });

  it("puts no signed address, no path and nothing private into any line", () => {
    const secrets = [
      ...["signature", "c2lnbmF0dXJl", "x-tos", "x-expires", "/storage/v1", "/tos-alisg"],
      ...["tplv-noop", ...Object.values(privateMarkers)],
    ];
    const lines = [run.out, run.error, said.out, said.error].join("\n");
    const files = filesBelow(journey.library).map((file) =>
      readFileSync(join(journey.library, file), "latin1"),
    );
    for (const secret of secrets) {
      expect(lines, secret).not.toContain(secret);
      expect(
        files.some((content) => content.includes(secret)),
        secret,
      ).toBe(false);
    }
  });

  it("completes the library once the network is whole again, and asks for the rest only", async () => {
    const before = journey.server.requests.length;
    const rows = failed.map((name) =>
      servePost(journey.server, {
        date: dates[name],
        ...(name === "setWithHole" ? { photos: 3 } : {}),
      }),
    );
    const mended = await journey.zip("mended.zip", rows);
    const completed = await journey.run(["export", mended]);
    expect(completed.code, completed.error).toBe(0);
    expect(completed.summary).toMatchObject({ found: failed.length, exported: failed.length });
    const paths = new Set(journey.server.requests.slice(before).map((request) => request.path));
    const expected = failed.map((name) =>
      name === "setWithHole" ? photoPath(dates[name], 1) : videoPath(dates[name]),
    );
    expect([...paths].toSorted()).toEqual(expected.toSorted());
    expect(filesBelow(journey.library).filter((file) => file.includes(".part"))).toEqual([]);
    expect(problemsOf(completed, "no-caption")).toHaveLength(failed.length);
    expect((await journey.run(["verify"])).code).toBe(0);
  });
});
