import type { NicheWords } from "../compose/draft.ts";
import type { TopicColumn } from "../compose/topic-table.ts";
import { findEntry } from "./lists.ts";
import type { NicheLists } from "./lists.ts";
import { readWords } from "./words.ts";

/** The creator's niche as a destination's readers call it; null when it is not known in their language. */
export function nicheWords(
  niche: string,
  lists: NicheLists,
  column: TopicColumn,
): NicheWords | null {
  const entry = findEntry(lists.niches, niche);
  if (entry !== undefined) {
    return column === "rednote"
      ? { topics: entry.topicsZh, name: entry.shortZh }
      : { topics: entry.tagsEn, name: entry.shortEn };
  }
  const words = readWords(niche, lists.niches);
  const name = column === "rednote" ? words.zh : words.en;
  // A topic has no spaces, so several words become one.
  return name === undefined ? null : { topics: [name.replaceAll(/\s+/gu, "")], name };
}
