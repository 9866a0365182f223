import { join } from "node:path";
import type { Bilingual, Destination } from "../../core/destination.ts";
import type { StepEvent } from "../../core/event.ts";
import { isVideoName } from "../../core/media-ending.ts";
import type { Problem } from "../../core/problem.ts";
import type { StoredDraft } from "../../store/drafts.ts";
import { findPost } from "../../store/posts.ts";
import type { StoredPublication } from "../../store/publications.ts";
import { declarationsOf } from "../drafts/declarations.ts";
import { readyDraft } from "../drafts/pack.ts";
import { stepsOf } from "../drafts/steps.ts";
import type { ShownStep } from "../drafts/steps.ts";
import { handOffDue, packsFor } from "./gather.ts";
import type { GatherRequest, HandedOffCounts } from "./gather.ts";

/** One file of a pack. */
export interface PackFile {
  /** Absolute. */
  path: string;
  /** Name in the draft's folder. */
  file: string;
  kind: "video" | "photo" | "cover";
  /** Place among the photos, from 1. */
  position: number;
}

/** Everything that the phone gets of one publication. */
export interface PhonePack {
  publication: StoredPublication;
  destination: Destination;
  /** The account to post as, without sign; empty while the creator has not named one. */
  account: string;
  draft: StoredDraft;
  files: readonly PackFile[];
  /** What the creator does, in order. */
  steps: readonly ShownStep[];
  /** Things to know or to declare before posting. */
  notes: readonly Bilingual[];
  /** When the post came out on TikTok (ISO 8601); null for one that was never there. */
  date: string | null;
}

/** What lies ready for the phone. */
export interface Gathered extends HandedOffCounts {
  packs: PhonePack[];
}

/** Makes ready what is due, then gathers what is on its way to the phone: what is ready first, each by its slot. */
export async function* gatherPacks(
  request: GatherRequest,
): AsyncGenerator<StepEvent, Gathered, undefined> {
  const counts = yield* handOffDue(request);
  const packs: PhonePack[] = [];
  for (const publication of await packsFor(request, [])) {
    const pack = await packOf(request, publication);
    if ("type" in pack) {
      counts.failed += 1;
      yield pack;
    } else packs.push(pack);
  }
  return { packs, ...counts };
}

async function packOf(
  { root, store, routes }: GatherRequest,
  publication: StoredPublication,
): Promise<PhonePack | Problem> {
  const accounts = new Map(routes.map(({ destination, account }) => [destination.id, account]));
  const destinations = routes.map(({ destination }) => destination);
  const ready = await readyDraft({ root, store, destinations, accounts }, publication);
  if ("type" in ready) return ready;
  const { destination, draft, cover } = ready;
  const post = await store.transaction((transaction) => findPost(transaction, publication.post));
  const names = cover === null ? draft.media : [...draft.media, cover];
  return {
    ...{ publication, destination, draft },
    account: accounts.get(destination.id) ?? "",
    files: [...new Set(names)].map((file, index) => ({
      path: join(root, draft.folder, file),
      file,
      kind: !draft.media.includes(file) ? "cover" : isVideoName(file) ? "video" : "photo",
      position: index + 1,
    })),
    steps: stepsOf(destination, draft, post, "served"),
    notes: declarationsOf(draft, post),
    date: post?.date ?? null,
  };
}
