import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { devices } from "playwright-core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPromise } from "yauzl";

import { openChromium } from "../support/chromium.ts";
import type { CliRun } from "../support/cli.ts";
import { draftFolder, keys, linesOf, startMigrated, testInCopies } from "./sample-journey.ts";
import type { Journey, OpenJourney } from "./sample-journey.ts";

/** Eight in the evening in Madrid; both introductions are due. */
const monday = "2026-10-05T18:00:00Z";
const tuesday = "2026-10-06T18:00:00Z";

let sample: OpenJourney;
let browser: Browser;

beforeAll(async () => {
  sample = await startMigrated({ FINDMEHERE_CREATOR_HANDLES_LEMON8: "mira.paints" });
  browser = await openChromium();
});
afterAll(async () => {
  await browser.close();
  await sample.close();
});

const inCopy = testInCopies(() => sample);

const phoneFolder = (journey: Journey): string =>
  join(journey.folder, "Cloud Drive", "要发 to post");

const handOff = (
  journey: Journey,
  words: readonly string[] = ["--next", "7"],
  at: string = monday,
): Promise<CliRun> =>
  journey.run(["handoff", "--folder", phoneFolder(journey), ...words, "--json"], { at });

/** Every file below a folder with its sum and the moment it was last changed. */
function filesIn(folder: string): Map<string, { sum: string; changed: number }> {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    found
      .toSorted()
      .map((path) => [
        path.slice(folder.length + 1),
        { sum: sumOf(readFileSync(path)), changed: statSync(path).mtimeMs },
      ]),
  );
}

function sumOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

const isMedia = (path: string): boolean => /\.(mp4|jpg|png|webp)$/.test(path);

/** Name of the folder of a pack. */
function packFolder(journey: Journey, item: string): string {
  const [post, to] = item.split("@");
  const found = readdirSync(phoneFolder(journey)).find((name) => name.endsWith(`_${post}_${to}`));
  if (found === undefined) throw new Error(`no pack of ${item}`);
  return found;
}

describe("handoff --folder", () => {
  inCopy(
    "writes a week of packs, the introductions first, with the very media",
    async (journey) => {
      const run = await handOff(journey);
      expect(run.code, run.error).toBe(0);
      expect(run.summary).toMatchObject({
        command: "handoff",
        handedOff: 2,
        failed: 0,
        removed: 0,
      });
      const packs = linesOf(run, "publication").map(({ post, to, state, pack }) => ({
        ...{ item: `${String(post)}@${String(to)}`, state, pack: String(pack) },
      }));
      expect(packs.slice(0, 2).toSorted((one, two) => one.item.localeCompare(two.item))).toEqual(
        ["lemon8", "rednote"].map((to) => ({
          ...{ item: `hello@${to}`, state: "handed-off" },
          pack: `2026-10-05_hello_${to}/index.html`,
        })),
      );
      expect(packs.length).toBeGreaterThan(5);
      expect(packs.slice(2).every(({ state }) => state === "queued")).toBe(true);
      expect(run.summary["packs"]).toBe(packs.length);
      const folder = phoneFolder(journey);
      for (const { item, pack } of packs) {
        const [post = "", to = ""] = item.split("@");
        const draft = draftFolder(journey, post, to);
        const name = pack.replace("/index.html", "");
        expect(name).toMatch(new RegExp(`^2026-10-\\d\\d_${post}_${to}$`));
        for (const text of ["title.txt", "body.txt"]) {
          const here = readFileSync(join(folder, name, text), "utf8");
          expect(here).toBe(journey.read(`${draft}/${text}`));
        }
        const theirs = [...filesIn(join(journey.library, draft))].filter(([path]) => isMedia(path));
        const ours = [...filesIn(join(folder, name))].filter(([path]) => isMedia(path));
        expect(ours.map(([path, { sum }]) => [path, sum])).toEqual(
          theirs.map(([path, { sum }]) => [path, sum]),
        );
        expect(readFileSync(join(folder, name, "steps.txt"), "utf8")).toContain(
          `findmehere confirm --post ${post} --to ${to} --url`,
        );
        // Never a link: what a sync service does to its file must not reach the library's.
        for (const [path] of ours) expect(statSync(join(folder, name, path)).nlink).toBe(1);
      }
      expect(packs.some(({ pack }) => filesIn(join(folder, pack, "..")).has("video.mp4"))).toBe(
        true,
      );
    },
  );

  inCopy("writes nothing the second time, and only what changed the third", async (journey) => {
    await handOff(journey);
    const before = filesIn(phoneFolder(journey));
    const again = await handOff(journey);
    expect(again.summary).toMatchObject({ written: 0, removed: 0, handedOff: 0 });
    expect(filesIn(phoneFolder(journey))).toEqual(before);
    const item = `${keys.newest}@lemon8`;
    journey.write(`${draftFolder(journey, keys.newest, "lemon8")}/title.txt`, "A better title");
    const third = await handOff(journey);
    const name = packFolder(journey, item);
    const after = filesIn(phoneFolder(journey));
    const changed = [...after].filter(([path, { sum }]) => before.get(path)?.sum !== sum);
    expect(changed.map(([path]) => path).toSorted()).toEqual([
      `${name}/index.html`,
      `${name}/title.txt`,
      "findmehere-folder.json",
      "index.html",
    ]);
    expect(third.summary["written"]).toBe(3);
    expect([...after.keys()]).toEqual([...before.keys()]);
  });

  inCopy("takes away what is settled, and never a person's files", async (journey) => {
    await handOff(journey);
    const folder = phoneFolder(journey);
    const lemon8 = join(folder, packFolder(journey, "hello@lemon8"));
    const rednote = join(folder, packFolder(journey, "hello@rednote"));
    writeFileSync(join(folder, "shopping.txt"), "milk");
    writeFileSync(join(rednote, "my notes.txt"), "ask Ana");
    writeFileSync(join(rednote, "title.txt"), "My own title");
    for (const to of ["lemon8", "rednote"]) {
      const words = ["confirm", "--post", "hello", "--to", to, "--posted"];
      expect((await journey.run(words, { at: monday })).code).toBe(0);
    }
    const run = await handOff(journey);
    expect(run.code).toBe(0);
    expect(existsSync(lemon8)).toBe(false);
    expect(readdirSync(rednote).toSorted()).toEqual(["my notes.txt", "title.txt"]);
    expect(readFileSync(join(rednote, "title.txt"), "utf8")).toBe("My own title");
    expect(readFileSync(join(folder, "shopping.txt"), "utf8")).toBe("milk");
    expect(linesOf(run, "problem")).toEqual([
      expect.objectContaining({
        code: "folder-file-yours",
        severity: "note",
        message: expect.stringContaining("title.txt") as string,
      }),
    ]);
    const list = readFileSync(join(folder, "index.html"), "utf8");
    expect(list).not.toContain("_hello_");
    expect(list).toContain(keys.newest);
    const quiet = await handOff(journey);
    expect(quiet.summary).toMatchObject({ written: 0, removed: 0 });
    expect(linesOf(quiet, "problem")).toEqual([]);
  });

  inCopy("leaves a person's own index.html alone, and says so", async (journey) => {
    const folder = phoneFolder(journey);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "index.html"), "mine");
    const run = await handOff(journey);
    expect(run.code).toBe(0);
    expect(readFileSync(join(folder, "index.html"), "utf8")).toBe("mine");
    expect(linesOf(run, "problem").map(({ code }) => code)).toEqual(["folder-file-yours"]);
    expect(existsSync(join(folder, packFolder(journey, "hello@lemon8"), "index.html"))).toBe(true);
  });

  inCopy(
    "keeps a pack that lies there while it is queued, under the day of its slot",
    async (journey) => {
      await handOff(journey);
      const item = `${keys.newest}@lemon8`;
      const first = packFolder(journey, item);
      const move = ["queue", "move", item, "--at", "2026-10-20 19:30"];
      expect((await journey.run(move, { at: monday })).code).toBe(0);
      const run = await handOff(journey, []);
      expect(packFolder(journey, item)).toBe(`2026-10-20_${keys.newest}_lemon8`);
      expect(existsSync(join(phoneFolder(journey), first))).toBe(false);
      expect(linesOf(run, "publication").length).toBeGreaterThan(5);
      expect((await journey.run(["queue", "hold", item], { at: monday })).code).toBe(0);
      await handOff(journey, []);
      expect(() => packFolder(journey, item)).toThrow("no pack");
    },
  );

  inCopy("hands off within the caps, and keeps what cannot be made", async (journey) => {
    await handOff(journey, []);
    const before = filesIn(join(phoneFolder(journey), packFolder(journey, "hello@lemon8")));
    const run = await handOff(journey, [], tuesday);
    expect(linesOf(run, "publication").map(({ post }) => post)).toEqual([
      "hello",
      "hello",
      keys.newest,
    ]);
    const name = packFolder(journey, `${keys.newest}@lemon8`);
    rmSync(join(journey.library, draftFolder(journey, keys.newest, "lemon8"), "video.mp4"));
    const post = readdirSync(join(journey.library, "posts")).find((each) =>
      each.endsWith(`_${keys.newest}`),
    );
    rmSync(join(journey.library, "posts", String(post), "video.mp4"));
    const failing = await handOff(journey, [], tuesday);
    expect(failing.code).toBe(3);
    expect(linesOf(failing, "problem").map(({ code }) => code)).toEqual(["no-draft-media"]);
    expect(existsSync(join(phoneFolder(journey), name, "video.mp4"))).toBe(true);
    expect(filesIn(join(phoneFolder(journey), packFolder(journey, "hello@lemon8")))).toEqual(
      before,
    );
  });

  inCopy("goes on after a run that was killed in the middle", async (journey) => {
    await handOff(journey);
    const folder = phoneFolder(journey);
    const whole = filesIn(folder);
    const name = packFolder(journey, `${keys.newest}@lemon8`);
    // As a kill leaves it: noted but not there, and half a file.
    rmSync(join(folder, name, "video.mp4"));
    writeFileSync(join(folder, name, "video.mp4.findmehere-part"), "half");
    const run = await handOff(journey);
    expect(run.summary).toMatchObject({ written: 1 });
    const sums = (files: typeof whole) => [...files].map(([path, { sum }]) => [path, sum]);
    const pair = (files: typeof whole) =>
      sums(files).filter(([path]) => path !== "findmehere-folder.json");
    expect(pair(filesIn(folder))).toEqual(pair(whole));
  });

  inCopy("takes the link of a post that went out before its slot", async (journey) => {
    const address = "https://www.lemon8-app.com/@mira.paints/7410000000000000001";
    const words = ["confirm", "--post", keys.newest, "--to", "lemon8", "--url", address];
    expect((await journey.run(words, { at: monday })).code).toBe(2);
    await handOff(journey);
    const run = await journey.run([...words, "--json"], { at: monday });
    expect(run.code, run.error).toBe(0);
    expect(run.summary).toMatchObject({ state: "live", url: address, proof: "pasted" });
    const again = await handOff(journey);
    expect(() => packFolder(journey, `${keys.newest}@lemon8`)).toThrow("no pack");
    expect(again.summary).toMatchObject({ failed: 0 });
    // What never lay on the phone cannot have been posted from there.
    const other = ["confirm", "--post", keys.oldest, "--to", "lemon8", "--posted"];
    expect((await journey.run(other, { at: monday })).code).toBe(2);
  });

  test("says in words what a person has to do next", async () => {
    const journey = sample.copy();
    try {
      const words = ["handoff", "--folder", phoneFolder(journey)];
      const run = await journey.run(words, { at: monday });
      expect(run.code).toBe(0);
      expect(run.out).toContain("2 posts for your phone:");
      expect(run.out).toContain("hello@lemon8  2026-10-05_hello_lemon8/index.html");
      expect(run.out).toContain('findmehere confirm --post KEY --to DESTINATION --url "');
    } finally {
      journey.dispose();
    }
  });
});

describe("where it cannot be written", () => {
  const refused = async (words: readonly string[], code: number, what: RegExp): Promise<void> => {
    const run = await sample.run(["handoff", ...words], { at: monday });
    expect(run.code).toBe(code);
    expect(run.error).toMatch(what);
  };

  test("is refused before anything is handed off", async () => {
    const file = join(sample.folder, "a file");
    writeFileSync(file, "");
    await refused(["--folder", ""], 2, /--folder is empty/);
    await refused(["--folder", file], 2, /is a file, not a folder/);
    await refused(["--folder", join(file, "below")], 69, /A file is in the way/);
    await refused(["--folder", sample.library], 2, /lies inside the library/);
    await refused(["--folder", join(sample.library, "phone", "x")], 2, /lies inside the library/);
    const link = join(sample.folder, "a way in");
    symlinkSync(join(sample.library, "posts"), link);
    await refused(["--folder", join(link, "phone")], 2, /lies inside the library/);
    await refused(["--zip", join(sample.library, "x.zip")], 2, /lies inside the library/);
    await refused(["--zip", sample.folder], 2, /is a folder/);
    await refused(["--zip", "/dev/null", "--yes"], 2, /is no ordinary file/);
    await refused(["--zip", join(sample.folder, "nowhere", "x.zip")], 69, /is not there/);
    await refused(["--zip", file], 2, /already[^]*--yes/);
    await refused(["--folder", "x", "--next", "soon"], 2, /whole number/);
    rmSync(link);
    const list = await sample.run(["queue", "list", "--state", "handed-off", "--json"]);
    expect(linesOf(list, "publication")).toEqual([]);
  });

  test("another library's folder, and a list that is broken, are left as they are", async () => {
    const folder = join(sample.folder, "shared");
    mkdirSync(folder);
    const list = join(folder, "findmehere-folder.json");
    const other = { about: "", version: 1, library: "another", packs: [], files: {} };
    writeFileSync(list, JSON.stringify(other));
    await refused(["--folder", folder], 2, /another library/);
    const outside = { ...other, files: { "../x": { bytes: 1, sha256: [], changed: 0 } } };
    for (const text of ["{", JSON.stringify(outside)]) {
      writeFileSync(list, text);
      await refused(["--folder", folder], 65, /cannot be read/);
      expect(readdirSync(folder)).toEqual(["findmehere-folder.json"]);
    }
  });
});

describe("handoff --zip", () => {
  inCopy("holds the same files under the same names", async (journey) => {
    const zip = join(journey.folder, "发布 posts.zip");
    const run = await handOff(journey, ["--next", "7", "--zip", zip]);
    expect(run.code, run.error).toBe(0);
    const inFolder = filesIn(phoneFolder(journey));
    inFolder.delete("findmehere-folder.json");
    const inZip = new Map<string, string>();
    const archive = await openPromise(zip);
    for await (const entry of archive.eachEntry()) {
      // Bit 11: the name is UTF-8.
      expect(entry.generalPurposeBitFlag & 0x800).toBe(0x800);
      const chunks: Buffer[] = [];
      for await (const chunk of await archive.openReadStreamPromise(entry)) {
        chunks.push(chunk as Buffer);
      }
      inZip.set(entry.fileName, sumOf(Buffer.concat(chunks)));
    }
    expect([...inZip].toSorted()).toEqual(
      [...inFolder].map(([path, { sum }]) => [path, sum]).toSorted(),
    );
    expect([...inZip.keys()][0]).toBe("index.html");
    const words = ["handoff", "--zip", zip];
    const bytes = sumOf(readFileSync(zip));
    expect((await journey.run(words, { at: monday })).code).toBe(2);
    expect(sumOf(readFileSync(zip))).toBe(bytes);
    expect((await journey.run([...words, "--yes"], { at: monday })).code).toBe(0);
    expect(sumOf(readFileSync(zip))).not.toBe(bytes);
  });
});

describe("the folder on a phone", () => {
  test.each([
    ["iPhone 15", true],
    ["Pixel 7", false],
  ])("%s, scripts %s: list, pack, and back again", async (device, javaScriptEnabled) => {
    const journey = sample.copy();
    try {
      await handOff(journey);
      const context = await browser.newContext({ ...devices[device], javaScriptEnabled });
      const page = await context.newPage();
      const asked: string[] = [];
      const complaints: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      page.on("console", (message) => complaints.push(message.text()));
      await page.goto(pathToFileURL(join(phoneFolder(journey), "index.html")).href);
      const packs = page.locator("a.pack");
      expect(await packs.count()).toBeGreaterThan(5);
      expect(await packs.first().innerText()).toMatch(/5 Oct 2026[^]*Post it now/);
      expect(await packs.nth(2).innerText()).toContain("Not yet");
      await packs.nth(2).tap();
      await page.waitForURL(/_(lemon8|rednote)\/index\.html$/);
      expect(await page.locator("#title").inputValue()).not.toBe("");
      expect(await page.locator("#body").inputValue()).not.toBe("");
      expect(await page.locator("header").innerText()).toMatch(/2026/);
      await page.locator(".list a").tap();
      await page.waitForURL(/to%20post\/index\.html$/);
      expect(await packs.count()).toBeGreaterThan(5);
      expect(asked.filter((address) => !address.startsWith("file:"))).toEqual([]);
      expect(complaints).toEqual([]);
      await context.close();
    } finally {
      journey.dispose();
    }
  });
});
