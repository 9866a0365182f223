import type { Publication } from "../core/publication.ts";
import { writeMoment } from "./read-moment.ts";

/** Columns of the table with every field of a publication, for tools that findmehere does not know. */
export const genericColumns: readonly string[] = [
  ...["item", "key", "to", "account", "way", "state", "due_utc", "due_local", "zone", "title"],
  ...["body", "topics", "kind", "media", "cover", "media_urls", "cover_url", "url", "proof"],
  ...["original_caption", "original_url", "original_date"],
];

/** What a row is made of; an empty string or null is an empty cell. */
export interface GenericPost {
  publication: Publication;
  account: string;
  title: string;
  body: string;
  topics: readonly string[];
  kind: "video" | "photos" | null;
  /** Paths from the library's root, in order. */
  media: readonly string[];
  cover: string;
  /** Public addresses of the same; empty without a base. */
  mediaAddresses: readonly string[];
  coverAddress: string;
  caption: string | null;
  originalUrl: string | null;
  /** ISO 8601 UTC. */
  date: string | null;
}

/** One row of that table; lists are joined as in posts.csv. */
export function genericRow(post: GenericPost, zone: string): Record<string, string> {
  const { post: key, to, way, state, due, url, proof } = post.publication;
  return {
    ...{ item: `${key}@${to}`, key, to, account: post.account, way, state, zone },
    due_utc: due ?? "",
    due_local: due === null ? "" : writeMoment(due, zone),
    title: post.title,
    body: post.body,
    topics: post.topics.join(" "),
    kind: post.kind ?? "",
    media: post.media.join(";"),
    cover: post.cover,
    media_urls: post.mediaAddresses.join(";"),
    cover_url: post.coverAddress,
    url: url ?? "",
    proof: proof ?? "",
    original_caption: post.caption ?? "",
    original_url: post.originalUrl ?? "",
    original_date: post.date ?? "",
  };
}
