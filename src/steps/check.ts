import { isAboutWords, lintDraft } from "../compose/lint-draft.ts";
import type { Destination } from "../core/destination.ts";
import { ExpectedError } from "../core/error.ts";
import type { Step } from "../core/event.ts";
import type { Problem, Severity } from "../core/problem.ts";
import { isOpen } from "../core/publication.ts";
import { resolveKeys } from "../store/aliases.ts";
import { allDrafts } from "../store/drafts.ts";
import type { StoredDraft } from "../store/drafts.ts";
import type { Store } from "../store/open.ts";
import { allPublications } from "../store/publications.ts";
import type { LintRule } from "../text/lint-table.ts";
import { keepAllowed } from "./drafts/allow.ts";
import { lintRules } from "./drafts/lint-rules.ts";
import { currentDraft } from "./drafts/words.ts";

/** What checking needs. */
export interface CheckRequest {
  root: string;
  store: Store;
  destinations: readonly Destination[];
  /** Keys of the posts; null is every draft that can still be changed. */
  posts: readonly string[] | null;
  /** This and what is worse is told. */
  severity: Severity;
}

const worst = { stop: 0, warn: 1, note: 2 };

/**
 * Tells what is wrong with the drafts as they stand, a person's edits taken and the word table read anew; the
 * worst first. Ends with `needsPerson` when something stops a draft.
 */
export async function* checkDrafts(request: CheckRequest): Step {
  const { root, store, severity } = request;
  const rules = await lintRules(root);
  const named = await chosenDrafts(request);
  const problems: Problem[] = [];
  const clean = new Set<string>();
  const folders = new Map<string, string>();
  for (const { post, to } of named) {
    const destination = request.destinations.find(({ id }) => id === to);
    const draft =
      destination === undefined ? null : await currentDraft(root, store, destination, post);
    if (destination === undefined || draft === null) continue;
    const own = problemsNow(draft, destination, rules);
    if (own.length === 0) clean.add(`${post}@${to}`);
    folders.set(`${post}@${to}`, draft.folder);
    problems.push(...own.map((each) => ({ ...each, post, to })));
  }
  const told = problems
    .filter((each) => worst[each.severity] <= worst[severity])
    .toSorted((a, b) => worst[a.severity] - worst[b.severity]);
  yield* told;
  const stops = problems.some((each) => each.severity === "stop");
  return {
    exit: stops ? "needsPerson" : "done",
    summary: {
      type: "summary",
      command: "check",
      schemaVersion: 1,
      drafts: named.length,
      clean: clean.size,
      told: told.length,
      all: problems.length,
      /** Where title.txt and body.txt of what was told lie, from the library's root. */
      folders: Object.fromEntries(
        [...folders].filter(([item]) => told.some(({ post, to }) => `${post}@${to}` === item)),
      ),
      codes: Object.fromEntries(
        [...Map.groupBy(told, ({ code }) => code)].map(([code, each]) => [code, each.length]),
      ),
    },
  };
}

/** The stored problems with those about words found anew: the table may have changed since. */
function problemsNow(
  draft: StoredDraft,
  destination: Destination,
  rules: readonly LintRule[],
): Problem[] {
  const others = draft.problems.filter((each) => !isAboutWords(each));
  const words = lintDraft(destination, draft, rules);
  return keepAllowed(draft, { ...draft, problems: [...others, ...words] }).problems;
}

/** Drafts by post, newest first; what has gone out cannot be mended any more. */
async function chosenDrafts({
  store,
  destinations,
  posts,
}: CheckRequest): Promise<{ post: string; to: string }[]> {
  const { drafts, states, keys } = await store.transaction(async (transaction) => ({
    drafts: await allDrafts(transaction),
    states: new Map(
      (await allPublications(transaction)).map((each) => [`${each.post}@${each.to}`, each.state]),
    ),
    keys: posts === null ? null : new Set(await resolveKeys(transaction, posts)),
  }));
  for (const key of keys ?? []) {
    if (drafts.some(({ post }) => post === key)) continue;
    throw new ExpectedError({
      exit: "usage",
      code: "no-such-draft",
      what: `There is no draft of a post ${key} in this library.`,
      fix: "Type `findmehere prepare` for the drafts, or look into posts.csv: the first column holds the keys.",
    });
  }
  return drafts
    .filter(({ post, to }) => {
      const state = states.get(`${post}@${to}`);
      return (
        destinations.some(({ id }) => id === to) &&
        (keys === null || keys.has(post)) &&
        (state === undefined || isOpen(state))
      );
    })
    .toSorted((a, b) => (a.folder < b.folder ? 1 : a.folder > b.folder ? -1 : 0));
}
