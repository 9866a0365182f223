import { realpath, stat } from "node:fs/promises";
import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import { ExpectedError } from "../core/error.ts";
import { problem } from "../core/problem.ts";
import type { Problem } from "../core/problem.ts";
import { everyWords } from "../timer/every.ts";
import type { TimerChange, TimerEntry, TimerHand, TimerPlan, TimerState } from "../timer/hand.ts";
import { hasControlCharacter } from "../timer/job.ts";
import type { TimerJob, TimerKind } from "../timer/job.ts";
import { lastingNames, passingOwner } from "../timer/lasting.ts";

const install = "findmehere schedule install";

/** What is to happen with the schedule of a library. */
export interface SchedulePlan {
  /** The timer that is used; null when there is nothing to remove. */
  hand: TimerHand | null;
  changes: TimerChange[];
  notes: Problem[];
  apply(): Promise<void>;
}

/** What installing needs. */
export interface InstallRequest {
  hands: readonly TimerHand[];
  /** The timer that the person named. */
  wanted: TimerKind | null;
  job: Omit<TimerJob, "every">;
  /** Minutes; null keeps what is installed. */
  every: number | null;
  usual: number;
  /** The folders of PATH. */
  folders: readonly string[];
  /** Names of settings that only this shell has. */
  variables: readonly string[];
  /** Number of the user who installs; null on Windows. */
  uid: number | null;
}

/** Plans a schedule for a library: one, in the timer that was named, else in the one it is in, else in the best there is. */
export async function planInstall(
  request: InstallRequest,
): Promise<SchedulePlan & { job: TimerJob }> {
  await assertOwn(request);
  const earlier = await entriesOf(request.hands, (entry) => entry.id === request.job.id);
  const hand = await chooseHand(request, earlier[0]?.hand ?? null);
  const every = request.every ?? earlier[0]?.entry.job?.every ?? request.usual;
  const node = await lasting(request.job.node, request.folders);
  const job: TimerJob = { ...request.job, node, every };
  for (const path of [job.node, job.bin, job.library]) assertWritable(path);
  const plans = [await hand.install(job)];
  for (const { hand: other } of earlier) {
    if (other.kind !== hand.kind) plans.push(await other.remove(job.id));
  }
  return {
    hand,
    job,
    changes: plans.flatMap(({ changes }) => changes),
    notes: [...passingNotes(job), ...variableNotes(request.variables), ...(await hand.notes())],
    apply: () => applyAll(plans),
  };
}

/** Plans that nothing of this library is left in any timer. */
export async function planRemoval(
  hands: readonly TimerHand[],
  of: (entry: TimerEntry) => boolean,
): Promise<SchedulePlan> {
  const found = await entriesOf(hands, of);
  const plans: TimerPlan[] = [];
  for (const { hand, entry } of found) plans.push(await hand.remove(entry.id));
  return {
    hand: found[0]?.hand ?? null,
    changes: plans.flatMap(({ changes }) => changes),
    notes: [],
    apply: () => applyAll(plans),
  };
}

/** One schedule as it stands on this machine. */
export interface SeenSchedule {
  hand: TimerHand;
  entry: TimerEntry;
  state: TimerState;
  problems: Problem[];
}

/** Reads every schedule of findmehere back and looks whether it can work. `root`: where this library lies now. */
export async function readSchedules(
  hands: readonly TimerHand[],
  own: { id: string | null; root: string | null },
): Promise<SeenSchedule[]> {
  const found = await entriesOf(hands, () => true);
  const seen: SeenSchedule[] = [];
  for (const { hand, entry } of found) {
    const state = await hand.state(entry);
    const root = entry.id === own.id ? own.root : null;
    seen.push({ hand, entry, state, problems: await faults(entry, state, root) });
  }
  return seen;
}

async function entriesOf(
  hands: readonly TimerHand[],
  wanted: (entry: TimerEntry) => boolean,
): Promise<{ hand: TimerHand; entry: TimerEntry }[]> {
  const all = await Promise.all(
    hands.map(async (hand) => (await hand.entries()).map((entry) => ({ hand, entry }))),
  );
  return all.flat().filter(({ entry }) => wanted(entry));
}

async function chooseHand(
  { hands, wanted }: InstallRequest,
  earlier: TimerHand | null,
): Promise<TimerHand> {
  if (wanted !== null) {
    const hand = hands.find(({ kind }) => kind === wanted);
    const obstacle = await hand?.obstacle();
    if (hand !== undefined && obstacle === null) return hand;
    throw new ExpectedError({
      exit: "machine",
      code: "no-timer",
      what: `${wanted} cannot be used here.`,
      ...obstacle,
    });
  }
  const order = earlier === null ? hands : [earlier, ...hands];
  for (const hand of order) if ((await hand.obstacle()) === null) return hand;
  throw new ExpectedError({
    exit: "machine",
    code: "no-timer",
    what: "This computer has nothing that could run findmehere again and again.",
    fix: "On Linux, install cron (Debian, Ubuntu: `sudo apt install cron`; Fedora: `sudo dnf install cronie`) and type the same command again.",
  });
}

/** With sudo the timer would be root's, and so would be what it writes; the person could no longer change it. */
async function assertOwn({ uid, job: { library } }: InstallRequest): Promise<void> {
  if (uid !== 0 || (await stat(library)).uid === 0) return;
  throw new ExpectedError({
    exit: "usage",
    code: "not-your-library",
    what: "You are root here, and the library belongs to another user.",
    why: "The timer would make files that this user could not change any more.",
    fix: "Type the same command as that user, without sudo.",
  });
}

async function applyAll(plans: readonly TimerPlan[]): Promise<void> {
  for (const plan of plans) await plan.apply();
}

/** The same program by a name that the next update does not take away, where it has one. */
async function lasting(path: string, folders: readonly string[]): Promise<string> {
  if (passingOwner(path) === null) return path;
  for (const name of lastingNames(path, folders)) {
    if (isAbsolute(name) && (await realpath(name).catch(() => null)) === path) return name;
  }
  return path;
}

function passingNotes({ node, bin }: TimerJob): Problem[] {
  const found = [
    { what: "Node", path: node },
    { what: "findmehere", path: bin },
  ];
  return found.flatMap(({ what, path }) => {
    const owner = passingOwner(path);
    if (owner === null) return [];
    return problem(
      "schedule-passing",
      `${what} lies where ${owner} keeps what it replaces or clears away: ${path}. Once it is gone, the schedule stops.`,
      what === "Node"
        ? `After every new Node, type \`${install}\` again; or install Node from https://nodejs.org, which stays in its place.`
        : `Install findmehere for good (npm install --global), then type \`${install}\` again.`,
    );
  });
}

function variableNotes(variables: readonly string[]): Problem[] {
  if (variables.length === 0) return [];
  return [
    problem(
      "schedule-variables",
      `A timer does not see what is set in this window only: ${variables.join(", ")}.`,
      "Put settings into the library's settings file: `findmehere config set`.",
    ),
  ];
}

function assertWritable(path: string): void {
  if (!hasControlCharacter(path)) return;
  throw new ExpectedError({
    exit: "machine",
    code: "schedule-path-unwritable",
    what: `No timer can run what lies here: ${JSON.stringify(path)}`,
    why: "The path has a line break or another sign that cannot be written down.",
    fix: "Rename that folder, and type the same command again.",
  });
}

async function faults(
  { id, job, asWritten }: TimerEntry,
  { active, why, fix }: TimerState,
  root: string | null,
): Promise<Problem[]> {
  const broken = (message: string, mend: string) => problem("schedule-broken", message, mend);
  const mend = root === null ? "" : `Type \`${install}\`.`;
  const away = `If that library is gone for good: \`findmehere schedule remove --library\` with its folder.`;
  if (job === null)
    return [broken(`The schedule ${id} was changed and cannot be read.`, mend || away)];
  const found: Problem[] = [];
  if (!asWritten) {
    found.push(
      broken("The schedule is no longer as findmehere wrote it: something changed it.", mend),
    );
  }
  if (root !== null && job.library !== root) {
    const is = existsSync(job.library) ? "another place" : "a folder that is no longer there";
    found.push(broken(`The schedule runs for ${is}: ${job.library}.`, mend));
  } else if (!existsSync(job.library)) {
    found.push(broken(`The library is no longer there: ${job.library}.`, away));
  }
  if (!(await isFile(job.node))) found.push(broken(`Node is no longer there: ${job.node}.`, mend));
  if (!(await isFile(job.bin))) {
    found.push(broken(`findmehere is no longer there: ${job.bin}.`, mend));
  }
  if (active === false) found.push(broken(why, fix));
  return found;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** For people: `every 10 minutes (systemd)`. */
export function scheduleWords(every: number, hand: TimerHand): string {
  return `every ${everyWords(every)} (${hand.title})`;
}
