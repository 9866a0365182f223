/** What a provider is told by the settings. */
export interface TranslatorSettings {
  /** Base address; empty: its own. */
  url: string;
  /** Null: none was given. */
  key: string | null;
  /** Milliseconds that it may think about one request; 0: as long as is usual for it. */
  patience: number;
}

/** Milliseconds to wait for a service. */
export const usualPatience = 60_000;
