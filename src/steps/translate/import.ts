import type { Clock } from "../../core/clock.ts";
import type { Step } from "../../core/event.ts";
import type { Post } from "../../core/post.ts";
import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import { byPerson } from "../../core/translation.ts";
import type { TranslationLanguage, TranslationRow } from "../../core/translation.ts";
import { resolveKey } from "../../store/aliases.ts";
import type { Store, StoreTransaction } from "../../store/open.ts";
import { allPosts } from "../../store/posts.ts";
import { putTranslation, translationsOf } from "../../store/translations.ts";
import type { StoredTranslation } from "../../store/translations.ts";
import { tokenise } from "../../text/caption.ts";
import { protect, splitTags, wordsOf } from "../../text/protect.ts";
import { fileForm } from "./files.ts";
import { textsOf } from "./open-texts.ts";

/** What reading translations back needs. */
export interface TranslateImportRequest {
  store: Store;
  clock: Clock;
  file: string;
}

/** Takes the translations of a file that a person filled in; their words win from then on. */
export async function* importTexts(request: TranslateImportRequest): Step {
  const rows = await fileForm(request.file, "read").read(request.file);
  const at = new Date(request.clock.calendar()).toISOString();
  const counts = { taken: 0, unchanged: 0, open: 0, refused: 0 };
  const problems = await request.store.transaction(async (transaction) => {
    const found: Problem[] = [];
    const posts = await allPosts(transaction);
    const known = knownSources(posts.values());
    const given: GivenTexts = new Map();
    for (const [index, row] of rows.entries()) {
      if (row.translation.trim() === "") {
        counts.open += 1;
        continue;
      }
      const key = await resolveKey(transaction, row.key.trim());
      const place = whereOf(row, posts.get(key), known);
      if ("why" in place) {
        counts.refused += 1;
        found.push(refusal(index + 1, row, place.why));
        continue;
      }
      const result = await take(transaction, place, { ...row, number: index + 1, at }, given);
      if (typeof result !== "string") {
        counts.refused += 1;
        found.push(refusal(index + 1, row, result.why));
        continue;
      }
      counts[result] += 1;
      if (result === "taken") found.push(...lostPoints(key, place.source, row.translation));
    }
    return found;
  });
  yield* problems;
  return {
    exit: counts.refused > 0 ? "needsPerson" : "done",
    summary: {
      type: "summary",
      command: "translate import",
      schemaVersion: 1,
      rows: rows.length,
      ...counts,
    },
  };
}

/**
 * What the library said of a text before this file, and which row of the file changed that. Several posts may have
 * the same words, and a row that nobody touched must not undo what another one says.
 */
type GivenTexts = Map<
  string,
  { before: StoredTranslation | undefined; taken: { text: string; number: number } | null }
>;

/** Where a row belongs, or why it belongs nowhere. */
type Place = { source: string; to: TranslationLanguage } | { why: string };

function whereOf(
  row: TranslationRow,
  post: Post | undefined,
  known: ReadonlyMap<string, string>,
): Place {
  const to = languageNamed(row.to);
  if (to === undefined) return { why: `its language is “${row.to}”` };
  if (post === undefined) {
    // A spreadsheet rounds long keys; the text itself says which one it is.
    const source = known.get(plainLines(row.source));
    return source === undefined ? { why: "no post has that key" } : { source, to };
  }
  const text = textsOf(post).find(({ field }) => field === row.field.trim().toLowerCase());
  if (text === undefined) return { why: `its post has no ${row.field || "such field"}` };
  if (plainLines(text.source) !== plainLines(row.source))
    return {
      why: "its source is not what the post says, so it may be the translation of another text",
    };
  return { source: text.source, to };
}

/** Editors write languages in their own way, and Chinese by a country. */
const languageNames: readonly [name: RegExp, language: TranslationLanguage][] = [
  [/^en(-|$)/, "en"],
  [/^zh-(hans|cn|sg)(-|$)/, "zh-Hans"],
  [/^zh-(hant|tw|hk|mo)(-|$)/, "zh-Hant"],
];

function languageNamed(text: string): TranslationLanguage | undefined {
  const name = text.trim().replaceAll("_", "-").toLowerCase();
  return languageNames.find(([pattern]) => pattern.test(name))?.[1];
}

async function take(
  transaction: StoreTransaction,
  { source, to }: { source: string; to: TranslationLanguage },
  row: TranslationRow & { number: number; at: string },
  given: GivenTexts,
): Promise<"taken" | "unchanged" | { why: string }> {
  const text = row.translation.replaceAll(/\r\n?/g, "\n");
  const name = `${to} ${source}`;
  const own = given.get(name) ?? {
    before: (await translationsOf(transaction, [source], to)).get(source),
    taken: null,
  };
  given.set(name, own);
  const { before, taken } = own;
  // What a machine wrote and nobody touched is not a person's word, unless the file says that one looked at it.
  if (before?.text === text && (row.by !== byPerson || before.by === byPerson)) return "unchanged";
  if (taken?.text === text) return "unchanged";
  if (taken !== null)
    return { why: `row ${taken.number} has the same source and says something else` };
  if (isAllMarks(text, source, to))
    return { why: "its letters are question marks, as a file saved without UTF-8 has them" };
  await putTranslation(transaction, { source, to, text, by: byPerson, at: row.at });
  own.taken = { text, number: row.number };
  return "taken";
}

/** An older spreadsheet writes `?` for each letter that its country has not. */
function isAllMarks(text: string, source: string, to: TranslationLanguage): boolean {
  if (to === "en" || /\p{Script=Han}/u.test(text) || source.includes("???")) return false;
  const words = wordsOf(protect(splitTags(text).words));
  return /\?{3}/.test(words) || (/\?/.test(words) && !/\p{L}/u.test(words));
}

function knownSources(posts: Iterable<Post>): Map<string, string> {
  const known = new Map<string, string>();
  for (const post of posts)
    for (const { source } of textsOf(post)) known.set(plainLines(source), source);
  return known;
}

/** Editors change line ends, and XML has no room for control characters. */
function plainLines(text: string): string {
  return text
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ufffd\p{Surrogate}]/gu, "")
    .trim();
}

function refusal(number: number, row: TranslationRow, why: string): Problem {
  return problem(
    "translation-not-taken",
    `Row ${number} (${row.key || "without a key"}, ${row.to || "no language"}) was not taken: ${why}.`,
    "Write the file anew with `findmehere translate export --all`, put that translation into it, and save it as UTF-8.",
    { post: row.key },
  );
}

/** Handles and addresses that the translation has no more. */
function lostPoints(post: string, source: string, translation: string): Problem[] {
  const lost = tokenise(source)
    .filter(({ type }) => type === "mention" || type === "link")
    .filter(({ text }) => !translation.includes(text))
    .map(({ text }) => text);
  if (lost.length === 0) return [];
  return [
    problem(
      "translation-lost-link",
      `The translation no longer has ${[...new Set(lost)].join(", ")}. It was taken as it is.`,
      "If that was not meant, put it back into the file and import it again.",
      { post },
    ),
  ];
}
