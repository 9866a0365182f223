import { describe, expect, test } from "vitest";
import { filesOf, handFolders, importsOf, layerOf, pureFolders, withoutComments } from "./house.ts";

const files = filesOf("src");
const imports = importsOf(files);
const pure: readonly string[] = pureFolders;
const hands: readonly string[] = handFolders;

test("every folder of src has its layer", () => {
  const folders = [...new Set(files.map(({ path }) => layerOf(path)))];
  expect(folders.toSorted()).toEqual(
    [...pure, ...hands, "edge", "steps", "web", "handoff", "cli"].toSorted(),
  );
});

test("the imports are read at all", () => {
  expect(imports.filter(({ isOurs }) => isOurs).length).toBeGreaterThan(200);
  const known = new Set(files.map(({ path }) => path));
  const lost = imports.filter(({ to, isOurs }) => isOurs && !known.has(to));
  expect(lost).toEqual([]);
});

/** Which folders of src a file of this layer may import. */
function mayImport(from: string): readonly string[] {
  const layer = layerOf(from);
  if (pure.includes(layer)) return pure;
  if (layer === "edge") return [...pure, "edge"];
  if (hands.includes(layer)) return [...pure, "edge", layer];
  const works = ["store", "library", "download", "translate", "notify", "timer", "edge"];
  if (layer === "steps") return [...pure, ...works, "steps"];
  if (layer === "web") return [...pure, "edge", "web"];
  if (layer === "handoff") return [...pure, ...works, "steps", "web", "handoff"];
  const wires = from === "src/cli/wire.ts" ? ["sources", "destinations"] : [];
  return [...pure, ...works, ...wires, "steps", "web", "handoff", "cli"];
}

describe("who may import whom", () => {
  test("faces import steps, steps import hands, hands import pure", () => {
    const wrong = imports.filter(
      ({ from, to, isOurs }) => isOurs && !mayImport(from).includes(layerOf(to)),
    );
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test.each(["sources", "destinations"])("no folder of %s knows its sibling", (room) => {
    const folder = (path: string) => new RegExp(`^src/${room}/([^/]+)/`).exec(path)?.[1];
    const wrong = imports.filter(({ from, to }) => {
      const [own, other] = [folder(from), folder(to)];
      return own !== undefined && other !== undefined && own !== other;
    });
    expect(wrong).toEqual([]);
  });

  test("there are no cycles, of types neither", () => {
    const next = Map.groupBy(
      imports.filter(({ isOurs }) => isOurs),
      ({ from }) => from,
    );
    const done = new Set<string>();
    const cycles: string[] = [];
    const walk = (path: string, way: readonly string[]) => {
      if (way.includes(path)) cycles.push([...way.slice(way.indexOf(path)), path].join(" → "));
      if (way.includes(path) || done.has(path)) return;
      for (const { to } of next.get(path) ?? []) walk(to, [...way, path]);
      done.add(path);
    };
    for (const { path } of files) walk(path, []);
    expect(cycles).toEqual([]);
  });
});

describe("pure folders", () => {
  const ours = files.filter(({ path }) => pure.includes(layerOf(path)));

  test("import no package and no Node module outside the short list", () => {
    const allowed =
      /^(zod|liquidjs|unicode-segmenter|temporal-polyfill|opencc-js)(\/.*)?$|^node:(path\/posix|util|crypto)$/;
    const wrong = importsOf(ours).filter(({ to, isOurs }) => !isOurs && !allowed.test(to));
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test.each([
    ["the clock", /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.|Temporal\.Now\b/],
    ["chance", /\bMath\.random\b|\brandomUUID\b|\brandomBytes\b|\brandomInt\b/],
    ["the machine", /\bprocess\.|\bconsole\.|\bglobalThis\b|\bimport\.meta\b/],
    ["the network or a timer", /\bfetch\(|\bset(Timeout|Interval|Immediate)\(/],
  ])("do not touch %s", (_, pattern) => {
    const wrong = ours.filter(({ text }) => pattern.test(withoutComments(text)));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

test("nobody outside the faces writes to the terminal or ends the process", () => {
  const pattern = /\bconsole\.|\bprocess\.(exit|exitCode|stdout|stderr)\b/;
  const wrong = files.filter(
    ({ path, text }) => layerOf(path) !== "cli" && pattern.test(withoutComments(text)),
  );
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

describe("destinations are named in their own folders", () => {
  /** Files that may name one in code, and why. */
  const allowed: Record<string, string> = {
    "src/core/creator.ts": "the creator's handles are settings by name",
    "src/core/destination.ts": "the columns of the topic table and the units of length",
    "src/core/source.ts": "TikTok itself tells the Lemon8 profile of a creator",
    "src/settings/schema.ts": "the creator's handles are settings by name",
    "src/merge/profile.ts": "joins that word of TikTok for profile.json",
    "src/sources/media-folder/profiles.ts": "a profile without that word of TikTok",
    "src/text/measure.ts": "a count is called after the editor that counts so",
    "src/compose/topic-table.ts": "the columns of the topic table",
    "src/compose/topics.ts": "the columns of the topic table",
    "src/compose/check.ts": "sentences about a count that is called after its editor",
    "src/cli/command-options.ts": "help names what a creator would type",
    "src/cli/publish-commands.ts": "the same",
    "src/cli/commands.ts": "help and examples name what a creator would type",
    "src/cli/questions.ts": "asks for the handles",
    "src/cli/commands/init.ts": "options for the handles",
    "src/cli/commands/migrate.ts": "names the handles to set",
    "src/cli/commands/confirm.ts": "an example of what to type",
    "src/cli/change-queue.ts": "an example of what to type",
    "src/cli/commands/queue-show.ts": "an example of what to type",
    "src/cli/queue-commands.ts": "help and examples name what a creator would type",
    "src/cli/follower-commands.ts": "the same",
    "src/cli/program.ts": "the sentence that says what the tool is for",
    "src/steps/queue/deadline.ts": "tells the creator that those places stay after a deadline",
  };

  const naming = files.filter(({ path, text }) => {
    const layer = layerOf(path);
    if (layer === "destinations" || layer === "announce") return false;
    // Lemon8 is TikTok's sister: its name is among TikTok's own words, hosts and fields.
    const names = layer === "tiktok" ? /rednote/i : /rednote|lemon8/i;
    return names.test(withoutComments(text));
  });

  test("nowhere else in src but in the few files listed here", () => {
    expect(naming.map(({ path }) => path).toSorted()).toEqual(Object.keys(allowed).toSorted());
  });

  test("no code branches on a destination's id", () => {
    const branching = /\b(to|id|destination(\.id)?)\s*[!=]==?\s*"(rednote|lemon8)"/;
    const wrong = files.filter(
      ({ path, text }) => layerOf(path) !== "destinations" && branching.test(withoutComments(text)),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});
