import type { Clock } from "../../core/clock.ts";
import { ExpectedError } from "../../core/error.ts";
import { mostNoticeTries, noticeWait } from "../../core/notice.ts";
import type { NoticeServiceId } from "../../core/notice.ts";
import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import { explainDiskFault } from "../../edge/disk-fault.ts";
import { NoticeError } from "../../notify/error.ts";
import { openService } from "../../notify/index.ts";
import type { NoticeMessage, NoticeService, NotifySettings } from "../../notify/service.ts";
import { mayHandOff } from "../../queue/hand-off.ts";
import type { QueueRules } from "../../queue/rules.ts";
import {
  claimNotice,
  forgetNoticesBut,
  postponeNotices,
  settleNotice,
} from "../../store/notices.ts";
import type { WaitingNotice } from "../../store/notices.ts";
import { messageOf, sayingWhatStays } from "./message.ts";
import type { MessageContext } from "./message.ts";
import { noteMonthDone } from "./note.ts";
import type { NoticeDesk } from "./note.ts";

/** How notices are sent; beside what keeping them needs. */
export interface NoticeOffice extends NoticeDesk {
  settings: NotifySettings;
  /** The library's name for people. */
  library: string;
  /** The secret of a service; null where there is none. Throws ExpectedError. */
  secret(id: NoticeServiceId): Promise<string | null>;
  /** Milliseconds that all messages, and then all files, of one run may take. */
  box?: { messages: number; files: number };
}

/** What sending needs. */
export interface SendRequest extends Omit<MessageContext, "library" | "destinations"> {
  clock: Clock;
  office: NoticeOffice;
  /** The rules of any destination: the quiet hours are the creator's. Null: no hour is quiet. */
  rules: QueueRules | null;
  /** True when a person is at it right now, and no hour is quiet. */
  awake: boolean;
  /** Aborts when the person wants to end: what is in hand is finished. */
  drain: AbortSignal;
  /** Aborts when the person wants to end at once. */
  stop: AbortSignal;
}

/**
 * What `publish` calls after its loop: notes that the month is done where something went out, then sends what
 * waits. `request` is the request of publish.
 */
export async function* tellAfterPublishing(
  request: Omit<SendRequest, "rules" | "awake"> & {
    routes: readonly { rules: QueueRules }[];
    only: object | null;
    sitting: boolean;
    until: number | null;
  },
  wentOut: number,
): AsyncGenerator<Problem> {
  const { store, clock, routes, only, sitting, until } = request;
  // Messages take seconds; what a run may take altogether holds for the files.
  const left = until === null ? usualBox.files : Math.max(1, until - clock.wall());
  const files = Math.min(usualBox.files, left);
  const office = { box: { ...usualBox, files }, ...request.office };
  const rules = routes[0]?.rules ?? null;
  yield* guarded(async () => {
    if (wentOut === 0) return;
    await store.transaction((transaction) => noteMonthDone(transaction, office, clock.calendar()));
  });
  yield* sendNotices({ ...request, office, rules, awake: only !== null || sitting });
}

const usualBox = { messages: 30_000, files: 180_000 };

/**
 * Sends what waits to be told: every message first, then the files, none longer than its time box. Says what
 * could not be sent as notes, at the first try and at the last; what went wrong here is never the run's failure.
 */
export async function* sendNotices(request: SendRequest): AsyncGenerator<Problem> {
  const said: Problem[] = [];
  yield* guarded(async () => {
    for await (const each of sendAll(request)) said.push(each);
  });
  yield* said;
}

/** Does it, and makes a note of what the disk says to it. */
async function* guarded(work: () => Promise<void>): AsyncGenerator<Problem> {
  try {
    await work();
  } catch (error) {
    const disk = explainDiskFault(error);
    if (disk === null) throw error;
    const { what, fix = "" } = disk.details;
    yield problem("notice-not-sent", `You could not be told what happened: ${what}`, fix);
  }
}

async function* sendAll(request: SendRequest): AsyncGenerator<Problem> {
  const { store, clock, office, drain, stop } = request;
  const now = clock.calendar();
  const wakes = request.awake ? null : quietUntil(request.rules, now);
  await store.transaction(async (transaction) => {
    await forgetNoticesBut(transaction, office.services);
    if (wakes !== null) await postponeNotices(transaction, wakes);
  });
  if (wakes !== null) return;
  const box = office.box ?? usualBox;
  const within = AbortSignal.any([stop, AbortSignal.timeout(box.messages)]);
  const open = new Map<NoticeServiceId, NoticeService>();
  const closed = new Set<NoticeServiceId>();
  const later: { service: NoticeService; message: NoticeMessage }[] = [];
  while (!within.aborted && !drain.aborted) {
    const services = office.services.filter((id) => !closed.has(id));
    const notice = await store.transaction((transaction) =>
      claimNotice(transaction, services, now),
    );
    if (notice === null) break;
    try {
      const sent = await sendOne(request, notice, open, within);
      if (sent !== null && sent.service.attach !== null) later.push(sent);
    } catch (error) {
      const failure = await failed(request, notice, error);
      // What it could not take now, it will not take a moment later; the others go on.
      closed.add(notice.service);
      if (failure !== null) yield failure;
    }
  }
  yield* attach(later, AbortSignal.any([stop, drain, AbortSignal.timeout(box.files)]));
}

/** Sends one message and notes that it is gone; null when nobody needs it any more. */
async function sendOne(
  request: SendRequest,
  notice: WaitingNotice,
  open: Map<NoticeServiceId, NoticeService>,
  signal: AbortSignal,
): Promise<{ service: NoticeService; message: NoticeMessage } | null> {
  const { store, clock, office } = request;
  const { library, destinations } = office;
  const now = clock.calendar();
  const context = { root: request.root, store, library, destinations };
  const message = await messageOf(context, notice, new Date(now).toISOString());
  if (message === null) {
    await store.transaction((transaction) => settleNotice(transaction, notice, { over: true }));
    return null;
  }
  const id = notice.service;
  const service = open.get(id) ?? (await openService(id, office.settings, await office.secret(id)));
  open.set(id, service);
  await service.send(sayingWhatStays(message, service), signal);
  await store.transaction((transaction) =>
    settleNotice(transaction, notice, { sent: clock.calendar() }),
  );
  return { service, message };
}

/** Notes what a try came to; a problem at the first one and at the last. Throws what is a bug, or a person's stop. */
async function failed(
  { store, clock, stop }: SendRequest,
  notice: WaitingNotice,
  error: unknown,
): Promise<Problem | null> {
  if (stop.aborted) return null;
  const { reason, fix, wait } = explained(error);
  // Whoever asks for longer than the next try would wait, gets it.
  if (wait !== null && wait > noticeWait(notice.tries)) {
    const notBefore = clock.calendar() + wait;
    await store.transaction((transaction) => settleNotice(transaction, notice, { notBefore }));
  }
  const last = notice.tries >= mostNoticeTries;
  if (notice.tries > 1 && !last) return null;
  const about = notice.text.split("\n")[0] ?? "";
  return problem(
    "notice-not-sent",
    `“${about}” could not be told by ${notice.service}: ${reason}. ${last ? "It is not tried again." : "It is tried again later."}`,
    fix,
  );
}

/** An error of a service in words; anything else is a bug and thrown. */
function explained(error: unknown): { reason: string; fix: string; wait: number | null } {
  const expected = error instanceof ExpectedError ? error : explainDiskFault(error);
  if (expected !== null) {
    const { what, why = "", fix = "" } = expected.details;
    const reason = [what, why].filter(Boolean).join(" ").replace(/\.$/, "");
    return { reason, fix, wait: null };
  }
  if (!(error instanceof NoticeError)) throw error;
  return { reason: error.message, fix: error.fix, wait: error.retryAfterMs };
}

/** The files of what was told. They are tried once: the message is there, and says where the pack lies. */
async function* attach(
  told: readonly { service: NoticeService; message: NoticeMessage }[],
  signal: AbortSignal,
): AsyncGenerator<Problem> {
  const closed = new Set<NoticeServiceId>();
  for (const { service, message } of told) {
    if (service.attach === null || closed.has(service.id) || signal.aborted) continue;
    try {
      await service.attach(message, signal);
    } catch (error) {
      if (signal.aborted) return;
      closed.add(service.id);
      const { reason, fix } = explained(error);
      const [item] = message.items;
      yield problem(
        "notice-without-file",
        `${service.title} told it, and did not take the files: ${reason}. They lie in the pack.`,
        fix,
        item === undefined ? {} : { post: item.post, to: item.to },
      );
    }
  }
}

/** When the creator may be called again; null when that is now. */
function quietUntil(rules: QueueRules | null, now: number): number | null {
  if (rules === null) return null;
  const answer = mayHandOff({ now, rules, handedOff: [], unposted: 0 });
  return answer.may || answer.reason !== "quiet-hours" ? null : answer.until;
}
