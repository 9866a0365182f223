import { z } from "zod";
import type { TranslationLanguage, Translator } from "../core/translation.ts";
import { askJson, checkedBase, wrongAnswer } from "./ask.ts";
import { TranslateError } from "./error.ts";
import { usualPatience } from "./settings.ts";
import type { TranslatorSettings } from "./settings.ts";

const answerShape = z.object({ translatedText: z.array(z.string()) });
const languagesShape = z.array(z.object({ code: z.string() }));

/**
 * What a server may call a language, the best name first: older ones know `zh` and `zt` alone and refuse
 * `zh-Hans`. A server without Traditional is asked for Simplified, which is turned afterwards.
 */
const codes: Record<TranslationLanguage | "zh", readonly string[]> = {
  en: ["en"],
  zh: ["zh-Hans", "zh"],
  "zh-Hans": ["zh-Hans", "zh"],
  "zh-Hant": ["zh-Hant", "zt", "zh-Hans", "zh"],
};

/** LibreTranslate, one's own or a public one (its API as of 2026-11-20). */
export function libretranslate(settings: TranslatorSettings): Translator {
  const { url, key } = settings;
  const base = checkedBase(url || "https://libretranslate.com", "translate.libretranslate.url");
  const patience = settings.patience || usualPatience;
  let offered: Promise<ReadonlySet<string>> | null = null;
  const offer = (signal: AbortSignal): Promise<ReadonlySet<string>> => {
    offered ??= languages(signal).catch((error: unknown) => {
      offered = null;
      throw error;
    });
    return offered;
  };
  return {
    id: "libretranslate",
    title: "LibreTranslate",
    host: new URL(base).host,
    placeholders: "brackets",
    // What a server takes is its own setting and not told beforehand; public ones take 2,000 characters.
    most: { segments: 10, bytes: 1800 },
    async translate(segments, { from, to, signal }) {
      const known = await offer(signal);
      const target = codes[to].find((code) => known.has(code));
      if (target === undefined)
        throw new TranslateError("language", `it does not translate into ${to}`);
      const answer = await askJson({
        address: `${base}/translate`,
        signal,
        patience,
        body: {
          q: segments.map(({ text }) => text),
          source: (from === null ? null : codes[from].find((code) => known.has(code))) ?? "auto",
          target,
          format: "text",
          ...(key === null ? {} : { api_key: key }),
        },
      });
      const { data } = answerShape.safeParse(answer);
      if (data?.translatedText.length !== segments.length) throw wrongAnswer();
      return segments.map(({ id }, index) => ({ id, text: data.translatedText[index] ?? "" }));
    },
    quota: async () => null,
  };

  async function languages(signal: AbortSignal): Promise<ReadonlySet<string>> {
    const { data } = languagesShape.safeParse(
      await askJson({ address: `${base}/languages`, signal, patience }),
    );
    if (data === undefined) throw wrongAnswer();
    return new Set(data.map(({ code }) => code));
  }
}
