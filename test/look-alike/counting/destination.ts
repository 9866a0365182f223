import type { Destination } from "../../../src/core/destination.ts";
import type { Problem } from "../../../src/core/problem.ts";
import type { Filled, Look, LookedFor, OutgoingPost, Pressed, Way } from "../../../src/core/way.ts";

/**
 * A destination for tests whose press is real: it sends each post to the counting site, and looks there.
 * @param like what it has in common with a real one: limits, topics, readers
 */
export function countingDestination(like: Destination, origin: string): Destination {
  return {
    ...like,
    id: "counting",
    title: "Counting",
    ways: ["browser", "handoff"],
    usualPerWeek: 168,
    needsMedia: false,
    load: async () => countingWay(origin),
  };
}

function countingWay(origin: string): Way {
  return {
    publisher: { prepare: async (post) => filled(origin, post) },
    readBack: { look: (wanted, signal) => look(origin, wanted, signal) },
  };
}

function filled(origin: string, post: OutgoingPost): Filled {
  return {
    is: "ready",
    submit: (signal) => submit(origin, post, signal),
    close: async () => {},
  };
}

async function submit(origin: string, post: OutgoingPost, signal: AbortSignal): Promise<Pressed> {
  const response = await fetch(`${origin}/submit`, {
    method: "POST",
    body: JSON.stringify({ post: post.post, title: post.title, body: post.body }),
    signal,
  });
  const said = (await response.json()) as {
    id?: string;
    at?: string;
    refused?: string;
    captcha?: boolean;
  };
  if (said.captcha === true) {
    const risk = problemOf("site-wants-person", "The site wants a person.");
    return { is: "unknown", evidence: "the site showed a captcha", risk };
  }
  if (said.refused !== undefined) {
    return { is: "refused", problem: problemOf("page-refused", said.refused) };
  }
  const remoteId = said.id ?? null;
  if (said.at !== undefined) return { is: "scheduled", at: said.at, remoteId };
  return { is: "submitted", remoteId };
}

async function look(origin: string, wanted: LookedFor, signal: AbortSignal): Promise<Look> {
  const response = await fetch(`${origin}/page`, { signal });
  const { notes } = (await response.json()) as { notes: { post: string; id: string }[] };
  const found = notes.find(({ post, id }) => id === wanted.remoteId || post === wanted.post);
  if (found === undefined) return { is: "pending", seen: `${notes.length} other posts` };
  return { is: "live", url: `${origin}/note/${found.id}`, remoteId: found.id };
}

function problemOf(code: Problem["code"], message: string): Problem {
  return { type: "problem", code, severity: "warn", message, fix: "Look in the app." };
}
