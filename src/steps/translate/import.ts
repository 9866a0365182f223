import type { Clock } from "../../core/clock.ts";
import type { Step } from "../../core/event.ts";
import type { Post } from "../../core/post.ts";
import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import { byPerson, translationLanguages } from "../../core/translation.ts";
import type { TranslationLanguage, TranslationRow } from "../../core/translation.ts";
import { resolveKey } from "../../store/aliases.ts";
import type { Store, StoreTransaction } from "../../store/open.ts";
import { allPosts } from "../../store/posts.ts";
import { putTranslation, translationsOf } from "../../store/translations.ts";
import { tokenise } from "../../text/caption.ts";
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
      const result = await take(transaction, place, row, at);
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

/** Where a row belongs, or why it belongs nowhere. */
type Place = { source: string; to: TranslationLanguage } | { why: string };

function whereOf(
  row: TranslationRow,
  post: Post | undefined,
  known: ReadonlyMap<string, string>,
): Place {
  const to = translationLanguages.find((each) => each === row.to.trim());
  if (to === undefined) return { why: `its language is “${row.to}”` };
  if (post === undefined) {
    // A spreadsheet rounds long keys; the text itself says which one it is.
    const source = known.get(plainLines(row.source));
    return source === undefined ? { why: "no post has that key" } : { source, to };
  }
  const text = textsOf(post).find(({ field }) => field === row.field.trim());
  if (text === undefined) return { why: `its post has no ${row.field || "such field"}` };
  if (plainLines(text.source) !== plainLines(row.source))
    return {
      why: "its source is not what the post says, so it may be the translation of another text",
    };
  return { source: text.source, to };
}

async function take(
  transaction: StoreTransaction,
  { source, to }: { source: string; to: TranslationLanguage },
  row: TranslationRow,
  at: string,
): Promise<"taken" | "unchanged"> {
  const text = row.translation.replaceAll(/\r\n?/g, "\n");
  const stored = (await translationsOf(transaction, [source], to)).get(source);
  // What a machine wrote and nobody touched is not a person's word, unless the file says that one looked at it.
  if (stored?.text === text && row.by !== byPerson) return "unchanged";
  const put = await putTranslation(transaction, { source, to, text, by: byPerson, at });
  return put ? "taken" : "unchanged";
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
    "Write the file anew with `findmehere translate export`, and put that translation into it.",
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
