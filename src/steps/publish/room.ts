import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import { mayHandOff } from "../../queue/hand-off.ts";
import type { HandOffAnswer } from "../../queue/hand-off.ts";
import { localTime } from "../../queue/local.ts";
import type { StoreTransaction } from "../../store/open.ts";
import { countUnposted, wentOutSince } from "../../store/outgoing.ts";
import { scopeOf } from "./request.ts";
import type { PublishRequest, Route } from "./request.ts";

const dayLength = 86_400_000;

/** What a dry run only imagines to have gone out: caps hold for it, too. */
export interface Imagined {
  /** Milliseconds since the epoch, by destination id. */
  wentOut: Map<string, number[]>;
}

/** Whether one more may go out on this route now. */
export async function roomFor(
  transaction: StoreTransaction,
  request: PublishRequest,
  route: Route,
  imagined: Imagined,
): Promise<HandOffAnswer> {
  const now = request.clock.calendar();
  const { rules, destination } = route;
  const reach = Math.max(9 * dayLength, rules.minGapMinutes * 60_000 + dayLength);
  const scope = scopeOf(route);
  const extra = imagined.wentOut.get(destination.id) ?? [];
  const before = await wentOutSince(transaction, scope, new Date(now - reach).toISOString());
  const unposted =
    route.way === "handoff" ? (await countUnposted(transaction, scope)) + extra.length : 0;
  return mayHandOff({
    now,
    // A person who asks for one post is awake; the caps and gaps hold for them too.
    rules: request.only === null ? rules : { ...rules, quietHours: null },
    handedOff: [...before, ...extra],
    unposted,
  });
}

/** Why a publication waits, and until when. */
export function waiting(
  { post, to }: { post: string; to: string },
  answer: Exclude<HandOffAnswer, { may: true }>,
  zone: string,
): Problem {
  const when =
    answer.until === null ? "" : ` until ${localTime(new Date(answer.until).toISOString(), zone)}`;
  const reasons = {
    "quiet-hours": `It waits${when}: these are your quiet hours.`,
    "two-unposted": "It waits: two packs for this account are ready and not posted yet.",
    "day-cap": `It waits${when}: your most posts a day are reached.`,
    "week-cap": `It waits${when}: your most posts in seven days are reached.`,
    gap: `It waits${when}: the last one was too short a time ago.`,
  };
  const fix =
    answer.reason === "two-unposted"
      ? "Post them, then type `findmehere confirm --post KEY --to DESTINATION --url ADDRESS` (or --posted, or --not-today). `findmehere queue list` shows them."
      : "";
  return problem("hand-off-waiting", reasons[answer.reason], fix, { post, to });
}
