import type { Destination } from "../core/destination.ts";
import { ExpectedError } from "../core/error.ts";
import { lemon8 } from "./lemon8/index.ts";
import { rednote } from "./rednote/index.ts";

/** Every destination there is: one folder beside this file, one name in this list. */
export const destinations: readonly Destination[] = [rednote, lemon8];

/** The destination with this id; an error that names the others when there is none. */
export function findDestination(id: string): Destination {
  const found = destinations.find((destination) => destination.id === id);
  if (found !== undefined) return found;
  throw new ExpectedError({
    exit: "usage",
    code: "unknown-destination",
    what: `There is no destination called "${id}".`,
    fix: `Use one of these: ${destinations.map((destination) => destination.id).join(", ")}.`,
  });
}
