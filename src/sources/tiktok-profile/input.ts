import { ExpectedError } from "../../core/error.ts";
import { handleOfAddress } from "../../tiktok/page-address.ts";
import { pageHosts } from "./site.ts";

/** True for `@handle` and for every web address; which of them can be read is said when one is read. */
export function isProfileInput(input: string): boolean {
  return /^@|^https?:\/\//i.test(input) || bareHost.test(input);
}

const bareHost = /^(?:www\.|m\.)?tiktok\.com\//i;

/**
 * The handle that `@handle` or the address of a profile names, without sign. Throws ExpectedError (exit
 * `input`) for every other address, saying what it is.
 * @param origin of TikTok's pages, as the settings have it
 */
export function profileHandle(input: string, origin: string): string {
  const typed = input.trim();
  if (typed.startsWith("@")) {
    if (isHandle(typed.slice(1))) return typed.slice(1);
    throw refusal(
      `${typed} is not a TikTok handle.`,
      "A handle has only letters, digits, underscores and dots.",
    );
  }
  const url = URL.parse(bareHost.test(typed) ? `https://${typed}` : typed);
  // What stands behind ? and # may be a key to something private.
  const shown = url === null ? "This" : `${url.host}${url.pathname}`;
  if (url === null || !isPageHost(url, origin)) {
    if (/(?:^|\.)tiktok\.com$/.test(url?.hostname ?? "")) {
      throw refusal(
        `${shown} is a short or other address of TikTok's; it does not say whose page it is.`,
      );
    }
    throw refusal(`${shown} is not an address of TikTok's.`);
  }
  const path = decoded(url.pathname);
  const whole = /^\/@[^/]+\/?$/.test(path);
  const handle = handleOfAddress(path);
  if (whole && handle !== null && isHandle(handle)) return handle;
  if (/\/(?:video|photo)\/\d+/.test(url.pathname)) {
    throw refusal(
      `${shown} is the address of one post.`,
      "findmehere reads your whole page at once.",
    );
  }
  if (/^\/(?:t|v)\//.test(url.pathname)) {
    throw refusal(`${shown} is a short address; it does not say whose page it is.`);
  }
  throw refusal(`${shown} is not the address of a TikTok profile.`);
}

/** Throws ExpectedError (exit `usage`) when this is not the creator's own page. */
export function assertOwn(handle: string, owner: string): void {
  if (owner === "" || owner.replace(/^@/, "").toLowerCase() === handle.toLowerCase()) return;
  throw new ExpectedError({
    exit: "usage",
    code: "not-your-page",
    what: `This is the page of @${handle}, and this library belongs to @${owner.replace(/^@/, "")} (the setting creator.handles.tiktok).`,
    why: "findmehere reads only the creator's own page.",
    fix: `If @${handle} is you (a new name), type \`findmehere config set creator.handles.tiktok ${handle}\`; else give another \`--library\`.`,
  });
}

function isHandle(text: string): boolean {
  return /^(?!\.+$)[A-Za-z0-9_.]{1,64}$/.test(text);
}

function isPageHost(url: URL, origin: string): boolean {
  if (url.origin === origin) return true;
  return /^https?:$/.test(url.protocol) && pageHosts.includes(url.hostname) && url.port === "";
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function refusal(what: string, why?: string): ExpectedError {
  return new ExpectedError({
    exit: "input",
    code: "not-a-profile",
    what,
    ...(why === undefined ? {} : { why }),
    fix: "Give your handle as @YOUR-HANDLE, or the address of your page: https://www.tiktok.com/@YOUR-HANDLE",
  });
}
