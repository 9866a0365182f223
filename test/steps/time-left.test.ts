import { expect, test } from "vitest";
import type { MediaOrigin, SourceMedia } from "../../src/core/post.ts";
import type { MediaJob } from "../../src/steps/export/media-plan.ts";
import { fetchSentence, timeLeft } from "../../src/steps/export/time-left.ts";

const hour = 3_600_000;
const now = Date.parse("2026-11-20T12:00:00Z");

function job(role: SourceMedia["role"], hours: number | null): MediaJob {
  const expires = hours === null ? null : new Date(now + hours * hour).toISOString();
  return jobOf(role, { at: "web", address: "https://x.tiktokv.us/1", expires });
}

function jobOf(role: SourceMedia["role"], origin: MediaOrigin): MediaJob {
  return {
    post: "1",
    expired: false,
    media: { role, position: 1, objectId: null, origins: [origin] },
    request: { origins: [origin], folder: "/library", name: "video", expect: "video" },
  };
}

test.each([
  [30_000, "1 minute"],
  [119 * 60_000, "119 minutes"],
  [2 * hour, "2 hours"],
  [47.9 * hour, "47 hours"],
  [48 * hour, "2 days"],
  [100 * hour, "4 days"],
])("%d ms are %s", (milliseconds, words) => {
  expect(timeLeft(milliseconds)).toBe(words);
});

test("each kind has its count and the time until its first link dies", () => {
  const jobs = [job("video", 200), job("photo", 80), job("photo", 70), job("video", null)];
  expect(fetchSentence(jobs, now)).toBe(
    "Fetching 2 photos (the first link dies in 2 days), 2 videos (the first link dies in 8 days).",
  );
  expect(fetchSentence([job("cover", 5)], now)).toBe(
    "Fetching 1 cover (its link dies in 5 hours).",
  );
});

test("links that say nothing, or live for years, are only counted", () => {
  expect(fetchSentence([job("video", null), job("photo", 24 * 4000)], now)).toBe(
    "Fetching 1 photo, 1 video.",
  );
});

test("what lies on this machine is taken over and dies never", () => {
  const here = jobOf("video", { at: "disk", path: "/home/mira/day 1.mp4" });
  expect(fetchSentence([here, job("subtitle.eng-US", 30), job("photo", null)], now)).toBe(
    "Fetching 1 photo, 1 subtitle (its link dies in 30 hours). Taking over 1 video from what you gave.",
  );
  expect(fetchSentence([here], now)).toBe("Taking over 1 video from what you gave.");
});
