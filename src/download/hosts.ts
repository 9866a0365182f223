import { isIP } from "node:net";
import { ExpectedError } from "../core/error.ts";

/** One family of hosts that TikTok media comes from. */
interface MediaHost {
  /** Matches itself and everything below it. */
  suffix: string;
  /** Where it was seen. */
  source: string;
}

/** Day the table below was gathered. */
export const mediaHostsAsOf = "2026-11-20";

/** The known media hosts of TikTok. */
export const mediaHosts: readonly MediaHost[] = [
  { suffix: "tiktokv.com", source: "video links of data archives 2024-12 to 2025-11 (va, i18n)" },
  { suffix: "tiktokv.us", source: "video links of data archives 2024-12 to 2025-11 (useast5)" },
  { suffix: "tiktokv.eu", source: "European counterpart, allow lists of public tools" },
  { suffix: "tiktokcdn.com", source: "pictures and videos of the public pages" },
  { suffix: "tiktokcdn-us.com", source: "pictures and videos of the public pages, United States" },
  { suffix: "tiktokcdn-eu.com", source: "pictures and videos of the public pages, Europe" },
  { suffix: "ibyteimg.com", source: "photo links of data archives 2025-11" },
  { suffix: "byteimg.com", source: "older picture host, allow lists of public tools" },
  { suffix: "ibytedtos.com", source: "older storage host, allow lists of public tools" },
  { suffix: "muscdn.com", source: "pictures of 2019 to 2021" },
  { suffix: "musical.ly", source: "video links of archives of 2019 (video-va)" },
  { suffix: "tiktok.com", source: "web player hosts below tiktok.com, 2025-10" },
];

/** Archives of 2019 link to this host over plain http; everything else of TikTok's must be https. */
const plainHttpHost = "video-va.musical.ly";

/** Decides which addresses may be downloaded from; asked for the first address and for every redirect. */
export interface HostRule {
  /** Why the address is refused, in words without its path or query; null when it is allowed. */
  refuses(address: string): string | null;
}

/**
 * Makes the rule: the known hosts, `moreSuffixes` beside them, and `extra` hosts (`host` or
 * `host:port`), which alone may be plain http, another port, or an IP address.
 */
export function hostRule(extra: readonly string[], moreSuffixes: readonly string[] = []): HostRule {
  const allowed = extra.map(parseExtra);
  const suffixes = [...mediaHosts.map((each) => each.suffix), ...moreSuffixes.map(cleanSuffix)];

  function refuses(address: string): string | null {
    // URL.parse drops line breaks silently and would make one wrong address of several.
    const url = /[\u0000-\u0020]/.test(address) ? null : URL.parse(address);
    if (url === null) return "this is not a web address";
    if (url.protocol !== "https:" && url.protocol !== "http:") return "this is not a web address";
    if (url.username !== "" || url.password !== "") return "the address carries a user name";
    if (
      allowed.some(
        (each) => each.hostname === url.hostname && (each.port ?? portOf(url)) === portOf(url),
      )
    )
      return null;
    if (isIP(url.hostname.replace(/^\[|\]$/g, "")) !== 0)
      return "an IP address is not a known TikTok media host";
    if (!suffixes.some((suffix) => url.hostname === suffix || url.hostname.endsWith(`.${suffix}`)))
      return "this is not a known TikTok media host";
    if (url.port !== "") return "TikTok media comes from no other port";
    if (url.protocol === "http:" && url.hostname !== plainHttpHost)
      return "the address is not https";
    // Links of deleted posts lead to the sign-in page, which is never opened.
    if (/^\/login(\/|$)/.test(url.pathname)) return "the address leads to a sign-in page";
    return null;
  }

  return { refuses };
}

/** Host and port of an address for messages; never its path or query. */
export function hostOf(address: string): string | null {
  return URL.parse(address)?.host || null;
}

interface ExtraHost {
  hostname: string;
  /** Null: any port. */
  port: string | null;
}

function parseExtra(entry: string): ExtraHost {
  const text = entry.trim();
  const url = /^[^/?#@\s]+$/.test(text) ? URL.parse(`http://${text}`) : null;
  if (url === null) {
    throw new ExpectedError({
      exit: "settings",
      code: "bad-host",
      what: `"${entry}" in network.allowHosts is not a host.`,
      fix: "Write it as name or name:port, such as 127.0.0.1:8080.",
    });
  }
  // URL drops the port 80 of http, so it is read from the text.
  return { hostname: url.hostname, port: /:(\d+)$/.exec(text)?.[1] ?? null };
}

function cleanSuffix(suffix: string): string {
  return suffix
    .trim()
    .toLowerCase()
    .replace(/^\*?\./, "");
}

function portOf(url: URL): string {
  return url.port || (url.protocol === "https:" ? "443" : "80");
}
