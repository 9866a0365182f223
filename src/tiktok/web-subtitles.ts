import { z } from "zod";
import { webText } from "./web-value.ts";

/** One track of subtitles as the web's item names it. */
export const Subtitle = z.object({
  Url: z.string(),
  Format: webText,
  LanguageCodeName: z.string(),
  Source: webText,
});

/** Heard from the sound first, then written by people, then made by a machine from another language. */
const sources = ["ASR", "LC", "MT"];

/** The WebVTT tracks, one per language such as `eng-US`, the language that is spoken first. */
export function webSubtitles(
  tracks: readonly z.infer<typeof Subtitle>[],
): { language: string; address: string }[] {
  const usable = tracks.filter(
    ({ Format, LanguageCodeName }) =>
      /^(?:web)?vtt$/i.test(Format ?? "webvtt") &&
      // It becomes part of a file name.
      /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/i.test(LanguageCodeName),
  );
  const ranked = usable.toSorted((a, b) => rank(a.Source) - rank(b.Source));
  const byLanguage = new Map<string, string>();
  for (const { LanguageCodeName, Url } of ranked) {
    if (!byLanguage.has(LanguageCodeName)) byLanguage.set(LanguageCodeName, Url);
  }
  return [...byLanguage].map(([language, address]) => ({ language, address }));
}

function rank(source: string | null | undefined): number {
  const place = sources.indexOf(source ?? "");
  return place === -1 ? sources.length : place;
}
