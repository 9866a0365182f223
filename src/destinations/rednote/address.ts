import type { PastedAddress } from "../../core/pasted-address.ts";
import {
  noteWords,
  notePath,
  pageHosts,
  profilePath,
  profileWords,
  sharedPath,
  shortHosts,
  shortPath,
} from "./site.ts";

/** The app copies a whole sentence around the address; it ends at a space or at Chinese punctuation. */
const inText = /https?:\/\/[!-~]+/giu;

interface Found {
  address: URL;
  /** What stands before it. */
  before: string;
}

/** Finds a note's address in what the creator pasted, one with its id first; tokens and tracking are left behind. */
export function recognise(pasted: string): PastedAddress | null {
  const found = addressesIn(pasted);
  const [note] = found.flatMap(({ address }) => noteAt(address) ?? []);
  if (note !== undefined) return note;
  const [short] = found.filter((each) => isShort(each.address) && !isProfileLink(each));
  if (short === undefined) return null;
  const { hostname, pathname } = short.address;
  const isDoubtful = sharedPath.test(pathname) && !noteWords.test(pasted);
  return {
    ...{ url: `https://${hostname}${pathname.replace(/\/$/u, "")}`, id: null, handle: null },
    ...(isDoubtful ? { doubtful: true } : {}),
  };
}

/** True where what was pasted is the address of an account's page, or the words around a short link say so. */
export function isProfile(pasted: string): boolean {
  return addressesIn(pasted).some((each) => isProfilePage(each.address) || isProfileLink(each));
}

/** The note that an address shows; null where it shows none. */
export function noteAt(address: URL): PastedAddress | null {
  const host = pageHosts.get(address.hostname);
  const id = notePath.exec(address.pathname)?.[1]?.toLowerCase();
  if (host === undefined || id === undefined || !isPlainHttps(address)) return null;
  return { url: `https://${host}/explore/${id}`, id, handle: null };
}

/** True where an address is an account's page. */
export function isProfilePage(address: URL): boolean {
  return (
    pageHosts.has(address.hostname) && profilePath.test(address.pathname) && isPlainHttps(address)
  );
}

/** True for a short link; the app's own share text has them as http, and what is kept and asked is https. */
export function isShort({ hostname, pathname, username, password, port }: URL): boolean {
  const isBare = username === "" && password === "" && port === "";
  return shortHosts.includes(hostname) && shortPath.test(pathname) && isBare;
}

function isProfileLink({ address, before }: Found): boolean {
  return isShort(address) && sharedPath.test(address.pathname) && profileWords.test(before);
}

function isPlainHttps({ protocol, username, password, port }: URL): boolean {
  return protocol === "https:" && username === "" && password === "" && port === "";
}

function addressesIn(pasted: string): Found[] {
  return [...pasted.matchAll(inText)].flatMap(({ 0: text, index }) => {
    const address = URL.parse(text.replace(/[.,;:!?'")\]>]+$/u, ""));
    return address === null ? [] : [{ address, before: pasted.slice(0, index) }];
  });
}
