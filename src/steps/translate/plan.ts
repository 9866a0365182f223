import type { Clock, Random } from "../../core/clock.ts";
import type { TranslationLanguage, TranslationQuota, Translator } from "../../core/translation.ts";
import { byPerson } from "../../core/translation.ts";
import type { Store } from "../../store/open.ts";
import type { ChineseScripts } from "../../text/chinese.ts";
import { protectedTerms } from "../../text/glossary.ts";
import type { GlossaryRow } from "../../text/glossary.ts";
import { hasWords, protect, splitTags } from "../../text/protect.ts";
import { askAgain } from "../../translate/again.ts";
import { measure } from "../../text/measure.ts";
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
  /** Terms whose translation is settled. */
  glossary: readonly GlossaryRow[];
  /** The two Chinese scripts; asked for only where something is to be Chinese. */
  scripts: () => Promise<ChineseScripts>;
  /** Most texts; null is all. */
  limit: number | null;
  drain: AbortSignal;
  stop: AbortSignal;
}

/** What would be sent, so that a person can be asked. */
export interface TranslatePlan {
  /** Texts for the translator. */
  units: TranslationUnit[];
  /** Texts of which nothing is left to translate once the terms have their place. */
  settled: TranslationUnit[];
  /** Code points that would be sent, without what is protected. */
  characters: number;
  /** Texts that the library has already. */
  known: number;
  /** Null where nothing is to be Chinese. */
  scripts: ChineseScripts | null;
  /** Null where the translator does not tell, or nothing is to be sent. */
  quota: TranslationQuota | null;
}

/** Reckons what would be sent; not one text is. */
export async function planTranslation(request: TranslateRunRequest): Promise<TranslatePlan> {
  const texts = await request.store.transaction((transaction) => openTexts(transaction, request));
  const scripts = texts.some(({ to }) => to !== "en") ? await request.scripts() : null;
  const all = unitsOf(texts, request, scripts);
  const open = all.filter(({ isOpen }) => isOpen);
  const wanted = open.slice(0, request.limit ?? undefined).map(({ unit }) => unit);
  const units = wanted.filter(({ stretches }) => hasWords(stretches));
  const sent = units.flatMap(({ stretches }) => stretches.filter(({ kept }) => !kept));
  return {
    units,
    settled: wanted.filter(({ stretches }) => !hasWords(stretches)),
    characters: sent.reduce((sum, { text }) => sum + measure(text, "code-points"), 0),
    known: texts.length - open.reduce((sum, { unit }) => sum + unit.posts.length, 0),
    scripts,
    quota: null,
  };
}

/** Asks the translator how much is left. Throws TranslateError. */
export function askQuota(request: TranslateRunRequest): Promise<TranslationQuota | null> {
  const { translator, stop } = request;
  return askAgain(() => translator.quota(stop), { ...request, signal: stop });
}

/** The summary of a run that sent nothing. */
export function summaryOf({ translator, to }: TranslateRunRequest, plan: TranslatePlan) {
  const { units, settled, known, characters } = plan;
  const found = units.length + settled.length;
  return {
    type: "summary",
    command: "translate run",
    schemaVersion: 1,
    with: translator.id,
    host: translator.host,
    to,
    found,
    translated: 0,
    refused: 0,
    left: found,
    known,
    characters,
  } as const;
}

/** One unit for each text and language, though many posts may have it. */
function unitsOf(
  texts: readonly OpenText[],
  { to, glossary, keep }: TranslateRunRequest,
  scripts: ChineseScripts | null,
): { unit: TranslationUnit; isOpen: boolean }[] {
  const terms = new Map(
    to.map((language) => [language, protectedTerms(glossary, keep, language, scripts)]),
  );
  const groups = Map.groupBy(texts, ({ source, to: language }) => `${language} ${source}`);
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const { words, tags } = splitTags(first.source);
    const unit: TranslationUnit = {
      posts: same.map(({ post }) => post.key),
      source: first.source,
      to: first.to,
      from: knownLanguage(first.post.language),
      stretches: protect(words, terms.get(first.to)),
      tags,
    };
    const isOpen = first.known === null || isOutdated(first.known, unit);
    // A machine's words are of no use where a person's are, be it in the other script.
    return [{ unit, isOpen: isOpen && !first.isTurned }];
  });
}

/** A machine's words from before a term was settled; a person's are never asked for again. */
function isOutdated(
  known: { text: string; by: string; to: TranslationLanguage },
  { stretches }: TranslationUnit,
): boolean {
  if (known.by === byPerson) return false;
  return stretches.some(({ becomes }) => becomes !== undefined && !known.text.includes(becomes));
}

/** TikTok's guess is only passed on where every translator knows its name. */
function knownLanguage(told: string | null): "en" | "zh" | null {
  const code = /^[a-z]{2}/i.exec(told ?? "")?.[0].toLowerCase();
  return code === "en" || code === "zh" ? code : null;
}
