import { join } from "node:path";
import { problem } from "../../core/problem.ts";
import type { Filled, OutgoingPost, Pressed, Publisher } from "../../core/way.ts";
import { claimLength, renewClaim } from "../../store/claims.ts";
import type { StoredPublication } from "../../store/publications.ts";
import { readyDraft } from "../drafts/pack.ts";
import type { Pressing } from "./ended.ts";
import { beginPress, endPress, giveBack } from "./press-rows.ts";
import { claimantOf } from "./request.ts";
import type { PublishRequest, Route } from "./request.ts";

/** Fills in, notes the press, presses once, notes the answer. Whoever lost the claim does not press. */
export async function press(
  request: PublishRequest,
  route: Route,
  publisher: Publisher,
  item: StoredPublication,
): Promise<Pressing> {
  const { root, store, routes } = request;
  const destinations = routes.map(({ destination }) => destination);
  const ready = await readyDraft({ root, store, destinations, accounts: new Map() }, item);
  if ("type" in ready) return giveBack(request, route, item, { is: "stopped", problem: ready });
  const { draft } = ready;
  const cover = ready.cover === null ? null : join(root, draft.folder, ready.cover);
  const post: OutgoingPost = {
    ...{ post: item.post, to: item.to, account: route.account, press: route.press },
    ...{ title: draft.title, body: draft.body, topics: draft.topics, cover },
    media: draft.media.map((name) => join(root, draft.folder, name)),
  };
  return whileClaimed(request, item, async () => {
    const filled = await fill(publisher, post, request.stop);
    if (filled.is === "stopped") return giveBack(request, route, item, filled);
    try {
      const begun = await beginPress(request, route, item);
      if (begun !== null) return begun;
      const answer = await submit(filled, request.stop);
      return await endPress(request, route, item, answer);
    } finally {
      // The answer is written; a window that does not close changes nothing of it.
      await filled.close().catch(() => undefined);
    }
  });
}

async function fill(publisher: Publisher, post: OutgoingPost, stop: AbortSignal): Promise<Filled> {
  try {
    return await publisher.prepare(post, stop);
  } catch (error) {
    stop.throwIfAborted();
    const { post: key, to } = post;
    return {
      is: "stopped",
      problem: problem(
        "not-filled-in",
        `The form could not be filled in: ${wordsOf(error)}`,
        "Nothing was posted. It is tried again at the next run.",
        { post: key, to },
      ),
    };
  }
}

async function submit(
  filled: Extract<Filled, { is: "ready" }>,
  stop: AbortSignal,
): Promise<Pressed> {
  try {
    return await filled.submit(stop);
  } catch (error) {
    // Thrown before or after the place took it: nobody can tell.
    return { is: "unknown", evidence: wordsOf(error) };
  }
}

/** Renews the claim while the work lasts. */
async function whileClaimed<Result>(
  request: PublishRequest,
  item: StoredPublication,
  work: () => Promise<Result>,
): Promise<Result> {
  const { clock, store } = request;
  const over = new AbortController();
  const renewing = (async () => {
    while (!over.signal.aborted) {
      await clock.sleep(claimLength / 4, over.signal);
      await store
        .transaction((transaction) => renewClaim(transaction, item, claimantOf(request)))
        // A busy or full disk now; a claim that ends is found out before the press.
        .catch(() => false);
    }
  })().catch(() => undefined);
  try {
    return await work();
  } finally {
    over.abort();
    await renewing;
  }
}

function wordsOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  // Addresses may carry tokens.
  return text.replaceAll(/https?:\/\/\S+/g, "<address>").split("\n")[0] ?? "";
}
