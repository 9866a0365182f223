import type { OpenBrowser } from "../../edge/browser.ts";
import type { SourceContext } from "../../core/source.ts";
import type { SayEvent } from "../../core/talk.ts";
import { pageTrouble } from "../../tiktok/web-trouble.ts";
import type { WebTrouble } from "../../tiktok/web-trouble.ts";
import type { CookieJar } from "./cookies.ts";
import { isSignInAddress, obstacleOf } from "./look.ts";
import type { Obstacle } from "./look.ts";
import * as site from "./site.ts";
import type { PageWatch } from "./watch.ts";
import { askPerson, unreachable } from "./words.ts";

/** One look at a page with everything that is needed for it. */
export interface Visit {
  browser: OpenBrowser;
  watch: PageWatch;
  jar: CookieJar;
  context: Pick<SourceContext, "signal" | "clock" | "random" | "origin" | "browser">;
  /** The page that is read. */
  address: string;
}

/** Goes to an address; what comes there is looked at afterwards. Throws ExpectedError (exit `later`) when nothing does. */
export async function goTo(visit: Visit, address: string): Promise<void> {
  const { context, browser } = visit;
  try {
    await orAbort(
      context.signal,
      browser.page.goto(address, { waitUntil: "domcontentloaded", timeout: 60_000 }),
    );
  } catch (error) {
    context.signal.throwIfAborted();
    if (browser.page.isClosed()) throw error;
    throw unreachable(context.origin, error);
  }
}

/** Keeps the cookies as they are now; those of a window that was closed stay as they were. */
export async function keepCookies({ browser, jar }: Visit): Promise<void> {
  const cookies = await browser.context.cookies().catch(() => null);
  if (cookies !== null) jar.keep(cookies);
}

/** What a page that was gone to shows. */
export interface Arrival {
  html: string;
  trouble: WebTrouble | null;
}

/** Waits until the page shows its data or what keeps it back; a check that a script passes is waited for. */
export async function arrive(visit: Visit): Promise<Arrival> {
  const { page } = visit.browser;
  if (!isSignInAddress(page.url()) && !visit.watch.slowDown) {
    const data = page.waitForSelector(site.dataElements, {
      state: "attached",
      timeout: site.pageTimeout,
    });
    await orAbort(
      visit.context.signal,
      data.catch(() => null),
    );
  }
  const html = (await visit.watch.document()) ?? (await page.content().catch(() => ""));
  return { html, trouble: pageTrouble({ address: page.url(), html }) };
}

/**
 * Says what the page asks of the person and waits until it is done; ends with false when nobody sits there or
 * nobody did it in time.
 */
export async function* waitForPerson(
  visit: Visit,
  obstacle: Obstacle,
): AsyncGenerator<SayEvent, boolean, undefined> {
  const { context, browser } = visit;
  if (!context.browser.attended) return false;
  yield { type: "say", text: askPerson(obstacle) };
  for (let waited = 0; waited < site.personPatience.most; waited += site.personPatience.look) {
    await context.clock.sleep(site.personPatience.look, context.signal);
    if (browser.page.isClosed()) throw new Error("The window was closed.");
    if ((await obstacleOf(browser.page)) === null) return true;
  }
  return false;
}

/** The promise, or the signal's reason as soon as it aborts. */
export async function orAbort<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
    // What was left behind may still fail when the browser is closed.
    work.catch(() => undefined);
  }
}
