import { counted } from "../../core/counted.ts";
import type { NoticeServiceId } from "../../core/notice.ts";
import type { PublicationState } from "../../core/publication.ts";
import type { StoppedAccount } from "../../store/accounts.ts";
import type { StoredPublication } from "../../store/publications.ts";
import type { ScheduleSight } from "./schedule.ts";

/** What a person is needed for. */
export type NeedKind =
  | "account-stopped"
  | "press-died"
  | "unconfirmed"
  | "refused"
  | "ready"
  | "sitting"
  | "not-whole"
  | "held"
  | "link-missing"
  | "notices"
  | "schedule";

/** Something that a person has to do, with the command for it. */
export interface Need {
  kind: NeedKind;
  /** How many it stands for; 0 for mere advice. */
  count: number;
  what: string;
  command: string;
  /** The publication, when it is about one. */
  post?: string;
  to?: string;
  /** The publication that is ready to be posted, when it is about one. */
  ready?: { post: string; to: string };
}

/** A stopped account with its place's name for people. */
export type StoppedPlace = StoppedAccount & { title: string };

/** Messages that a service did not take. */
export interface UnsentNotices {
  service: NoticeServiceId;
  count: number;
}

/** How many publications of each kind are named one by one. */
export const mostNamed = 100;

/** What the needs are made from. */
export interface NeedsInput {
  stopped: readonly StoppedPlace[];
  /** Publications by state, `mostNamed` at most of each. */
  named: Record<"handed-off" | "unconfirmed" | "refused", readonly StoredPublication[]>;
  /** Pressed by runs that are no more. */
  died: readonly StoredPublication[];
  /** Posted, and nobody knows the link. */
  linkless: { count: number; named: readonly StoredPublication[] };
  counts: Readonly<Partial<Record<PublicationState, number>>>;
  /** How many are due, and how many of them wait for a sitting. */
  dueNow: number;
  dueSitting: number;
  incomplete: number;
  unsent: readonly UnsentNotices[];
  schedule: ScheduleSight;
}

/** Everything that needs a person, what cannot wait first. */
export function needsOf(input: NeedsInput): Need[] {
  const { named, counts, dueSitting, incomplete } = input;
  const held = counts.held ?? 0;
  return [
    ...input.stopped.map(stoppedNeed),
    ...input.died.map(diedNeed),
    ...one(incomplete, "not-whole", {
      what: `${counted(incomplete, "post")} ${are(incomplete)} not whole: a file is missing`,
      command: "findmehere export NEW-ARCHIVE.zip",
    }),
    ...each("unconfirmed", named.unconfirmed, counts.unconfirmed, unconfirmedNeed),
    ...each("refused", named.refused, counts.refused, refusedNeed),
    ...each("ready", named["handed-off"], counts["handed-off"], readyNeed),
    ...one(dueSitting, "sitting", {
      what: `${counted(dueSitting, "post")} ${are(dueSitting)} due, and you press the last button yourself`,
      command: "findmehere publish --sit",
    }),
    ...one(held, "held", {
      what: `${counted(held, "draft")} ${are(held)} held; mend them, then release them`,
      command: "findmehere check --severity stop   and then   findmehere queue release --all",
    }),
    ...each("link-missing", input.linkless.named, input.linkless.count, linkNeed),
    ...input.unsent.map(unsentNeed),
    ...scheduleNeed(input),
  ];
}

function each(
  kind: NeedKind,
  items: readonly StoredPublication[],
  count: number | undefined,
  need: (item: StoredPublication) => Omit<Need, "kind" | "count" | "post" | "to">,
): Need[] {
  const found = items.map((item): Need => ({
    kind,
    count: 1,
    post: item.post,
    to: item.to,
    ...need(item),
  }));
  const left = Math.max(0, (count ?? 0) - items.length);
  const state = items[0]?.state ?? "";
  return [
    ...found,
    ...one(left, kind, {
      what: `and ${left} more like that`,
      command: `findmehere queue list --state ${state}`,
    }),
  ];
}

function one(count: number, kind: NeedKind, need: Pick<Need, "what" | "command">): Need[] {
  return count > 0 ? [{ kind, count, ...need }] : [];
}

function stoppedNeed({ to, title, since, problem }: StoppedPlace): Need {
  return {
    kind: "account-stopped",
    count: 1,
    what: `Nothing goes out to ${title} since ${since.slice(0, 10)}: ${problem.message} Look in the app first`,
    command: `findmehere queue release --account ${to}`,
    to,
  };
}

function diedNeed({ post, to }: StoredPublication): Need {
  return {
    kind: "press-died",
    count: 1,
    what: `${post}@${to}: the run that was sending it is no more. It is not sent again; this notes it`,
    command: "findmehere publish --due",
    ...{ post, to },
  };
}

function unconfirmedNeed({ post, to }: StoredPublication) {
  return {
    what: `${post}@${to}: nobody knows whether it went out; look in the app. If it is not there: --not-there`,
    command: `${confirm({ post, to })} --url "ADDRESS"`,
  };
}

function refusedNeed({ post, to, problem }: StoredPublication) {
  return {
    what: `${post}@${to} was refused${problem === null ? "" : `: ${problem.message}`}`,
    command: `findmehere queue show ${post}@${to}`,
  };
}

function readyNeed({ post, to }: StoredPublication) {
  return {
    what: `${post}@${to} is ready for your phone (findmehere handoff); post it, then bring the link back`,
    command: `${confirm({ post, to })} --url "ADDRESS"`,
    ready: { post, to },
  };
}

function linkNeed({ post, to }: StoredPublication) {
  return {
    what: `${post}@${to} was posted, and its link is still to come`,
    command: `${confirm({ post, to })} --url "ADDRESS"`,
  };
}

function unsentNeed({ service, count }: UnsentNotices): Need {
  return {
    kind: "notices",
    count: 1,
    what: `${counted(count, "message")} to you could not be sent by ${service}`,
    command: "findmehere doctor --notify",
  };
}

/** Hand-off makes the pack ready and tells the creator; nothing posts by itself. */
function scheduleNeed({ schedule, counts, dueNow, dueSitting }: NeedsInput): Need[] {
  if (schedule.is === "broken") {
    const { message, fix } = schedule.problem;
    const command = /`(findmehere [^`]+)`/.exec(fix)?.[1] ?? "findmehere schedule show";
    return [{ kind: "schedule", count: 1, what: message.replace(/\.$/, ""), command }];
  }
  if (schedule.is !== "none" || (counts.queued ?? 0) === 0) return [];
  const ready = dueNow - dueSitting;
  const install = "findmehere schedule install";
  const due = `${counted(ready, "post")} ${are(ready)} due, and no schedule looks after them`;
  return [
    {
      kind: "schedule",
      count: 0,
      what: ready > 0 ? due : "No schedule makes your posts ready when they are due, and tells you",
      command: ready > 0 ? `findmehere publish --due   and then   ${install}` : install,
    },
  ];
}

function confirm({ post, to }: { post: string; to: string }): string {
  return `findmehere confirm --post ${post} --to ${to}`;
}

function are(count: number): string {
  return count === 1 ? "is" : "are";
}
