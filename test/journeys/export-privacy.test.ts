import { readFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import {
  privateValues,
  sample,
  sampleCaptions,
  serveSample,
  writeSampleZip,
} from "../demo/sample.ts";
import { archiveGenerations, privateMarkers, writeZip } from "../support/archive.ts";
import type { CliRun } from "../support/cli.ts";
import { sidecar, sidecarSecrets, writeSidecar } from "../support/sidecar.ts";
import { filesBelow, servePost, startExportJourney } from "./export-journey.ts";
import type { ExportJourney } from "./export-journey.ts";

const date = "2024-01-01 10:00:00";
const { creator } = sample();

/** Parts of signed addresses, and what stands around them. */
const signatures = [
  ...["x-tos-signature", "x-signature", "x-expires", "x-tos-expires", "c2lnbmF0dXJl", "1nv3nted"],
  ...["refresh_token", "signature=", "tk=tt_chain_token", "YXZhdGFy", "l=20250110222554"],
];
const planted = [
  ...privateValues,
  ...Object.values(privateMarkers),
  ...Object.values(sidecarSecrets),
  ...signatures,
  ...[creator.secUid, "friend_one", "olive_the_follower", "paper_boat_77", "InventedCookie"],
];

let journey: ExportJourney;
const runs: CliRun[] = [];

beforeAll(async () => {
  journey = await startExportJourney();
  const { folder, server, zip, run } = journey;
  serveSample(server);
  const archive = join(folder, "sample.zip");
  await writeSampleZip(archive, { origin: server.origin, now: Date.now() });
  const captions = join(folder, "captions");
  await writeSidecar(
    captions,
    sidecar({
      id: "7319105745420259590",
      timestamp: Date.parse("2024-01-01T10:00:01Z") / 1000,
      description: "A cat 🐈",
      extra: { cookies: "InventedCookie=1; Domain=.tiktok.com" },
    }),
  );
  for (const options of [{ text: true }, {}]) {
    runs.push(await run(["export", archive, sampleCaptions, "--verbose"], options));
  }
  for (const generation of archiveGenerations) {
    const followers = ["olive_the_follower"];
    const faults = generation === "old" ? [] : [{ kind: "status", status: 403 } as const];
    const rows = [servePost(server, { date, faults }), servePost(server, { date, photos: 2 })];
    const path = await zip(`${generation}.zip`, rows, { generation, followers });
    for (const text of [true, false]) {
      const words = ["export", path, captions, "--verbose"];
      runs.push(await run(words, { library: generation, text }));
    }
  }
  await writeZip(join(folder, "broken.zip"), {
    "user_data_tiktok.json": `{"Profile":{"Profile Info":{"ProfileMap":{"emailAddress":"${privateMarkers.email}","telephoneNumber":${privateMarkers.phone}`,
  });
  for (const text of [true, false]) {
    runs.push(await run(["export", join(folder, "broken.zip"), "--verbose"], { text }));
    runs.push(await run(["verify", "--verbose"], { text }));
    runs.push(await run(["status", "--verbose"], { text }));
  }
});

afterAll(() => journey.dispose());

describe("what is private in an archive or a sidecar", () => {
  it("was read: the runs ended as they should", () => {
    expect(runs.slice(0, 2).map((run) => run.code)).toEqual([0, 0]);
    expect(runs.slice(2, 8).map((run) => run.code)).toEqual([0, 0, 3, 3, 3, 3]);
    expect(runs.slice(8).map((run) => run.code)).toEqual([65, 0, 0, 65, 0, 0]);
    const inputs = ["sample.zip", "old.zip", "broken.zip"].map((name) =>
      join(journey.folder, name),
    );
    expect(inputs.every((path) => readFileSync(path).length > 100)).toBe(true);
  });

  it.each(planted)("is in no line that was written: %s", (value) => {
    for (const { out, error } of runs) expect(out + error).not.toContain(value);
  });

  it("is in no file of a library, the bytes of the database among them", () => {
    const libraries = ["library", ...archiveGenerations];
    const needles = planted.map((value) => Buffer.from(value));
    const files = libraries.flatMap((library) =>
      filesBelow(join(journey.folder, library)).map((file) => join(journey.folder, library, file)),
    );
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => file.endsWith("findmehere.db"))).toHaveLength(4);
    // The handles of followers have tables of their own; nothing else may stand in them.
    const people = ["followers.csv: olive_the_follower", "followers.csv: paper_boat_77"];
    const found = files.flatMap((file) => {
      const bytes = readFileSync(file);
      return needles.filter((needle) => bytes.includes(needle)).map((each) => `${file}: ${each}`);
    });
    const elsewhere = found.filter((each) => !people.some((table) => each.endsWith(`/${table}`)));
    expect(elsewhere).toEqual([]);
    expect(found).toHaveLength(4);
  });

  it("is in no other file that a run leaves in the home folder", () => {
    const inputs = /^(captions\/|[a-z]+\.zip$)/;
    const libraries = /^(library|old|middle|newest)\//;
    const others = filesBelow(journey.folder).filter(
      (file) => !inputs.test(file) && !libraries.test(file),
    );
    expect(others).toEqual([]);
  });
});
