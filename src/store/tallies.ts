import type { ExpressionBuilder } from "kysely";
import { mostNoticeTries } from "../core/notice.ts";
import type { NoticeServiceId } from "../core/notice.ts";
import type { Proof, PublicationState } from "../core/publication.ts";
import type { Visibility } from "../core/post.ts";
import type { StoreTransaction } from "./open.ts";
import { publicationFromRow } from "./publications.ts";
import type { StoredPublication } from "./publications.ts";
import type { Tables } from "./schema.ts";

// Tens of thousands of rows are added up by the database; only what is shown is loaded.

/** How many publications stand in a state. */
export interface StateTally {
  to: string;
  state: PublicationState;
  count: number;
}

/** How many publications each destination has in each state; none is left out. */
export async function tallyStates(transaction: StoreTransaction): Promise<StateTally[]> {
  const rows = await transaction
    .selectFrom("publications")
    .select(["destination", "state"])
    .select(({ fn }) => fn.countAll<number | string>().as("count"))
    .groupBy(["destination", "state"])
    .execute();
  return rows.map((row) => ({
    to: row.destination,
    state: row.state as PublicationState,
    count: Number(row.count),
  }));
}

/** How many publications are live by each proof. */
export async function tallyProofs(
  transaction: StoreTransaction,
): Promise<{ to: string; proof: Proof | null; count: number }[]> {
  const rows = await transaction
    .selectFrom("publications")
    .select(["destination", "proof"])
    .select(({ fn }) => fn.countAll<number | string>().as("count"))
    .where("state", "=", "live")
    .groupBy(["destination", "proof"])
    .execute();
  return rows.map((row) => ({
    to: row.destination,
    proof: row.proof as Proof | null,
    count: Number(row.count),
  }));
}

/** The queue of one destination; moments are ISO 8601 UTC. */
export interface QueueTally {
  to: string;
  first: string | null;
  last: string | null;
  /** How many are due. */
  due: number;
  /** How many go out from `lateFrom` on. */
  late: number;
}

/** The queues of all destinations. `lateFrom` null: nothing is late. */
export async function tallyQueues(
  transaction: StoreTransaction,
  { now, lateFrom }: { now: string; lateFrom: string | null },
): Promise<QueueTally[]> {
  const count = (
    query: ExpressionBuilder<Tables, "publications">,
    compare: "<=" | ">=",
    at: string,
  ) => query.fn.sum<number | string>(query.case().when("due", compare, at).then(1).else(0).end());
  const rows = await transaction
    .selectFrom("publications")
    .select("destination")
    .select((query) => [
      query.fn.min("due").as("first"),
      query.fn.max("due").as("last"),
      count(query, "<=", now).as("due"),
      count(query, ">=", lateFrom ?? "~").as("late"),
    ])
    .where("state", "=", "queued")
    .groupBy("destination")
    .execute();
  return rows.map((row) => ({
    ...{ to: row.destination, first: row.first, last: row.last },
    ...{ due: Number(row.due), late: Number(row.late) },
  }));
}

/** What is queued, the earliest first. */
export async function nextQueued(
  transaction: StoreTransaction,
  most: number,
): Promise<StoredPublication[]> {
  const rows = await transaction
    .selectFrom("publications")
    .selectAll()
    .where("state", "=", "queued")
    .where("due", "is not", null)
    .orderBy("due")
    .orderBy("post")
    .orderBy("destination")
    .limit(most)
    .execute();
  return rows.map(publicationFromRow);
}

/** Publications in one state, what went out first at the head. `unwatched`: only those that nobody will look at. */
export async function publicationsIn(
  transaction: StoreTransaction,
  state: PublicationState,
  most: number,
  unwatched = false,
): Promise<StoredPublication[]> {
  const rows = await transaction
    .selectFrom("publications")
    .selectAll()
    .where("state", "=", state)
    .$if(unwatched, (query) => query.where("next_look", "is", null))
    .orderBy("handed_off_at")
    .orderBy("post")
    .orderBy("destination")
    .limit(most)
    .execute();
  return rows.map(publicationFromRow);
}

/** How many publications in one state nobody will look at. */
export async function countUnwatched(
  transaction: StoreTransaction,
  state: PublicationState,
): Promise<number> {
  const row = await transaction
    .selectFrom("publications")
    .select(({ fn }) => fn.countAll<number | string>().as("count"))
    .where("state", "=", state)
    .where("next_look", "is", null)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Posts that are alike in what the status asks of them. */
export interface PostTally {
  visibility: Visibility | null;
  /** The open problem, "" when there is none. */
  problem: string;
  hasCaption: boolean;
  count: number;
}

/** How many posts there are of each sort. */
export async function tallyPosts(transaction: StoreTransaction): Promise<PostTally[]> {
  const rows = await transaction
    .selectFrom("posts")
    .select(["visibility", "problem"])
    .select((query) => [
      query.fn.countAll<number | string>().as("count"),
      query.fn.count<number | string>("caption").as("captions"),
    ])
    .groupBy(["visibility", "problem"])
    .execute();
  return rows.flatMap((row) => {
    const sort = { visibility: row.visibility as Visibility | null, problem: row.problem };
    const captions = Number(row.captions);
    return [
      { ...sort, hasCaption: true, count: captions },
      { ...sort, hasCaption: false, count: Number(row.count) - captions },
    ].filter(({ count }) => count > 0);
  });
}

/** How many drafts there are, and how many of them are of this post. */
export async function tallyDrafts(
  transaction: StoreTransaction,
  post: string,
): Promise<{ all: number; ofPost: number }> {
  const count = (only: string | null) =>
    transaction
      .selectFrom("drafts")
      .select(({ fn }) => fn.countAll<number | string>().as("count"))
      .$if(only !== null, (query) => query.where("post", "=", only ?? ""))
      .executeTakeFirstOrThrow();
  return { all: Number((await count(null)).count), ofPost: Number((await count(post)).count) };
}

/** How many notices each service did not take: they are tried again, or were given up lately. */
export async function tallyUnsent(
  transaction: StoreTransaction,
  services: readonly NoticeServiceId[],
  lately: string,
): Promise<{ service: NoticeServiceId; count: number }[]> {
  if (services.length === 0) return [];
  const rows = await transaction
    .selectFrom("notices")
    .select("service")
    .select(({ fn }) => fn.countAll<number | string>().as("count"))
    .where("sent_at", "is", null)
    .where("tries", ">", 0)
    .where("tries", "<=", mostNoticeTries)
    .where("at", ">=", lately)
    .where("service", "in", services)
    .groupBy("service")
    .orderBy("service")
    .execute();
  return rows.map((row) => ({
    service: row.service as NoticeServiceId,
    count: Number(row.count),
  }));
}
