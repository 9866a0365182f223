import { existsSync } from "node:fs";
import { ExpectedError } from "../../core/error.ts";
import type { Step } from "../../core/event.ts";
import type { TranslationRow } from "../../core/translation.ts";
import type { Store } from "../../store/open.ts";
import { fileForm } from "./files.ts";
import { openTexts } from "./open-texts.ts";
import type { TextWish } from "./open-texts.ts";

/** What writing texts for a translator needs. */
export interface TranslateExportRequest extends TextWish {
  store: Store;
  file: string;
  /** What is translated already too. */
  all: boolean;
  overwrite: boolean;
}

/** Writes the texts of public posts that lack a language into a file that a person fills in. */
export async function* exportTexts(request: TranslateExportRequest): Step {
  const { store, file } = request;
  const form = fileForm(file, "write");
  if (existsSync(file) && !request.overwrite) {
    throw new ExpectedError({
      exit: "usage",
      code: "file-exists",
      what: `There is a file ${file} already, so nothing was written over it.`,
      fix: "Import it first, or give another name, or add `--yes` to write over it.",
    });
  }
  const texts = await store.transaction((transaction) => openTexts(transaction, request));
  const wanted = texts.filter(({ known }) => request.all || known === null);
  const days = new Map(wanted.map(({ post }) => [post.key, post.date.slice(0, 10)]));
  const rows = wanted.map(({ post, field, source, to, known }): TranslationRow => ({
    key: post.key,
    to,
    field,
    source,
    translation: known?.text ?? "",
    by: known?.by ?? "",
  }));
  if (rows.length > 0)
    await form.write(file, rows, ({ key, field }) => `${field} of ${days.get(key) ?? key}`);
  return {
    exit: "done",
    summary: {
      type: "summary",
      command: "translate export",
      schemaVersion: 1,
      rows: rows.length,
      translated: texts.filter(({ known }) => known !== null).length,
      to: request.to,
      file: rows.length > 0 ? file : null,
    },
  };
}
