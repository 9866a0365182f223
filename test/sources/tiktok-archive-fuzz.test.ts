import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { ExpectedError } from "../../src/core/error.ts";
import { archiveReader } from "../../src/sources/tiktok-archive/reader.ts";
import {
  archiveGenerations,
  archivePost,
  buildArchive,
  deletedPost,
  privateMarkers,
  writeZip,
} from "../support/archive.ts";
import { dutchArchive, textArchive } from "../support/archive-text.ts";
import { sourceContext } from "../support/source-context.ts";
import { temporaryFolder } from "./read.ts";

const posts = ["17", "16"].map((day) =>
  archivePost({ date: `2024-09-${day} 14:07:21`, title: "a caption" }),
);
const deleted = [deletedPost("2024-12-13 10:00:00")];
const secrets = [...Object.values(privateMarkers), "share/video", "redirect_url", "friend_one"];

/** Reads and describes; whatever comes must be records or a refusal of the input, and hold no secret. */
async function outcome(path: string): Promise<string> {
  const context = sourceContext();
  const said: unknown[] = [];
  let end = "read";
  for (const way of [archiveReader.read, archiveReader.describe]) {
    try {
      for await (const event of way?.(path, context) ?? []) said.push(event);
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      expect(error.details.exit).toBe("input");
      end = error.details.code;
      said.push(error.details);
    }
  }
  const text = JSON.stringify(said);
  for (const secret of secrets) expect(text).not.toContain(secret);
  return end;
}

/** Some bytes changed, taken out, doubled or cut off. */
const mutations = fc.array(
  fc.record<Mutation>({
    at: fc.integer({ min: 0, max: 1_000_000 }),
    kind: fc.constantFrom("change", "change", "change", "remove", "double", "cut"),
    byte: fc.integer({ min: 0, max: 255 }),
    length: fc.integer({ min: 1, max: 40 }),
  }),
  { minLength: 1, maxLength: 3 },
);
interface Mutation {
  /** In millionths of the whole. */
  at: number;
  kind: "change" | "remove" | "double" | "cut";
  byte: number;
  length: number;
}

function mutated(bytes: Buffer, changes: readonly Mutation[]): Buffer {
  let result = Buffer.from(bytes);
  for (const { at, kind, byte, length } of changes) {
    const place = Math.floor((at / 1_000_000) * result.length);
    const [before, after] = [result.subarray(0, place), result.subarray(place)];
    if (kind === "change" && place < result.length) result[place] = byte;
    else if (kind === "remove") result = Buffer.concat([before, after.subarray(length)]);
    else if (kind === "double") {
      result = Buffer.concat([before, after.subarray(0, length), after]);
    } else if (kind === "cut") result = Buffer.from(before);
  }
  return result;
}

const settings = { numRuns: 150, seed: 20_261_121 };

it.each(archiveGenerations)(
  "changed bytes in the JSON of the %s generation give records or a refusal",
  async (generation) => {
    const path = join(await temporaryFolder(), "user_data_tiktok.json");
    const whole = Buffer.from(JSON.stringify(buildArchive({ generation, posts, deleted })));
    const ends = new Set<string>();
    await fc.assert(
      fc.asyncProperty(mutations, async (changes) => {
        const bytes = mutated(whole, changes);
        await writeFile(path, bytes);
        ends.add(await outcome(path));
      }),
      settings,
    );
    expect([...ends].toSorted()).toEqual(expect.arrayContaining(["broken-json", "read"]));
  },
);

it.each(["middle", "text", "dutch"] as const)(
  "changed bytes in the zip of the %s form give records or a refusal",
  async (form) => {
    const folder = await temporaryFolder();
    const path = join(folder, "archive.zip");
    const json = { "user_data_tiktok.json": JSON.stringify(buildArchive({ posts, deleted })) };
    const text = form === "text" ? textArchive("Date: 2024-09-17 14:07:21\n") : dutchArchive();
    await writeZip(path, form === "middle" ? json : text);
    const whole = await readFile(path);
    await fc.assert(
      fc.asyncProperty(mutations, async (changes) => {
        await writeFile(path, mutated(whole, changes));
        await outcome(path);
      }),
      { ...settings, numRuns: 200 },
    );
  },
);

it.each([textArchive("Date: 2024-09-17 14:07:21\nTitle: a: b\n"), dutchArchive()])(
  "changed bytes in text files give records or a refusal (%#)",
  async (entries) => {
    const path = join(await temporaryFolder(), "archive.zip");
    const names = Object.keys(entries);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), mutations, async (name, changes) => {
        const bytes = mutated(Buffer.from(entries[name] ?? ""), changes);
        await writeZip(path, { ...entries, [name]: bytes });
        await outcome(path);
      }),
      { ...settings, numRuns: 120 },
    );
  },
);

it("any JSON in place of any part gives records or a refusal", async () => {
  const path = join(await temporaryFolder(), "user_data_tiktok.json");
  const keys = [
    ["Post", "Video", "Posts", "Videos", "VideoList", "Story", "RecentlyDeletedPosts", "PostList"],
    ["Profile", "Profile Info", "ProfileMap", "Your Activity", "Follower", "FansList", "Following"],
    ["Date", "Link", "Likes", "userName", "Title", "WhoCanView", "__proto__", "constructor", "a"],
  ].flat();
  const leaf = fc.oneof(
    fc.string(),
    fc.double(),
    fc.constantFrom(null, true, false, "2024-09-17 14:07:21", "https://a.example/x", "N/A"),
  );
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      fc.array(tie("tree"), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...keys), tie("tree"), { maxKeys: 5 }),
    ),
  }));
  const archive = fc.dictionary(fc.constantFrom(...keys), tree, { minKeys: 1, maxKeys: 6 });
  await fc.assert(
    fc.asyncProperty(archive, fc.boolean(), async (value, pretty) => {
      const content = JSON.stringify(value, null, pretty ? 2 : 0);
      await writeFile(path, content);
      expect(["read", "not-an-archive"]).toContain(await outcome(path));
    }),
    { ...settings, numRuns: 400 },
  );
});
