import type { LengthUnit } from "../core/destination.ts";
import { cutToFit, firstOver, fitsWithin, measure } from "../text/measure.ts";
import {
  characterEnds,
  lastFitting,
  leastSentence,
  sentences,
  tearsAmount,
  wordEnds,
} from "../text/segments.ts";
import { unitTest, withoutEnd } from "../text/unit-set.ts";
import { dropDangling, firmEnd } from "./dangling.ts";

/** How long a title may be. */
export interface Room {
  unit: LengthUnit;
  most: number;
}

const isClosing = unitTest(/[\s.,;:，。；：、،؛۔|｜—–·&+/\\-]/u);
const opening = /(?:\s["'«]|[(（[【“‘«¿¡])+$/u;
const endsOpening = unitTest(/["'«(（[【“‘«¿¡]/u);
const bullet = /^(?:[\s,.;:，。；：、،؛|｜·•]|[-–—*>](?=\s))+/u;
const isClauseEnd = unitTest(/[，；：|｜—]/u);
const isClauseEndBeforeSpace = unitTest(/[,;:،؛–-]/u);
const isSpace = unitTest(/\s/u);

/** A line without the signs before and behind it that only joined it to other words. */
export function trimEnds(text: string): string {
  return withoutEnd(text.replace(bullet, ""), isClosing);
}

/** A beginning of a line without what only announced the rest of it. */
export function trimCut(text: string): string {
  const end = withoutEnd(text, isClosing);
  const opened = endsOpening(end.charCodeAt(end.length - 1))
    ? withoutEnd(end.replace(opening, ""), isClosing)
    : end;
  return withoutEnd(dropDangling(opened), isClosing);
}

/** A line that is too long: its first sentences, else a clause that uses half the room, else as many words as fit. */
export function shorten(line: string, room: Room): string {
  const fits = (text: string): boolean => fitsWithin(text, room.most, room.unit);
  let lead = "";
  // Where what no sentence ends in is too long, no sentence fits.
  if (fits(trimEnds(line.slice(0, leastSentence(line))))) {
    for (const sentence of sentences(line)) {
      const longer = trimEnds(lead + sentence);
      if (!fits(longer)) break;
      lead += sentence;
    }
  }
  if (says(lead, 6)) return trimEnds(lead);
  const far = reach(line, room);
  for (let mark = far; mark >= 0; mark -= 1) {
    if (!endsClause(line, mark) || tearsAmount(line, mark) || tearsAmount(line, mark + 1)) continue;
    const clause = trimCut(line.slice(0, mark));
    const length = measure(clause, room.unit);
    if (length <= room.most && length * 2 >= room.most) return clause;
  }
  return cutAtWord(line, room);
}

function endsClause(line: string, at: number): boolean {
  const unit = line.charCodeAt(at);
  if (isClauseEnd(unit)) return true;
  return isClauseEndBeforeSpace(unit) && isSpace(line.charCodeAt(at + 1));
}

/** No cut is sought behind this place: what is trimmed off a cut is never several times as long as the room. */
function farEnd(line: string, { most }: Room): number {
  return Math.min(line.length, most * 8);
}

/** No cut behind this place fits, nor is one sought: what no cut loses is too long already. */
function reach(line: string, room: Room): number {
  const far = farEnd(line, room);
  const over = firstOver(line, room.most, room.unit);
  const firm = over === null ? null : firmEnd(line, over);
  return firm === null ? far : Math.min(far, firm - 1);
}

/** The last word end at which a cut fits; the same that a search through all of them finds. */
function lastFittingWord(line: string, room: Room, fits: (text: string) => boolean): number | null {
  const ends = wordEnds(line, reach(line, room));
  let last = ends.length - 1;
  while (last >= 0 && !fits(line.slice(0, ends[last]))) last -= 1;
  // A cut that fits without being trimmed does so as well as all shorter ones.
  for (let index = last; index >= 0; index -= 1) {
    const cut = line.slice(0, ends[index]);
    if (fitsWithin(`${cut}…`, room.most, room.unit)) break;
    if (!fits(cut)) return lastFitting(line, wordEnds(line, farEnd(line, room)), fits);
  }
  return ends[last] ?? null;
}

/** As many words as fit with an ellipsis, else characters. */
export function cutAtWord(line: string, room: Room): string {
  const fits = (text: string): boolean => fitsWithin(`${trimCut(text)}…`, room.most, room.unit);
  const end = lastFittingWord(line, room, fits);
  const words = end === null ? "" : trimCut(line.slice(0, end));
  if (/[\p{L}\p{N}]/u.test(words)) return `${words}…`;
  const inside = [...characterEnds(line)].filter((place) => !tearsAmount(line, place));
  const place = lastFitting(line, inside, fits);
  return place === null
    ? cutToFit(line, room.most, room.unit)
    : `${trimCut(line.slice(0, place))}…`;
}

/** True for so many letters and digits: one that is not Latin says as much as two Latin ones. */
export function says(text: string, least: number): boolean {
  let weight = 0;
  for (const sign of text) {
    if (weight >= least) return true;
    if (!letterOrDigit.test(sign)) continue;
    weight += sign > "\u024f" ? 2 : 1;
  }
  return weight >= least;
}

const letterOrDigit = /[\p{L}\p{N}]/u;
