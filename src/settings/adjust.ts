import type { Destination, TextLimit } from "../core/destination.ts";
import type { BodyLayout } from "../core/layout.ts";

/** What a creator's settings change about a destination. */
interface Adjustments {
  layout: BodyLayout;
  titleMost: number;
  bodyMost: number;
  topics: number;
}

/** The number of a limit that settings may move: what is refused, else what is advised; 0 when neither is known. */
export function factOf({ hard, advice }: TextLimit): number {
  return hard ?? advice?.most ?? 0;
}

/** The destinations with the creator's own layout and limits in place of the dated facts. */
export function adjustDestinations(
  destinations: readonly Destination[],
  settings: Readonly<Record<string, Adjustments>>,
): Destination[] {
  return destinations.map((destination) => {
    const own = settings[destination.id];
    return own === undefined ? destination : adjusted(destination, own);
  });
}

function adjusted(destination: Destination, own: Adjustments): Destination {
  const { limits } = destination;
  return {
    ...destination,
    layout: own.layout,
    limits: {
      ...limits,
      title: moved(limits.title, own.titleMost),
      body: moved(limits.body, own.bodyMost),
      topics: { ...limits.topics, usual: own.topics },
    },
  };
}

function moved(limit: TextLimit, most: number): TextLimit {
  if (limit.hard !== null) return { ...limit, hard: most };
  return limit.advice === null ? limit : { ...limit, advice: { ...limit.advice, most } };
}
