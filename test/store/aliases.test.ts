import { describe, expect, test } from "vitest";
import {
  allAliases,
  finishUnion,
  putAlias,
  resolveItems,
  resolveKeys,
  unfinishedUnions,
} from "../../src/store/aliases.ts";
import type { Store } from "../../src/store/open.ts";
import { freshStore, rawly } from "./support.ts";

const left = { folder: "posts/b", draftFolders: ["drafts/rednote/b"], lostDrafts: [] };

function plantPost(file: string, key: string): void {
  const columns = "key, date, kind, hashtags, mentions, sources, folder, problem";
  const values = "?, '', 'video', '[]', '[]', '[]', ?, ''";
  rawly(file, `insert into posts (${columns}) values (${values})`, key, `posts/${key}`);
}

function plantRecord(file: string, id: string, post: string | null): void {
  const columns = "source, record, post, id, date, object_ids, fields, media, seen_at";
  const values = "'s', ?, ?, ?, '', '[]', '{}', '[]', ''";
  rawly(file, `insert into records (${columns}) values (${values})`, id, post, id);
}

function keys(store: Store, ...words: string[]): Promise<string[]> {
  return store.transaction((transaction) => resolveKeys(transaction, words));
}

describe("the names of a post", () => {
  test("are its key, its older keys and TikTok's id; another word stays what it is", async () => {
    const { store, file } = await freshStore();
    plantPost(file, "a");
    plantRecord(file, "id-of-a", "a");
    plantRecord(file, "id-of-nobody", null);
    await store.transaction((transaction) => putAlias(transaction, "b", "a"));
    expect(await keys(store, "a", "b", "id-of-a", "hello", "id-of-nobody")).toEqual([
      ...["a", "a", "a", "hello", "id-of-nobody"],
    ]);
    const items = [{ post: "b", to: "rednote" }];
    expect(await store.transaction((transaction) => resolveItems(transaction, items))).toEqual([
      { post: "a", to: "rednote" },
    ]);
  });

  test("a key goes before an alias, and an alias before an id", async () => {
    const { store, file } = await freshStore();
    plantPost(file, "a");
    plantPost(file, "b");
    plantRecord(file, "b", "a");
    plantRecord(file, "c", "a");
    await store.transaction((transaction) => putAlias(transaction, "c", "b"));
    expect(await keys(store, "b", "c")).toEqual(["b", "b"]);
  });

  test("lead to a removed post too, so that it is known that it was removed", async () => {
    const { store, file } = await freshStore();
    rawly(file, "insert into removed (key, removed_at) values ('a', '')");
    plantRecord(file, "id-of-a", "a");
    await store.transaction((transaction) => putAlias(transaction, "b", "a"));
    expect(await keys(store, "a", "b", "id-of-a")).toEqual(["a", "a", "a"]);
  });

  test("go along when their post becomes another one", async () => {
    const { store } = await freshStore();
    await store.transaction(async (transaction) => {
      await putAlias(transaction, "c", "b", left);
      await putAlias(transaction, "b", "a", left);
    });
    expect(await store.transaction(allAliases)).toEqual(
      new Map([
        ["c", "a"],
        ["b", "a"],
      ]),
    );
    expect(await keys(store, "c")).toEqual(["a"]);
  });

  test("remember what is left to do on the disk until it is done", async () => {
    const { store } = await freshStore();
    await store.transaction((transaction) => putAlias(transaction, "b", "a", left));
    const open = () => store.transaction(unfinishedUnions);
    expect(await open()).toEqual([{ alias: "b", key: "a", left }]);
    await store.transaction((transaction) => finishUnion(transaction, "b"));
    expect(await open()).toEqual([]);
  });
});
