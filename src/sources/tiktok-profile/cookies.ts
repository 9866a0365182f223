/** A cookie as the browser tells it. */
export interface Cookie {
  name: string;
  value: string;
  /** With a dot in front: this host and all below it. */
  domain: string;
  path: string;
  /** Seconds since the epoch; -1 for the time that the browser is open. */
  expires: number;
  secure: boolean;
  sameSite: "Strict" | "Lax" | "None";
}

/** The page's own cookies, for the requests that the page itself would make. */
export interface CookieJar {
  /** Takes the cookies as they are now in place of those before. */
  keep(cookies: readonly Cookie[]): void;
  /**
   * The headers that the page would send to this address. The cookies stay in this function, so that no
   * object that is printed or stored can show them.
   */
  headers(address: string): Readonly<Record<string, string>>;
}

/** An empty jar of the pages at an origin; `now` is in milliseconds. */
export function cookieJar(origin: string, now: () => number): CookieJar {
  let kept: readonly Cookie[] = [];
  return {
    keep(cookies) {
      kept = cookies;
    },
    headers(address) {
      const sent = cookiesFor(kept, address, origin, now());
      const headers: Record<string, string> = { Referer: `${origin}/` };
      if (sent !== "") headers["Cookie"] = sent;
      return headers;
    },
  };
}

/** The value of the Cookie header for a request that a page of `origin` makes; empty when none is sent (RFC 6265). */
export function cookiesFor(
  cookies: readonly Cookie[],
  address: string,
  origin: string,
  now: number,
): string {
  const url = URL.parse(address);
  const page = URL.parse(origin);
  if (url === null || page === null) return "";
  const foreign = !isSameSite(url, page);
  return cookies
    .filter(
      (cookie) =>
        fitsHost(cookie.domain, url.hostname) &&
        fitsPath(cookie.path, url.pathname) &&
        (!cookie.secure || isSecure(url)) &&
        (cookie.expires === -1 || cookie.expires * 1000 > now) &&
        (!foreign || cookie.sameSite === "None"),
    )
    .toSorted((one, other) => other.path.length - one.path.length)
    .map(({ name, value }) => `${name}=${value}`)
    .join("; ");
}

function fitsHost(domain: string, host: string): boolean {
  const plain = domain.replace(/^\./, "").toLowerCase();
  if (host === plain) return true;
  return domain.startsWith(".") && host.endsWith(`.${plain}`) && !/^[\d.]+$/.test(host);
}

function fitsPath(path: string, asked: string): boolean {
  if (asked === path) return true;
  return asked.startsWith(path) && (path.endsWith("/") || asked[path.length] === "/");
}

/** Browsers count this machine itself as secure. */
function isSecure({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || hostname === "localhost" || hostname.startsWith("127.");
}

/** All of TikTok's hosts are names of two parts with others in front, so no list of suffixes is needed. */
function isSameSite(url: URL, page: URL): boolean {
  const siteOf = (host: string) =>
    /^[\d.]+$|:/.test(host) ? host : host.split(".").slice(-2).join(".");
  return url.protocol === page.protocol && siteOf(url.hostname) === siteOf(page.hostname);
}
