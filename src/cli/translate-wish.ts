import { translationLanguages } from "../core/translation.ts";
import type { TranslationLanguage } from "../core/translation.ts";
import type { Settings } from "../settings/schema.ts";
import type { TextWish } from "../steps/translate/open-texts.ts";
import type { CommandCall } from "./command.ts";
import { wordsOption } from "./options.ts";

/** Which texts `--to` and `--post` mean; without `--to`, what the readers of each destination need. */
export function translateWish(call: CommandCall, settings: Settings): TextWish {
  const posts = call.options["post"];
  const needed = call.machine.destinations.map(({ id, readers }): TranslationLanguage =>
    readers === "en" ? "en" : (settings.destinations[id]?.chinese ?? "zh-Hans"),
  );
  return {
    to: wordsOption(call, "to", translationLanguages) ?? [...new Set(needed)],
    posts: Array.isArray(posts) ? (posts as string[]) : null,
  };
}
