import type { Step } from "../../core/event.ts";
import type { StoredTranslation } from "../../store/translations.ts";
import { putTranslation } from "../../store/translations.ts";
import { joinStretches } from "../../text/protect.ts";
import { TranslateError } from "../../translate/error.ts";
import { batchesOf, translateBatch } from "./batch.ts";
import type { TranslationUnit, UnitResult } from "./batch.ts";
import { endOf, refusal, stopped } from "./endings.ts";
import { summaryOf } from "./plan.ts";
import type { TranslatePlan, TranslateRunRequest } from "./plan.ts";

/**
 * So many texts one after the other without an answer are no fault of theirs: the first ones of a run, or any. A
 * server that refuses texts speaks our language at least, and may only find them too long.
 */
const mostUnanswered = { answer: { first: 5, any: 10 }, request: { first: 10, any: Infinity } };
/** Who put words together that are all settled by the creator's terms. */
const byGlossary = "glossary";

/** Sends the texts of a plan and keeps what can be believed. */
export async function* translateTexts(request: TranslateRunRequest, plan: TranslatePlan): Step {
  const { translator } = request;
  const total = plan.units.length + plan.settled.length;
  const counts = { translated: 0, refused: 0 };
  const progress = () => {
    const done = counts.translated + counts.refused;
    return { type: "progress", what: "texts translated", done, total, bytes: 0 } as const;
  };
  const unkept = ({ unit, error }: { unit: TranslationUnit; error: TranslateError }) => {
    counts.refused += 1;
    return refusal(unit, translator, error.message);
  };
  const unanswered: { unit: TranslationUnit; error: TranslateError }[] = [];
  let end: TranslateError | null = null;
  let hasAnswered = false;
  for (const unit of plan.settled) {
    const text = joinStretches(unit.stretches) + unit.tags;
    await keep(request, { unit, text }, byGlossary);
    counts.translated += 1;
    yield progress();
  }
  try {
    for await (const result of answers(request, plan)) {
      const { unit } = result;
      if ("refused" in result && result.error !== undefined) {
        unanswered.push({ unit, error: result.error });
        const most = mostUnanswered[result.error.kind === "answer" ? "answer" : "request"];
        if (unanswered.length < (hasAnswered ? most.any : most.first)) continue;
        end = result.error;
        break;
      }
      hasAnswered = true;
      yield* unanswered.splice(0).map(unkept);
      if ("text" in result) {
        await keep(request, result, translator.id);
        counts.translated += 1;
      } else {
        counts.refused += 1;
        yield refusal(unit, translator, result.refused);
      }
      yield progress();
    }
  } catch (error) {
    if (!(error instanceof TranslateError)) throw error;
    end = error;
  }
  // One answer that is none may be the text's fault; several at the end are the server's.
  const isAlone = unanswered.length === 1 || unanswered.at(-1)?.error.kind === "request";
  if (end === null && hasAnswered && isAlone) yield* unanswered.splice(0).map(unkept);
  end ??= unanswered.at(-1)?.error ?? null;
  const left = total - counts.translated - counts.refused;
  if (end !== null) yield stopped(end, translator, left);
  return {
    exit: endOf(end, request.drain.aborted && left > 0, counts.refused),
    summary: { ...summaryOf(request, plan), ...counts, left },
  };
}

async function* answers(
  request: TranslateRunRequest,
  { units, scripts }: TranslatePlan,
): AsyncGenerator<UnitResult> {
  const { translator, stop } = request;
  for (const batch of batchesOf(units, translator)) {
    if (request.drain.aborted) return;
    yield* translateBatch(batch, translator, { ...request, signal: stop, scripts });
  }
}

async function keep(
  { store, clock }: TranslateRunRequest,
  { unit, text }: { unit: TranslationUnit; text: string },
  by: string,
): Promise<void> {
  const at = new Date(clock.calendar()).toISOString();
  const row: StoredTranslation = { source: unit.source, to: unit.to, text, by, at };
  await store.transaction((transaction) => putTranslation(transaction, row));
}
