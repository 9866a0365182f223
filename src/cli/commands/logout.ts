import type { Step } from "../../core/event.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { withLibrary } from "../library.ts";
import { placeOf, signInContext } from "../sign-in-place.ts";

/** Removes what the library's browser kept of a place, the sign-in first of all. */
export async function* run(call: CommandCall): Step {
  const place = placeOf(call);
  return yield* withLibrary(call, async function* (library) {
    const keeper = await place.load();
    const removed = await keeper.signOut(signInContext(call, library));
    return {
      exit: "done",
      summary: {
        ...{ type: "summary", command: "logout", schemaVersion: 1 },
        ...{ place: place.id, title: place.title, removed },
      },
    };
  });
}

/** What was removed. */
export function text({ result }: Outcome): string[] {
  const title = String(result.summary["title"]);
  return [
    result.summary["removed"] === true
      ? `The sign-in at ${title} and everything else that the browser kept for it were removed from this computer.`
      : `There was no sign-in at ${title} here.`,
  ];
}
