import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { composeDraft } from "../../../src/compose/draft.ts";
import type { lintDraft } from "../../../src/compose/lint-draft.ts";
import type { lintFacts } from "../../../src/compose/lint-facts.ts";
import type { parseTopicTable } from "../../../src/compose/topic-table.ts";
import type { Post } from "../../../src/core/post.ts";
import type { destinations as allDestinations } from "../../../src/destinations/index.ts";
import type { chineseScripts, parseChinesePairs } from "../../../src/text/chinese.ts";
import type { measure } from "../../../src/text/measure.ts";
import type { parseLintTable } from "../../../src/text/lint-table.ts";

// Composes what the file in the second word holds, with the built copy in the first one, in turn with reading and
// writing that file as JSON. Prints the times of every round, a sum of all drafts, and of what the titles are made.
const [root = "", file = "", rounds = "1"] = process.argv.slice(2);
const built = (path: string) => import(pathToFileURL(join(root, "dist", path)).href);
const template = (name: string) => readFileSync(join(root, "templates", name), "utf8");
const parts = {
  ...((await built("compose/draft.js")) as { composeDraft: typeof composeDraft }),
  ...((await built("compose/lint-draft.js")) as { lintDraft: typeof lintDraft }),
  ...((await built("compose/lint-facts.js")) as { lintFacts: typeof lintFacts }),
  ...((await built("compose/topic-table.js")) as { parseTopicTable: typeof parseTopicTable }),
  ...((await built("destinations/index.js")) as { destinations: typeof allDestinations }),
  ...((await built("text/lint-table.js")) as { parseLintTable: typeof parseLintTable }),
  ...((await built("text/measure.js")) as { measure: typeof measure }),
  ...((await built("text/chinese.js")) as {
    chineseScripts: typeof chineseScripts;
    parseChinesePairs: typeof parseChinesePairs;
  }),
};
const table = parts.parseTopicTable(template("topics.tsv"));
const rules = parts.parseLintTable(template("wordlint.tsv"));
const scripts = await parts.chineseScripts(parts.parseChinesePairs(template("chinese.tsv")));
const niches: Record<string, { topics: string[]; name: string }> = {
  rednote: { topics: ["水彩"], name: "水彩速写" },
  lemon8: { topics: ["watercolor"], name: "watercolour" },
};

const text = readFileSync(file, "utf8");
const posts = JSON.parse(text) as Post[];
const times: Record<"compose" | "check" | "json", number[]> = { compose: [], check: [], json: [] };
// So often that all take about as long: what else the machine does, and what they leave to be collected, falls on all.
const turns = 10;
for (let round = 0; round <= Number(rounds); round += 1) {
  // As in `prepare`, which writes a draft and lets it go: to hold all of them would be work of the bench's own.
  const compose = timed(() => forAll(composed));
  const check = timed(() => forAll(draft));
  const json = timed(() => {
    for (let turn = 0; turn < turns; turn += 1) JSON.stringify(JSON.parse(text), null, 2);
  });
  // The first round warms up.
  if (round === 0) continue;
  times.compose.push(compose);
  times.check.push(check);
  times.json.push(json / turns);
}
const drafts = posts.flatMap((post) =>
  parts.destinations.map((destination) => draft(post, destination)),
);
const sum = createHash("sha256").update(JSON.stringify(drafts)).digest("hex");
process.stdout.write(JSON.stringify({ ...times, drafts: drafts.length, sum, budget: budget() }));

type Destination = (typeof parts.destinations)[number];

function forAll(work: (post: Post, destination: Destination) => unknown): void {
  for (const post of posts) for (const destination of parts.destinations) work(post, destination);
}

/** All that `prepare` computes of a post for a destination. */
function draft(post: Post, destination: Destination): { title: string; problems: object[] } {
  const words = composed(post, destination);
  const linted = parts.lintDraft(destination, { ...words, post: post.key }, rules);
  const facts = parts.lintFacts(destination, post);
  return { ...words, problems: [...words.problems, ...linted, ...facts] };
}

function composed(post: Post, destination: Destination): ReturnType<typeof composeDraft> {
  return parts.composeDraft({
    post,
    destination,
    table,
    niche: niches[destination.id] ?? null,
    simplify: scripts.simplifyName,
    photoCount: post.kind === "photos" ? 1 : 0,
    hasMedia: true,
  });
}

function timed(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

/** How much of the room of RedNote's title is used where the caption's first line is longer than it. */
function budget() {
  const at = parts.destinations.findIndex(({ id }) => id === "rednote");
  const { unit, hard } = parts.destinations[at]?.limits.title ?? { unit: "rednote", hard: null };
  const most = hard ?? 20;
  const used = (title: string): number => Math.min(1, parts.measure(title, unit) / most);
  const sums = { measured: 0, base: 0, titles: 0 };
  for (const [index, { caption }] of posts.entries()) {
    const line = (caption ?? "").trim().split("\n")[0] ?? "";
    if (parts.measure(line, unit) <= most) continue;
    sums.titles += 1;
    sums.measured += used(drafts[index * parts.destinations.length + at]?.title ?? "");
    sums.base += used([...line].slice(0, 20).join(""));
  }
  const { titles } = sums;
  return { measured: sums.measured / titles, base: sums.base / titles, titles };
}
