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
const times: { compose: number[]; json: number[]; compact: number[] } = {
  compose: [],
  json: [],
  compact: [],
};
let drafts: object[] = [];
for (let round = 0; round <= Number(rounds); round += 1) {
  drafts = [];
  const compose = timed(() => {
    for (const post of posts) for (const destination of parts.destinations) draft(post, destination);
  });
  const json = timed(() => JSON.stringify(JSON.parse(text), null, 2).length);
  const compact = timed(() => JSON.stringify(JSON.parse(text)).length);
  // The first round warms up.
  if (round === 0) continue;
  times.compose.push(compose);
  times.json.push(json);
  times.compact.push(compact);
}
const sum = createHash("sha256").update(JSON.stringify(drafts)).digest("hex");
process.stdout.write(JSON.stringify({ ...times, drafts: drafts.length, sum }));

/** What `prepare` computes of a post for a destination. */
function draft(post: Post, destination: (typeof parts.destinations)[number]): void {
  const words = parts.composeDraft({
    post,
    destination,
    table,
    niche: niches[destination.id] ?? null,
    simplify: scripts.simplifyName,
    photoCount: post.kind === "photos" ? 1 : 0,
    hasMedia: true,
  });
  const linted = parts.lintDraft(destination, { ...words, post: post.key }, rules);
  const facts = parts.lintFacts(destination, post);
  drafts.push({ ...words, problems: [...words.problems, ...linted, ...facts] });
}

function timed(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}
