import type { FollowerCountsTable } from "./follower-counts-table.ts";

/**
 * The tables. Columns are text or integer only, so that SQLite and PostgreSQL share one schema.
 * Instants are ISO 8601 UTC texts; lists and objects are JSON texts; truth values are 0, 1 or null.
 */
export interface Tables {
  meta: { name: string; value: string };
  posts: PostsTable;
  records: RecordsTable;
  files: FilesTable;
  drafts: DraftsTable;
  publications: PublicationsTable;
  moves: MovesTable;
  attempts: AttemptsTable;
  removed: RemovedTable;
  aliases: AliasesTable;
  history: HistoryTable;
  readings: ReadingsTable;
  translations: TranslationsTable;
  accounts: AccountsTable;
  notices: NoticesTable;
  follower_counts: FollowerCountsTable;
}

/** One row a post of the library. */
export interface PostsTable {
  key: string;
  id: string | null;
  date: string;
  kind: string;
  caption: string | null;
  hashtags: string;
  mentions: string;
  duration_ms: number | null;
  width: number | null;
  height: number | null;
  views: number | null;
  likes: number | null;
  comments: number | null;
  shares: number | null;
  saves: number | null;
  pinned: number | null;
  visibility: string | null;
  sound: string | null;
  location: string | null;
  ai_generated: number | null;
  url: string | null;
  sources: string;
  folder: string;
  problem: string;
  title: string | null;
  sound_original: number | null;
  made_from: string | null;
  paid_partnership: number | null;
  language: string | null;
  /** In which turn it came into the library; the older of two keeps its key. */
  added: number;
}

/** One row for each post of each source; posts are made from these, so the order of sources does not matter. */
export interface RecordsTable {
  source: string;
  /** What names the record within its source: its id, else its time and first object id. */
  record: string;
  /** Key of the post it belongs to; null while no post is known. */
  post: string | null;
  id: string | null;
  date: string;
  object_ids: string;
  fields: string;
  /** Role, position and object id of each file; never an address. */
  media: string;
  seen_at: string;
  /** Keys or ids by which a person named the post, as a list; null where nobody did. */
  named: string | null;
  /** When its newest telling was seen; null where no telling says. */
  observed: string | null;
  /** 1 where the date was only reckoned from the id. */
  rough_date: number;
  /** When each field was seen, as an object; a field that is not in it was seen at `observed`. */
  times: string;
  /** Marks of the inputs that told it: two records of one input are two posts. */
  inputs: string;
}

/** Other keys by which a post was once known. */
export interface AliasesTable {
  alias: string;
  post: string;
  /** What the union left to do on the disk, as an object; null when all is done. */
  left_on_disk: string | null;
}

/** What a source said of a post before it said something else. */
export interface HistoryTable {
  source: string;
  record: string;
  field: string;
  /** ISO 8601 UTC; empty where the source could not say. */
  observed: string;
  /** JSON. */
  value: string;
}

/** What a text is in another language; one row for each text and language, so that none is sent twice. */
export interface TranslationsTable {
  /** The text exactly as it stands in the post. */
  source: string;
  to_language: string;
  text: string;
  /** `person`, or the id of the provider. */
  by_whom: string;
  at: string;
}

/** Readings that told every post which was there, so that what they lack is gone. */
export interface ReadingsTable {
  source: string;
  observed: string;
  /** 1 where private posts were among what it could see. */
  private_too: number;
}

/** One row for each whole file of the library. */
export interface FilesTable {
  /** From the library's root, with `/`. */
  path: string;
  post: string;
  role: string;
  position: number;
  bytes: number;
  sha256: string;
  media_type: string;
  object_id: string | null;
  /** 1: the form with TikTok's mark; a run that is offered a clean one takes it instead. */
  watermarked: number | null;
}

/** What one destination would get from one post. */
export interface DraftsTable {
  post: string;
  destination: string;
  title: string;
  body: string;
  topics: string;
  dropped: string;
  media: string;
  problems: string;
  edited: number;
  /** What findmehere itself last wrote into title.txt and body.txt, to notice a person's edit. */
  written_title: string;
  written_body: string;
  folder: string;
  made_at: string;
}

/** One draft on its way. */
export interface PublicationsTable {
  post: string;
  destination: string;
  account: string;
  way: string;
  state: string;
  due: string | null;
  handed_off_at: string | null;
  url: string | null;
  remote_id: string | null;
  proof: string | null;
  attempts: number;
  updated_at: string;
  /** Who is at work on it right now, and until when that counts, by the machine's clock; null: nobody. */
  claimed_by: string | null;
  claimed_until: string | null;
  /** When it went out, or was said to have; read-backs wait from here on. */
  pressed_at: string | null;
  /** When the place itself will show it. */
  scheduled_for: string | null;
  /** When to look next whether it is there; null: nobody looks. */
  next_look: string | null;
  /** The last read-back, and how many of them found nothing yet. */
  looked_at: string | null;
  looks: number;
  /** What stopped it last, as an object; null when nothing does. */
  problem: string | null;
  /** How many of its slots passed unused. */
  missed: number;
}

/** The history of states. */
export interface MovesTable {
  post: string;
  destination: string;
  sequence: number;
  at: string;
  from_state: string;
  to_state: string;
  /** A mover of the table of moves; `union` where two posts proved to be one. */
  by_whom: string;
  why: string;
}

/** Each time something was made ready or pressed. */
export interface AttemptsTable {
  post: string;
  destination: string;
  sequence: number;
  kind: string;
  started_at: string;
  ended_at: string | null;
  outcome: string;
  /** What was seen, for people; never a token or an address with one. */
  note: string | null;
}

/** Posts that the creator took out. Their records stay, emptied, so that no source brings them back by itself. */
export interface RemovedTable {
  key: string;
  removed_at: string;
  /** The folders that still have to go from the disk, as a list; null when they are gone. */
  left_on_disk: string | null;
}

/** One row for each account that anything went out for; whoever changes what goes out holds it. */
export interface AccountsTable {
  destination: string;
  /** Empty for the one account of a library. */
  account: string;
  /** Since when nothing goes out until a person clears it; null: it runs. */
  stopped_at: string | null;
  /** The sign of risk that stopped it, as an object. */
  stopped_by: string | null;
  /** When its public page was last asked for; null: never. */
  page_asked_at: string | null;
}

/** What the creator was told, so that it is told once. */
export interface NoticesTable {
  kind: string;
  /** What it is about and which time: `KEY@DESTINATION#2`, `account:DESTINATION:NAME#…`, `library#2026-11`. */
  about: string;
  /** `ntfy`, `webhook` or `telegram`. */
  service: string;
  /** From when on it may be sent, or tried again. */
  at: string;
  /** Null until the service took it. */
  sent_at: string | null;
  tries: number;
  text: string;
}
