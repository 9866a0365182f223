import { ExpectedError } from "../core/error.ts";
import type { Translator } from "../core/translation.ts";
import { deepl } from "./deepl.ts";
import { libretranslate } from "./libretranslate.ts";
import { openai } from "./openai.ts";

/** What `--with` takes. */
export const translatorIds = ["deepl", "libretranslate", "openai"] as const;

/** One of the providers. */
export type TranslatorId = (typeof translatorIds)[number];

/** The addresses and the model, as the settings have them. */
export interface TranslateSettings {
  /** Seconds that a translator may think about one request; 0: as long as is usual for it. */
  patience: number;
  deepl: { url: string };
  libretranslate: { url: string };
  openai: { url: string; model: string };
}

/** Makes a provider ready. Throws ExpectedError where its settings or its key are wrong or missing. */
export function makeTranslator(
  id: TranslatorId,
  settings: TranslateSettings,
  key: string | null,
): Translator {
  if (key !== null && !/^[\x21-\x7e]+$/.test(key)) {
    throw new ExpectedError({
      exit: "signIn",
      code: "no-translator-key",
      what: `What ${keyName(id)} gives is no key: it has a space, or a sign that no key has.`,
      fix: "Copy the key once more, without quotation marks around it.",
    });
  }
  const common = { key, patience: 1000 * settings.patience };
  switch (id) {
    case "libretranslate":
      return libretranslate({ ...settings.libretranslate, ...common });
    case "openai":
      return openai({ ...settings.openai, ...common });
    case "deepl":
      if (key !== null) return deepl({ ...settings.deepl, ...common, key });
      throw new ExpectedError({
        exit: "signIn",
        code: "no-translator-key",
        what: "DeepL wants a key, and none was given.",
        fix: "Get one at deepl.com (there is a free plan), and put it into the environment as FINDMEHERE_DEEPL_KEY, or name a command that prints it in FINDMEHERE_DEEPL_KEY_COMMAND.",
      });
  }
}

/** The environment variable of a provider's key; with `_COMMAND` behind it, of the command that prints it. */
export function keyName(id: Translator["id"]): string {
  return `FINDMEHERE_${id.toUpperCase()}_KEY`;
}
