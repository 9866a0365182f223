import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Post, PostFields, SourcePost } from "../../src/core/post.ts";
import { keepRecords } from "../../src/steps/export/keep-records.ts";
import type { KeptPosts } from "../../src/steps/export/keep-records.ts";
import { allOldWords } from "../../src/store/history.ts";
import type { OldWord } from "../../src/store/history.ts";
import { openStore } from "../../src/store/open.ts";
import { allPosts } from "../../src/store/posts.ts";
import { allRecords } from "../../src/store/records.ts";
import type { StoredRecord } from "../../src/store/records.ts";
import { deletePost, emptyRecords, putRemoved } from "../../src/store/removed.ts";

const start = Date.UTC(2024, 8, 17, 14, 7, 0);

/** The moment so many seconds after a fixed one. */
export function moment(second: number): string {
  return new Date(start + second * 1000).toISOString().replace(".000", "");
}

/** A post as the archive tells it: no id, one object. */
export function archived(
  second: number,
  objectId: string | null,
  fields: Partial<PostFields> = {},
): SourcePost {
  return {
    type: "post",
    source: "tiktok-archive",
    id: null,
    date: moment(second),
    observed: null,
    objectIds: objectId === null ? [] : [objectId],
    fields: { kind: "video", visibility: "public", ...fields },
    media:
      objectId === null
        ? []
        : [
            {
              role: "video",
              position: 1,
              origins: [
                {
                  at: "web",
                  address: `https://example.org/${objectId}?signature=secret`,
                  expires: null,
                },
              ],
              objectId,
            },
          ],
    place: "",
  };
}

/** A post as a sidecar of the page tells it. */
export function captioned(
  second: number,
  id: string,
  caption: string,
  objectIds: string[] = [],
): SourcePost {
  return {
    type: "post",
    source: "media-folder",
    id,
    date: moment(second),
    observed: null,
    objectIds,
    fields: { caption, visibility: "public" },
    media: [],
    place: "",
  };
}

/** What one run was given: several inputs, each a list of posts. */
export type Run = readonly (readonly SourcePost[])[];

/** A library's records and posts on a real file; removed by `dispose`. */
export interface RecordLibrary {
  run(inputs: Run): Promise<KeptPosts>;
  posts(): Promise<Post[]>;
  records(): Promise<StoredRecord[]>;
  /** Every word that was replaced. */
  oldWords(): Promise<OldWord[]>;
  /** Takes a post out as `remove` does with its rows. */
  remove(key: string): Promise<void>;
  dispose(): Promise<void>;
}

/** A new one, empty. */
export async function recordLibrary(): Promise<RecordLibrary> {
  const folder = mkdtempSync(join(tmpdir(), "findmehere-records-"));
  const store = await openStore(join(folder, "findmehere.db"));
  return {
    run: (inputs) =>
      store.transaction((transaction) =>
        keepRecords(
          transaction,
          inputs.flatMap((posts, input) =>
            posts.map((post) => ({ ...post, input, promisesFiles: false })),
          ),
          "2026-01-01T00:00:00.000Z",
        ),
      ),
    posts: async () => [...(await store.transaction(allPosts)).values()],
    records: () => store.transaction(allRecords),
    oldWords: () => store.transaction(allOldWords),
    remove: (key) =>
      store.transaction(async (transaction) => {
        await deletePost(transaction, key, []);
        await emptyRecords(transaction, key);
        await putRemoved(transaction, { key, at: "2026-01-01T00:00:00.000Z", folders: [] });
      }),
    dispose: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Posts without what depends on which source came first, in a fixed order. */
export function fieldsOf(posts: readonly Post[]): string[] {
  return posts.map(({ key: _key, folder: _folder, ...fields }) => JSON.stringify(fields)).sort();
}
