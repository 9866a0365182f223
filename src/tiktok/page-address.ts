/** The public page of a post. */
export function postAddress(handle: string, id: string): string {
  return `https://www.tiktok.com/@${handle}/video/${id}`;
}

/** The handle in the address of a post or profile, without sign; null for none and for the stand-in `_`. */
export function handleOfAddress(address: string): string | null {
  const handle = /\/@([A-Za-z0-9_.]+)/.exec(address)?.[1] ?? null;
  return handle === "_" ? null : handle;
}

/** TikTok's number of the post in the address of its page, as a string: it does not fit a JavaScript number. */
export function idOfAddress(address: string): string | null {
  return /\/(?:video|photo)\/(\d{6,20})(?:[/?#]|$)/.exec(address)?.[1] ?? null;
}
