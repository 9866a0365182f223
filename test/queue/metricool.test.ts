import { expect, test } from "vitest";

import { metricoolColumns, metricoolRow } from "../../src/queue/metricool.ts";
import type { MetricoolPost } from "../../src/queue/metricool.ts";

const post: MetricoolPost = {
  title: "Eleven mornings",
  body: "From one window\n\n#painting",
  due: "2026-10-25T00:30:00Z",
  kind: "video",
  media: ["https://media.example.org/drafts/lemon8/a/video.mp4"],
  cover: "https://media.example.org/drafts/lemon8/a/cover.jpg",
  aiGenerated: true,
  paidPartnership: false,
};
const wish = { zone: "Europe/Madrid", draft: true };

/** Whole and literal, as the exporters write it: a column that moved would put texts into the wrong field. */
const published =
  "Text,Date,Time,Draft,Facebook,Twitter/X,LinkedIn,GBP,Instagram,Pinterest,TikTok,Youtube,Threads,Bluesky," +
  "Picture Url 1,Picture Url 2,Picture Url 3,Picture Url 4,Picture Url 5,Picture Url 6,Picture Url 7,Picture Url 8,Picture Url 9,Picture Url 10," +
  "Alt text picture 1,Alt text picture 2,Alt text picture 3,Alt text picture 4,Alt text picture 5,Alt text picture 6,Alt text picture 7,Alt text picture 8,Alt text picture 9,Alt text picture 10," +
  "Document title,Shortener,Video Thumbnail Url,Video Cover Frame,Twitter/X Can reply,Twitter/X Type,Twitter/X Poll Duration minutes,Twitter/X Poll Option 1,Twitter/X Poll Option 2,Twitter/X Poll Option 3,Twitter/X Poll Option 4," +
  "Pinterest Board,Pinterest Pin Title,Pinterest Pin Link,Pinterest Pin New Format,Instagram Post Type,Instagram Show Reel On Feed,Youtube Video Title,Youtube Video Type,Youtube Video Privacy,Youtube video for kids,Youtube Video Category,Youtube Video Tags,Youtube playlist," +
  "GBP Post Type,Facebook Post Type,Facebook Title,First Comment Text,TikTok Title,TikTok disable comments,TikTok disable duet,TikTok disable stitch,TikTok Post Privacy,TikTok Branded Content,TikTok Your Brand,TikTok Auto Add Music,TikTok Photo Cover Index," +
  "TikTok musicId,TikTok music title,TikTok music author,TikTok music previewUrl,TikTok music thumbnailUrl,TikTok music soundVolume,TikTok music originalVolume,TikTok music startMillis,TikTok music endMillis,TikTok is AI generated content," +
  "LinkedIn Type,LinkedIn Poll Question,LinkedIn Poll Option 1,LinkedIn Poll Option 2,LinkedIn Poll Option 3,LinkedIn Poll Option 4,LinkedIn Poll Duration,LinkedIn Show link preview,LinkedIn Images as Carousel,Threads Reply Control,Threads Is Spoiler,Threads Post Type";

test("the columns are the published ones, in their order", () => {
  expect(metricoolColumns.join(",")).toBe(published);
  expect(metricoolColumns).toHaveLength(93);
});

test("a row fills only columns that there are, for every network", () => {
  for (const network of [
    ...(["facebook", "x", "linkedin", "gbp", "instagram", "pinterest"] as const),
    ...(["tiktok", "youtube", "threads", "bluesky"] as const),
    null,
  ]) {
    for (const kind of ["video", "photos"] as const) {
      const row = metricoolRow({ ...post, kind }, network, wish);
      expect(Object.keys(row).filter((column) => !metricoolColumns.includes(column))).toEqual([]);
      const chosen = metricoolColumns.slice(4, 14).filter((column) => row[column] === "TRUE");
      expect(chosen).toHaveLength(network === null ? 0 : 1);
    }
  }
});

test("its time is that of the zone, on the day on which the clock changes too", () => {
  expect(metricoolRow(post, null, wish)).toMatchObject({ Date: "2026-10-25", Time: "02:30:00" });
  const later = metricoolRow({ ...post, due: "2026-10-25T01:30:00Z" }, null, wish);
  expect(later).toMatchObject({ Date: "2026-10-25", Time: "02:30:00" });
  const before = metricoolRow(post, null, { ...wish, zone: "America/Los_Angeles" });
  expect(before).toMatchObject({ Date: "2026-10-24", Time: "17:30:00" });
});

test("a draft unless it is wished otherwise, with what each network wants besides", () => {
  expect(metricoolRow(post, "instagram", wish)).toMatchObject({
    Draft: "TRUE",
    Text: "Eleven mornings\n\nFrom one window\n\n#painting",
    "Instagram Post Type": "REEL",
    "Picture Url 1": post.media[0],
    "Video Thumbnail Url": post.cover,
  });
  expect(metricoolRow(post, "youtube", { ...wish, draft: false })).toMatchObject({
    Draft: "FALSE",
    Text: post.body,
    "Youtube Video Title": post.title,
    "Youtube Video Type": "SHORT",
  });
  expect(metricoolRow(post, "tiktok", wish)).toMatchObject({
    "TikTok Post Privacy": "PUBLIC_TO_EVERYONE",
    "TikTok is AI generated content": "TRUE",
  });
  const photos = Array.from({ length: 12 }, (_, index) => `https://media.example.org/${index}.jpg`);
  const row = metricoolRow({ ...post, kind: "photos", media: photos }, "instagram", wish);
  expect(row).toMatchObject({ "Picture Url 10": photos[9], "Video Thumbnail Url": "" });
  expect(Object.values(row)).not.toContain(photos[10]);
});
