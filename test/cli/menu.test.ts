import { describe, expect, it } from "vitest";
import { menuChoices, menuHeading, plainPath } from "../../src/cli/menu.ts";
import { commands } from "../../src/cli/commands.ts";
import type { SummaryEvent } from "../../src/core/event.ts";

const base: SummaryEvent = {
  type: "summary",
  command: "status",
  schemaVersion: 1,
  posts: 3,
  postsIncomplete: 0,
  dueNow: 0,
  publications: {},
  needs: [],
  first: [],
};

function offered(status: SummaryEvent | null): string[] {
  return menuChoices(status).map((choice) => choice.command?.join(" ") ?? "leave");
}

describe("menuChoices", () => {
  it("starts a newcomer with the main job", () => {
    expect(offered(null)).toEqual(["migrate", "export", "init", "doctor", "--help", "leave"]);
  });

  it("offers only commands that exist", () => {
    const names = commands.map(({ name }) => name);
    const full: SummaryEvent = {
      ...base,
      posts: 0,
      dueNow: 2,
      publications: { one: { held: 1, draft: 2, "handed-off": 1 } },
      needs: [{ what: "", command: "", ready: { post: "hello", to: "one" } }],
      first: [{ done: false, what: "Captions: 2 public posts have none", command: "" }],
    };
    for (const command of [...offered(full), ...offered(base), ...offered(null)]) {
      if (command === "leave" || command === "--help") continue;
      const found = names.find((name) => command === name || command.startsWith(`${name} `));
      expect(found, command).toBeDefined();
    }
  });

  it("puts what is due and what was posted first", () => {
    const status: SummaryEvent = {
      ...base,
      dueNow: 1,
      publications: { one: { "handed-off": 1 } },
      needs: [{ what: "", command: "", ready: { post: "hello", to: "one" } }],
    };
    const first = ["publish --due", "handoff", "confirm --post hello --to one"];
    expect(offered(status).slice(0, 3)).toEqual(first);
  });

  it("offers nothing about held posts, due posts or plans where there are none", () => {
    expect(offered(base)).toEqual([
      "prepare",
      "announce",
      "queue list",
      "status",
      "verify",
      "leave",
    ]);
  });

  it("offers what each need asks for: a look, a sitting, a schedule", () => {
    const status: SummaryEvent = {
      ...base,
      dueNow: 2,
      dueSitting: 2,
      publications: { one: { queued: 2, unconfirmed: 1 } },
      needs: [
        { kind: "account-stopped", count: 1, what: "", command: "", to: "one" },
        { kind: "press-died", count: 1, what: "", command: "", post: "a", to: "one" },
        { kind: "unconfirmed", count: 1, what: "", command: "", post: "b", to: "one" },
        { kind: "unconfirmed", count: 7, what: "and 7 more", command: "" },
        { kind: "schedule", count: 0, what: "", command: "" },
      ],
    };
    expect(offered(status)).toEqual([
      "queue release --account one",
      "publish --due",
      "publish --sit",
      "confirm --post b --to one",
      "confirm --post b --to one --not-there",
      "prepare",
      "schedule install",
      "announce",
      "queue list",
      "status",
      "verify",
      "leave",
    ]);
    const broken = { ...base, needs: [{ kind: "schedule", count: 1, what: "", command: "" }] };
    expect(offered(broken)).toContain("schedule show");
    expect(offered(broken)).not.toContain("schedule install");
  });

  it("asks for a newer zip where files are missing", () => {
    expect(offered({ ...base, postsIncomplete: 2 })[0]).toBe("export");
    expect(offered({ ...base, posts: 0 })[0]).toBe("migrate");
  });
});

describe("menuHeading", () => {
  it("tells a newcomer what to do first", () => {
    expect(menuHeading(null).join("\n")).toContain("Download your data");
  });

  it("lists what is open, with the deadline where there is one", () => {
    const first = [
      { done: true, what: "3 of 3 posts are whole", command: "" },
      { done: null, what: "Post the announcement", command: "" },
    ];
    expect(menuHeading({ ...base, first, deadline: "2026-12-24" })).toEqual([
      "Before 2026-12-24:",
      "  1. Post the announcement",
    ]);
    expect(menuHeading({ ...base, first, deadline: null })[0]).toBe("While TikTok is there:");
  });
});

describe("plainPath", () => {
  it.each([
    ["'/home/mia/my archive.zip'", "/home/mia/my archive.zip"],
    ['"/home/mia/my archive.zip"', "/home/mia/my archive.zip"],
    [String.raw`/home/mia/my\ archive.zip `, "/home/mia/my archive.zip"],
    ["/home/mia/archive.zip", "/home/mia/archive.zip"],
  ])("takes %s as a terminal gives it", (given, path) => {
    expect(plainPath(given)).toBe(path);
  });
});
