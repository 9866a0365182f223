import type { SourcePost, WebOrigin } from "../../core/post.ts";
import type { SourceContext } from "../../core/source.ts";
import { isItemOf } from "../../tiktok/web-author.ts";
import type { WebAuthor } from "../../tiktok/web-author.ts";
import { webItemPost } from "../../tiktok/web-item.ts";
import type { ListPage } from "../../tiktok/web-list.ts";
import { patience } from "./site.ts";

/** Whether there is more to read, and if not, why. */
export type Verdict =
  /** Scroll on. */
  | "on"
  /** Something came to nothing: scroll back a little and down again. */
  | "again"
  /** The list said that this was all. */
  | "ended"
  /** What the run wants is there; the rest of the page is not asked for. */
  | "enough"
  /** As many as the profile counts, and nothing new comes. */
  | "counted"
  /** The same answer again and again. */
  | "repeating"
  /** No answer, or none that is a list. */
  | "failing";

/** What a reading is told beforehand. */
export interface ReadingStart {
  owner: WebAuthor;
  /** What the profile counts; null when it does not say. */
  posts: number | null;
  wanted: SourceContext["wanted"];
  /** ISO 8601 UTC. */
  observed: string;
  headers: WebOrigin["headers"];
}

/** The posts of a page while it is scrolled, and when to stop. */
export interface PageReading {
  /** Takes one answer; `walks` is false for one that is no step from the newest to the oldest. */
  add(answer: ListPage, walks: boolean): void;
  /** A scroll at the end of the page brought no answer at all. */
  silent(): void;
  /** The page was loaded anew and begins from its top. */
  restart(): void;
  verdict(): Verdict;
  /** Newest first. */
  posts(): SourcePost[];
  readonly count: number;
  /** Items of other accounts, which were dropped. */
  readonly strangers: number;
  /** Items that could not be read. */
  readonly broken: number;
}

/** Begins a reading. */
export function startReading(start: ReadingStart): PageReading {
  const posts = new Map<string, SourcePost>();
  const strangers = new Set<string>();
  /** What the page has told since it was loaded: what is known from before is no repetition. */
  let told = new Set<string>();
  let more: boolean | null = null;
  let broken = 0;
  let repeats = 0;
  let failures = 0;
  let silences = 0;

  function addItem(item: unknown): string | null {
    const post = webItemPost(item, {
      source: "tiktok-profile",
      place: "a post of your TikTok page",
      observed: start.observed,
      owner: start.owner,
      headers: start.headers,
    });
    if (post === null || post.id === null) {
      broken += 1;
      return null;
    }
    if (isItemOf(item, start.owner) === false) strangers.add(post.id);
    else if (!posts.has(post.id)) posts.set(post.id, { ...post, place: `post ${post.id}` });
    return post.id;
  }

  function isEnough(): boolean {
    const { since, limit } = start.wanted;
    // Pinned posts stand before newer ones, and say nothing of how far the list was read.
    const inOrder = [...posts.values()].filter(({ fields }) => fields.pinned !== true);
    if (limit !== null && inOrder.length >= limit) return true;
    if (since === null) return false;
    return inOrder.some(({ date }) => Date.parse(date) < Date.parse(since));
  }

  return {
    add(answer, walks) {
      silences = 0;
      if (answer.trouble !== null) {
        failures += 1;
        return;
      }
      failures = 0;
      const before = told.size;
      for (const item of answer.items) {
        const id = addItem(item);
        if (id !== null) told.add(id);
      }
      if (!walks) return;
      more = answer.hasMore ?? more;
      repeats = told.size === before ? repeats + 1 : 0;
    },
    silent() {
      silences += 1;
    },
    restart() {
      told = new Set();
      more = null;
      repeats = 0;
      failures = 0;
      silences = 0;
    },
    verdict() {
      if (isEnough()) return "enough";
      if (more === false) return "ended";
      const all = start.posts !== null && posts.size >= start.posts;
      if (all && repeats + silences > 0) return "counted";
      if (repeats >= patience.repeats) return "repeating";
      if (failures >= patience.failures || silences >= patience.silences) return "failing";
      return failures + silences > 0 ? "again" : "on";
    },
    posts: () => [...posts.values()].toSorted((one, other) => compare(other.date, one.date)),
    get count() {
      return posts.size;
    },
    get strangers() {
      return strangers.size;
    },
    get broken() {
      return broken;
    },
  };
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
