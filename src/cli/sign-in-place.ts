import { ExpectedError } from "../core/error.ts";
import { nearestWord } from "../core/nearest.ts";
import type { SignInContext, SignInPlace } from "../core/sign-in.ts";
import type { CommandCall } from "./command.ts";
import type { OpenLibrary } from "./library.ts";
import { sourceContext } from "./source-context.ts";

/** The place that was typed; throws ExpectedError (exit `usage`) that names what there is. */
export function placeOf(call: CommandCall): SignInPlace {
  const [word = "", ...others] = call.words;
  const places = call.machine.signInPlaces;
  const found = places.find(({ id }) => id === word.toLowerCase());
  if (found !== undefined && others.length === 0) return found;
  const ids = places.map(({ id }) => id);
  const near = nearestWord(word, ids);
  throw new ExpectedError({
    exit: "usage",
    code: "unknown-place",
    what: `"${call.words.join(" ")}" is no place to sign in at.`,
    fix: `${near === null ? "" : `Did you mean ${near}? `}It takes: ${ids.join(", ")}.`,
  });
}

/** What signing in at a place needs, in the browser of this library. */
export function signInContext(call: CommandCall, { settings, id }: OpenLibrary): SignInContext {
  return sourceContext(call, settings, id);
}
