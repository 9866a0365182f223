import type { Destination } from "../../core/destination.ts";
import type { PastedAddress } from "../../core/pasted-address.ts";
import { ExpectedError } from "../../core/error.ts";
import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import type { Followed } from "../../core/way.ts";
import type { Store } from "../../store/open.ts";
import { findPublication } from "../../store/publications.ts";
import type { Route } from "../publish/request.ts";

/** Follows a short link; what cannot be followed is an answer, too. */
export type FollowLink = (short: PastedAddress) => Promise<Followed>;

/** Asks where a destination's short links lead, as the settings allow; null where nobody can be asked. */
export function linkFollower({ follow }: Route, stop: AbortSignal): FollowLink | null {
  return follow === undefined ? null : (short) => follow(short, stop);
}

/** Whose post it should be, and how to find out where a short link leads. */
interface Pasting {
  store: Store;
  destination: Destination;
  post: string;
  /** May be empty. */
  account: string;
  /** Null where nobody may be asked. */
  follow: FollowLink | null;
}

/**
 * The address in what the creator pasted, short links followed where that is possible; else they are kept as they
 * are, and the problem says why. Throws ExpectedError (exit `usage`) where it is no post's address.
 */
export async function pastedAddress(
  { store, destination, post, follow }: Pasting,
  pasted: string,
): Promise<{ address: PastedAddress; problem: Problem | null }> {
  const address = destination.recognise(pasted);
  if (address === null) throw noPost(destination, pasted);
  if (address.id !== null || follow === null) return { address, problem: null };
  const name = { post, to: destination.id };
  const before = await store.transaction((transaction) => findPublication(transaction, name));
  // It is recorded already, as it stands.
  if (before?.url === address.url) return { address, problem: null };
  const followed = await follow(address);
  if (followed.is === "post") return { address: followed.address, problem: null };
  if (followed.is === "profile") throw profileLink(destination);
  if (followed.is === "no-post") {
    throw new ExpectedError({
      exit: "usage",
      code: "link-leads-nowhere",
      what: `That short link leads to no post on ${destination.title}.`,
      why: "Nothing was recorded. The post may still be under review, or deleted.",
      fix: "In the app, open your post and copy its link again. Until it has one: `--posted` in place of --url.",
    });
  }
  if (address.doubtful === true) throw doubtfulLink(destination, followed.why);
  const kept = problem(
    "link-not-followed",
    `The short link is kept as you pasted it, since it could not be followed. ${followed.why}`,
    "Nothing to do. The address that it leads to is not known, so nobody has checked whose post it is.",
    name,
  );
  return { address, problem: kept };
}

function noPost(destination: Destination, pasted: string): ExpectedError {
  if (destination.isProfile?.(pasted) === true) return profileLink(destination);
  return notAnAddress(`That is not the address of a post on ${destination.title}.`);
}

function profileLink({ title }: Destination): ExpectedError {
  return notAnAddress(`That is the link of a profile on ${title}, not of a post.`);
}

/** The link alone does not say, and nobody could be asked. */
function doubtfulLink({ title }: Destination, why: string): ExpectedError {
  return notAnAddress(
    `That may be the link of a profile on ${title}, and where it leads could not be found out. ${why}`,
  );
}

function notAnAddress(what: string): ExpectedError {
  return new ExpectedError({
    exit: "usage",
    code: "not-an-address",
    what,
    why: "Nothing was recorded.",
    fix: "In the app, open your post, tap Share, then Copy link, and paste all that it copied between quotes after --url.",
  });
}

/** Throws ExpectedError (exit `usage`) where the address tells that it is somebody else's post. */
export function assertOwn({ account, destination }: Pasting, { handle }: PastedAddress): void {
  const own = account.trim().replace(/^@/u, "");
  if (handle === null || own === "" || handle.toLowerCase() === own.toLowerCase()) return;
  throw new ExpectedError({
    exit: "usage",
    code: "not-your-post",
    what: `That post belongs to @${handle}, and you are @${own} on ${destination.title}.`,
    why: "Nothing was recorded.",
    fix: `If @${handle} is you, type \`findmehere config set creator.handles.${destination.id} ${handle}\`.`,
  });
}
