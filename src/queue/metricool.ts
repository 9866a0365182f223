import { localMoment } from "./local.ts";

/**
 * Columns of Metricool's table for its calendar, 93 of them, as exporters of three public repositories write them.
 * Gathered 2026-11-20; newer templates have some more, and none was tried against the live site.
 */
export const metricoolColumns: readonly string[] = [
  ...["Text", "Date", "Time", "Draft", "Facebook", "Twitter/X", "LinkedIn", "GBP", "Instagram"],
  ...["Pinterest", "TikTok", "Youtube", "Threads", "Bluesky"],
  ...numbered("Picture Url", 10),
  ...numbered("Alt text picture", 10),
  ...["Document title", "Shortener", "Video Thumbnail Url", "Video Cover Frame"],
  ...["Twitter/X Can reply", "Twitter/X Type", "Twitter/X Poll Duration minutes"],
  ...numbered("Twitter/X Poll Option", 4),
  ...["Pinterest Board", "Pinterest Pin Title", "Pinterest Pin Link", "Pinterest Pin New Format"],
  ...["Instagram Post Type", "Instagram Show Reel On Feed", "Youtube Video Title"],
  ...["Youtube Video Type", "Youtube Video Privacy", "Youtube video for kids"],
  ...["Youtube Video Category", "Youtube Video Tags", "Youtube playlist", "GBP Post Type"],
  ...["Facebook Post Type", "Facebook Title", "First Comment Text", "TikTok Title"],
  ...["TikTok disable comments", "TikTok disable duet", "TikTok disable stitch"],
  ...["TikTok Post Privacy", "TikTok Branded Content", "TikTok Your Brand"],
  ...["TikTok Auto Add Music", "TikTok Photo Cover Index", "TikTok musicId"],
  ...["TikTok music title", "TikTok music author", "TikTok music previewUrl"],
  ...["TikTok music thumbnailUrl", "TikTok music soundVolume", "TikTok music originalVolume"],
  ...["TikTok music startMillis", "TikTok music endMillis", "TikTok is AI generated content"],
  ...["LinkedIn Type", "LinkedIn Poll Question"],
  ...numbered("LinkedIn Poll Option", 4),
  ...["LinkedIn Poll Duration", "LinkedIn Show link preview", "LinkedIn Images as Carousel"],
  ...["Threads Reply Control", "Threads Is Spoiler", "Threads Post Type"],
];

/** The networks that a row can go to, by the word of `--networks`, with their column. */
export const metricoolNetworks = {
  facebook: "Facebook",
  x: "Twitter/X",
  linkedin: "LinkedIn",
  gbp: "GBP",
  instagram: "Instagram",
  pinterest: "Pinterest",
  tiktok: "TikTok",
  youtube: "Youtube",
  threads: "Threads",
  bluesky: "Bluesky",
} as const;

/** One of those words. */
export type MetricoolNetwork = keyof typeof metricoolNetworks;

/** How many media a row has room for. */
export const metricoolMedia = 10;

/** What a row is made of. */
export interface MetricoolPost {
  title: string;
  body: string;
  /** ISO 8601 UTC. */
  due: string;
  kind: "video" | "photos";
  /** Public addresses, in order. */
  media: readonly string[];
  /** Public address of the cover of a video; empty when there is none. */
  cover: string;
  aiGenerated: boolean;
  paidPartnership: boolean;
}

/** One row for one network, or for none yet; its time is that of the zone, which is to be the brand's in Metricool. */
export function metricoolRow(
  post: MetricoolPost,
  network: MetricoolNetwork | null,
  { zone, draft }: { zone: string; draft: boolean },
): Record<string, string> {
  const at = Date.parse(post.due);
  const { day, minute } = localMoment(at, zone);
  const two = (value: number): string => String(value).padStart(2, "0");
  const row: Record<string, string> = {
    Text: textFor(post, network),
    Date: new Date(day * 86_400_000).toISOString().slice(0, 10),
    Time: `${two(Math.floor(minute / 60))}:${two(minute % 60)}:00`,
    Draft: draft ? "TRUE" : "FALSE",
    ...Object.fromEntries(
      Object.entries(metricoolNetworks).map(([id, column]) => [
        column,
        id === network ? "TRUE" : "FALSE",
      ]),
    ),
    "Video Thumbnail Url": post.kind === "video" ? post.cover : "",
  };
  for (const [index, address] of post.media.slice(0, metricoolMedia).entries()) {
    row[`Picture Url ${index + 1}`] = address;
  }
  return { ...row, ...(network === null ? {} : ownColumns(post, network)) };
}

/** What a network wants besides; values as those exporters write them. */
function ownColumns(post: MetricoolPost, network: MetricoolNetwork): Record<string, string> {
  const isVideo = post.kind === "video";
  switch (network) {
    case "instagram":
      return isVideo
        ? { "Instagram Post Type": "REEL", "Instagram Show Reel On Feed": "TRUE" }
        : { "Instagram Post Type": "POST" };
    case "youtube":
      return {
        "Youtube Video Title": post.title,
        "Youtube Video Type": "SHORT",
        "Youtube Video Privacy": "PUBLIC",
      };
    case "tiktok":
      return {
        "TikTok Title": isVideo ? "" : post.title,
        // Without it nothing is posted by itself.
        "TikTok Post Privacy": "PUBLIC_TO_EVERYONE",
        "TikTok Branded Content": post.paidPartnership ? "TRUE" : "FALSE",
        "TikTok is AI generated content": post.aiGenerated ? "TRUE" : "FALSE",
      };
    case "facebook":
      return isVideo
        ? { "Facebook Post Type": "REEL", "Facebook Title": post.title }
        : { "Facebook Post Type": "POST" };
    case "pinterest":
      return { "Pinterest Pin Title": post.title };
    default:
      return {};
  }
}

/** Where a network has a field for the title it stands there, else it goes before the text. */
function textFor({ title, body }: MetricoolPost, network: MetricoolNetwork | null): string {
  const apart = network === "youtube" || network === "pinterest";
  if (apart || title === "" || body.startsWith(title)) return body;
  return `${title}\n\n${body}`;
}

function numbered(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${name} ${index + 1}`);
}
