import type { Destination } from "../core/destination.ts";
import { assertZone } from "../queue/local.ts";
import { parseGap, parseQuietHours } from "../queue/parse.ts";
import { assertRules } from "../queue/rules.ts";
import type { QueueRules } from "../queue/rules.ts";
import type { Settings } from "../settings/schema.ts";
import type { StoredPublication } from "../store/publications.ts";

/** When posts of one destination may go out, from the settings. Throws ExpectedError (exit `settings`). */
export function queueRules(settings: Settings, destination: Destination): QueueRules {
  const { queue, creator } = settings;
  // First, so that the setting that is wrong is named, not the one that falls back on it.
  assertZone(creator.timeZone, "creator.timeZone");
  const rules: QueueRules = {
    perDay: queue.perDay,
    perWeek: queue.perWeek === 0 ? destination.usualPerWeek : queue.perWeek,
    times: queue.times,
    zone: queue.zone || creator.timeZone,
    quietHours: parseQuietHours(queue.quietHours),
    quietZone: creator.timeZone,
    minGapMinutes: parseGap(queue.minGap),
    jitterMinutes: parseGap(queue.jitter, "queue.jitter"),
  };
  assertRules(rules);
  return rules;
}

/** Slots that are used up: what is planned, and what went out, at the moment it did. */
export function takenAt(publication: StoredPublication): number[] {
  const { state, due, handedOffAt } = publication;
  if (state === "draft" || state === "held" || state === "skipped") return [];
  const at = state === "queued" ? due : (handedOffAt ?? due);
  return at === null ? [] : [Date.parse(at)];
}
