import type { PastedAddress } from "../../core/pasted-address.ts";
import type { Followed, FollowShort, Reach } from "../../core/way.ts";
import { askPage } from "../../edge/page.ts";
import { isProfile, recognise } from "./address.ts";
import { askable, onLemon8 } from "./hosts.ts";
import { notFollowed } from "./words.ts";

/** Follows Lemon8's short links to its own hosts. The address of a post is enough: it is not asked for. */
export function lemon8Follower(reach: Reach): FollowShort {
  return async (short, signal): Promise<Followed> => {
    const answer = await askPage(short.url, {
      askable: (address) => askable(address, reach),
      isEnough: (address) => postAt(address, reach) !== null || isProfile(onLemon8(address, reach)),
      signal,
    });
    if (answer.is === "failed") {
      if (answer.failure === "not-found") return { is: "no-post" };
      return { is: "not-followed", why: notFollowed(answer.failure, answer.status) };
    }
    const address = postAt(answer.address, reach);
    if (address !== null) return { is: "post", address };
    return { is: isProfile(onLemon8(answer.address, reach)) ? "profile" : "no-post" };
  };
}

function postAt(address: URL, reach: Reach): PastedAddress | null {
  const found = recognise(onLemon8(address, reach));
  return found?.id === null ? null : found;
}
