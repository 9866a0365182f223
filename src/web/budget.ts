/** So many of something in so long a time, for each name. */
export interface Budget {
  /** Takes one; false when this name has used up its share. */
  take(name: string): boolean;
}

/**
 * A bucket for each name that fills again evenly.
 * @param most how many at once
 * @param perSecond how many come back in a second
 * @param now milliseconds
 */
export function budget(most: number, perSecond: number, now: () => number): Budget {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take(name) {
      const at = now();
      const before = buckets.get(name) ?? { left: most, at };
      const left = Math.min(most, before.left + ((at - before.at) / 1000) * perSecond);
      buckets.delete(name);
      buckets.set(name, { left: left >= 1 ? left - 1 : left, at });
      // Names are addresses of a network: someone who makes them up must not fill the memory.
      if (buckets.size > 1000) {
        const [oldest] = buckets.keys();
        if (oldest !== undefined) buckets.delete(oldest);
      }
      return left >= 1;
    },
  };
}
