import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import type { SourceCoverage } from "../../core/source.ts";
import type { StoreTransaction } from "../../store/open.ts";
import { allPosts, postProblems, setPostProblem } from "../../store/posts.ts";
import { allReadings, putReading } from "../../store/readings.ts";
import type { WholeReading } from "../../store/readings.ts";
import { allRecords } from "../../store/records.ts";
import type { StoredRecord } from "../../store/records.ts";

/**
 * Remembers the readings of this run that told every post, and answers the posts that are gone since: an
 * older look saw them, a later whole look did not. They stay in the library.
 */
export async function noteGone(
  transaction: StoreTransaction,
  coverage: readonly SourceCoverage[],
): Promise<{ gone: Set<string>; problems: Problem[] }> {
  const before = await allReadings(transaction);
  const known = new Set(before.map(nameOf));
  const now = coverage.flatMap((each): WholeReading[] => {
    const { source, observed, whole, privateToo } = each;
    return whole && observed !== null ? [{ source, observed, privateToo }] : [];
  });
  for (const reading of now) await putReading(transaction, reading);
  const all = [...before, ...now.filter((reading) => !known.has(nameOf(reading)))];
  const posts = await allPosts(transaction);
  const byPost = Map.groupBy(await allRecords(transaction), (record) => record.post ?? "");
  const gone = new Set<string>();
  const problems: Problem[] = [];
  for (const [key, post] of posts) {
    const records = byPost.get(key) ?? [];
    if (!isGone(records, all)) continue;
    gone.add(key);
    // Said once, by the run that saw it first.
    if (!isGone(records, before)) problems.push(isGoneNow(key, post.date));
  }
  return { gone, problems };
}

/** Notes in the table of posts which ones are gone, where nothing worse stands there. */
export async function markGone(
  transaction: StoreTransaction,
  gone: ReadonlySet<string>,
): Promise<void> {
  const before = await postProblems(transaction);
  for (const key of gone) {
    if (before.get(key) === "") await setPostProblem(transaction, key, "post-gone");
  }
}

/** True when a source that could have seen the post has looked at everything since anybody saw it last. */
function isGone(records: readonly StoredRecord[], readings: readonly WholeReading[]): boolean {
  const seen = records.filter(({ named }) => named === null);
  const last =
    seen
      .map(({ observed }) => observed ?? "")
      .toSorted()
      .at(-1) ?? "";
  if (last === "") return false;
  return readings.some(({ source, observed, privateToo }) => {
    const own = seen.filter((record) => record.source === source && record.observed !== null);
    const visible = own.some(({ fields }) => privateToo || fields.visibility === "public");
    return visible && observed > last;
  });
}

function isGoneNow(post: string, date: string): Problem {
  return problem(
    "post-gone",
    `The post of ${date.slice(0, 10)} is no longer on TikTok, as far as this source sees.`,
    "It stays in your library. Nothing was taken out.",
    { post },
  );
}

function nameOf({ source, observed, privateToo }: WholeReading): string {
  return `${source} ${observed} ${String(privateToo)}`;
}
