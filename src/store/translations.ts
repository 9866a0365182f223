import { byPerson } from "../core/translation.ts";
import type { TranslatedBy, TranslationLanguage } from "../core/translation.ts";
import type { StoreTransaction } from "./open.ts";

/** What a text is in another language, and who said so. */
export interface StoredTranslation {
  /** Exactly as it stands in the post. */
  source: string;
  to: TranslationLanguage;
  text: string;
  by: TranslatedBy;
  /** ISO 8601 UTC. */
  at: string;
}

/** A database takes only so many values in one question. */
const atOnce = 500;

/** The translations of these texts into one language, by the text. */
export async function translationsOf(
  transaction: StoreTransaction,
  sources: readonly string[],
  to: TranslationLanguage,
): Promise<Map<string, StoredTranslation>> {
  const found = new Map<string, StoredTranslation>();
  const asked = [...new Set(sources)];
  for (let start = 0; start < asked.length; start += atOnce) {
    const rows = await transaction
      .selectFrom("translations")
      .selectAll()
      .where("to_language", "=", to)
      .where("source", "in", asked.slice(start, start + atOnce))
      .execute();
    for (const { source, text, by_whom, at } of rows)
      found.set(source, { source, to, text, by: by_whom, at });
  }
  return found;
}

/**
 * Keeps a translation; false where nothing changed. What a person said is replaced by a person only, and the
 * same words said again stay as they were.
 */
export async function putTranslation(
  transaction: StoreTransaction,
  translation: StoredTranslation,
): Promise<boolean> {
  const { source, to, text, by, at } = translation;
  const known = (await translationsOf(transaction, [source], to)).get(source);
  if (known?.by === byPerson && by !== byPerson) return false;
  if (known?.text === text && known.by === by) return false;
  await transaction
    .insertInto("translations")
    .values({ source, to_language: to, text, by_whom: by, at })
    .onConflict((conflict) =>
      conflict.columns(["source", "to_language"]).doUpdateSet({ text, by_whom: by, at }),
    )
    .execute();
  return true;
}

/** Forgets the translations of texts that no post has any more. */
export async function forgetTranslations(
  transaction: StoreTransaction,
  sources: readonly string[],
): Promise<void> {
  for (const source of sources) {
    const holder = await transaction
      .selectFrom("posts")
      .select("key")
      .where((where) => where.or([where("caption", "=", source), where("title", "=", source)]))
      .limit(1)
      .executeTakeFirst();
    if (holder !== undefined) continue;
    await transaction.deleteFrom("translations").where("source", "=", source).execute();
  }
}
