import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import type { Look } from "../../core/way.ts";
import { claimPageLook } from "../../store/accounts.ts";
import { claimedPublication, releaseClaim } from "../../store/claims.ts";
import { findDraft } from "../../store/drafts.ts";
import { movePublication } from "../../store/move-publication.ts";
import { findPost } from "../../store/posts.ts";
import { publicationWithAddress } from "../../store/publications.ts";
import type { StoredPublication } from "../../store/publications.ts";
import { lookSafely } from "../confirm/look.ts";
import { accountOf, claimantOf, nowOf } from "./request.ts";
import type { PublishRequest, Route } from "./request.ts";

/** Whether TikTok's own sync has carried a post there already. */
export type SyncLook =
  /** Hand it off; `caution` where nobody could look. */
  | { is: "not-there"; caution: Problem | null }
  | { is: "synced"; publication: StoredPublication }
  /** Another run or a person was quicker. */
  | { is: "lost" };

/** Looks before a hand-off, where the settings say that TikTok's sync is on; the claim stays where it goes on. */
export async function lookForSynced(
  request: PublishRequest,
  route: Route,
  item: StoredPublication,
): Promise<SyncLook> {
  const nothing: SyncLook = { is: "not-there", caution: null };
  const readBack = route.tiktokSync ? (await route.open(item.way))?.readBack : undefined;
  if (readBack === undefined) return nothing;
  const { post, draft } = await request.store.transaction(async (transaction) => ({
    post: await findPost(transaction, item.post),
    draft: await findDraft(transaction, item.post, item.to),
  }));
  // The introduction has never been on TikTok.
  if (post === null) return nothing;
  const now = request.clock.calendar();
  await request.store.transaction((transaction) =>
    claimPageLook(transaction, accountOf(route), { now, rest: 0 }),
  );
  const found = await lookSafely(
    readBack,
    {
      ...{ post: item.post, to: item.to, account: route.account, remoteId: null, strictly: true },
      ...{ title: draft?.title ?? "", text: post.caption ?? "" },
      since: post.date,
    },
    request.stop,
  );
  if (found.is === "live") return noteSynced(request, item, found);
  return { is: "not-there", caution: found.is === "unknown" ? cautionOf(item, found) : null };
}

async function noteSynced(
  request: PublishRequest,
  item: StoredPublication,
  { url, remoteId }: Extract<Look, { is: "live" }>,
): Promise<SyncLook> {
  const claimant = claimantOf(request);
  return request.store.transaction(async (transaction): Promise<SyncLook> => {
    const mine = await claimedPublication(transaction, item, "queued", claimant);
    if (mine === null) return { is: "lost" };
    const address = { url: url ?? "", to: item.to, remoteId };
    // What proves another post cannot be this one.
    if ((await publicationWithAddress(transaction, address)) !== null) {
      return { is: "not-there", caution: null };
    }
    const why = "TikTok's own sync has carried it there";
    const move = { to: "synced", by: "read-back", at: nowOf(request), why } as const;
    const seen = { url, remoteId, proof: "read-back", problem: null } as const;
    const publication = await movePublication(transaction, item, move, seen);
    await releaseClaim(transaction, item, claimant);
    return { is: "synced", publication };
  });
}

function cautionOf(
  { post, to }: StoredPublication,
  { evidence }: Extract<Look, { is: "unknown" }>,
): Problem {
  return problem(
    "sync-not-looked",
    `Nobody could look whether TikTok's sync has already carried it there. ${evidence}`,
    "Look at your page in the app before you post it. If it is there, copy its link and record it with `findmehere confirm`.",
    { post, to },
  );
}
