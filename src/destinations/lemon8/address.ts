import type { PastedAddress } from "../../core/pasted-address.ts";

const postPath = /^\/(@?)([A-Za-z0-9_.]{1,64})\/(\d{10,20})\/?$/;
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
const inText = /https:\/\/[!-~]+/giu;

/** Finds a post's address in what the creator pasted; tracking is left behind. */
export function recognise(pasted: string): PastedAddress | null {
  for (const [text] of pasted.matchAll(inText)) {
    const found = read(text.replace(/[.,;:!?'")\]>]+$/u, ""));
    if (found !== null) return found;
  }
  return null;
}

function read(text: string): PastedAddress | null {
  const address = URL.parse(text);
  if (address === null || address.protocol !== "https:") return null;
  if (address.username !== "" || address.password !== "" || address.port !== "") return null;
  if (address.hostname === "s.lemon8-app.com") {
    const code = shortPath.exec(address.pathname)?.[1];
    return code === undefined
      ? null
      : { url: `https://s.lemon8-app.com/al/${code}`, id: null, handle: null };
  }
  if (address.hostname !== "www.lemon8-app.com" && address.hostname !== "lemon8-app.com")
    return null;
  const [, sign, handle, id] = postPath.exec(address.pathname) ?? [];
  if (handle === undefined || id === undefined) return null;
  if (sign === "" && otherPages.has(handle.toLowerCase())) return null;
  return { url: `https://www.lemon8-app.com/@${handle}/${id}`, id, handle };
}
