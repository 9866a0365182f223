import { ExpectedError } from "../../core/error.ts";
import type { SignInContext } from "../../core/sign-in.ts";
import type { SayEvent } from "../../core/talk.ts";
import { hasProfile, openBrowser, removeProfile } from "../../edge/browser.ts";
import type { OpenBrowser } from "../../edge/browser.ts";
import { signedInAs } from "./account.ts";
import { cookiesFor } from "./cookies.ts";
import { isSignInAddress } from "./look.ts";
import { personPatience, sessionCookies, signInPath } from "./site.ts";
import { orAbort } from "./visit.ts";
import { unreachable } from "./words.ts";

const place = "tiktok";

/** How often the site itself is asked who is signed in once its cookie is there: every so many looks. */
const askEvery = 5;

/** Opens TikTok's own sign-in in a window and waits until the creator is in. */
export async function* signIn(
  context: SignInContext,
): AsyncGenerator<SayEvent, { handle: string }, undefined> {
  yield {
    type: "say",
    text: "TikTok's own sign-in opens in a window. Reading your page while you are signed in may raise a check (a captcha) on your account. The sign-in stays on this computer, outside your library; `findmehere logout tiktok` removes it.",
  };
  const holder = { command: "login tiktok", clock: context.clock };
  const browser = await openBrowser({
    wish: context.browser,
    place,
    holder,
    withoutScreen: "Type this command on a computer with a desktop: signing in needs a window.",
  });
  let handle: string;
  try {
    handle = await signedIn(browser, context);
  } catch (error) {
    context.signal.throwIfAborted();
    throw browser.page.isClosed()
      ? nobody("The window was closed before you were signed in.")
      : error;
  } finally {
    await browser.close();
  }
  if (context.owner === "" || handle.toLowerCase() === context.owner.toLowerCase()) {
    return { handle };
  }
  await removeProfile({ wish: context.browser, place, holder });
  throw new ExpectedError({
    exit: "usage",
    code: "not-your-account",
    what: `You signed in as @${handle}, and this library belongs to @${context.owner} (the setting creator.handles.tiktok).`,
    why: "findmehere reads only the creator's own page. The sign-in was removed again.",
    fix: `Type \`findmehere login tiktok\` and sign in as @${context.owner}. If @${handle} is you (a new name), type \`findmehere config set creator.handles.tiktok ${handle}\` first.`,
  });
}

/** Removes the sign-in with everything else that the browser kept for TikTok; false when there was nothing. */
export async function signOut(context: SignInContext): Promise<boolean> {
  const wish = context.browser;
  if (!hasProfile({ wish, place })) return false;
  await removeProfile({ wish, place, holder: { command: "logout tiktok", clock: context.clock } });
  return true;
}

/** The handle of the account, told by the page itself: a cookie alone may be a dead one. */
async function signedIn(browser: OpenBrowser, context: SignInContext): Promise<string> {
  const { page } = browser;
  const { signal, clock, origin } = context;
  try {
    await orAbort(signal, page.goto(`${origin}${signInPath}`, { waitUntil: "domcontentloaded" }));
  } catch (error) {
    signal.throwIfAborted();
    if (page.isClosed()) throw error;
    throw unreachable(origin, error);
  }
  let looks = 0;
  for (let waited = 0; waited < personPatience.most; waited += personPatience.look) {
    await clock.sleep(personPatience.look, signal);
    if (page.isClosed()) throw nobody("The window was closed before you were signed in.");
    if (!(await hasSession(browser, context))) continue;
    const shown = isSignInAddress(page.url()) ? "" : await page.content().catch(() => "");
    const handle = signedInAs(shown);
    if (handle !== null) return handle;
    // The page may be an old one, or one that does not say; the first page of the site does.
    looks += 1;
    if (looks % askEvery !== 0) continue;
    await page.goto(`${origin}/`, { waitUntil: "domcontentloaded" }).catch(() => undefined);
  }
  throw nobody("Nobody signed in for 15 minutes.");
}

async function hasSession({ context }: OpenBrowser, { origin, clock }: SignInContext) {
  const sent = cookiesFor(await context.cookies(), `${origin}/`, origin, clock.wall());
  return sent.split("; ").some((each) => sessionCookies.includes(each.split("=")[0] ?? ""));
}

function nobody(what: string): ExpectedError {
  return new ExpectedError({
    exit: "signIn",
    code: "not-signed-in",
    what,
    why: "TikTok did not say that you are signed in.",
    fix: "Type `findmehere login tiktok` again when you have the time. Without it findmehere reads what everybody sees.",
  });
}
