import { existsSync } from "node:fs";
import type { Clock } from "../../core/clock.ts";
import type { Destination } from "../../core/destination.ts";
import { ExpectedError } from "../../core/error.ts";
import type { Step } from "../../core/event.ts";
import type { Post } from "../../core/post.ts";
import type { PublicationState } from "../../core/publication.ts";
import { exactTableText, tableText } from "../../edge/table.ts";
import { writeText } from "../../library/write-text.ts";
import { calendarText } from "../../queue/calendar.ts";
import type { CalendarEntry } from "../../queue/calendar.ts";
import { genericColumns } from "../../queue/generic-table.ts";
import { metricoolColumns } from "../../queue/metricool.ts";
import { queueColumns, queueRow } from "../../queue/queue-table.ts";
import { allDrafts } from "../../store/drafts.ts";
import type { StoredDraft } from "../../store/drafts.ts";
import { lastMoves } from "../../store/moves.ts";
import type { Store } from "../../store/open.ts";
import { allFiles, allPosts } from "../../store/posts.ts";
import { allPublications } from "../../store/publications.ts";
import type { StoredPublication } from "../../store/publications.ts";
import { stepsOf } from "../drafts/steps.ts";
import { withEdits } from "../drafts/words.ts";
import { nameOf } from "./plan.ts";
import { genericRows, metricoolRows } from "./scheduler-rows.ts";
import type { ScheduledPost, SchedulerWish } from "./scheduler-rows.ts";

/** What writing the queue into a file needs. */
export interface QueueExportRequest {
  store: Store;
  clock: Clock;
  destinations: readonly Destination[];
  /** Root of the library. */
  root: string;
  file: string;
  format: QueueFormat;
  /** How a table for schedulers is wished. */
  wish: Omit<SchedulerWish, "zone">;
  /** Null is what is not finished, and for a calendar or Metricool what has a slot to come. */
  states: readonly PublicationState[] | null;
  /** IANA zone of the slots. */
  zone: string;
  /** The library's own id: the appointments of two libraries are not the same. */
  library: string;
  overwrite: boolean;
}

/** What the queue can be written into. */
export const queueFormats = ["csv", "ics", "metricool", "generic"] as const;
/** One of those. */
export type QueueFormat = (typeof queueFormats)[number];

const finished: ReadonlySet<PublicationState> = new Set(["live", "synced", "skipped"]);

/** Writes the queue into a table or a calendar. */
export async function* exportQueue(request: QueueExportRequest): Step {
  const { store, file, format, states, zone, destinations } = request;
  if (existsSync(file) && !request.overwrite) throw fileExists(file);
  const read = await store.transaction(async (transaction) => ({
    publications: await allPublications(transaction),
    drafts: new Map((await allDrafts(transaction)).map((draft) => [nameOf(draft), draft])),
    kinds: await allPosts(transaction),
    moved: await lastMoves(transaction),
  }));
  const places = new Map(destinations.map((each) => [each.id, each]));
  const usual = ({ state }: StoredPublication): boolean =>
    format === "ics" || format === "metricool" ? state === "queued" : !finished.has(state);
  const shown = read.publications.filter(
    (each) => places.has(each.to) && (states?.includes(each.state) ?? usual(each)),
  );
  let written: number | null = null;
  const rows = format === "ics" ? shown.filter(({ due }) => due !== null) : shown;
  const titleOf = (each: StoredPublication) => read.drafts.get(nameOf(each))?.title ?? "";
  if (format === "csv") {
    await writeText(
      file,
      tableText(
        queueColumns,
        rows.map((each) => queueRow(each, titleOf(each), zone)),
      ),
    );
  } else if (format !== "ics") {
    const posts = await scheduledPosts(request, rows, read.drafts, read.kinds);
    const wish = { ...request.wish, zone };
    if (format === "generic") {
      const table = genericRows(posts, wish);
      await writeText(file, tableText(genericColumns, table));
      written = table.length;
    } else {
      const made = metricoolRows(posts, wish);
      await writeText(file, exactTableText(metricoolColumns, made.rows));
      yield* made.problems;
      written = made.rows.length;
    }
  } else {
    const entries = rows.map((each): CalendarEntry => {
      const place = places.get(each.to);
      const draft = read.drafts.get(nameOf(each));
      return {
        uid: `${each.post}-${each.to}-${request.library}@findmehere.invalid`,
        sequence: read.moved.get(nameOf(each))?.count ?? 0,
        start: each.due ?? "",
        title: `${place?.title ?? each.to}: ${draft?.title || each.post}`,
        text: entryText(each, draft, place, read.kinds.get(each.post) ?? null),
      };
    });
    const made = new Date(request.clock.calendar()).toISOString();
    await writeText(file, calendarText(entries, made));
  }
  return {
    exit: "done",
    summary: {
      type: "summary",
      command: "queue export",
      schemaVersion: 1,
      rows: written ?? rows.length,
      format,
      file,
      zone,
    },
  };
}

/** The publications with a draft, with the words as they stand in title.txt and body.txt. */
async function scheduledPosts(
  { root, store, destinations }: QueueExportRequest,
  rows: readonly StoredPublication[],
  drafts: ReadonlyMap<string, StoredDraft>,
  posts: ReadonlyMap<string, Post>,
): Promise<ScheduledPost[]> {
  const found: ScheduledPost[] = [];
  const files = Map.groupBy(await store.transaction(allFiles), ({ post }) => post);
  for (const publication of rows) {
    const destination = destinations.find(({ id }) => id === publication.to);
    const draft = drafts.get(nameOf(publication));
    if (destination === undefined || draft === undefined) continue;
    found.push({
      ...{ publication, destination },
      draft: await withEdits(root, destination, draft),
      post: posts.get(publication.post) ?? null,
      files: files.get(publication.post) ?? [],
    });
  }
  return found;
}

/** Title and text to paste, then what to do on the phone, in both languages. */
function entryText(
  each: StoredPublication,
  draft: StoredDraft | undefined,
  place: Destination | undefined,
  post: Post | null,
): string {
  const steps =
    place === undefined || draft === undefined ? [] : stepsOf(place, draft, post, "folder");
  const numbered = (language: "en" | "zh") =>
    steps.map((step, index) => `${index + 1}. ${step[language]}`);
  return [
    ...(draft === undefined ? [] : [draft.title, "", draft.body, ""]),
    ...numbered("en"),
    "",
    ...numbered("zh"),
    "",
    `findmehere confirm --post ${each.post} --to ${each.to} --url "ADDRESS"`,
  ].join("\n");
}

function fileExists(file: string): ExpectedError {
  return new ExpectedError({
    exit: "usage",
    code: "file-exists",
    what: `There is a file ${file} already, so nothing was written over it.`,
    fix: "Give another name, or add `--yes` to write over it.",
  });
}
