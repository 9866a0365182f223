import type { Destination } from "../../core/destination.ts";
import type { Problem } from "../../core/problem.ts";
import { problem } from "../../core/problem.ts";
import { localDay, localMoment } from "../../queue/local.ts";
import { planSlots } from "../../queue/plan.ts";
import type { QueueRules } from "../../queue/rules.ts";
import { rulesOf } from "./plan.ts";
import type { QueuePlan } from "./plan.ts";

/** What the deadline is held against. */
interface DeadlineRequest {
  /** ISO 8601 day; empty when there is none. */
  deadline: string;
  /** The creator's zone: an evening in America is the next day in UTC. */
  zone: string;
  destinations: readonly Destination[];
  rules: ReadonlyMap<string, QueueRules>;
  /** Milliseconds since the epoch: from when on the plan could begin. */
  from: number;
  dryRun: boolean;
}

/** What lies beyond the deadline. */
export interface DeadlineAnswer {
  /** How many of the planned items go out after it. */
  after: number;
  /** The command that would be done by then; null when none would, or none is needed. */
  faster: string | null;
  told: Problem[];
}

/** More a day than this is no pace for a person who posts by hand. */
const mostPerDay = 2;

/** Says what of a plan goes out after the deadline, and which pace would not. */
export function pastDeadline(plan: QueuePlan, request: DeadlineRequest): DeadlineAnswer {
  const { deadline, zone } = request;
  const isLate = (due: string): boolean => localDay(Date.parse(due), zone) > deadline;
  const late = deadline === "" ? [] : plan.slots.filter(({ due }) => isLate(due));
  if (late.length === 0) return { after: 0, faster: null, told: [] };
  const options = fasterOptions(plan, request, isLate);
  const faster = options === null ? null : `findmehere queue add ${options}`;
  const told = problem(
    "after-deadline",
    `${late.length} of ${plan.slots.length} posts go out after your deadline, ${deadline}.`,
    `That is all right if your files are exported and your announcement is out: RedNote and Lemon8 stay. ${
      options === null
        ? `Even ${mostPerDay} a day would not be done by then; \`findmehere queue add --order best\` puts first what matters most.`
        : request.dryRun
          ? `To be done by then: \`findmehere queue add ${options}\`.`
          : `To be done by then: \`findmehere queue remove --all\`, then \`findmehere queue add ${options}\`.`
    }`,
  );
  return { after: late.length, faster, told: [told] };
}

/** The slowest pace at which every destination is done by the deadline, as options; null when none is. */
function fasterOptions(
  plan: QueuePlan,
  request: DeadlineRequest,
  isLate: (due: string) => boolean,
): string | null {
  const { from, deadline } = request;
  const late = new Set(
    plan.slots.flatMap(({ due, publication }) => (isLate(due) ? publication.to : [])),
  );
  let wanted: QueueRules | null = null;
  for (const destination of request.destinations) {
    if (!late.has(destination.id)) continue;
    const rules = rulesOf(request.rules, destination);
    const items = plan.slots.flatMap(({ publication: { post, to } }) =>
      to === destination.id ? { post, to } : [],
    );
    const days = Date.parse(deadline) / 86_400_000 - localMoment(from, rules.zone).day + 1;
    if (days <= 0) return null;
    let found: QueueRules | null = null;
    // One a week more for what today or a clock change takes away.
    const least = Math.max(rules.perWeek + 1, Math.ceil((items.length * 7) / days));
    for (
      let perWeek = least;
      found === null && perWeek <= Math.min(least + 2, mostPerDay * 7);
      perWeek += 1
    ) {
      const tried = pace(rules, perWeek);
      const last = planSlots({ items, rules: tried, from, taken: [], seed: "pace" }).at(-1);
      if (last !== undefined && !isLate(last.due)) found = tried;
    }
    if (found === null) return null;
    if (wanted === null || found.perWeek > wanted.perWeek) wanted = found;
  }
  if (wanted === null) return null;
  const usual = rulesOf(request.rules, request.destinations[0] ?? { id: "" });
  return [
    `--per-week ${wanted.perWeek}`,
    ...(wanted.perDay === usual.perDay ? [] : [`--per-day ${wanted.perDay}`]),
    ...(wanted.times.length === usual.times.length ? [] : [`--times ${wanted.times.join(",")}`]),
  ].join(" ");
}

function pace(rules: QueueRules, perWeek: number): QueueRules {
  const perDay = Math.max(rules.perDay, Math.ceil(perWeek / 7));
  const times = rules.times.length >= perDay ? rules.times : ["12:00", "19:30"];
  return { ...rules, perWeek, perDay, times };
}
