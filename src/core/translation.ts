/** The languages that captions are translated into. */
export type TranslationLanguage = "en" | "zh-Hans" | "zh-Hant";

/** Every language that captions are translated into. */
export const translationLanguages: readonly TranslationLanguage[] = ["en", "zh-Hans", "zh-Hant"];

/** Who translated: a person, or the id of a provider such as `deepl`. */
export type TranslatedBy = string;

/** The author of a row whose words always win. */
export const byPerson: TranslatedBy = "person";

/** Which words of a post are translated: its whole caption, or the title of a photo post. */
export type TranslationField = "caption" | "title";

/** One text on its way to a translator; what must not be translated is a placeholder in it. */
export interface TranslationSegment {
  id: string;
  text: string;
}

/** What a translator is told beside the texts. */
export interface TranslationTask {
  /** Null: the translator finds out. */
  from: TranslationLanguage | null;
  to: TranslationLanguage;
  /** A sentence on what the texts are; not translated. */
  context: string;
  signal: AbortSignal;
}
