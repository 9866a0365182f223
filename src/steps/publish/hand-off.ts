import type { Problem } from "../../core/problem.ts";
import { holdAccount } from "../../store/accounts.ts";
import { claimedPublication, releaseClaim } from "../../store/claims.ts";
import { movePublication, noteProblem } from "../../store/move-publication.ts";
import type { StoredPublication } from "../../store/publications.ts";
import { makePack } from "../drafts/pack.ts";
import { noteItem } from "../notices/note.ts";
import type { Handed } from "./ended.ts";
import { accountOf, claimantOf, nowOf } from "./request.ts";
import type { PublishRequest, Route } from "./request.ts";
import { roomFor } from "./room.ts";
import type { Imagined } from "./room.ts";

/**
 * Makes the pack, then says in the database that it is handed off; the claim ends either way.
 * @param caution what the creator should look at before they post it
 */
export async function handOff(
  request: PublishRequest,
  route: Route,
  item: StoredPublication,
  caution: Problem | null,
): Promise<Handed> {
  const { root, store, routes } = request;
  const pack = await makePack(
    {
      ...{ root, store, destinations: routes.map(({ destination }) => destination) },
      accounts: new Map(routes.map(({ destination, account }) => [destination.id, account])),
    },
    item,
  );
  const claimant = claimantOf(request);
  return store.transaction(async (transaction): Promise<Handed> => {
    await holdAccount(transaction, accountOf(route));
    const mine = await claimedPublication(transaction, item, "queued", claimant);
    if (mine === null) return { is: "lost" };
    if (typeof pack !== "string") {
      await noteProblem(transaction, item, pack);
      await releaseClaim(transaction, item, claimant);
      return { is: "failed", problem: pack };
    }
    // Another run may have filled the day since this one looked.
    if (!(await roomFor(transaction, request, route, nothingImagined)).may) {
      await releaseClaim(transaction, item, claimant);
      return { is: "waiting", problem: null };
    }
    const now = nowOf(request);
    const publication = await movePublication(
      transaction,
      item,
      {
        to: "handed-off",
        by: "publish",
        at: now,
        why: ["the pack is ready", caution?.message].filter(Boolean).join(". "),
      },
      {
        ...{ way: "handoff", account: route.account, handedOffAt: now, problem: caution },
        attempt: { kind: "handoff", startedAt: now, endedAt: now, outcome: "handed-off" },
      },
    );
    await noteItem(transaction, request.office, "ready", publication, now, caution?.message);
    return { is: "handed-off", publication, pack };
  });
}

const nothingImagined: Imagined = { wentOut: new Map() };
