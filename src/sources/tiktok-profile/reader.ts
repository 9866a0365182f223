import type { SourceContext, SourceEvent, SourceProfile } from "../../core/source.ts";
import { openBrowser } from "../../edge/browser.ts";
import type { OpenBrowser } from "../../edge/browser.ts";
import { rehydration } from "../../tiktok/web-page.ts";
import { webProfile } from "../../tiktok/web-profile.ts";
import { isSignedIn } from "./account.ts";
import { cookieJar } from "./cookies.ts";
import { assertOwn, profileHandle } from "./input.ts";
import type { Obstacle } from "./look.ts";
import { startReading } from "./page-reading.ts";
import type { PageReading } from "./page-reading.ts";
import { scrollThrough } from "./scrolling.ts";
import { arrive, goTo, keepCookies, waitForPerson } from "./visit.ts";
import type { Arrival, Visit } from "./visit.ts";
import { watchLists } from "./watch.ts";
import * as words from "./words.ts";
import type { Told } from "./words.ts";

/**
 * Reads the creator's own page as a person would: opens it, scrolls, and listens to what the page itself asks
 * for. Throws ExpectedError before any browser starts when the page is not the creator's own.
 */
export async function* read(input: string, context: SourceContext): AsyncGenerator<SourceEvent> {
  const handle = profileHandle(input, context.origin);
  assertOwn(handle, context.owner);
  if (context.signal.aborted) return;
  const browser = await openBrowser({
    wish: context.browser,
    place: "tiktok",
    holder: { command: "export", clock: context.clock },
    withoutScreen: `Read without a window: \`findmehere export @${handle} --headless\`.`,
  });
  try {
    if (!context.browser.headless) {
      const text =
        "A browser window has opened; your TikTok page is read in it at a person's pace. Leave it open.";
      yield { type: "say", text };
    }
    yield* readPage(browser, handle, context);
  } finally {
    await browser.close();
  }
}

async function* readPage(
  browser: OpenBrowser,
  handle: string,
  context: SourceContext,
): AsyncGenerator<SourceEvent> {
  const address = `${context.origin}/@${handle}`;
  const jar = cookieJar(context.origin, () => context.clock.wall());
  const visit: Visit = { browser, watch: watchLists(browser.context), jar, context, address };
  const told: Told = {
    ...{ handle, read: 0, posts: null, signedIn: false },
    ...{ headless: context.browser.headless, attended: context.browser.attended },
  };
  let reading: PageReading | null = null;
  const observed = new Date(context.clock.calendar()).toISOString();
  try {
    const arrival = yield* openPage(visit, told);
    if (arrival === null) return;
    const account = profileOf(arrival, { observed, headers: jar.headers });
    told.signedIn = isSignedIn(arrival.html, handle);
    told.posts = account?.profile.posts ?? null;
    if (account !== null) yield account.profile;
    visit.watch.only(account?.secUid ?? null);
    reading = startReading({
      owner: { handle: account?.handle ?? handle, secUid: account?.secUid ?? null },
      posts: told.posts,
      wanted: context.wanted,
      observed,
      headers: jar.headers,
    });
    const end = yield* scrollThrough(visit, reading, told);
    told.read = reading.count;
    if (account === null && end !== "stopped" && told.read === 0) throw words.unreadable(handle);
    if (end === "failing") yield words.listFailed(told);
    const missing = end === "ended" || end === "counted" || end === "repeating";
    const gap = missing ? words.gap(told) : null;
    if (gap !== null) yield gap;
    const whole = end === "ended" && told.posts !== null && gap === null && reading.broken === 0;
    const { signedIn: privateToo } = told;
    yield { type: "coverage", source: "tiktok-profile", observed, whole, privateToo };
  } catch (error) {
    told.read = reading?.count ?? 0;
    // What was read before Ctrl-C counts; the run ends with its own exit code.
    if (!context.signal.aborted) {
      if (!browser.page.isClosed()) throw error;
      yield words.windowClosed(told);
    }
  } finally {
    await keepCookies(visit);
  }
  if (reading === null) return;
  const strangers = words.strangersLeftOut(reading.strangers);
  const broken = words.brokenItems(reading.broken);
  if (strangers !== null) yield strangers;
  if (broken !== null) yield broken;
  yield* reading.posts();
}

/** Opens the page and whatever stands before it; null when it stays closed, which is said. */
async function* openPage(
  visit: Visit,
  told: Told,
): AsyncGenerator<SourceEvent, Arrival | null, undefined> {
  for (;;) {
    await goTo(visit, visit.address);
    const arrival = await arrive(visit);
    if (visit.watch.slowDown) {
      yield words.slowDown(told);
      return null;
    }
    const { trouble } = arrival;
    if (trouble === null) return arrival;
    const obstacle = obstacles[trouble.kind];
    if (obstacle === undefined) {
      told.signedIn = isSignedIn(arrival.html, told.handle);
      yield words.pageRefused(trouble, told);
      return null;
    }
    if (!(yield* waitForPerson(visit, obstacle))) {
      yield words.personWanted(obstacle, told, told.attended);
      return null;
    }
  }
}

const obstacles: Readonly<Record<string, Obstacle>> = { challenge: "challenge", login: "sign-in" };

function profileOf(
  { html }: Arrival,
  from: { observed: string; headers: (address: string) => Readonly<Record<string, string>> },
): { profile: SourceProfile; handle: string; secUid: string | null } | null {
  const detail = rehydration(html)?.userDetail ?? null;
  return detail === null
    ? null
    : webProfile(detail.userInfo, { source: "tiktok-profile", ...from });
}
