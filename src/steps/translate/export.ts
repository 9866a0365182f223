import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { ExpectedError } from "../../core/error.ts";
import type { Step } from "../../core/event.ts";
import type { TranslationRow } from "../../core/translation.ts";
import type { Store } from "../../store/open.ts";
import { fileForm } from "./files.ts";
import type { RowNote } from "./files.ts";
import { openTexts } from "./open-texts.ts";
import type { OpenText, TextWish } from "./open-texts.ts";

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
  const wanted = oncePerText(texts.filter((text) => request.all || !isTranslated(text)));
  const days = new Map(wanted.map(({ post }) => [post.key, post.date.slice(0, 10)]));
  const rows = wanted.map(({ post, field, source, to, known }): TranslationRow => ({
    key: post.key,
    to,
    field,
    source,
    translation: known?.text ?? "",
    by: known?.by ?? "",
  }));
  if (rows.length > 0) {
    const note: RowNote = ({ key, field }) => `${field} of ${days.get(key) ?? key}`;
    await form.write(file, rows, note).catch((cause: unknown) => {
      throw cannotWrite(file, cause);
    });
  }
  return {
    exit: "done",
    summary: {
      type: "summary",
      command: "translate export",
      schemaVersion: 1,
      rows: rows.length,
      translated: texts.filter((text) => isTranslated(text)).length,
      to: request.to,
      file: rows.length > 0 ? file : null,
    },
  };
}

function isTranslated({ known, isTurned }: OpenText): boolean {
  return known !== null || isTurned;
}

/** Posts with the same words share one translation, so they share one row. */
function oncePerText(texts: readonly OpenText[]): OpenText[] {
  const groups = Map.groupBy(texts, ({ source, to }) => `${to} ${source}`);
  return [...groups.values()].flatMap((same) => same.slice(0, 1));
}

/** A folder that is not there is a slip of the pen; a full disk is told elsewhere. */
function cannotWrite(file: string, cause: unknown): unknown {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (!/^(ENOENT|ENOTDIR|EISDIR|ENOTEMPTY|EEXIST|ENAMETOOLONG)$/.test(code)) return cause;
  const isMissing = code === "ENOENT";
  return new ExpectedError(
    {
      exit: "usage",
      code: "cannot-write-file",
      what: isMissing
        ? `There is no folder ${dirname(file)}, so nothing was written.`
        : `${file} cannot be written: it is no place for a file.`,
      fix: isMissing ? "Make the folder first, or give another name." : "Give another name.",
    },
    { cause },
  );
}
