import { z } from "zod";
import type { TranslationLanguage, Translator } from "../core/translation.ts";
import { askJson, checkedBase, wrongAnswer } from "./ask.ts";
import { usualPatience } from "./settings.ts";
import type { TranslatorSettings } from "./settings.ts";

/** English wants its country as a target (DeepL API v2, 2026-11-20). */
const targets: Record<TranslationLanguage, string> = {
  en: "EN-US",
  "zh-Hans": "ZH-HANS",
  "zh-Hant": "ZH-HANT",
};

const answerShape = z.object({ translations: z.array(z.object({ text: z.string() })) });
const usageShape = z.object({ character_count: z.number(), character_limit: z.number() });

/** DeepL's API v2. A key that ends with `:fx` is one of the free plan, which has a host of its own. */
export function deepl(settings: TranslatorSettings & { key: string }): Translator {
  const { url, key } = settings;
  const patience = settings.patience || usualPatience;
  const usual = key.endsWith(":fx") ? "https://api-free.deepl.com" : "https://api.deepl.com";
  const base = checkedBase(url || usual, "translate.deepl.url");
  const headers = { authorization: `DeepL-Auth-Key ${key}` };
  return {
    id: "deepl",
    title: "DeepL",
    host: new URL(base).host,
    placeholders: "xml",
    // 128 KiB is its limit for a request; the rest is room for what stands around the texts.
    most: { segments: 50, bytes: 96 * 1024 },
    async translate(segments, task) {
      const answer = await askJson({
        address: `${base}/v2/translate`,
        headers,
        signal: task.signal,
        patience,
        body: {
          text: segments.map(({ text }) => text),
          ...(task.from === null ? {} : { source_lang: task.from.toUpperCase() }),
          target_lang: targets[task.to],
          tag_handling: "xml",
          tag_handling_version: "v2",
          preserve_formatting: true,
          context: task.context,
        },
      });
      const { data } = answerShape.safeParse(answer);
      if (data?.translations.length !== segments.length) throw wrongAnswer();
      return segments.map(({ id }, index) => ({ id, text: data.translations[index]?.text ?? "" }));
    },
    async quota(signal) {
      const { data } = usageShape.safeParse(
        await askJson({ address: `${base}/v2/usage`, headers, signal, patience }),
      );
      return data === undefined ? null : { used: data.character_count, most: data.character_limit };
    },
  };
}
