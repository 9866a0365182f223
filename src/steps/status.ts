import type { Clock } from "../core/clock.ts";
import type { Destination } from "../core/destination.ts";
import type { Step } from "../core/event.ts";
import { publicationStates } from "../core/publication.ts";
import type { PublicationState } from "../core/publication.ts";
import { stoppedAccounts } from "../store/accounts.ts";
import type { StoppedAccount } from "../store/accounts.ts";
import { allDrafts } from "../store/drafts.ts";
import type { Store } from "../store/open.ts";
import { allPosts, postProblems } from "../store/posts.ts";
import { allPublications, publicationRecord } from "../store/publications.ts";
import type { StoredPublication } from "../store/publications.ts";
import { helloKey } from "./announce.ts";
import { firstThings } from "./first-things.ts";

/** Problems of a post that has all its files. */
const wholeAllTheSame: ReadonlySet<string> = new Set([
  ...["", "no-caption", "post-gone", "ambiguous-join", "with-watermark", "no-sound"],
]);

/** What the status needs. */
export interface StatusRequest {
  store: Store;
  clock: Clock;
  destinations: readonly Destination[];
  /** ISO 8601 day; empty when there is none. */
  deadline: string;
  /** TikTok handle, for the command that fetches captions. */
  handle: string;
  exitCode: boolean;
}

/** Something that a person has to do, with the command for it. */
export interface Need {
  what: string;
  command: string;
  /** The publication that is ready to be posted, when it is about one. */
  ready?: { post: string; to: string };
}

/** States that wait for a person. */
const waitsForPerson: readonly PublicationState[] = [
  "handed-off",
  "held",
  "unconfirmed",
  "refused",
];

/** Adds up where everything stands. */
export async function* status(request: StatusRequest): Step {
  const { store, destinations } = request;
  const { posts, problems, publications, drafts, stopped } = await store.transaction(
    async (transaction) => ({
      posts: [...(await allPosts(transaction)).values()],
      problems: await postProblems(transaction),
      publications: await allPublications(transaction),
      drafts: await allDrafts(transaction),
      stopped: await stoppedAccounts(transaction),
    }),
  );
  const now = new Date(request.clock.calendar()).toISOString();
  const next = publications.filter((each) => each.state === "queued").slice(0, 5);
  for (const publication of next) yield publicationRecord(publication);
  const waiting = publications.filter((each) => waitsForPerson.includes(each.state));
  const incomplete = posts.filter((post) => !wholeAllTheSame.has(problems.get(post.key) ?? ""));
  const dues = publications.flatMap((each) => (each.state === "queued" ? (each.due ?? []) : []));
  const live = publications.filter((each) => each.state === "live");
  const needsPerson = waiting.length + incomplete.length + stopped.length;
  return {
    exit: request.exitCode && needsPerson > 0 ? "needsPerson" : "done",
    summary: {
      type: "summary",
      command: "status",
      schemaVersion: 1,
      handle: request.handle,
      posts: posts.length,
      postsByVisibility: countBy(posts, (post) => post.visibility ?? "unknown"),
      postsIncomplete: incomplete.length,
      captionsMissing: posts.filter((post) => post.caption === null).length,
      drafts: drafts.length,
      publications: Object.fromEntries(
        destinations.map(({ id }) => [id, byState(publications.filter((each) => each.to === id))]),
      ),
      proof: countBy(live, (each) => each.proof ?? "none"),
      dueNow: publications.filter((each) => each.state === "queued" && (each.due ?? now) <= now)
        .length,
      needsPerson,
      needs: [...stopped.map(stoppedNeed), ...needs(publications, incomplete.length)],
      first: firstThings({
        posts,
        incomplete: incomplete.length,
        announced: drafts.some((draft) => draft.post === helloKey),
        handle: request.handle,
      }),
      nextDue: dues[0] ?? null,
      lastDue: dues.at(-1) ?? null,
      deadline: request.deadline === "" ? null : request.deadline,
    },
  };
}

function byState(publications: readonly StoredPublication[]): Record<string, number> {
  const counts = countBy(publications, (each) => each.state);
  return Object.fromEntries(
    publicationStates.flatMap((state) =>
      counts[state] === undefined ? [] : [[state, counts[state]]],
    ),
  );
}

function stoppedNeed({ to, since, problem }: StoppedAccount): Need {
  return {
    what: `nothing goes out to ${to} since ${since.slice(0, 10)}: ${problem.message} Look in the app first`,
    command: `findmehere queue release --account ${to}`,
  };
}

function needs(publications: readonly StoredPublication[], incomplete: number): Need[] {
  const found: Need[] = [];
  if (incomplete > 0) {
    found.push({
      what: `${incomplete} ${incomplete === 1 ? "post is" : "posts are"} not whole: a file is missing`,
      command: "findmehere export NEW-ARCHIVE.zip",
    });
  }
  const held = publications.filter((each) => each.state === "held").length;
  if (held > 0) {
    found.push({
      what: `${held} ${held === 1 ? "draft is" : "drafts are"} held; mend them, then release them`,
      command: "findmehere check --severity stop   and then   findmehere queue release --all",
    });
  }
  for (const each of publications) {
    const item = `${each.post}@${each.to}`;
    if (each.state === "handed-off") {
      found.push({
        what: `${item} is ready for your phone; post it, then bring the link back`,
        command: `findmehere confirm --post ${each.post} --to ${each.to} --url "ADDRESS"`,
        ready: { post: each.post, to: each.to },
      });
    } else if (each.state === "unconfirmed") {
      found.push({
        what: `${item}: nobody knows whether it went out; look in the app`,
        command: `findmehere confirm --post ${each.post} --to ${each.to} --url "ADDRESS"`,
      });
    } else if (each.state === "refused") {
      found.push({ what: `${item} was refused`, command: "findmehere queue list --state refused" });
    }
  }
  return found;
}

function countBy<Item>(
  items: readonly Item[],
  key: (item: Item) => string,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
}
