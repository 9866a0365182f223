import type { Step } from "../../core/event.ts";
import { stoppingCodes } from "../../core/problem-codes.ts";
import { resolveItems } from "../../store/aliases.ts";
import { allPublications } from "../../store/publications.ts";
import type { Store } from "../../store/open.ts";
import { letAccountGoOn } from "../../steps/clear-account.ts";
import { namedItems } from "../change-queue.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { withLibrary } from "../library.ts";
import { destinationsOption, textOption, wordsOption } from "../options.ts";
import type { QueueItem } from "../options.ts";
import { enqueueInto, text as planText } from "./queue-add.ts";

/** What was planned, or that the account goes on. */
export function text(outcome: Outcome): string[] {
  const { account, sign } = outcome.result.summary;
  if (account === undefined) return planText(outcome);
  return [
    `${String(account)} goes on. It had stopped because of this: ${String(sign)}`,
    "What is due goes out at the next run of `findmehere publish --due`.",
  ];
}

/** Takes held posts into the queue, or lets a stopped account go on. */
export function run(call: CommandCall): Step {
  const account = textOption(call, "account");
  if (account !== undefined) {
    const { id } = call.machine.findDestination(account);
    return withLibrary(call, async function* ({ store, destinations }) {
      const destination = destinations.find((each) => each.id === id);
      if (destination === undefined) throw new Error(`unknown destination ${id}`);
      return yield* letAccountGoOn(store, destination);
    });
  }
  const allow = new Set<string>(wordsOption(call, "allow", stoppingCodes()));
  const items = namedItems(call, "release");
  const to = new Set(destinationsOption(call).map(({ id }) => id));
  return withLibrary(call, async function* (library) {
    const release = await heldOnly(library.store, items, to);
    return yield* enqueueInto(call, library, { release, allow });
  });
}

/** Everything that is held, or what was named; a key alone means those of its publications that are held. */
async function heldOnly(
  store: Store,
  typed: QueueItem[] | null,
  to: ReadonlySet<string>,
): Promise<{ post: string; to: string }[]> {
  const { publications, named } = await store.transaction(async (transaction) => ({
    publications: await allPublications(transaction),
    named: typed === null ? null : await resolveItems(transaction, typed),
  }));
  const held = publications.filter((each) => each.state === "held" && to.has(each.to));
  if (named === null) return held.map(({ post, to }) => ({ post, to }));
  const isHeld = (item: QueueItem): boolean =>
    held.some((each) => each.post === item.post && each.to === item.to);
  return named.filter(
    (item) =>
      to.has(item.to) &&
      (item.exact || isHeld(item) || !held.some((each) => each.post === item.post)),
  );
}
