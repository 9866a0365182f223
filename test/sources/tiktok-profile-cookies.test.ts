import { describe, expect, it } from "vitest";
import { cookieJar, cookiesFor } from "../../src/sources/tiktok-profile/cookies.ts";
import type { Cookie } from "../../src/sources/tiktok-profile/cookies.ts";

const origin = "https://www.tiktok.com";
const now = Date.UTC(2026, 10, 21);

function cookie(other: Partial<Cookie>): Cookie {
  return {
    ...{ name: "tt_chain_token", value: "made-up", domain: ".tiktok.com", path: "/" },
    ...{ expires: -1, secure: true, sameSite: "Lax" as const },
    ...other,
  };
}

function sent(other: Partial<Cookie>, address: string, from = origin): boolean {
  return cookiesFor([cookie(other)], address, from, now) !== "";
}

describe("a request carries the cookies that the page's own would", () => {
  const media = "https://v16-webapp-prime.tiktok.com/video/tos/a/b/?tk=tt_chain_token";

  it.each<[string, Partial<Cookie>, string, boolean]>([
    ["of a domain, below it", {}, media, true],
    ["of a domain, itself", {}, "https://tiktok.com/a", true],
    ["of one host, there", { domain: "www.tiktok.com" }, `${origin}/a`, true],
    ["of one host, not beside it", { domain: "www.tiktok.com" }, media, false],
    ["not to a name that only ends the same", {}, "https://nottiktok.com/a", false],
    ["not to another domain", {}, "https://v16.tiktokcdn.com/a", false],
    ["of a path, below it", { path: "/video" }, media, true],
    ["of a path, not beside it", { path: "/vid" }, media, false],
    ["of a path with a slash", { path: "/video/" }, media, true],
    ["not in plain text when it is secure", {}, "http://www.tiktok.com/a", false],
    ["not when it has died", { expires: now / 1000 - 1 }, media, false],
    ["while it lives", { expires: now / 1000 + 1 }, media, true],
    [
      "to another site only where it was made for that",
      { domain: ".tiktokcdn.com", sameSite: "None" },
      "https://v16.tiktokcdn.com/a",
      true,
    ],
    [
      "to another site not when it is lax",
      { domain: ".tiktokcdn.com" },
      "https://v16.tiktokcdn.com/a",
      false,
    ],
    ["not to something that is no address", {}, "tiktok.com", false],
  ])("%s", (_name, parts, address, expected) => {
    expect(sent(parts, address)).toBe(expected);
  });

  it("on this machine whatever the port, and never from one name to the other", () => {
    const own = { domain: "127.0.0.1", secure: true };
    expect(sent(own, "http://127.0.0.1:9000/a", "http://127.0.0.1:8000")).toBe(true);
    expect(sent(own, "http://localhost:9000/a", "http://127.0.0.1:8000")).toBe(false);
    expect(sent({ domain: ".0.0.1" }, "http://127.0.0.1/a", "http://127.0.0.1")).toBe(false);
  });

  it("the longest path first", () => {
    const two = [cookie({ name: "a" }), cookie({ name: "b", path: "/video" })];
    expect(cookiesFor(two, media, origin, now)).toBe("b=made-up; a=made-up");
  });
});

it("a jar shows its cookies to nobody who prints or stores what it gave", () => {
  const jar = cookieJar(origin, () => now);
  const media = { at: "web", address: "https://v16.tiktok.com/a", headers: jar.headers };
  expect(media.headers(media.address)).toEqual({ Referer: `${origin}/` });
  jar.keep([cookie({ value: "a-secret" })]);
  expect(media.headers(media.address)).toEqual({
    Referer: `${origin}/`,
    Cookie: "tt_chain_token=a-secret",
  });
  expect(JSON.stringify([jar, media])).not.toContain("a-secret");
});
