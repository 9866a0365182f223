/** What an address that the creator pasted turned out to be. */
export interface PastedAddress {
  /** Canonical, without tracking or token. */
  url: string;
  /** The destination's id of the post; null for a short link. */
  id: string | null;
  /** The account in the address, without sign, where it has one. */
  handle: string | null;
  /** A short link of a form that other pages have too: only where it leads tells whether it is a post. */
  doubtful?: true;
}
