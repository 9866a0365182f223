import type { AccountCounts } from "./follower-count.ts";
import type { PastedAddress } from "./pasted-address.ts";
import type { Problem } from "./problem.ts";

/** One draft as it is to go out. */
export interface OutgoingPost {
  post: string;
  to: string;
  /** The account's name; empty while the creator has not named one. */
  account: string;
  title: string;
  /** Who presses: with `human`, `submit` waits for the press of the person in front of the window. */
  press: "human" | "auto";
  /** Exactly what is pasted, topics included. */
  body: string;
  topics: readonly string[];
  /** Absolute paths, in order. */
  media: readonly string[];
  /** Absolute path; null when there is none. */
  cover: string | null;
}

/** A sign that the place suspects the account: nothing more goes out until a person has looked. */
export interface Risk {
  /** Captcha, restriction, slow-down; as the place worded it. */
  risk?: Problem;
}

/** The form is filled in and only the press is missing, or it could not be filled in. */
export type Filled =
  | (Risk & { is: "stopped"; problem: Problem })
  | {
      is: "ready";
      /** The press alone. It is called once at most, and never again for the same post whatever it answers. */
      submit(signal: AbortSignal): Promise<Pressed>;
      /** Leaves the form; also after a press. */
      close(): Promise<void>;
    };

/** What the place answered to the press. */
export type Pressed = Risk &
  (
    | { is: "submitted"; remoteId: string | null }
    /** `at`: ISO 8601 UTC, when the place itself will show it. */
    | { is: "scheduled"; at: string; remoteId: string | null }
    | { is: "refused"; problem: Problem }
    /** Nobody knows; `evidence` says what was seen, without a token or an address that has one. */
    | { is: "unknown"; evidence: string }
  );

/** A way on which findmehere presses. */
export interface Publisher {
  /** Fills everything in. May be repeated: it changes nothing that others see. */
  prepare(post: OutgoingPost, signal: AbortSignal): Promise<Filled>;
}

/** What is looked for on the account's own page. */
export interface LookedFor {
  post: string;
  to: string;
  account: string;
  title: string;
  /** Its text as it went out, or its caption; never shown or logged. */
  text: string;
  /** True: only what leaves no doubt is taken for it, since it is then never handed off. */
  strictly: boolean;
  /** The place's own id where the press answered with one. */
  remoteId: string | null;
  /** ISO 8601 UTC: before it, nothing of it can have been there. */
  since: string;
}

/** What a look at the account's own page found. */
export type Look = Risk &
  (
    | { is: "live"; url: string | null; remoteId: string }
    | { is: "live"; url: string; remoteId: string | null }
    /** Not there yet, or still under review. */
    | { is: "pending"; seen: string }
    | { is: "refused"; problem: Problem }
    /**
     * The look itself failed: it says nothing of the post. `problem`: what to tell of it where the place knows
     * better than the usual words.
     */
    | { is: "unknown"; evidence: string; problem?: Problem }
  );

/** A way on which findmehere can look for itself. Looking changes nothing and may be repeated for ever. */
export interface ReadBack {
  look(wanted: LookedFor, signal: AbortSignal): Promise<Look>;
}

/** What the account's own page tells of it. */
export type CountsLook =
  /** `handle`: as the page writes it. */
  | { is: "read"; handle: string; counts: AccountCounts }
  /** The look itself failed: nothing is known. */
  | { is: "unknown"; problem: Problem };

/** What the settings say of a place's public pages. */
export interface Reach {
  /** Scheme, host and port; what is no longer the place's own stands for all its hosts. */
  origin: string;
  /** More hosts that may be asked: `host` or `host:port`. */
  allowHosts: readonly string[];
}

/** Where a short link leads. */
export type Followed =
  | { is: "post"; address: PastedAddress }
  /** To an account's page. */
  | { is: "profile" }
  /** Somewhere, but to no post. */
  | { is: "no-post" }
  /** Nobody knows; `why` is a sentence for people. */
  | { is: "not-followed"; why: string };

/** Follows a short link that the creator pasted, without cookies, to allowed hosts only. */
export type FollowShort = (short: PastedAddress, signal: AbortSignal) => Promise<Followed>;

/** How a destination is reached; all parts are abilities of their own. */
export interface Way {
  publisher?: Publisher;
  /** Pages that are shared by all looks are asked for once. */
  readBack?: ReadBack;
  /** Reads the numbers of the creator's own account off the page that `readBack` asks for. */
  counts?(account: string, signal: AbortSignal): Promise<CountsLook>;
}
