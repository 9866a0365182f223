import fc from "fast-check";
import { expect, test } from "vitest";
import type { SourcePost } from "../../src/core/post.ts";
import { recordName } from "../../src/store/records.ts";
import { archived, captioned, fieldsOf, recordLibrary } from "./library-of-records.ts";

/** One true post, and how each source happens to tell it. */
interface TruePost {
  second: number;
  /** Another post of the very same second; the two are told apart by their objects, always. */
  twin: boolean;
  /** In which archives it stands, and whether that archive names another object, or none. */
  archives: ("same" | "other" | "none" | null)[];
  /** Seconds by which the page's clock differs; null: no caption. */
  caption: number | null;
  /** The page names the object too. */
  named: boolean;
  /** The page's folder has the files too. */
  files: boolean;
  /** Month in which the other folder saw it again; null: never. */
  again: number | null;
}

const archives = 3;

const truePost: fc.Arbitrary<TruePost> = fc.record({
  second: fc.integer({ min: 0, max: 60 }),
  twin: fc.integer({ min: 0, max: 5 }).map((roll) => roll === 0),
  archives: fc.array(fc.constantFrom("same", "same", "other", "none", null), {
    minLength: archives,
    maxLength: archives,
  }),
  caption: fc.option(fc.integer({ min: -6, max: 6 }), { nil: null }),
  named: fc.boolean(),
  files: fc.boolean(),
  again: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
});

const trueLife = fc.uniqueArray(truePost, {
  selector: ({ second }) => second,
  minLength: 1,
  maxLength: 7,
});

/** What each source hands over: three archives, two folders of captions. */
function inputsOf(life: readonly TruePost[]): SourcePost[][] {
  const inputs: SourcePost[][] = Array.from({ length: archives + 2 }, () => []);
  for (const [index, post] of life.entries()) {
    const tellings = post.archives.map((how) =>
      post.twin && how !== null ? ("same" as const) : how,
    );
    for (const [archive, how] of tellings.entries()) {
      if (how === null) continue;
      const object = { same: `o${index}`, other: `o${index}-${archive}`, none: null }[how];
      inputs[archive]?.push(
        archived(post.second, object, { likes: how === "other" ? archive : 9 }),
      );
      if (post.twin) inputs[archive]?.push(archived(post.second, `twin${index}`, { likes: 1 }));
    }
    if (post.caption === null) continue;
    const id = `741555123456789${String(index).padStart(4, "0")}`;
    const objects = post.named ? [`o${index}`] : [];
    const sidecar = captioned(post.second + post.caption, id, `caption ${index}`, objects);
    const media = post.files ? archived(post.second, `web${index}`).media : [];
    inputs[archives + (index % 2)]?.push({ ...sidecar, media });
    // Both folders may know it, at different times, with another caption since.
    if (post.again === null) continue;
    inputs[archives + ((index + 1) % 2)]?.push({
      ...sidecar,
      fields: { ...sidecar.fields, caption: `edited ${index}`, likes: index },
      observed: `2025-0${post.again}-01T00:00:00Z`,
    });
  }
  return inputs;
}

/** Every input, in any order, cut into runs anywhere. */
const orders = fc.tuple(
  fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5, maxLength: 5 }),
  fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
);

function runsOf(inputs: SourcePost[][], [order, cuts]: [number[], boolean[]]): SourcePost[][][] {
  const runs: SourcePost[][][] = [[]];
  for (const [place, index] of order.entries()) {
    if (cuts[place]) runs.push([]);
    runs.at(-1)?.push(inputs[index] ?? []);
  }
  return runs;
}

async function lived(runs: SourcePost[][][]) {
  const library = await recordLibrary();
  try {
    for (const run of runs) await library.run(run);
    const [posts, records] = [await library.posts(), await library.records()];
    // Once more the last of all: nothing may change by looking twice.
    for (const run of runs) await library.run(run);
    return { posts, records, again: await library.posts() };
  } finally {
    await library.dispose();
  }
}

test("whatever the order and the cuts, the posts are the same, none lost, none twice", async () => {
  await fc.assert(
    fc.asyncProperty(trueLife, orders, orders, async (life, one, other) => {
      const inputs = inputsOf(life);
      const first = await lived(runsOf(inputs, one));
      const second = await lived(runsOf(inputs, other));
      expect(fieldsOf(second.posts)).toEqual(fieldsOf(first.posts));
      expect(fieldsOf(first.again)).toEqual(fieldsOf(first.posts));

      const expected = life
        .filter((post) => post.archives.some((how) => how !== null))
        .flatMap((post) => (post.twin ? [post.second, post.second] : [post.second]));
      const fromArchives = first.posts.filter((post) => post.sources.includes("tiktok-archive"));
      expect(fromArchives).toHaveLength(expected.length);

      // Every record of an archive has its post, every id one post at most, every post one id at most.
      const founded = first.records.filter((record) => record.source === "tiktok-archive");
      expect(founded.filter((record) => record.post === null)).toEqual([]);
      const ids = first.posts.flatMap((post) => post.id ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      const pages = first.records.filter((record) => record.source === "media-folder");
      expect(pages.filter((record) => record.post === null)).toEqual([]);
      expect(new Set(pages.map((record) => record.id)).size).toBe(ids.length);
      // Two posts of one archive are two posts.
      for (const input of inputs.slice(0, archives)) {
        const names = input.map((post) => recordName(post));
        const owners = founded
          .filter(({ record }) => names.includes(record))
          .map(({ post }) => post);
        expect(new Set(owners).size).toBe(owners.length);
      }
    }),
    { numRuns: 120 },
  );
}, 60_000);
