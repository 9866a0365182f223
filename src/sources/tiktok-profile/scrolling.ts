import type { SourceEvent } from "../../core/source.ts";
import { isSignedIn } from "./account.ts";
import { declineCookies, obstacleOf, pressRetry, scroll, settle } from "./look.ts";
import type { Obstacle } from "./look.ts";
import type { PageReading, Verdict } from "./page-reading.ts";
import { patience, scrollPause } from "./site.ts";
import { arrive, goTo, keepCookies, orAbort, waitForPerson } from "./visit.ts";
import type { Visit } from "./visit.ts";
import { personWanted, slowDown } from "./words.ts";
import type { Told } from "./words.ts";

/** How a scrolling ended: by itself, or `stopped` by something that was said. */
export type ScrollEnd = Exclude<Verdict, "on" | "again"> | "stopped";

/**
 * Scrolls a page that is open to its end, at a person's pace, and gives its answers to the reading. Whatever
 * wants a person stops it at once. Throws the signal's reason when it aborts.
 */
export async function* scrollThrough(
  visit: Visit,
  reading: PageReading,
  told: Told,
): AsyncGenerator<SourceEvent, ScrollEnd, undefined> {
  const { context, watch } = visit;
  const { page } = visit.browser;
  let loads = watch.loads;
  let presses = 0;
  await settle(page);
  for (;;) {
    await orAbort(context.signal, watch.idle());
    if (watch.loads !== loads) {
      loads = watch.loads;
      reading.restart();
    }
    const challenged = takeAnswers(visit, reading);
    told.read = reading.count;
    yield progress(told);
    await keepCookies(visit);
    if (watch.slowDown) {
      yield slowDown(told);
      return "stopped";
    }
    const obstacle = challenged ? "challenge" : await obstacleOf(page);
    if (obstacle !== null) {
      if (!(yield* pass(visit, obstacle, told))) {
        yield personWanted(obstacle, told, told.attended);
        return "stopped";
      }
      await settle(page);
      continue;
    }
    const verdict = reading.verdict();
    if (verdict !== "on" && verdict !== "again") return verdict;
    await pause(visit);
    if (presses < patience.presses && (await pressRetry(page))) {
      presses += 1;
      await settle(page);
      continue;
    }
    await turn(visit, reading, verdict === "again");
  }
}

/** One scroll; after a failure back first, since a page asks again only when its end comes into sight anew. */
async function turn(visit: Visit, reading: PageReading, again: boolean): Promise<void> {
  const { page } = visit.browser;
  const { random } = visit.context;
  if (again) {
    await scroll(page, -2);
    await pause(visit);
  }
  const { moved, atEnd } = await scroll(page, again ? 3 : 0.7 + random() * 0.6);
  if (!moved && (await declineCookies(page))) return;
  if ((atEnd || !moved) && !visit.watch.busy) reading.silent();
}

/** Gives what came to the reading; true when an answer was a check instead of a list. */
function takeAnswers({ watch }: Visit, reading: PageReading): boolean {
  let challenged = false;
  for (const { page, walks } of watch.take()) {
    reading.add(page, walks);
    if (page.trouble?.kind === "challenge") challenged = true;
  }
  return challenged;
}

/** Has the person do what the page wants; false when nobody does. The page is then where it was, or loaded anew. */
async function* pass(
  visit: Visit,
  obstacle: Obstacle,
  told: Told,
): AsyncGenerator<SourceEvent, boolean, undefined> {
  const { page } = visit.browser;
  // A check that came in place of a list is shown only when the page is loaded anew.
  if (visit.context.browser.attended && (await obstacleOf(page)) === null) {
    await goTo(visit, visit.address);
    await arrive(visit);
    if ((await obstacleOf(page)) === null) return true;
  }
  if (!(yield* waitForPerson(visit, obstacle))) return false;
  if (!page.url().startsWith(visit.address)) await goTo(visit, visit.address);
  const { html } = await arrive(visit);
  told.signedIn ||= isSignedIn(html, told.handle);
  return true;
}

async function pause({ context }: Visit): Promise<void> {
  const { least, most } = scrollPause;
  await context.clock.sleep(least + context.random() * (most - least), context.signal);
}

function progress({ read, posts }: Told): SourceEvent {
  const total = Math.max(read, posts ?? read);
  return { type: "progress", what: "Reading your page", done: read, total, bytes: 0 };
}
