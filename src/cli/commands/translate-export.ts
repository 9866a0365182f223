import { resolve } from "node:path";
import { counted } from "../../core/counted.ts";
import type { Step } from "../../core/event.ts";
import { exportTexts } from "../../steps/translate/export.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { withLibrary } from "../library.ts";
import { translateWish } from "../translate-wish.ts";

/** Writes what lacks a language into a file. */
export function run(call: CommandCall): Step {
  const { machine, options, common } = call;
  return withLibrary(call, async function* (library) {
    const { to, posts } = await translateWish(call, library);
    return yield* exportTexts({
      store: library.store,
      to,
      posts,
      file: resolve(machine.workingFolder, call.words[0] ?? ""),
      all: options["all"] === true,
      overwrite: common.yes,
    });
  });
}

/** Where the file is and what to do with it. */
export function text({ result, paint }: Outcome): string[] {
  const { rows, translated, to, file } = result.summary;
  const languages = (to as string[]).join(", ");
  if (typeof file !== "string") {
    return Number(translated) > 0
      ? [`Every text is translated already (${languages}). To look them over, add --all.`]
      : [`No text of a public post needs a translation (${languages}). Nothing was written.`];
  }
  const typed = /\s/.test(file) ? `"${file}"` : file;
  return [
    paint.strong(`${counted(Number(rows), "row")} written to ${file}.`),
    file.toLowerCase().endsWith(".csv")
      ? "Fill in the translation, whole, with its handles and links; leave the other columns as they are."
      : "Fill in each translation, whole, with its handles and links.",
    `Then: findmehere translate import ${typed}`,
  ];
}
