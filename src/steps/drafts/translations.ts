import type { Translations } from "../../compose/draft.ts";
import type { Post } from "../../core/post.ts";
import { byPerson, translationLanguages } from "../../core/translation.ts";
import type { TranslationLanguage } from "../../core/translation.ts";
import type { StoreTransaction } from "../../store/open.ts";
import { translationsOf } from "../../store/translations.ts";
import type { ChineseScripts } from "../../text/chinese.ts";

/** A translation and whether a person wrote it. */
interface Translated {
  text: string;
  byPerson: boolean;
}

/** Translations by the text as it stands in the post, then by language. */
export type CaptionTranslations = ReadonlyMap<string, ReadonlyMap<TranslationLanguage, Translated>>;

/** What the library knows of the captions and photo titles of these posts in other languages. */
export async function captionTranslations(
  transaction: StoreTransaction,
  posts: readonly Pick<Post, "caption" | "title">[],
): Promise<CaptionTranslations> {
  const sources = posts
    .flatMap(({ caption, title }) => [caption, title])
    .filter((text): text is string => text !== null && text !== "");
  const found = new Map<string, Map<TranslationLanguage, Translated>>();
  for (const to of translationLanguages) {
    for (const [source, { text, by }] of await translationsOf(transaction, sources, to)) {
      const known = found.get(source) ?? new Map<TranslationLanguage, Translated>();
      found.set(source, known.set(to, { text, byPerson: by === byPerson }));
    }
  }
  return found;
}

/**
 * The translations of one text for a destination that writes this Chinese. Where only the other script is
 * there, or a person wrote only that one, it is turned into this one.
 */
export function translationsFor(
  known: CaptionTranslations,
  source: string | null,
  chinese: "zh-Hans" | "zh-Hant",
  scripts: ChineseScripts | null,
): Translations {
  const all = known.get(source ?? "");
  const made = new Map<TranslationLanguage, string>();
  const english = all?.get("en");
  if (english !== undefined) made.set("en", english.text);
  const own = all?.get(chinese);
  const other = all?.get(chinese === "zh-Hans" ? "zh-Hant" : "zh-Hans");
  const turns = other !== undefined && (own === undefined || (other.byPerson && !own.byPerson));
  if (turns && scripts !== null) {
    const { toSimplified, toTraditional } = scripts;
    made.set(chinese, chinese === "zh-Hans" ? toSimplified(other.text) : toTraditional(other.text));
  } else if (own !== undefined) made.set(chinese, own.text);
  return made;
}
