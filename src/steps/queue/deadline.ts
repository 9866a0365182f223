import type { Problem } from "../../core/problem.ts";
import { problem } from "../../core/problem.ts";
import { localDay, localMoment } from "../../queue/local.ts";
import type { QueueRules } from "../../queue/rules.ts";
import { rulesOf } from "./plan.ts";

/** Slots, and those that other rules would give. */
export interface PacedPlan {
  slots: readonly { publication: { to: string }; due: string }[];
  replan(rules: ReadonlyMap<string, QueueRules>): readonly { due: string }[];
}

/** What the deadline is held against. */
interface PaceRequest {
  /** ISO 8601 day; empty when there is none. */
  deadline: string;
  /** The creator's zone: an evening in America is the next day in UTC. */
  zone: string;
  rules: ReadonlyMap<string, QueueRules>;
  /** Milliseconds since the epoch: from when on the plan could begin. */
  from: number;
}

/** The same, and what the answer is told for. */
interface DeadlineRequest extends PaceRequest {
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
export const mostPerDay = 2;

/** Says what of a plan goes out after the deadline, and which pace would not. */
export function pastDeadline(plan: PacedPlan, request: DeadlineRequest): DeadlineAnswer {
  const { deadline } = request;
  const late = deadline === "" ? [] : plan.slots.filter(({ due }) => isLate(due, request));
  if (late.length === 0) return { after: 0, faster: null, told: [] };
  const options = fasterOptions(plan, request);
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
export function fasterOptions(plan: PacedPlan, request: PaceRequest): string | null {
  const { from, deadline, zone, rules } = request;
  const late = plan.slots.filter(({ due }) => isLate(due, request));
  const days = Date.parse(deadline) / 86_400_000 - localMoment(from, zone).day + 1;
  const most = Math.max(
    ...[...Map.groupBy(plan.slots, ({ publication }) => publication.to).values()].map(
      ({ length }) => length,
    ),
  );
  const paces = late.map(({ publication }) => rulesOf(rules, { id: publication.to }).perWeek);
  const least = Math.max(Math.min(...paces) + 1, Math.ceil((most * 7) / Math.max(1, days)) - 1);
  // A few tries: what is planned already, and two places on two days, take some slots away.
  for (const perWeek of [least, least + 1, least + 2, least + 4, mostPerDay * 7]) {
    if (perWeek > mostPerDay * 7) continue;
    const tried = new Map([...rules].map(([to, own]) => [to, withPace(own, perWeek)]));
    if (plan.replan(tried).some(({ due }) => isLate(due, request))) continue;
    return options([...tried.values()], [...rules.values()]);
  }
  return null;
}

function isLate(due: string, { deadline, zone }: PaceRequest): boolean {
  return localDay(Date.parse(due), zone) > deadline;
}

/** The options that bring rules from what they are to what was tried. */
function options(tried: readonly QueueRules[], usual: readonly QueueRules[]): string {
  const [one] = tried;
  const [before] = usual;
  if (one === undefined || before === undefined) throw new Error("no rules to name");
  return [
    `--per-week ${one.perWeek}`,
    ...(one.perDay === before.perDay ? [] : [`--per-day ${one.perDay}`]),
    ...(one.times === before.times ? [] : [`--times ${one.times.join(",")}`]),
  ].join(" ");
}

function withPace(rules: QueueRules, perWeek: number): QueueRules {
  const perDay = Math.max(rules.perDay, Math.ceil(perWeek / 7));
  const times = rules.times.length >= perDay ? rules.times : ["12:00", "19:30"];
  return { ...rules, perWeek, perDay, times };
}
