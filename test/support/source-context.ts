import type { SourceContext } from "../../src/core/source.ts";
import { systemClock } from "../../src/edge/clock.ts";

/** The calendar stands still, so that two readings of one input say the same. */
const now = Date.parse("2026-11-21T12:00:00Z");

/** What a source is given when a test reads it without the command line. */
export function sourceContext(other: Partial<SourceContext> = {}): SourceContext {
  return {
    signal: new AbortController().signal,
    clock: { ...systemClock({}), calendar: () => now },
    random: () => 0.5,
    owner: "",
    origin: "https://www.tiktok.com",
    wanted: { since: null, limit: null },
    browser: { executable: "", profiles: "", headless: true, attended: false },
    ...other,
  };
}
