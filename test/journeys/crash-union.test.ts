import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inPairs } from "../crash/moments.ts";
import { photoLink } from "../support/archive.ts";
import {
  filesBelow,
  keyOf,
  photoBytes,
  servePost,
  startExportJourney,
  videoBytes,
} from "./export-journey.ts";
import type { ExportJourney } from "./export-journey.ts";

const [older, younger] = ["2024-04-01 10:00:00", "2024-04-01 10:02:00"] as const;
const preload = pathToFileURL(
  join(import.meta.dirname, "..", "crash", "children", "preload.ts"),
).href;
let journey: ExportJourney;
let changes: string[];
let wanted: Map<string, string>;

/** Exports what proves that the two posts are one; with a moment the process dies at it. */
function unite(library: string, environment: Record<string, string> = {}) {
  const words = ["export", join(journey.folder, "three.zip"), "--concurrency", "1", "--quiet"];
  return journey.run(words, {
    library,
    environment: { NODE_OPTIONS: `--import=${preload}`, ...environment },
  });
}

/** Every file with its content, without what differs from run to run. */
function contents(library: string): Map<string, string> {
  const root = join(journey.folder, library);
  const names = filesBelow(root).filter(
    (name) => !/^findmehere\.db|^logs\/|lock$|\.\d+$|^drafts\/.*\/index\.html$/.test(name),
  );
  return new Map(names.map((name) => [name, readFileSync(join(root, name)).toString("base64")]));
}

beforeAll(async () => {
  journey = await startExportJourney();
  const { server, folder, library } = journey;
  const cover = photoLink({ id: "0123456789abcdef0123456789abcdef", origin: server.origin });
  server.put(new URL(cover).pathname, photoBytes("cover", 1));
  const one = await journey.zip("one.zip", [servePost(server, { date: older, title: "One" })]);
  await journey.run(["export", one]);
  const post = servePost(server, { date: younger, title: "Two", cover });
  await journey.run(["export", await journey.zip("two.zip", [post])]);
  await journey.zip("three.zip", [servePost(server, { date: older, title: "One", cover })]);
  await journey.run(["prepare", "--to", "rednote", "--post", keyOf(younger)]);
  await journey.run(["prepare", "--to", "lemon8"]);
  const draft = (to: string, date: string) =>
    join(library, "drafts", to, `2024-04-01_${keyOf(date)}`, "title.txt");
  writeFileSync(draft("rednote", younger), "Typed");
  writeFileSync(draft("lemon8", younger), "Typed on the younger");
  writeFileSync(draft("lemon8", older), "Typed on the older");
  cpSync(library, join(folder, "undisturbed"), { recursive: true });
  const log = join(folder, "changes.log");
  expect((await unite("undisturbed", { CRASH_LOG: log })).code).toBe(0);
  changes = readFileSync(log, "utf8")
    .split("\n")
    .filter((line) => /^commit|^(link|unlink|rename)\t\d+\t.*[/\\](posts|drafts)[/\\]/.test(line))
    .map((line) => line.split("\t").slice(0, 2).join(":"));
  wanted = contents("undisturbed");
}, 120_000);

afterAll(() => journey.dispose());

describe("a union, killed in the middle", () => {
  it("ends well when nobody disturbs it", () => {
    expect(changes.length).toBeGreaterThan(20);
    const text = (name: string) => Buffer.from(wanted.get(name) ?? "", "base64");
    const [posts, drafts] = [`posts/2024-04-01_${keyOf(older)}`, `2024-04-01_${keyOf(older)}`];
    expect(text(`${posts}/video.mp4`)).toEqual(videoBytes(older));
    expect(text(`${posts}/video.from-${keyOf(younger)}.mp4`)).toEqual(videoBytes(younger));
    expect(text(`${posts}/cover.jpg`)).toEqual(photoBytes("cover", 1));
    expect(text(`drafts/rednote/${drafts}/title.txt`).toString()).toBe("Typed");
    expect(text(`drafts/lemon8/${drafts}/title.txt`).toString()).toBe("Typed on the older");
    const aside = `drafts/lemon8/${drafts}/title.from-${keyOf(younger)}.txt`;
    expect(text(aside).toString()).toBe("Typed on the younger");
    const left = [...wanted.keys()].filter((name) => name.includes(`_${keyOf(younger)}/`));
    expect(left).toEqual([]);
  });

  it("is completed by the next run, whatever it had done", async () => {
    // Every change is tried by no one run of the tests; the step goes through all kinds of them.
    const moments = changes
      // A file that was not there cannot be gone; the time after it is the time before the next change.
      .flatMap((change) => [
        `${change}:before`,
        ...(change.startsWith("unlink") ? [] : [`${change}:after`]),
      ])
      .filter((_, index) => index % Math.ceil(changes.length / 8) === 0);
    const faults: string[] = [];
    await inPairs([...moments.entries()], async ([number, at]) => {
      const library = `library-${number}`;
      cpSync(journey.library, join(journey.folder, library), { recursive: true });
      const killed = await unite(library, { CRASH_AT: at });
      if (killed.code !== null) faults.push(`${at} was not reached`);
      const again = await unite(library);
      if (again.code !== 0) faults.push(`${at}: the next run ended with ${again.code}`);
      const found = contents(library);
      for (const name of new Set([...wanted.keys(), ...found.keys()])) {
        if (found.get(name) !== wanted.get(name)) faults.push(`${at}: ${name} differs`);
      }
      const verified = await journey.run(["verify"], { library });
      if (verified.code !== 0) faults.push(`${at}: ${verified.out}`);
    });
    expect(faults).toEqual([]);
    expect(moments.length).toBeGreaterThan(8);
  }, 240_000);
});
