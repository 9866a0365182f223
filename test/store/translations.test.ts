import { describe, expect, test } from "vitest";
import { putPost } from "../../src/store/posts.ts";
import {
  forgetTranslations,
  putTranslation,
  translationsOf,
} from "../../src/store/translations.ts";
import type { StoredTranslation } from "../../src/store/translations.ts";
import { barePost } from "../support/bare-post.ts";
import { freshStore } from "./support.ts";

const morning: StoredTranslation = {
  source: "Good morning 👩‍👩‍👧‍👦\r\n#fyp",
  to: "zh-Hans",
  text: "早上好 👩‍👩‍👧‍👦\n#fyp",
  by: "deepl",
  at: "2026-11-21T08:00:00.000Z",
};
const later = "2026-11-22T08:00:00.000Z";

describe("the memory of translations", () => {
  test("gives back what was put, for its language alone", async () => {
    const { store } = await freshStore();
    await store.transaction(async (transaction) => {
      expect(await putTranslation(transaction, morning)).toBe(true);
      const sources = [morning.source, "something else"];
      expect([...(await translationsOf(transaction, sources, "zh-Hans"))]).toEqual([
        [morning.source, morning],
      ]);
      expect(await translationsOf(transaction, sources, "zh-Hant")).toEqual(new Map());
      expect(await translationsOf(transaction, [], "zh-Hans")).toEqual(new Map());
    });
  });

  test("lets a person win over every provider, and be changed by a person only", async () => {
    const { store } = await freshStore();
    await store.transaction(async (transaction) => {
      const person = { ...morning, text: "早！", by: "person", at: later };
      await putTranslation(transaction, morning);
      expect(await putTranslation(transaction, person)).toBe(true);
      expect(await putTranslation(transaction, { ...morning, by: "openai" })).toBe(false);
      const read = async () =>
        (await translationsOf(transaction, [morning.source], "zh-Hans")).get(morning.source);
      expect(await read()).toEqual(person);
      expect(await putTranslation(transaction, { ...person, text: "早安" })).toBe(true);
      expect(await read()).toEqual({ ...person, text: "早安" });
    });
  });

  test("notices that the same words are said again", async () => {
    const { store } = await freshStore();
    await store.transaction(async (transaction) => {
      await putTranslation(transaction, morning);
      expect(await putTranslation(transaction, { ...morning, at: later })).toBe(false);
      const kept = await translationsOf(transaction, [morning.source], "zh-Hans");
      expect(kept.get(morning.source)?.at).toBe(morning.at);
      expect(await putTranslation(transaction, { ...morning, by: "person", at: later })).toBe(true);
    });
  });

  test("finds thousands at once", async () => {
    const { store } = await freshStore();
    await store.transaction(async (transaction) => {
      const sources = Array.from({ length: 1_201 }, (_, index) => `caption ${index}`);
      for (const source of sources) await putTranslation(transaction, { ...morning, source });
      const found = await translationsOf(transaction, [...sources, ...sources], "zh-Hans");
      expect([...found.keys()]).toHaveLength(1_201);
      expect(found.get("caption 1200")?.text).toBe(morning.text);
    });
  });

  test("forgets a text once no post has it, in any language", async () => {
    const { store } = await freshStore();
    await store.transaction(async (transaction) => {
      await putPost(transaction, barePost({ caption: "kept", title: "kept too" }));
      for (const source of ["kept", "kept too", "gone"]) {
        await putTranslation(transaction, { ...morning, source });
        await putTranslation(transaction, { ...morning, source, to: "en" });
      }
      await forgetTranslations(transaction, ["kept", "kept too", "gone"]);
      for (const to of ["zh-Hans", "en"] as const) {
        const left = await translationsOf(transaction, ["kept", "kept too", "gone"], to);
        expect([...left.keys()].toSorted()).toEqual(["kept", "kept too"]);
      }
    });
  });
});
