import { layoutLanguages } from "../../core/layout.ts";
import type { Destination } from "../../core/destination.ts";
import type { TranslationLanguage } from "../../core/translation.ts";
import { draftedDestinations } from "../../store/drafts.ts";
import type { Store } from "../../store/open.ts";

/** A language, and the titles of the destinations whose texts it stands in. */
export type NeededLanguages = ReadonlyMap<TranslationLanguage, readonly string[]>;

/**
 * The languages that the layouts of the destinations in use ask for: those with drafts, or all while there is
 * none. The announcement needs none: its texts are written in every language.
 * @param chinese how Chinese is written on each destination, by id
 */
export async function neededLanguages(
  store: Store,
  destinations: readonly Pick<Destination, "id" | "title" | "layout">[],
  chinese: ReadonlyMap<string, "zh-Hans" | "zh-Hant">,
): Promise<NeededLanguages> {
  const drafted = await store.transaction(draftedDestinations);
  const used = destinations.filter(({ id }) => drafted.size === 0 || drafted.has(id));
  const needed = new Map<TranslationLanguage, string[]>();
  for (const { id, title, layout } of used) {
    for (const read of layoutLanguages(layout)) {
      const language = read === "en" ? "en" : (chinese.get(id) ?? "zh-Hans");
      needed.set(language, [...(needed.get(language) ?? []), title]);
    }
  }
  return needed;
}
