import { translationLanguages } from "../core/translation.ts";
import { neededLanguages } from "../steps/translate/needed-languages.ts";
import type { NeededLanguages } from "../steps/translate/needed-languages.ts";
import type { TextWish } from "../steps/translate/open-texts.ts";
import { chineseOf } from "./chinese.ts";
import type { CommandCall } from "./command.ts";
import type { OpenLibrary } from "./library.ts";
import { wordsOption } from "./options.ts";

/** Which texts are meant, and what for. */
export interface CommandTextWish extends TextWish {
  /** Empty where `--to` named the languages. */
  needed: NeededLanguages;
}

/** Which texts `--to` and `--post` mean; without `--to`, what the layouts of the destinations in use ask for. */
export async function translateWish(
  call: CommandCall,
  { store, settings, destinations }: OpenLibrary,
): Promise<CommandTextWish> {
  const posts = call.options["post"];
  const to = wordsOption(call, "to", translationLanguages);
  const needed: NeededLanguages =
    to === null ? await neededLanguages(store, destinations, chineseOf(settings)) : new Map();
  return {
    to: to ?? [...needed.keys()],
    needed,
    posts: Array.isArray(posts) ? (posts as string[]) : null,
  };
}
