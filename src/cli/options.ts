import { announcementLanguages, announcementTones } from "../announce/surfaces.ts";
import type { AnnouncementLanguage, AnnouncementTone } from "../announce/surfaces.ts";
import type { Destination } from "../core/destination.ts";
import { ExpectedError } from "../core/error.ts";
import { bodyLayouts } from "../core/layout.ts";
import type { BodyLayout } from "../core/layout.ts";
import type { Severity } from "../core/problem.ts";
import { hostRule } from "../download/hosts.ts";
import type { HostRule } from "../download/hosts.ts";
import { nearestWord } from "../core/nearest.ts";
import { postOrders } from "../queue/order.ts";
import type { PostOrder } from "../queue/order.ts";
import type { Settings } from "../settings/schema.ts";
import type { ExportFilter } from "../steps/export/filter.ts";
import type { CommandCall } from "./command.ts";

/** A text option; undefined when it was not given. */
export function textOption(call: CommandCall, name: string): string | undefined {
  const value = call.options[name];
  return typeof value === "string" ? value : undefined;
}

/** A whole number of at least `least`; throws ExpectedError (exit `usage`). */
export function numberOption(call: CommandCall, name: string, least: number): number | undefined {
  const text = textOption(call, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== "" && Number.isInteger(value) && value >= least) return value;
  throw wrongOption(name, text, `It takes a whole number from ${least} on.`);
}

/** One of several words; throws ExpectedError (exit `usage`). */
function wordOption<Word extends string>(
  call: CommandCall,
  name: string,
  words: readonly Word[],
  fallback: Word,
): Word {
  const text = textOption(call, name);
  return text === undefined ? fallback : knownWord(name, text, words);
}

/** The mildest severity that is shown; a note unless it is said. */
export function severityOption(call: CommandCall): Severity {
  return wordOption(call, "severity", ["stop", "warn", "note"], "note");
}

/** Several words by commas, each one of `words`; null when the option was not given. */
export function wordsOption<Word extends string>(
  call: CommandCall,
  name: string,
  words: readonly Word[],
): Word[] | null {
  const text = textOption(call, name);
  if (text === undefined) return null;
  return wordsIn(name, text, words).map((word) => knownWord(name, word, words));
}

/** The destinations of `--to`; every one when it was not given. `adjusted`: as the library's settings have them. */
export function destinationsOption(
  call: CommandCall,
  adjusted: readonly Destination[] = call.machine.destinations,
): readonly Destination[] {
  const text = textOption(call, "to");
  if (text === undefined) return adjusted;
  const ids = call.machine.destinations.map(({ id }) => id);
  return wordsIn("to", text, ids).map((id) => {
    const found = call.machine.findDestination(id);
    return adjusted.find((each) => each.id === found.id) ?? found;
  });
}

/** The layout of `--language`; null when it was not given. */
export function layoutOption(call: CommandCall): BodyLayout | null {
  const [first] = bodyLayouts;
  return textOption(call, "language") === undefined
    ? null
    : wordOption(call, "language", bodyLayouts, first);
}

/** Which posts an export wants. */
export function exportFilter(call: CommandCall): ExportFilter {
  const since = dayOption(call, "since");
  const until = dayOption(call, "until");
  if (since !== null && until !== null && since.slice(0, until.length) > until) {
    throw wrongOption("until", until, `It has to be --since (${since}) or later.`);
  }
  return {
    since,
    until,
    limit: numberOption(call, "limit", 1) ?? null,
    only: wordsOption(call, "only", ["pinned", "videos", "photos"]) ?? [],
    publicOnly: call.options["publicOnly"] === true,
  };
}

/** How many files are fetched at once. */
export function concurrencyOf(call: CommandCall): number {
  return numberOption(call, "concurrency", 1) ?? 4;
}

const speedUnits: Record<string, number> = { K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/** Bytes a second of `--bwlimit`, such as `500K` or `1.5M`; null when it was not given. */
export function speedOption(call: CommandCall): number | null {
  const text = textOption(call, "bwlimit");
  if (text === undefined) return null;
  const [, number = "", unit = ""] = /^(\d+(?:\.\d+)?)([KMG])$/i.exec(text.trim()) ?? [];
  const speed = Number(number) * (speedUnits[unit.toUpperCase()] ?? 0);
  if (speed >= 1024) return speed;
  throw wrongOption(
    "bwlimit",
    text,
    "It takes bytes a second with K, M or G, at least 1K: such as 500K or 1.5M.",
  );
}

/** True when files of this machine are to be linked, not copied; throws ExpectedError (exit `usage`) for both. */
export function linksWanted(call: CommandCall): boolean {
  const link = call.options["link"] === true;
  if (!link || call.options["copy"] !== true) return link;
  throw new ExpectedError({
    exit: "usage",
    code: "wrong-option",
    what: "--copy and --link cannot both be given.",
    fix: "Leave one of them out. Without either, files are copied.",
  });
}

/** The hosts that downloads may touch. */
export function hostsOf({ network, tiktok }: Settings): HostRule {
  return hostRule(network.allowHosts, tiktok.mediaHosts);
}

/** A day or instant in ISO 8601; null when it was not given. */
export function dayOption(call: CommandCall, name: string): string | null {
  const text = textOption(call, name);
  if (text === undefined) return null;
  const shape = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?$/;
  const at = Date.parse(text);
  // Date.parse takes a 30 February for 1 March.
  const real = !Number.isNaN(at) && new Date(at).toISOString().startsWith(text.slice(0, 10));
  if (shape.test(text) && real) return text;
  throw wrongOption(name, text, "It takes a day, such as 2026-12-01.");
}

/** A day that is not after `today`, which it is when it was not given. Days are `2026-12-01`. */
export function pastDayOption(call: CommandCall, name: string, today: string): string {
  const day = dayOption(call, name) ?? today;
  if (day.length === 10 && day <= today) return day;
  const fix = day.length === 10 ? `It takes a day up to today, ${today}.` : "It takes a day alone.";
  throw wrongOption(name, day, fix);
}

/** The order of `--order`. */
export function orderOption(call: CommandCall): PostOrder {
  return wordOption(call, "order", postOrders, "pinned-first");
}

/** The tone of `--tone`. */
export function toneOption(call: CommandCall): AnnouncementTone {
  return wordOption(call, "tone", announcementTones, "warm");
}

/** The languages of `--languages`. */
export function languagesOption(call: CommandCall): readonly AnnouncementLanguage[] {
  return wordsOption(call, "languages", announcementLanguages) ?? ["en", "zh-Hans"];
}

/** An item of the queue as it was typed. */
export interface QueueItem {
  /** The key, or another name of the post. */
  post: string;
  to: string;
  /** True where the destination was typed too. */
  exact: boolean;
}

/** Items of the queue as they are typed, `KEY@DESTINATION`; `KEY` alone is every destination. */
export function itemsOf(call: CommandCall): QueueItem[] {
  return call.words.flatMap((word): QueueItem[] => {
    const at = word.lastIndexOf("@");
    if (at === -1)
      return call.machine.destinations.map(({ id }) => ({ post: word, to: id, exact: false }));
    const to = call.machine.findDestination(word.slice(at + 1)).id;
    return [{ post: word.slice(0, at), to, exact: true }];
  });
}

/** The flag as it is typed: `perWeek` is `--per-week`. */
function flagName(name: string): string {
  return `--${name.replace(/([A-Z])/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The error for a missing answer where nobody can be asked. */
export function missingAnswer(name: string, about: string): ExpectedError {
  return new ExpectedError({
    exit: "usage",
    code: "missing-answer",
    what: `${flagName(name)} is missing: ${about}.`,
    why: "Nobody can be asked here, since this is not a terminal.",
    fix: `Add ${flagName(name)}.`,
  });
}

/** Nothing but commas is a slip of the pen, not a wish for nothing. */
function wordsIn(name: string, text: string, known: readonly string[]): string[] {
  const given = [...new Set(text.split(",").map((word) => word.trim()))];
  const words = given.filter((word) => word !== "");
  if (words.length === 0) throw wrongOption(name, text, `It takes ${known.join(", ")}.`);
  return words;
}

function knownWord<Word extends string>(name: string, text: string, words: readonly Word[]): Word {
  const found = words.find((word) => word.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found;
  const near = nearestWord(text, words);
  throw wrongOption(
    name,
    text,
    `${near === null ? "" : `Did you mean ${near}? `}It takes ${words.join(", ")}.`,
  );
}

function wrongOption(name: string, text: string, fix: string): ExpectedError {
  return new ExpectedError({
    exit: "usage",
    code: "wrong-option",
    what: `${flagName(name)} cannot be "${text}".`,
    fix,
  });
}
