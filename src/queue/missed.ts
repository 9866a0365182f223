/** What happens to a slot of the browser way that passed while nothing ran. */
export const missedPolicies = ["next-slot", "catch-up", "skip"] as const;

/** One of `missedPolicies`. */
export type MissedPolicy = (typeof missedPolicies)[number];

/** How late a slot still counts, and what then. */
export interface MissedRules {
  policy: MissedPolicy;
  graceMinutes: number;
}

/** What to do with an item that is due; all moments in milliseconds since the epoch. */
export function whenLate(
  due: number,
  now: number,
  rules: MissedRules,
): "go" | "next-slot" | "skip" {
  if (rules.policy === "catch-up" || now - due <= rules.graceMinutes * 60_000) return "go";
  return rules.policy;
}
