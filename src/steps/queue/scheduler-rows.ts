import { isVideoName } from "../../core/media-ending.ts";
import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import type { Destination } from "../../core/destination.ts";
import type { Post } from "../../core/post.ts";
import { guardCell } from "../../edge/table.ts";
import type { TableRow } from "../../edge/table.ts";
import { draftMediaName } from "../../library/draft-files.ts";
import { genericRow } from "../../queue/generic-table.ts";
import { metricoolMedia, metricoolRow } from "../../queue/metricool.ts";
import type { MetricoolNetwork } from "../../queue/metricool.ts";
import type { StoredDraft } from "../../store/drafts.ts";
import type { StoredFile } from "../../store/posts.ts";
import type { StoredPublication } from "../../store/publications.ts";
import { helloKey } from "../announce.ts";

/** One publication with what a scheduler's table tells of it. */
export interface ScheduledPost {
  publication: StoredPublication;
  destination: Destination;
  draft: StoredDraft;
  /** Null for an introduction. */
  post: Post | null;
  files: readonly StoredFile[];
}

/** How such a table is wished. */
export interface SchedulerWish {
  /** IANA zone of the dates. */
  zone: string;
  /** Public address under which the library's files lie, with a slash at its end; null: there is none. */
  mediaBase: string | null;
  /** Networks of Metricool; empty: chosen there. */
  networks: readonly MetricoolNetwork[];
  /** False: Metricool posts by itself. */
  drafts: boolean;
}

/** Every field of every publication. */
export function genericRows(posts: readonly ScheduledPost[], wish: SchedulerWish): TableRow[] {
  return posts.map(({ publication, draft, post, files }) => {
    const { media, cover } = filesOfDraft(draft, files);
    const first = media[0] ?? "";
    return genericRow(
      {
        ...{ publication, account: publication.account, media, cover },
        ...{ title: draft.title, body: draft.body, topics: draft.topics },
        kind: post?.kind ?? (first === "" ? null : isVideoName(first) ? "video" : "photos"),
        mediaAddresses: addresses(media, wish.mediaBase),
        coverAddress: addresses(cover === "" ? [] : [cover], wish.mediaBase)[0] ?? "",
        caption: post?.caption ?? null,
        originalUrl: post?.url ?? null,
        date: post?.date ?? null,
      },
      wish.zone,
    );
  });
}

/**
 * Rows for Metricool: one post, one row for each network, whatever the number of destinations here; the words are
 * those for readers of English. An introduction is left out: it greets the readers of one place.
 */
export function metricoolRows(
  posts: readonly ScheduledPost[],
  wish: SchedulerWish,
): { rows: TableRow[]; problems: Problem[] } {
  const rows: TableRow[] = [];
  const problems: Problem[] = [];
  for (const each of onePerPost(posts)) {
    const { publication, draft, post, files } = each;
    const { media, cover } = filesOfDraft(draft, files);
    const kind = post?.kind ?? "photos";
    const about = { post: publication.post };
    if (media.length > metricoolMedia) {
      problems.push(
        problem(
          "scheduler-limit",
          `It has ${media.length} photos, and a row of Metricool has room for ${metricoolMedia}.`,
          "The first ones are in the table.",
          about,
        ),
      );
    }
    const noPhotos = kind === "photos" && wish.networks.includes("youtube");
    if (noPhotos) {
      problems.push(
        problem("scheduler-limit", "YouTube takes no photos, so it has no row there.", "", about),
      );
    }
    const fitting = wish.networks.filter((network) => !(noPhotos && network === "youtube"));
    const networks = wish.networks.length === 0 ? [null] : fitting;
    const made = networks.map((network) =>
      metricoolRow(
        {
          ...{ title: draft.title, body: draft.body, due: publication.due ?? "", kind },
          media: addresses(media, wish.mediaBase),
          cover: addresses(cover === "" ? [] : [cover], wish.mediaBase)[0] ?? "",
          aiGenerated: post?.aiGenerated === true,
          paidPartnership: post?.paidPartnership === true,
        },
        network,
        { zone: wish.zone, draft: wish.drafts },
      ),
    );
    const text = made[0]?.["Text"] ?? "";
    if (guardCell(text) !== text) {
      problems.push(
        problem(
          "scheduler-limit",
          "Its text begins with a sign that a spreadsheet takes for a formula.",
          "Give the table to Metricool as it is; do not open and save it in a spreadsheet.",
          about,
        ),
      );
    }
    rows.push(...made);
  }
  return { rows, problems: [...general(rows, wish), ...problems] };
}

function general(rows: readonly TableRow[], wish: SchedulerWish): Problem[] {
  if (rows.length === 0) return [];
  const found: Problem[] = [];
  if (wish.mediaBase === null) {
    found.push(
      problem(
        "media-address-needed",
        "Metricool fetches videos and photos from public addresses, and yours lie on this computer. The table has none.",
        "Add them in Metricool by hand. Or put the media where everybody can fetch it, with the paths that `findmehere queue export all.csv --format generic` lists, and add `--media-base-url https://…`.",
      ),
    );
  }
  if (wish.networks.length === 0) {
    found.push(
      problem(
        "scheduler-limit",
        "No network is chosen in the table.",
        "Choose one in Metricool for each post, or add `--networks instagram,youtube`.",
      ),
    );
  }
  return found;
}

function onePerPost(posts: readonly ScheduledPost[]): ScheduledPost[] {
  const others = posts.filter(
    ({ publication: { post, due } }) => post !== helloKey && due !== null,
  );
  const grouped = [...Map.groupBy(others, ({ publication }) => publication.post).values()];
  return grouped.flatMap(
    (same) => same.find(({ destination }) => destination.readers === "en") ?? same[0] ?? [],
  );
}

function filesOfDraft(
  draft: StoredDraft,
  files: readonly StoredFile[],
): { media: string[]; cover: string } {
  const cover = files.find(({ role }) => role === "cover");
  const name = cover && draftMediaName(cover.path, cover.role, cover.position);
  return {
    media: draft.media.map((file) => `${draft.folder}/${file}`),
    cover: name === undefined ? "" : `${draft.folder}/${name}`,
  };
}

function addresses(paths: readonly string[], base: string | null): string[] {
  if (base === null) return [];
  return paths.map((path) => `${base}${path.split("/").map(encodeURIComponent).join("/")}`);
}
