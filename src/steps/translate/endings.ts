import type { ExitName } from "../../core/exit.ts";
import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import type { Translator } from "../../core/translation.ts";
import type { TranslateError, TranslateErrorKind } from "../../translate/error.ts";
import { keyName } from "../../translate/index.ts";
import type { TranslationUnit } from "./batch.ts";

const exits: Record<TranslateErrorKind, ExitName> = {
  key: "signIn",
  quota: "later",
  busy: "later",
  server: "later",
  slow: "later",
  network: "later",
  request: "settings",
  model: "settings",
  language: "settings",
  answer: "later",
};

const later = "Type the same command later; what is translated is not sent again.";
const fixes: Record<TranslateErrorKind, string> = {
  key: "The key may be missing, mistyped, expired, or of another plan.",
  quota:
    "Type the same command when the quota is new, or go on with another translator or `findmehere translate export captions.csv`.",
  busy: later,
  server: later,
  slow: "Type the same command later. If it is only slow, give it more time: `findmehere config set translate.patience 900`.",
  network: later,
  request: "Look whether the address is right: `findmehere config show`.",
  model: "Look whether the address and the model are right: `findmehere config show`.",
  language: "Name the languages that it has with --to, or take another translator.",
  answer:
    "Look whether the address is right (`findmehere config show`), and whether this network wants you to sign in first. Then type the same command again.",
};

/** The problem that a translator which cannot go on stands for. */
export function stopped(error: TranslateError, translator: Translator, left: number): Problem {
  const rest = left === 1 ? "1 text is left" : `${left} texts are left`;
  return problem(
    "translation-stopped",
    `${translator.title} (${translator.host}) stopped: ${error.message}. What came before is kept; ${rest}.`,
    fixOf(error, translator),
  );
}

function fixOf({ kind, retryAfterMs }: TranslateError, { id }: Translator): string {
  if (kind === "key") return `${fixes.key} It is read from ${keyName(id)}.`;
  if (retryAfterMs === null || kind !== "busy") return fixes[kind];
  return `It asks to wait ${waitOf(retryAfterMs)}. Then type the same command; what is translated is not sent again.`;
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

/** The problem of a text whose answer was not kept. */
export function refusal(unit: TranslationUnit, translator: Translator, why: string): Problem {
  const [post = ""] = unit.posts;
  return problem(
    "translation-refused",
    `What ${translator.title} answered for ${unit.to} was not kept: ${why}.`,
    "Translate it yourself: `findmehere translate export captions.csv`.",
    { post },
  );
}

function waitOf(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 120) return `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
