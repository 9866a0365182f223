import type { PastedAddress } from "../../core/pasted-address.ts";

const postPath = /^\/(@?)([A-Za-z0-9_.]{1,64})\/(\d{10,20})\/?$/;
const profilePath = /^\/(?:@[A-Za-z0-9_.]{1,64}|user\/\d{1,20}(?:\/share)?)\/?$/;
const shortPath = /^\/al\/([A-Za-z0-9_-]{4,64})\/?$/;
/** First parts of other pages, which look like an account of the years without `@`. */
const otherPages = new Set([
  "topic",
  "topics",
  "article",
  "user",
  "tag",
  "discover",
  "legal",
  "al",
]);
const pageHosts = new Set(["www.lemon8-app.com", "lemon8-app.com"]);
const inText = /https:\/\/[!-~]+/giu;

/** Finds a post's address in what the creator pasted; tracking is left behind. */
export function recognise(pasted: string): PastedAddress | null {
  for (const address of addressesIn(pasted)) {
    const found = read(address);
    if (found !== null) return found;
  }
  return null;
}

/** True where what was pasted is the address of an account's page. */
export function isProfile(pasted: string): boolean {
  return addressesIn(pasted).some(
    ({ hostname, pathname }) => pageHosts.has(hostname) && profilePath.test(pathname),
  );
}

function addressesIn(pasted: string): URL[] {
  return [...pasted.matchAll(inText)].flatMap(([text]) => {
    const address = URL.parse(text.replace(/[.,;:!?'")\]>]+$/u, ""));
    if (address === null || address.protocol !== "https:") return [];
    const isPlain = address.username === "" && address.password === "" && address.port === "";
    return isPlain ? [address] : [];
  });
}

function read(address: URL): PastedAddress | null {
  if (address.hostname === "s.lemon8-app.com") {
    const code = shortPath.exec(address.pathname)?.[1];
    return code === undefined
      ? null
      : { url: `https://s.lemon8-app.com/al/${code}`, id: null, handle: null };
  }
  if (!pageHosts.has(address.hostname)) return null;
  const [, sign, handle, id] = postPath.exec(address.pathname) ?? [];
  if (handle === undefined || id === undefined) return null;
  if (sign === "" && otherPages.has(handle.toLowerCase())) return null;
  return { url: `https://www.lemon8-app.com/@${handle}/${id}`, id, handle };
}
