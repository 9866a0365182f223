import type { Clock } from "../../core/clock.ts";
import type { Destination } from "../../core/destination.ts";
import type { Step } from "../../core/event.ts";
import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import type { Publication } from "../../core/publication.ts";
import { readTableFile } from "../../edge/table.ts";
import type { TableRow } from "../../edge/table.ts";
import type { QueueRules } from "../../queue/rules.ts";
import { resolveKey } from "../../store/aliases.ts";
import { movePublication, moveSlot } from "../../store/move-publication.ts";
import { allPublications, publicationRecord } from "../../store/publications.ts";
import type { StoredPublication } from "../../store/publications.ts";
import type { Store, StoreTransaction } from "../../store/open.ts";
import { currentDraft } from "../drafts/words.ts";
import { breaches, slotMove } from "./change.ts";
import { assertQueueTable, judgeRow, orderOfDays, rowName } from "./import-rows.ts";
import type { NamedRow } from "./import-rows.ts";
import { nameOf } from "./plan.ts";

/** What taking a table of the queue needs. */
export interface QueueImportRequest {
  root: string;
  store: Store;
  clock: Clock;
  destinations: readonly Destination[];
  /** By destination id. */
  rules: ReadonlyMap<string, QueueRules>;
  file: string;
  /** IANA zone of rows that name none. */
  zone: string;
  dryRun: boolean;
}

/** A publication that a table changed, and what it was. */
export interface ChangedPublication extends Publication {
  was: { state: string; due: string | null };
}

interface Change {
  line: number;
  before: StoredPublication;
  after: StoredPublication;
  note: string;
}

/** Takes the changed slots and states of a table: all of them, or, where one row cannot be, none. */
export async function* importQueue(request: QueueImportRequest): Step {
  const { store, file, dryRun } = request;
  const rows = await readTableFile(file);
  assertQueueTable(rows, file);
  const judged = await store.transaction((transaction) => judge(transaction, request, rows));
  const stopped = await stops(request, judged.changes);
  const refusals = [...judged.refused, ...stopped].toSorted((a, b) => a.line - b.line);
  const isRefused = refusals.length > 0;
  if (!isRefused && !dryRun) {
    const again = await store.transaction(async (transaction) => {
      // Once more: what another run did since must not be written over.
      const now = await judge(transaction, request, rows);
      if (now.refused.length === 0) await apply(transaction, request, now.changes);
      return now;
    });
    judged.changes = again.changes;
    refusals.push(...again.refused);
  }
  for (const { line, why, name } of refusals) {
    yield problem("row-refused", `Row ${line} (${name}): ${why}`, "");
  }
  const taken = refusals.length > 0 ? [] : judged.changes;
  for (const { before, after } of taken) {
    const was = { state: before.state, due: before.due };
    const changed: ChangedPublication = { ...publicationRecord(after), was };
    yield changed;
  }
  yield* twice(taken);
  yield* breaches(
    taken.map(({ after }) => after),
    judged.all,
    request.rules,
  );
  return {
    exit: refusals.length > 0 ? "usage" : "done",
    summary: {
      type: "summary",
      command: "queue import",
      schemaVersion: 1,
      rows: rows.length,
      changed: taken.length,
      unchanged: rows.length - judged.changes.length - judged.refused.length,
      refused: refusals.length,
      dryRun,
      zone: request.zone,
    },
  };
}

async function judge(
  transaction: StoreTransaction,
  { clock, zone }: QueueImportRequest,
  rows: readonly TableRow[],
): Promise<{ changes: Change[]; refused: Refusal[]; all: StoredPublication[] }> {
  const all = await allPublications(transaction);
  const byName = new Map(all.map((each) => [nameOf(each), each]));
  const named: NamedRow[] = [];
  for (const [index, cells] of rows.entries()) {
    const name = rowName(cells);
    const at = name.lastIndexOf("@");
    const known =
      byName.get(name) ??
      byName.get(`${await resolveKey(transaction, name.slice(0, at))}${name.slice(at)}`);
    named.push({ line: index + 2, name, publication: known ?? null, cells });
  }
  const order = orderOfDays(named, zone);
  const changes: Change[] = [];
  const refused: Refusal[] = [];
  const seen = new Map<string, number>();
  for (const row of named) {
    const { line, name, publication } = row;
    const wish = judgeRow(row, { now: clock.calendar(), zone, order });
    const item = publication === null ? name : nameOf(publication);
    const first = seen.get(item);
    seen.set(item, first ?? line);
    if (first !== undefined && publication !== null) {
      refused.push({ line, name, why: `It stands in row ${first} already.` });
    } else if (wish.wish === "refused") refused.push({ line, name, why: wish.why });
    else if (wish.wish === "change" && publication !== null) {
      const after = { ...publication, state: wish.state, due: wish.due };
      changes.push({ line, before: publication, after, note: wish.note });
    }
  }
  return { changes, refused, all };
}

interface Refusal {
  line: number;
  name: string;
  why: string;
}

/** What is to be queued has to be free of stops, as `queue add` and `queue release` want it. */
async function stops(
  { root, store, destinations }: QueueImportRequest,
  changes: readonly Change[],
): Promise<Refusal[]> {
  const found: Refusal[] = [];
  for (const { line, before, after } of changes) {
    if (after.state !== "queued" || before.state === "queued") continue;
    const destination = destinations.find(({ id }) => id === after.to);
    const draft =
      destination === undefined ? null : await currentDraft(root, store, destination, after.post);
    const stop = draft?.problems.find(({ severity }) => severity === "stop");
    const name = nameOf(after);
    if (draft === null) found.push({ line, name, why: "It has no draft." });
    else if (stop !== undefined) {
      const why = `${stop.message} To let it go as it is: findmehere queue release ${name} --allow ${stop.code}`;
      found.push({ line, name, why });
    }
  }
  return found;
}

async function apply(
  transaction: StoreTransaction,
  { clock }: QueueImportRequest,
  changes: readonly Change[],
): Promise<void> {
  const at = new Date(clock.calendar()).toISOString();
  for (const { before, after } of changes) {
    if (before.state === after.state) {
      await moveSlot(transaction, before, slotMove(before, after.due ?? "", at));
    } else {
      const move = { to: after.state, by: "person", at, why: "by a table" } as const;
      await movePublication(transaction, before, move, { due: after.due });
    }
  }
}

function twice(changes: readonly Change[]): Problem[] {
  return changes
    .filter(({ note }) => note !== "")
    .map(({ note, line, after: { post, to } }) =>
      problem("slot-twice", `Row ${line}: ${note}`, "", { post, to }),
    );
}
