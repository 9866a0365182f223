import type {
  TranslationLanguage,
  TranslationSegment,
  TranslationTask,
  Translator,
} from "../../core/translation.ts";
import { tokenise } from "../../text/caption.ts";
import type { ChineseScripts } from "../../text/chinese.ts";
import { joinStretches, mask, unmask, wordsOf } from "../../text/protect.ts";
import type { Stretch } from "../../text/protect.ts";
import { judgeTranslation } from "../../text/translation-check.ts";
import { askAgain } from "../../translate/again.ts";
import type { AgainContext } from "../../translate/again.ts";
import { TranslateError } from "../../translate/error.ts";

/** A text on its way. */
export interface TranslationUnit {
  /** Posts that have it. */
  posts: readonly string[];
  source: string;
  to: TranslationLanguage;
  from: TranslationTask["from"];
  /** The words without their block of tags. */
  stretches: readonly Stretch[];
  /** The block of tags, not sent; it stands behind the translation again. */
  tags: string;
}

/** Why there is no text; `error`: no answer that could be judged came at all. */
interface Refused {
  refused: string;
  error?: TranslateError;
}

/** What became of a unit: a text, or why the answer was refused. */
export type UnitResult = { unit: TranslationUnit } & ({ text: string } | Refused);

const about =
  "The texts are captions and titles that one creator wrote for short videos and photos.";

/** Units that go into one request: of one language pair, and no more than the translator takes. */
export function batchesOf(
  units: readonly TranslationUnit[],
  { most, placeholders }: Pick<Translator, "most" | "placeholders">,
): TranslationUnit[][] {
  const pairs = Map.groupBy(units, ({ from, to }) => `${from} ${to}`);
  return [...pairs.values()].flatMap((own) => {
    const batches: TranslationUnit[][] = [];
    let bytes = Infinity;
    for (const unit of own) {
      const size = Buffer.byteLength(mask(unit.stretches, placeholders));
      const last = batches.at(-1);
      if (last === undefined || bytes + size > most.bytes || last.length >= most.segments) {
        batches.push([unit]);
        bytes = size;
      } else {
        last.push(unit);
        bytes += size;
      }
    }
    return batches;
  });
}

/**
 * Translates one batch; what cannot be right is asked for once more alone, then refused. Throws TranslateError
 * where going on makes no sense; what was yielded before counts.
 */
export async function* translateBatch(
  batch: readonly TranslationUnit[],
  translator: Translator,
  context: AgainContext & { scripts: ChineseScripts | null },
): AsyncGenerator<UnitResult> {
  const [first] = batch;
  if (first === undefined) return;
  const { scripts } = context;
  const task: TranslationTask = {
    from: first.from,
    to: first.to,
    context: about,
    signal: context.signal,
  };
  const form = translator.placeholders;
  const ask = async (texts: readonly string[]): Promise<string[] | Refused> => {
    const segments = texts.map((text, index): TranslationSegment => ({ id: String(index), text }));
    try {
      const answers = await askAgain(() => translator.translate(segments, task), context);
      return answers.map(({ text }) => text);
    } catch (error) {
      // Too many at once, or an answer that is none: one at a time may do better.
      if (error instanceof TranslateError && /^(request|answer)$/.test(error.kind))
        return { refused: error.message, error };
      throw error;
    }
  };
  const answers = await ask(batch.map(({ stretches }) => mask(stretches, form)));
  const again: { unit: TranslationUnit; isTorn: boolean }[] = [];
  // What came whole is handed on first: should a second question end the run, it is paid for already.
  for (const [index, unit] of batch.entries()) {
    const judged = Array.isArray(answers)
      ? judge(unit, answers[index] ?? "", form, scripts)
      : answers;
    if ("text" in judged) yield { unit, text: judged.text };
    else again.push({ unit, isTorn: "lost" in judged });
  }
  for (const { unit, isTorn } of again)
    yield { unit, ...(isTorn ? await inPieces(unit) : await alone(unit)) };

  async function alone(unit: TranslationUnit): Promise<{ text: string } | Refused> {
    const answer = await ask([mask(unit.stretches, form)]);
    if (!Array.isArray(answer)) return answer;
    const judged = judge(unit, answer[0] ?? "", form, scripts);
    return "lost" in judged ? { refused: judged.lost } : judged;
  }

  /** Without placeholders nothing can be lost: what stands between them goes by itself. */
  async function inPieces(unit: TranslationUnit): Promise<{ text: string } | Refused> {
    const pieces = unit.stretches.filter((each) => isSent(each));
    const answer = await ask(pieces.map(({ text }) => mask([{ text, kept: false }], form)));
    if (!Array.isArray(answer)) return answer;
    const texts: string[] = [];
    for (const [index, piece] of pieces.entries()) {
      const back = unmask(answer[index] ?? "", [], form);
      if ("lost" in back) return { refused: back.lost };
      texts.push(withEdges(piece.text, joinStretches(back.pieces)));
    }
    const whole = unit.stretches.map((each) =>
      isSent(each) ? { text: texts.shift() ?? "", kept: false } : each,
    );
    return judgePieces(unit, whole, scripts);
  }
}

function judge(
  unit: TranslationUnit,
  answer: string,
  form: Translator["placeholders"],
  scripts: ChineseScripts | null,
): { text: string } | { refused: string } | { lost: string } {
  const back = unmask(answer, unit.stretches, form);
  if ("lost" in back) return back;
  return judgePieces(unit, back.pieces, scripts);
}

function judgePieces(
  { stretches, to, tags }: TranslationUnit,
  pieces: readonly Stretch[],
  scripts: ChineseScripts | null,
): { text: string } | { refused: string } {
  const why = judgeTranslation(wordsOf(stretches), wordsOf(pieces), to);
  if (why !== null) return { refused: why };
  // All that the text has of them are placeholders, so one among the words is made up.
  const hasOwn = pieces.some(
    ({ text, kept }) => !kept && tokenise(text).some(({ type }) => type !== "text"),
  );
  if (hasOwn) return { refused: "the answer has a tag, handle or address that the text has not" };
  return { text: joinStretches(inScript(pieces, to, scripts)) + tags };
}

/** What stays and what the creator settled keeps its own script. */
function inScript(
  pieces: readonly Stretch[],
  to: TranslationLanguage,
  scripts: ChineseScripts | null,
): readonly Stretch[] {
  const convert = to === "en" ? null : (scripts?.mending(wordsOf(pieces), to) ?? null);
  if (convert === null) return pieces;
  return pieces.map((each) => (each.kept ? each : { ...each, text: convert(each.text) }));
}

function isSent(stretch: Stretch): boolean {
  return !stretch.kept && /\p{L}/u.test(stretch.text);
}

/** Spaces around a piece belong to what stands beside it, and engines cut them off. */
function withEdges(source: string, translation: string): string {
  const before = /^\s*/u.exec(source)?.[0] ?? "";
  const behind = /\s*$/u.exec(source)?.[0] ?? "";
  return before + translation.trim() + behind;
}
