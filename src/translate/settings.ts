/** What a provider is told by the settings. */
export interface TranslatorSettings {
  /** Base address; empty: its own. */
  url: string;
  /** Null: none was given. */
  key: string | null;
}
