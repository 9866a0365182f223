import { problem } from "../../core/problem.ts";
import { localTime } from "../../queue/local.ts";
import { planSlots } from "../../queue/plan.ts";
import { releaseClaim } from "../../store/claims.ts";
import { movePublication, moveSlot } from "../../store/move-publication.ts";
import type { StoreTransaction } from "../../store/open.ts";
import { queuedFrom, wentOutSince } from "../../store/outgoing.ts";
import { publicationRecord } from "../../store/publications.ts";
import type { StoredPublication } from "../../store/publications.ts";
import { noteItem } from "../notices/note.ts";
import type { Turn } from "./ended.ts";
import { claimantOf, nowOf, scopeOf } from "./request.ts";
import type { PublishRequest, Route } from "./request.ts";

/**
 * A slot of the browser way that passed: the item is skipped, or goes out at the next slot. Those behind it
 * move on by one, as far as the first free slot, so that the order stays and no day holds more than before.
 */
export async function letPass(
  request: PublishRequest,
  route: Route,
  item: StoredPublication,
  what: "next-slot" | "skip",
): Promise<Turn> {
  const { post, to } = item;
  const passed = item.due === null ? "" : ` (${localTime(item.due, request.zone)})`;
  const said = (message: string, fix: string) =>
    problem("slot-missed", `Nothing ran at its time${passed}. ${message}`, fix, { post, to });
  if (request.dryRun) {
    const then = what === "skip" ? "It would be skipped." : "It would go to the next slot.";
    return { is: "missed", events: [said(then, "")] };
  }
  const now = nowOf(request);
  return request.store.transaction(async (transaction): Promise<Turn> => {
    if (what === "skip") {
      const move = { to: "skipped", by: "publish", at: now, why: "its slot passed" } as const;
      const skipped = await movePublication(transaction, item, move, { missed: item.missed + 1 });
      const fix =
        "The setting queue.missed says so. To change it: `findmehere config set queue.missed next-slot`.";
      return { is: "missed", events: [publicationRecord(skipped), said("It is skipped.", fix)] };
    }
    await releaseClaim(transaction, item, claimantOf(request));
    const after = await toNextSlot(transaction, request, route, item);
    if (after.missed === 2) await noteItem(transaction, request.office, "missed", after, now);
    const when = after.due === null ? "" : localTime(after.due, request.zone);
    return {
      is: "missed",
      events: [publicationRecord(after), said(`It goes out at the next slot, ${when}.`, "")],
    };
  });
}

async function toNextSlot(
  transaction: StoreTransaction,
  request: PublishRequest,
  route: Route,
  item: StoredPublication,
): Promise<StoredPublication> {
  const { rules } = route;
  const at = request.clock.calendar();
  const now = nowOf(request);
  const scope = scopeOf(route);
  const behind = await queuedFrom(transaction, scope, now);
  const before = await wentOutSince(
    transaction,
    scope,
    new Date(at - 9 * 86_400_000).toISOString(),
  );
  const dues = behind.map(({ due }) => Date.parse(due ?? now));
  const [free] = planSlots({
    ...{ items: [item], rules, from: at, taken: [...before, ...dues] },
    seed: `${request.seed} ${item.to}`,
  });
  if (free === undefined) throw new Error("the plan gave no slot");
  const moving = behind.filter(({ due }) => due !== null && Date.parse(due) < Date.parse(free.due));
  const slots = [...moving.map(({ due }) => due ?? free.due), free.due];
  for (const [index, each] of moving.entries()) {
    const why = `${item.post} missed its slot and goes first`;
    const due = slots[index + 1] ?? free.due;
    await moveSlot(transaction, each, { due, at: now, by: "publish", why });
  }
  const why = "nothing ran at its time";
  const missed = item.missed + 1;
  return moveSlot(transaction, item, {
    ...{ due: slots[0] ?? free.due, at: now, by: "publish", why, missed },
  });
}
