import { describe, expect, it } from "vitest";
import { ExpectedError } from "../../src/core/error.ts";
import type { ExpectedErrorDetails } from "../../src/core/error.ts";
import { assertOwn, profileHandle } from "../../src/sources/tiktok-profile/input.ts";

const origin = "https://www.tiktok.com";

function refusalOf(run: () => unknown): ExpectedErrorDetails {
  try {
    run();
  } catch (error) {
    if (error instanceof ExpectedError) return error.details;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("whose page is meant", () => {
  it.each([
    "@mira.paints",
    "https://www.tiktok.com/@mira.paints",
    "https://www.tiktok.com/@mira.paints/",
    "https://www.tiktok.com/@mira.paints?lang=en&_t=abc#x",
    "https://m.tiktok.com/@mira.paints",
    "http://tiktok.com/@mira.paints",
    "https://www.tiktok.com/%40mira.paints",
    "www.tiktok.com/@mira.paints",
    "tiktok.com/@mira.paints?x",
    " @mira.paints ",
  ])("%s", (input) => {
    expect(profileHandle(input, origin)).toBe("mira.paints");
  });

  it("knows the configured origin, and no other port of that host", () => {
    const own = "http://127.0.0.1:8080";
    expect(profileHandle(`${own}/@mira.paints`, own)).toBe("mira.paints");
    expect(refusalOf(() => profileHandle("http://127.0.0.1:9/@mira.paints", own)).exit).toBe(
      "input",
    );
  });

  it.each([
    ["https://www.tiktok.com/@mira.paints/video/7415551234567890123", "one post"],
    ["https://www.tiktok.com/@mira.paints/photo/7415551234567890123?a=secret", "one post"],
    ["https://vm.tiktok.com/ZMabcdef/", "does not say whose page"],
    ["https://www.tiktok.com/t/ZMabcdef/", "does not say whose page"],
    ["https://www.tiktok.com/foryou", "not the address of a TikTok profile"],
    ["https://www.tiktok.com/tag/@mira.paints", "not the address of a TikTok profile"],
    ["https://www.tiktok.com/@mira.paints/live", "not the address of a TikTok profile"],
    ["https://www.tiktok.com:8443/@mira.paints", "whose page"],
    ["https://www.tiktok.com.example.org/@mira.paints", "not an address of TikTok's"],
    ["https://www.instagram.com/@mira.paints", "not an address of TikTok's"],
    ["https://", "not an address of TikTok's"],
    ["@mira paints", "not a TikTok handle"],
    ["@../etc", "not a TikTok handle"],
    ["@", "not a TikTok handle"],
  ])("says what %s is instead", (input, words) => {
    const refusal = refusalOf(() => profileHandle(input, origin));
    expect(refusal).toMatchObject({ exit: "input", code: "not-a-profile" });
    expect(refusal.what).toContain(words);
    expect(JSON.stringify(refusal)).not.toContain("secret");
    expect(refusal.fix).toContain("@YOUR-HANDLE");
  });

  it("is only the creator's own, however it is written", () => {
    assertOwn("mira.paints", "");
    assertOwn("Mira.Paints", "mira.paints");
    assertOwn("mira.paints", "@mira.paints");
    const refusal = refusalOf(() => assertOwn("maya.films", "mira.paints"));
    expect(refusal).toMatchObject({ exit: "usage", code: "not-your-page" });
    expect(refusal.what).toContain("creator.handles.tiktok");
  });
});
