import type { PastedAddress } from "../../core/pasted-address.ts";

const hosts = new Map([
  ["xiaohongshu.com", "www.xiaohongshu.com"],
  ["www.xiaohongshu.com", "www.xiaohongshu.com"],
  ["rednote.com", "www.rednote.com"],
  ["www.rednote.com", "www.rednote.com"],
]);
/** Of the app's share texts; `.cn` stands in those of 2026 (tests and pages of public repositories, 2026-11-21). */
const shortHosts: readonly string[] = ["xhslink.com", "xhslink.cn"];
const notePath = /^\/(?:explore|discovery\/item|user\/profile\/[0-9a-z]+)\/([0-9a-f]{24})\/?$/i;
const shortPath = /^\/(?:[a-z]\/)?[A-Za-z0-9]{4,32}\/?$/;
/** The app copies a whole sentence around the address; it ends at a space or at Chinese punctuation. */
const inText = /https?:\/\/[!-~]+/giu;

/** Finds a note's address in what the creator pasted; tokens and tracking are left behind. */
export function recognise(pasted: string): PastedAddress | null {
  for (const [text] of pasted.matchAll(inText)) {
    const found = read(text.replace(/[.,;:!?'")\]>]+$/u, ""));
    if (found !== null) return found;
  }
  return null;
}

function read(text: string): PastedAddress | null {
  const address = URL.parse(text);
  if (address === null) return null;
  // The app's own share text has its short links as http; what is kept is https.
  const isShort = shortHosts.includes(address.hostname);
  if (address.protocol !== "https:" && !(isShort && address.protocol === "http:")) return null;
  if (address.username !== "" || address.password !== "" || address.port !== "") return null;
  if (isShort && shortPath.test(address.pathname)) {
    return {
      url: `https://${address.hostname}${address.pathname.replace(/\/$/u, "")}`,
      id: null,
      handle: null,
    };
  }
  const host = hosts.get(address.hostname);
  const id = notePath.exec(address.pathname)?.[1]?.toLowerCase();
  if (host === undefined || id === undefined) return null;
  return { url: `https://${host}/explore/${id}`, id, handle: null };
}
