import type { Clock } from "../core/clock.ts";

/** Why serving ended. */
export type EndReason = "done" | "idle" | "expired" | "interrupted";

/** How long something is served. */
export interface Session {
  /** Somebody who has the address looked: the idle time begins anew. */
  touch(): void;
  end(reason: EndReason): void;
  readonly isOver: boolean;
  /** Settles when it is over, however it came. */
  readonly ended: Promise<EndReason>;
}

/** A session that ends after `idle` milliseconds without a look, after `longest` in any case, or when it is told. */
export function startSession(
  clock: Clock,
  { idle, longest }: { idle: number; longest: number },
): Session {
  const over = new AbortController();
  let resting = new AbortController();
  let settle: (reason: EndReason) => void = () => {};
  const ended = new Promise<EndReason>((resolve) => (settle = resolve));
  const end = (reason: EndReason) => {
    if (over.signal.aborted) return;
    over.abort();
    resting.abort();
    settle(reason);
  };
  const rest = () => {
    if (over.signal.aborted) return;
    resting.abort();
    resting = new AbortController();
    endAfter(clock, idle, resting.signal, () => end("idle"));
  };
  endAfter(clock, longest, over.signal, () => end("expired"));
  rest();
  return {
    touch: rest,
    end,
    get isOver() {
      return over.signal.aborted;
    },
    ended,
  };
}

function endAfter(clock: Clock, time: number, signal: AbortSignal, then: () => void): void {
  void clock.sleep(time, signal).then(
    () => signal.aborted || then(),
    () => {},
  );
}
