import { counted } from "../../core/counted.ts";
import type { Destination } from "../../core/destination.ts";
import type { NoticeKind } from "../../core/notice.ts";
import { localTime } from "../../queue/local.ts";

/** A publication of which something is to be told. */
export interface ItemEvent {
  what: "ready" | "refused" | "unconfirmed" | "sitting" | "missed";
  post: string;
  to: string;
  /** Tells one occasion from the next: its attempts, or how often it missed its time. */
  time: number;
  /** Why it was refused, or what to look at before it is posted; else empty. */
  reason: string;
}

/** An account of which something is to be told. */
interface AccountEvent {
  what: "breaker";
  to: string;
  account: string;
  /** ISO 8601 UTC; tells one occasion from the next. */
  since: string;
  /** For people: what was seen. */
  reason: string;
}

/** A month in which nothing more is planned. */
interface DoneEvent {
  what: "done";
  /** `2026-11`, in the creator's zone. */
  month: string;
  wentOut: number;
  /** ISO 8601 UTC; null when nothing is queued any more. */
  next: string | null;
}

/** What may be told. */
export type NoticeEvent = ItemEvent | AccountEvent | DoneEvent;

/** Each event's kind, as scripts know it. */
const kinds: Record<NoticeEvent["what"], NoticeKind> = {
  ready: "ready",
  refused: "refused",
  unconfirmed: "needs-you",
  sitting: "needs-you",
  missed: "missed",
  breaker: "needs-you",
  done: "done",
};

/** The kind of an event, what it is about, and its words: the first line is the title. */
export function noticeOf(
  event: NoticeEvent,
  { destinations, zone }: { destinations: readonly Destination[]; zone: string },
): { kind: NoticeKind; about: string; text: string } {
  const kind = kinds[event.what];
  if (event.what === "done") {
    return { kind, about: `library#${event.month}`, text: doneText(event, zone) };
  }
  const place = destinations.find(({ id }) => id === event.to);
  const title = place?.title ?? event.to;
  const about =
    "post" in event
      ? `${event.post}@${event.to}#${event.what}-${event.time}`
      : `account:${event.to}:${event.account}#${event.what}-${event.since}`;
  return { kind, about, text: itemText(event, title, place?.titleZh ?? title) };
}

function itemText(event: ItemEvent | AccountEvent, title: string, titleZh: string): string {
  const item = "post" in event ? `${event.post}@${event.to}` : "";
  const live = "post" in event ? confirmCommand(event, '--url "ADDRESS"') : "";
  switch (event.what) {
    case "ready":
      return `Ready to post on ${title}\n${item} is ready for your phone.\n可以发布到${spaced(titleZh)}了。${event.reason === "" ? "" : `\n${event.reason}`}`;
    case "refused":
      return `${title} refused a post\n${item}: ${event.reason}\nWhat to do: findmehere queue list --state refused`;
    case "unconfirmed":
      return `Look whether a post is on ${title}\nNobody knows whether ${item} went out. It is not sent again by itself.\nLook in the app. If it is there: ${live}\nIf not: ${confirmCommand(event, "--not-there")}`;
    case "sitting":
      return `A post for ${title} waits for you\n${item} is due, and the last button is yours.\nAt your computer: findmehere publish --sit`;
    case "missed":
      return `A post for ${title} missed its time again\n${item} could not go out at its time, ${counted(event.time, "time")} so far.\nWhat is planned: findmehere queue list`;
    case "breaker":
      return `${title} stopped your posts\n${event.reason}\nNothing goes out for ${event.account || "it"} until you have looked in the app. Then: findmehere queue release --account ${event.to}`;
  }
}

/** Latin letters stand apart from Chinese ones. */
function spaced(title: string): string {
  return /^[\x20-\x7e]+$/.test(title) ? ` ${title} ` : title;
}

function doneText({ month, wentOut, next }: DoneEvent, zone: string): string {
  const name = new Intl.DateTimeFormat("en", {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(Date.parse(`${month}-01T00:00:00Z`));
  const count = `${counted(wentOut, "post")} went out in ${name}.`;
  return next === null
    ? `Nothing is left in the queue\n${count} Once they are posted, the move is done.\nSee: findmehere status`
    : `That was all for ${name}\n${count} The next one is planned for ${localTime(next, zone)}.`;
}

/** The command that records what became of a publication. */
export function confirmCommand({ post, to }: { post: string; to: string }, end: string): string {
  return `findmehere confirm --post ${post} --to ${to} ${end}`;
}
