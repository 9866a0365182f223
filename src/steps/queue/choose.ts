import { ExpectedError } from "../../core/error.ts";
import { mayMove } from "../../core/publication.ts";
import type { PublicationState } from "../../core/publication.ts";
import type { StoredPublication } from "../../store/publications.ts";
import { nextStep } from "./next.ts";
import { nameOf } from "./plan.ts";

/** What a person does to items of the queue. */
export type QueueVerb = "move" | "hold" | "skip" | "remove";

/** An item as it was typed. */
export interface TypedItem {
  post: string;
  to: string;
  /** True where the destination was typed too. */
  exact: boolean;
}

/** What becomes of an item. */
export const targets: Record<QueueVerb, PublicationState> = {
  move: "queued",
  hold: "held",
  skip: "skipped",
  remove: "draft",
};

/** What `--all` means: never what is on its way already. */
const all: Record<QueueVerb, readonly PublicationState[]> = {
  move: ["queued"],
  hold: ["queued"],
  skip: ["queued", "held"],
  remove: ["queued"],
};

/**
 * The publications that were meant. Throws ExpectedError (exit `usage`) naming each item for which the table of
 * states has no such move: then nothing is to be changed. What a run is at work on may be taken from it; it finds
 * out before the press.
 * @param typed null is everything that `--all` means
 */
export function chooseItems(
  publications: readonly StoredPublication[],
  verb: QueueVerb,
  typed: readonly TypedItem[] | null,
): StoredPublication[] {
  const chosen: StoredPublication[] = [];
  if (typed === null) chosen.push(...publications.filter(({ state }) => all[verb].includes(state)));
  const refused: string[] = [];
  const byPost = Map.groupBy(publications, ({ post }) => post);
  for (const [post, items] of Map.groupBy(typed ?? [], (item) => item.post)) {
    const known = (byPost.get(post) ?? []).filter(({ to }) => items.some((item) => item.to === to));
    const isExact = items.some(({ exact }) => exact);
    const allowed = known.filter(({ state }) => isAllowed(verb, state));
    if (known.length === 0) {
      const name = isExact ? items.map(nameOf).join(", ") : post;
      refused.push(`There is no publication ${name}.`);
    } else if (!isExact && allowed.length > 0) chosen.push(...allowed);
    else {
      for (const item of items) {
        const found = known.find(({ to }) => to === item.to);
        if (found === undefined && item.exact) {
          refused.push(`There is no publication ${nameOf(item)}.`);
        } else if (found !== undefined && allowed.includes(found)) chosen.push(found);
        else if (found !== undefined) refused.push(whyNot(found, verb));
      }
    }
  }
  if (refused.length > 0) throw refusal(refused, verb);
  return [...new Set(chosen)];
}

function isAllowed(verb: QueueVerb, state: PublicationState): boolean {
  return verb === "move" ? state === "queued" : mayMove(state, targets[verb], "person");
}

function whyNot(publication: StoredPublication, verb: QueueVerb): string {
  const { state } = publication;
  const name = nameOf(publication);
  if (verb !== "move" && state === targets[verb]) return `${name} is ${state} already.`;
  const can =
    verb === "move" ? "only what is queued can be moved" : `it cannot become ${targets[verb]}`;
  const { command } = nextStep(publication);
  return `${name} is ${state}; ${can}.${command === null ? "" : ` What comes next for it: ${command}`}`;
}

function refusal(refused: readonly string[], verb: QueueVerb): ExpectedError {
  const [first = ""] = refused;
  const shown = refused.slice(0, 8).join("\n");
  const more = refused.length > 8 ? `\n… and ${refused.length - 8} more.` : "";
  return new ExpectedError({
    exit: "usage",
    code: refused.every((each) => each.startsWith("There is no"))
      ? "no-such-publication"
      : "move-not-allowed",
    what:
      refused.length === 1 ? first : `Nothing was changed, since ${verb} does not suit all items:`,
    ...(refused.length === 1 ? {} : { why: `${shown}${more}` }),
    fix: "Nothing was changed. Type `findmehere queue list --all` to see where everything stands.",
  });
}
