import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import { shortestBetweenLooks } from "../../queue/patience.ts";

const minute = 60_000;

/**
 * A place's page was asked a moment ago, and is left alone for some minutes.
 * @param moments milliseconds since 1970
 * @param command what to type then
 */
export function tooEarly(
  title: string,
  { last, now }: { last: number; now: number },
  command: string,
): Problem {
  const wait = Math.max(1, Math.ceil((last + shortestBetweenLooks - now) / minute));
  const often = shortestBetweenLooks / minute;
  return problem(
    "look-too-early",
    `Your page on ${title} was looked at a moment ago. It is asked at most every ${often} minutes.`,
    `Try again in ${wait} minute${wait === 1 ? "" : "s"}: \`${command}\`.`,
  );
}
