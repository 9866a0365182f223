import { z } from "zod";
import type { Translator } from "../core/translation.ts";
import { askJson, checkedBase, wrongAnswer } from "./ask.ts";
import type { TranslatorSettings } from "./settings.ts";

const answerShape = z.object({ translatedText: z.array(z.string()) });

/** LibreTranslate, one's own or a public one (its API as of 2026-11-20). */
export function libretranslate({ url, key }: TranslatorSettings): Translator {
  const base = checkedBase(url || "https://libretranslate.com", "translate.libretranslate.url");
  return {
    id: "libretranslate",
    title: "LibreTranslate",
    host: new URL(base).host,
    placeholders: "brackets",
    // What a server takes is its own setting and not told beforehand; public ones take 2,000 characters.
    most: { segments: 10, bytes: 1800 },
    async translate(segments, { from, to, signal }) {
      const answer = await askJson({
        address: `${base}/translate`,
        signal,
        body: {
          q: segments.map(({ text }) => text),
          source: from ?? "auto",
          target: to,
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
}
