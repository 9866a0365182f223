/** The languages that captions are translated into. */
export type TranslationLanguage = "en" | "zh-Hans" | "zh-Hant";
