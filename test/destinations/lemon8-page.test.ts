import { describe, expect, test } from "vitest";
import { readProfile } from "../../src/destinations/lemon8/profile.ts";
import { profilePage } from "../look-alike/lemon8/pages.ts";
import { idAt } from "../look-alike/lemon8/index.ts";
import type { Lemon8Creator } from "../look-alike/lemon8/index.ts";

const counts = { followerCount: 1042, followingCount: "17", postCount: 0, dugCount: "1.2K" };
const post = { id: idAt("2026-10-05T18:20:00Z"), title: "A fox", text: "100% fox <3" };
const creator: Lemon8Creator = { handle: "mira.paints", posts: [post], counts };

describe("the account's page", () => {
  test("tells posts and numbers; a number that it does not tell is null, not 0", () => {
    expect(readProfile(profilePage(creator, null))).toEqual({
      is: "open",
      handle: "mira.paints",
      counts: { followers: 1042, following: 17, posts: 0, likes: null, saves: null },
      posts: [post],
      hasMore: false,
    });
  });

  test("is understood under names of another version", () => {
    expect(readProfile(profilePage(creator, "renamed"))).toMatchObject({ is: "open" });
  });

  test("a post without an id that can be read is left out; when none can be read, the page has changed", () => {
    const odd = { ...post, id: "latest" };
    const mixed = readProfile(profilePage({ ...creator, posts: [odd, post] }, null));
    expect(mixed).toMatchObject({ is: "open", posts: [post] });
    const none = readProfile(profilePage({ ...creator, posts: [odd] }, null));
    expect(none).toEqual({ is: "changed", lacks: "posts" });
  });

  test.each([
    ["private", { is: "private" }],
    ["banned", { is: "banned" }],
    ["no-account", { is: "no-account" }],
    ["closed-region", { is: "closed-region" }],
    ["no-data", { is: "changed", lacks: "data" }],
    ["renamed-beyond", { is: "changed", lacks: "account" }],
    ["no-list", { is: "changed", lacks: "posts" }],
  ] as const)("%s", (fault, expected) => {
    expect(readProfile(profilePage(creator, fault))).toEqual(expected);
  });

  test("nonsense is a changed page, whatever it is", () => {
    const script = (text: string) => `<script type="application/json">${text}</script>`;
    for (const text of ["", "%", "%7B", "{", "null", "[]", "%7B%22state%22%3A1%7D", '{"state":{}}'])
      expect(readProfile(script(text))).toMatchObject({ is: "changed", lacks: "data" });
    expect(readProfile(script('{"state":{"loaderData":{"a":null,"b":3}}}'))).toMatchObject({
      lacks: "account",
    });
  });
});
