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

/** One text to translate, as `translate export` and `translate import` know it. */
export interface TranslationRow {
  key: string;
  to: string;
  field: string;
  /** Exactly as it stands in the post. */
  source: string;
  /** Empty: not translated yet. */
  translation: string;
  /** Empty, `person`, or the id of a provider. */
  by: TranslatedBy;
}

/** One text on its way to a translator; what must not be translated is a placeholder in it. */
export interface TranslationSegment {
  id: string;
  text: string;
}

/** What a translator is told beside the texts. */
export interface TranslationTask {
  /** Null: the translator finds out. */
  from: "en" | "zh" | null;
  to: TranslationLanguage;
  /** A sentence on what the texts are; not translated. */
  context: string;
  signal: AbortSignal;
}

/** How what must not be translated stands in a segment: `⟦0⟧`, or `<x id="0"/>` in escaped XML. */
export type PlaceholderForm = "brackets" | "xml";

/** How much has been translated this month and how much may be, in characters. */
export interface TranslationQuota {
  used: number;
  most: number;
}

/** A provider. Batches, new tries, protection and checks are not its business. Throws TranslateError. */
export interface Translator {
  /** Stable id, such as `deepl`. */
  id: string;
  title: string;
  /** Host and port that get the texts. */
  host: string;
  placeholders: PlaceholderForm;
  /** What one request may hold, bytes as UTF-8. */
  most: { segments: number; bytes: number };
  translate(
    segments: readonly TranslationSegment[],
    task: TranslationTask,
  ): Promise<TranslationSegment[]>;
  /** Null where the provider does not tell. */
  quota(signal: AbortSignal): Promise<TranslationQuota | null>;
}
