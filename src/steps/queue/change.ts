import type { Clock } from "../../core/clock.ts";
import { ExpectedError } from "../../core/error.ts";
import type { Step } from "../../core/event.ts";
import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import { breachesOf } from "../../queue/breaches.ts";
import { fillDays } from "../../queue/filled.ts";
import { localTime } from "../../queue/local.ts";
import type { QueueRules } from "../../queue/rules.ts";
import { resolveItems } from "../../store/aliases.ts";
import type { Store } from "../../store/open.ts";
import { movePublication, moveSlot } from "../../store/move-publication.ts";
import type { NewSlot } from "../../store/move-publication.ts";
import { allPublications, publicationRecord } from "../../store/publications.ts";
import type { StoredPublication } from "../../store/publications.ts";
import { helloKey } from "../announce.ts";
import { takenAt } from "../queue-rules.ts";
import { chooseItems, targets } from "./choose.ts";
import type { QueueVerb, TypedItem } from "./choose.ts";
import { nameOf } from "./plan.ts";

/** What changing items of the queue needs. */
export interface ChangeRequest {
  store: Store;
  clock: Clock;
  verb: QueueVerb;
  /** Null is what `--all` means. */
  items: readonly TypedItem[] | null;
  /** Ids of the destinations that are meant. */
  to: ReadonlySet<string>;
  /** The new slot of a `move`; null for the others. */
  at: { at: number; note: string } | null;
  /** By destination id. */
  rules: ReadonlyMap<string, QueueRules>;
  /** IANA zone for people. */
  zone: string;
}

/** Moves, holds, skips or takes back items of the queue: all of them, or none. */
export async function* changeQueue(request: ChangeRequest): Step {
  const { store, verb, at, clock, zone } = request;
  const now = clock.calendar();
  if (at !== null && at.at < now) throw inThePast(at.at, now, zone);
  const { changed, told } = await store.transaction(async (transaction) => {
    const typed = request.items === null ? null : await resolveItems(transaction, request.items);
    const all = await allPublications(transaction);
    const meant = all.filter(({ to }) => request.to.has(to));
    const chosen = chooseItems(meant, verb, typed);
    const made: StoredPublication[] = [];
    for (const each of chosen) {
      const when = new Date(now).toISOString();
      made.push(
        at === null
          ? await movePublication(
              transaction,
              each,
              { to: targets[verb], by: "person", at: when, why: verb },
              { due: null },
            )
          : await moveSlot(transaction, each, slotMove(each, secondsIso(at.at), when)),
      );
    }
    return { changed: made, told: breaches(made, all, request.rules) };
  });
  for (const each of changed) yield publicationRecord(each);
  if (at !== null && at.note !== "" && changed.length > 0) yield problem("slot-twice", at.note, "");
  if (verb === "move") yield* told;
  return {
    exit: "done",
    summary: {
      type: "summary",
      command: `queue ${verb}`,
      schemaVersion: 1,
      changed: changed.length,
      zone,
    },
  };
}

/** Another slot that a person chose. */
export function slotMove(before: StoredPublication, due: string, at: string): NewSlot {
  return { due, at, by: "person", why: `from ${before.due ?? "no slot"} to ${due}` };
}

/** What the new slots of queued publications break, with all of them in place. */
export function breaches(
  made: readonly StoredPublication[],
  all: readonly StoredPublication[],
  rules: ReadonlyMap<string, QueueRules>,
): Problem[] {
  const changed = new Map(made.map((each) => [nameOf(each), each]));
  const after = all.map((each) => changed.get(nameOf(each)) ?? each);
  const byPost = Map.groupBy(after, ({ post }) => post);
  const filled = new Map(
    [...rules].map(([to, { zone }]) => {
      const own = after.filter((each) => each.to === to).flatMap((each) => takenAt(each));
      return [to, fillDays(own, zone)] as const;
    }),
  );
  return made.flatMap((each) => {
    const own = rules.get(each.to);
    const days = filled.get(each.to);
    if (each.state !== "queued" || each.due === null) return [];
    if (own === undefined || days === undefined) return [];
    const broken = breachesOf({
      at: Date.parse(each.due),
      rules: own,
      filled: days,
      elsewhere: (byPost.get(each.post) ?? [])
        .filter(({ to, post }) => to !== each.to && post !== helloKey)
        .flatMap((other) => takenAt(other)),
    });
    if (broken.length === 0) return [];
    return [
      problem(
        "slot-off-rules",
        `${nameOf(each)} has the slot that you chose, but ${broken.join("; ")}.`,
        "Caps, gap and quiet hours hold when it goes out, so it may wait. Another slot: `findmehere queue move ITEM --at TIME`.",
        { post: each.post, to: each.to },
      ),
    ];
  });
}

/** The error for a slot that is over. */
function inThePast(at: number, now: number, zone: string): ExpectedError {
  const told = (moment: number) => localTime(new Date(moment).toISOString(), zone);
  return new ExpectedError({
    exit: "usage",
    code: "slot-in-the-past",
    what: `${told(at)} is over: it is ${told(now)} now, in ${zone}. Nothing was changed.`,
    fix: "Give a later time. To hand a post off now, type `findmehere publish --post KEY --to DESTINATION`.",
  });
}

function secondsIso(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
