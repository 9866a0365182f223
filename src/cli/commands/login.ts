import { ExpectedError } from "../../core/error.ts";
import type { Step } from "../../core/event.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { withLibrary } from "../library.ts";
import { placeOf, signInContext } from "../sign-in-place.ts";

/** Opens a place's own sign-in in the library's browser and waits until the creator is in. */
export async function* run(call: CommandCall): Step {
  const place = placeOf(call);
  return yield* withLibrary(call, async function* (library) {
    if (!call.machine.interactive || call.common.json) {
      throw new ExpectedError({
        exit: "signIn",
        code: "needs-terminal",
        what: `Signing in at ${place.title} needs you, a terminal and a window.`,
        why: "This runs without a terminal, so nobody can be waited for.",
        fix: `Type \`findmehere login ${place.id}\` yourself in a terminal.`,
      });
    }
    const keeper = await place.load();
    const { handle } = yield* keeper.signIn(signInContext(call, library));
    return {
      exit: "done",
      summary: { type: "summary", command: "login", schemaVersion: 1, place: place.id, handle },
    };
  });
}

/** Who is signed in, and what to do with it. */
export function text({ result, paint }: Outcome): string[] {
  const handle = String(result.summary["handle"]);
  return [paint.strong(`Signed in as @${handle}.`), `Next: findmehere export @${handle}`];
}
