import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** 128 bits that nobody can guess, as they stand in a path. */
export function freshToken(): string {
  return randomBytes(16).toString("base64url");
}

/** True when both texts are the same; how long it takes says nothing about where they differ. */
export function sameSecret(given: string, wanted: string): boolean {
  // Hashes have one length, which timingSafeEqual asks for; the length of the secret is no secret.
  return timingSafeEqual(digest(given), digest(wanted));
}

/** Makes the tokens that the forms of one page carry; another page's token is worth nothing there. */
export function formTokens(): {
  of(page: string): string;
  isRight(page: string, given: string): boolean;
} {
  const key = randomBytes(32);
  const of = (page: string) =>
    createHmac("sha256", key).update(page).digest().subarray(0, 16).toString("base64url");
  return { of, isRight: (page, given) => sameSecret(given, of(page)) };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
