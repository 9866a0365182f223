import type { Clock, Random } from "../../core/clock.ts";
import type { ExitName } from "../../core/exit.ts";
import type { Step } from "../../core/event.ts";
import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import type { TranslationQuota, Translator } from "../../core/translation.ts";
import type { Store } from "../../store/open.ts";
import { putTranslation } from "../../store/translations.ts";
import { protect, splitTags } from "../../text/protect.ts";
import { askAgain } from "../../translate/again.ts";
import { TranslateError } from "../../translate/error.ts";
import type { TranslateErrorKind } from "../../translate/error.ts";
import { batchesOf, translateBatch } from "./batch.ts";
import type { TranslationUnit } from "./batch.ts";
import { openTexts } from "./open-texts.ts";
import type { OpenText, TextWish } from "./open-texts.ts";

/** What letting a translator work needs. */
export interface TranslateRunRequest extends TextWish {
  store: Store;
  clock: Clock;
  random: Random;
  translator: Translator;
  /** Terms that stay as they are. */
  keep: readonly string[];
  /** Most texts; null is all. */
  limit: number | null;
  drain: AbortSignal;
  stop: AbortSignal;
}

/** What would be sent, so that a person can be asked. */
export interface TranslatePlan {
  units: TranslationUnit[];
  /** Code points that would be sent, without what is protected. */
  characters: number;
  /** Texts that the library has already. */
  known: number;
  /** Null where the translator does not tell, or nothing is to be sent. */
  quota: TranslationQuota | null;
}

/** Reckons what would be sent, and asks the translator for its quota; not one text is sent. */
export async function planTranslation(request: TranslateRunRequest): Promise<TranslatePlan> {
  const texts = await request.store.transaction((transaction) => openTexts(transaction, request));
  const open = texts.filter(({ known }) => known === null);
  const units = unitsOf(open, request.keep).slice(0, request.limit ?? undefined);
  const words = units.flatMap(({ stretches }) => stretches.filter(({ kept }) => !kept));
  return {
    units,
    characters: words.reduce((sum, { text }) => sum + [...text].length, 0),
    known: texts.length - open.length,
    quota: null,
  };
}

/** Asks the translator how much is left. Throws TranslateError. */
export function askQuota(request: TranslateRunRequest): Promise<TranslationQuota | null> {
  const { translator, stop } = request;
  return askAgain(() => translator.quota(stop), { ...request, signal: stop });
}

/** Sends the texts of a plan and keeps what can be believed. */
export async function* translateTexts(request: TranslateRunRequest, plan: TranslatePlan): Step {
  const { store, translator, stop } = request;
  const at = new Date(request.clock.calendar()).toISOString();
  const total = plan.units.length;
  const counts = { translated: 0, refused: 0 };
  let end: TranslateError | null = null;
  for (const batch of batchesOf(plan.units, translator)) {
    if (request.drain.aborted || end !== null) break;
    try {
      for await (const result of translateBatch(batch, translator, { ...request, signal: stop })) {
        const { unit } = result;
        if ("text" in result) {
          const { source, to } = unit;
          const { text } = result;
          const row = { source, to, text, by: translator.id, at };
          await store.transaction((transaction) => putTranslation(transaction, row));
          counts.translated += 1;
        } else {
          counts.refused += 1;
          yield refusal(unit, translator, result.refused);
        }
        const done = counts.translated + counts.refused;
        yield { type: "progress", what: "texts translated", done, total, bytes: 0 };
      }
    } catch (error) {
      if (!(error instanceof TranslateError)) throw error;
      end = error;
    }
  }
  const left = total - counts.translated - counts.refused;
  if (end !== null) yield stopped(end, translator, left);
  return {
    exit: endOf(end, request.drain.aborted && left > 0, counts.refused),
    summary: { ...summaryOf(request, plan), ...counts, left },
  };
}

/** The summary of a run that sent nothing. */
export function summaryOf({ translator }: TranslateRunRequest, plan: TranslatePlan) {
  const { units, known, characters } = plan;
  return {
    type: "summary",
    command: "translate run",
    schemaVersion: 1,
    with: translator.id,
    host: translator.host,
    found: units.length,
    translated: 0,
    refused: 0,
    left: units.length,
    known,
    characters,
  } as const;
}

/** The problem that a translator which cannot go on stands for, and how the run ends. */
export function stopped(error: TranslateError, translator: Translator, left: number): Problem {
  const rest = left === 1 ? "1 text is left" : `${left} texts are left`;
  return problem(
    "translation-stopped",
    `${translator.title} (${translator.host}) stopped: ${error.message}. What came before is kept; ${rest}.`,
    fixes[error.kind],
  );
}

/** How a run ends. */
export function endOf(
  error: TranslateError | null,
  interrupted: boolean,
  refused: number,
): ExitName {
  if (error !== null) return exits[error.kind];
  if (interrupted) return "interrupted";
  return refused > 0 ? "needsPerson" : "done";
}

const exits: Record<TranslateErrorKind, ExitName> = {
  key: "signIn",
  quota: "later",
  busy: "later",
  server: "later",
  network: "later",
  request: "settings",
  model: "settings",
  answer: "later",
};

const later = "Type the same command later; what is translated is not sent again.";
const fixes: Record<TranslateErrorKind, string> = {
  key: "Check the key in the environment: it may be mistyped, expired, or of another plan.",
  quota:
    "Type the same command when the quota is new, or go on with another translator or `findmehere translate export captions.csv`.",
  busy: later,
  server: later,
  network: later,
  request: "Look whether the address is right: `findmehere config show`.",
  model: "Look whether the address and the model are right: `findmehere config show`.",
  answer: later,
};

function refusal(unit: TranslationUnit, translator: Translator, why: string): Problem {
  const [post = ""] = unit.posts;
  return problem(
    "translation-refused",
    `What ${translator.title} answered for ${unit.to} was not kept: ${why}.`,
    "Translate it yourself: `findmehere translate export captions.csv`.",
    { post },
  );
}

/** One unit for each text and language, though many posts may have it. */
function unitsOf(texts: readonly OpenText[], keep: readonly string[]): TranslationUnit[] {
  const groups = Map.groupBy(texts, ({ source, to }) => `${to} ${source}`);
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const { words, tags } = splitTags(first.source);
    return {
      posts: same.map(({ post }) => post.key),
      source: first.source,
      to: first.to,
      from: knownLanguage(first.post.language),
      stretches: protect(words, keep),
      tags,
    };
  });
}

/** TikTok's guess is only passed on where every translator knows its name. */
function knownLanguage(told: string | null): "en" | "zh" | null {
  const code = /^[a-z]{2}/i.exec(told ?? "")?.[0].toLowerCase();
  return code === "en" || code === "zh" ? code : null;
}
