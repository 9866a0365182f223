import { z } from "zod";
import { ExpectedError } from "../core/error.ts";

const words = z.string().trim().min(1);
const tag = z.string().regex(/^[^\s#,]+$/u, "a tag has no spaces, commas or #");

/** Chinese is Simplified; `…Hant` is the Traditional form, given only where it differs. */
const NicheEntry = z.object({
  id: words,
  en: words,
  zh: words,
  zhHant: words.optional(),
  shortEn: words.max(12),
  shortZh: words.max(4),
  shortZhHant: words.max(4).optional(),
  tagEn: tag,
  tagZh: tag,
  tagsEn: z.array(tag).min(1),
  topicsZh: z.array(tag).min(1),
  category: words,
});
const ShareEntry = z.object({ id: words, en: words, zh: words, zhHant: words.optional() });
const PlaceEntry = z.object({ en: words, zh: words, zhHant: words.optional() });
const PetEntry = ShareEntry.extend({ topicZh: tag.optional() });

const NicheLists = z.object({
  niches: z.array(NicheEntry),
  shares: z.array(ShareEntry),
  places: z.array(PlaceEntry),
  pets: z.array(PetEntry),
});

/** The bilingual lists of templates/niches.json, from which a creator chooses without writing Chinese. */
export type NicheLists = z.infer<typeof NicheLists>;

/** What a creator makes, in both languages, with its tags and topics. */
export type NicheEntry = z.infer<typeof NicheEntry>;

/** What every entry of the lists has. */
export interface ListEntry {
  id?: string | undefined;
  en: string;
  zh: string;
  zhHant?: string | undefined;
}

/** Reads the text of templates/niches.json; creators edit that file, so a mistake is named by its place. */
export function parseNiches(text: string): NicheLists {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw broken("It is not valid JSON.", error);
  }
  const parsed = NicheLists.safeParse(data);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw broken(`At ${issue?.path.join(".") || "the top"}: ${issue?.message ?? "unknown"}.`);
}

function broken(why: string, cause?: unknown): ExpectedError {
  return new ExpectedError(
    {
      exit: "settings",
      code: "niches-unreadable",
      what: "The list in templates/niches.json cannot be read.",
      why,
      fix: "Undo the last change to that file, or copy the original back.",
    },
    { cause },
  );
}

/** The entry that a person means by an id or a name in any of its languages; capitals and accents do not matter. */
export function findEntry<Entry extends ListEntry>(
  entries: readonly Entry[],
  wanted: string,
): Entry | undefined {
  const key = folded(wanted);
  return entries.find((entry) => namesOf(entry).some((name) => folded(name) === key));
}

/** Every name by which an entry is found. */
export function namesOf(entry: ListEntry & Partial<NicheEntry>): string[] {
  const names = [entry.id, entry.en, entry.zh, entry.zhHant];
  names.push(entry.shortEn, entry.shortZh, entry.shortZhHant, entry.tagEn);
  return names.filter((name) => name !== undefined);
}

function folded(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[\s_-]+/gu, " ")
    .replace(/^(?:the|my) /u, "")
    .trim();
}
