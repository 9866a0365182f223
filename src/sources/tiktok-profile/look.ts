import type { Locator, Page } from "playwright-core";
import { drawn, whereItStands } from "./page-scripts.ts";
import * as site from "./site.ts";

/** What lies between us and the posts and wants a person. */
export type Obstacle = "captcha" | "sign-in" | "challenge";

/** The obstacle that the page shows now; null when there is none. */
export async function obstacleOf(page: Page): Promise<Obstacle | null> {
  if (isSignInAddress(page.url())) return "sign-in";
  if (await isThere(page.locator(site.challenge))) return "challenge";
  if (await isSeen(page.locator(site.captcha))) return "captcha";
  return (await isSeen(page.locator(site.signInSheet))) ? "sign-in" : null;
}

/** True for the sign-in pages. */
export function isSignInAddress(address: string): boolean {
  const path = URL.parse(address)?.pathname ?? "";
  return path === site.signInPath || path.startsWith(`${site.signInPath}/`);
}

/** Turns the wheel by so many screens; answers whether anything moved, and whether the end is in sight. */
export async function scroll(
  page: Page,
  screens: number,
): Promise<{ moved: boolean; atEnd: boolean }> {
  const before = await position(page);
  await page.mouse.move(before.width * 0.6, before.height * 0.3);
  await page.mouse.wheel(0, Math.round(before.height * screens));
  await settle(page);
  const after = await position(page);
  return { moved: Math.abs(after.top - before.top) > 1, atEnd: after.left < 8 };
}

/** Presses the page's own button that asks for the posts once more; false when there is none. */
export async function pressRetry(page: Page): Promise<boolean> {
  const { panel, words } = site.retryButton;
  return press(page.locator(panel).getByRole("button", { name: words }));
}

/** Declines the cookies where their banner holds the page; false when there is no banner. */
export async function declineCookies(page: Page): Promise<boolean> {
  const { element, decline } = site.cookieBanner;
  return press(page.locator(element).getByRole("button", { name: decline }));
}

/** Waits until the page has drawn, and so has noticed where it was scrolled to. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(drawn).catch(() => undefined);
}

interface Position {
  width: number;
  height: number;
  /** How far everything below the pointer is scrolled. */
  top: number;
  /** How much is left below. */
  left: number;
}

/** A page that is being loaded anew has no position; then it stands at its top. */
async function position(page: Page): Promise<Position> {
  const none = { width: 1280, height: 800, top: 0, left: Number.POSITIVE_INFINITY };
  return page.evaluate<Position>(whereItStands).catch(() => none);
}

async function press(button: Locator): Promise<boolean> {
  if (!(await isSeen(button))) return false;
  return button
    .first()
    .click({ timeout: 5000 })
    .then(
      () => true,
      () => false,
    );
}

/** Elements that are taken away while they are looked at are not there. */
function isSeen(locator: Locator): Promise<boolean> {
  return locator
    .filter({ visible: true })
    .count()
    .then((count) => count > 0)
    .catch(() => false);
}

function isThere(locator: Locator): Promise<boolean> {
  return locator
    .count()
    .then((count) => count > 0)
    .catch(() => false);
}
