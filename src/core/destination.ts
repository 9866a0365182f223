import type { PastedAddress } from "./pasted-address.ts";
import type { FollowShort, Reach, Way } from "./way.ts";
import type { BodyLayout, ReadLanguage } from "./layout.ts";

/**
 * How a length is counted. `rednote`: half units of UTF-16, rounded up; `rednote-app`: of graphemes, rounded down;
 * see text/measure.
 */
export type LengthUnit = "rednote" | "rednote-app" | "utf16" | "code-points" | "graphemes";

/** A limit on a text. Over `hard` is refused, over `advice` is only warned about. */
export interface TextLimit {
  unit: LengthUnit;
  /** Null when no hard limit is known. */
  hard: number | null;
  advice: { unit: LengthUnit; most: number } | null;
  /** How the phone app counts the same limit where that is laxer: told, never relied on. */
  inApp?: LengthUnit;
}

/** From where to where a setting may move a limit. */
export interface LimitRange {
  least: number;
  most: number;
}

/** The dated limits of a destination. One table per destination, in its own folder. */
export interface DestinationLimits {
  /** Day the facts were gathered, ISO 8601. */
  asOf: string;
  /** Where they come from, in words. */
  source: string;
  title: TextLimit;
  body: TextLimit;
  topics: {
    /** How many we use unless told otherwise. */
    usual: number;
    hard: number;
  };
  photos: { hard: number };
}

/** A sentence in both interface languages. */
export interface Bilingual {
  en: string;
  zh: string;
}

/** What the creator does on the phone, in order. */
export interface HandoffStep {
  text: Bilingual;
  /** Only for this kind of post, `own`: one whose photo the creator chooses; all when it is left out. */
  kind?: "video" | "photos" | "own";
  /** Only where the page lies in a folder, or where it is served to the phone; both when it is left out. */
  page?: "folder" | "served";
  /** True for the step that does harm when it is forgotten. */
  important?: true;
  /** True for the step about declarations; where it is known what to declare, that stands in its place. */
  declares?: true;
}

/** How a draft reaches a destination. */
export type WayId = "handoff" | "browser";

/** Facts about a destination; light, no heavy import. */
export interface Destination {
  /** Stable id, the name of its folder. */
  id: string;
  title: string;
  titleZh: string;
  limits: DestinationLimits;
  ways: readonly WayId[];
  /** Most publications in any seven days, unless the settings say otherwise. */
  usualPerWeek: number;
  /** Which column of the topic table feeds it. */
  topicColumn: "rednote" | "lemon8";
  /** What its readers read first. */
  readers: ReadLanguage;
  /** The languages of a text and their order, unless the settings say otherwise. */
  layout: BodyLayout;
  /** Limits that the settings may move; the dated facts are the defaults. */
  settable: { titleMost: LimitRange; bodyMost: LimitRange };
  /** True when links, handles and other platforms' names are punished there and are taken out of the text. */
  removesLinks: boolean;
  /** True when a post cannot exist without a picture or a video. */
  needsMedia: boolean;
  handoff: {
    /** Opens the app on the phone. */
    openApp: { address: string; fallback: string };
    /** What stands around a topic's name where the place's web editor is to take it; null: it has none. */
    editorTopic: { before: string; after: string } | null;
    steps: readonly HandoffStep[];
  };
  /**
   * The account's own public page, where that can be read. It is asked for when the creator asks, or where they
   * have said that TikTok's own sync carries posts there, and never else.
   */
  publicPages?: { origin: string };
  /** What can be done on a way beyond making the pack; loaded when it is needed. Left out: nothing. */
  load?(way: WayId, reach: Reach): Promise<Way>;
  /** Where the short links that its app copies lead can be asked. `origin`: what the setting of that name is without one. */
  shortLinks?: { origin: string; load(reach: Reach): Promise<FollowShort> };
  /** Understands an address that the creator pasted; null when it has not the right shape. */
  recognise(pasted: string): PastedAddress | null;
  /** True where what was pasted is the address of an account and of no post. */
  isProfile?(pasted: string): boolean;
}
