import { join } from "node:path";
import PQueue from "p-queue";
import type { SourcePeople, SourcePerson } from "../../core/source.ts";
import type { TableRow } from "../../edge/table.ts";
import { libraryNames } from "../../library/layout.ts";
import { writeManifest } from "../../library/manifest.ts";
import { writePostFiles } from "../../library/post-files.ts";
import { postHistory } from "../../library/post-history.ts";
import type { ToldOnce } from "../../library/post-history.ts";
import type { PostRow } from "../../library/table-cells.ts";
import { writeLongTable, writePostsLines, writePostsTable } from "../../library/tables.ts";
import type { ShownProfile } from "../../merge/profile.ts";
import { timeOf } from "../../merge/telling.ts";
import { allOldWords } from "../../store/history.ts";
import type { Store, StoreTransaction } from "../../store/open.ts";
import { writeText } from "../../library/write-text.ts";
import { allFiles, allPosts, postProblems } from "../../store/posts.ts";
import type { StoredFile } from "../../store/posts.ts";
import { allRecords, nameOf } from "../../store/records.ts";
import { isExtra } from "./offered-media.ts";

/** Writes what a library shows from its database: tables, manifest, and the text files of every post. */
export async function writeLibrary(root: string, store: Store): Promise<void> {
  const { posts, files, problems, told } = await store.transaction(async (transaction) => ({
    posts: await allPosts(transaction),
    files: await allFiles(transaction),
    problems: await postProblems(transaction),
    told: await everythingTold(transaction),
  }));
  const byPost = Map.groupBy(files, (file) => file.post);
  const rows = [...posts.values()].map((post): PostRow => {
    const mediaFiles = mediaPaths(byPost.get(post.key) ?? []);
    return { ...post, mediaFiles, problem: problems.get(post.key) ?? "" };
  });
  await writeAllPostFiles(root, rows, told);
  await writePostsTable(join(root, libraryNames.postsTable), rows);
  await writePostsLines(join(root, libraryNames.postsLines), rows);
  await writeManifest(
    root,
    files.map(({ path, sha256 }) => ({ path, sha256 })),
  );
}

/** Several at once: each waits for the disk twice, and a disk settles many waits with one write. */
async function writeAllPostFiles(
  root: string,
  rows: readonly PostRow[],
  told: ReadonlyMap<string, ToldOnce[]>,
): Promise<void> {
  const queue = new PQueue({ concurrency: 8 });
  try {
    await queue.addAll(
      rows.map(({ mediaFiles, problem: _problem, ...post }) => {
        const history = postHistory(post, told.get(post.key) ?? []);
        return () => writePostFiles(root, post, mediaFiles, history);
      }),
    );
  } finally {
    // After a failure the rest is left to the next run.
    queue.clear();
  }
}

/** Fields whose older words are shown in post.json. */
const shownWords = ["caption", "title", "views", "likes", "comments", "shares", "saves"] as const;

/** What every source has ever said of each post, by its key; only the words that change. */
async function everythingTold(transaction: StoreTransaction): Promise<Map<string, ToldOnce[]>> {
  const told = new Map<string, ToldOnce[]>();
  const records = await allRecords(transaction);
  const owners = new Map(records.map((record) => [nameOf(record), record.post]));
  const add = (post: string | null | undefined, word: ToldOnce) => {
    if (post === null || post === undefined) return;
    told.set(post, [...(told.get(post) ?? []), word]);
  };
  for (const word of await allOldWords(transaction)) add(owners.get(nameOf(word)), word);
  for (const record of records) {
    if (record.named !== null) continue;
    for (const field of shownWords) {
      const value = record.fields[field];
      if (value === undefined || value === null || value === "") continue;
      add(record.post, { source: record.source, observed: timeOf(record, field), field, value });
    }
  }
  return told;
}

/** Writes profile.json: only what may be shown in public. */
export async function writeProfile(root: string, shown: ShownProfile): Promise<void> {
  await writeText(join(root, libraryNames.profile), `${JSON.stringify(shown, null, 2)}\n`);
}

/** Writes followers.csv and following.csv. They are other people's handles, so they go nowhere else. */
export async function writePeople(root: string, people: readonly SourcePeople[]): Promise<void> {
  for (const { list, rows } of people) {
    const file = join(root, libraryNames[list]);
    await writeLongTable(file, ["handle", "date"], asRows(rows()));
  }
}

function* asRows(people: Iterable<SourcePerson>): Generator<TableRow> {
  for (const { handle, date } of people) yield { handle, date };
}

/** The post's own media in order, without covers and subtitles. */
function mediaPaths(files: readonly StoredFile[]): string[] {
  return files
    .filter((file) => !isExtra(file.role) && file.role !== "avatar")
    .toSorted((a, b) => a.position - b.position)
    .map((file) => file.path);
}
