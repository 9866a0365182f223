import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { ExpectedError } from "../../src/core/error.ts";
import { archivePost, buildArchive } from "../support/archive.ts";
import { type OddEntry, patchZip, writeOddZip } from "../support/archive-hostile.ts";
import { readInput, refusalOf, temporaryFolder } from "./read.ts";

const json = JSON.stringify(
  buildArchive({ posts: [archivePost({ date: "2024-09-17 14:07:21" })] }),
);
const name = "user_data_tiktok.json";

async function oddZip(...entries: OddEntry[]): Promise<string> {
  const path = join(await temporaryFolder(), "archive.zip");
  await writeOddZip(path, entries);
  return path;
}

async function jsonFile(content: string | Buffer): Promise<string> {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, content);
  return path;
}

describe("zips of an unusual but honest make", () => {
  const makes: [string, OddEntry[]][] = [
    ["with the fields of large archives", [{ name, content: json, zip64: true }]],
    ["with sizes behind the data", [{ name, content: json, streamed: true }]],
    ["not packed", [{ name, content: json, stored: true }]],
    ["with both", [{ name, content: json, streamed: true, zip64: true }]],
    [
      "with one name twice",
      [
        { name, content: json },
        { name, content: json },
      ],
    ],
    [
      "with a zip inside",
      [
        { name: "more.zip", content: "PK" },
        { name, content: json },
      ],
    ],
  ];

  it.each(makes)("are read: %s", async (_, entries) => {
    expect((await readInput(await oddZip(...entries))).posts).toHaveLength(1);
  });
});

describe("zips that lead outside or deceive", () => {
  it.each([
    ["../evil.json", "xx/evil.json"],
    ["a/../../evil.txt", "a/xx/xx/evil.txt"],
    ["/etc/passwd", "xetc/passwd"],
    ["C:/evil.json", "Cx/evil.json"],
    ["..\\evil.json", "xx/evil.json"],
  ])("are refused by the name %s, and nothing is written", async (evil, harmless) => {
    const path = await oddZip({ name: harmless, content: "{}" }, { name, content: json });
    const bytes = await readFile(path, "latin1");
    await writeFile(path, bytes.replaceAll(harmless, evil), "latin1");
    const refusal = await refusalOf(path);
    expect(refusal).toMatchObject({ exit: "input", code: "broken-zip" });
    expect(refusal.why).toContain("outside of the zip");
    expect(refusal.why).toContain("evil" === evil ? evil : evil.replaceAll("\\", "/"));
    expect(await readdir(dirname(path))).toEqual(["archive.zip"]);
  });

  it("are refused for a link, also when it has our name", async () => {
    const link = { name, content: "/etc/passwd", mode: 0o120777 };
    const refusal = await refusalOf(await oddZip(link));
    expect(refusal).toMatchObject({ exit: "input", code: "broken-zip" });
    expect(refusal.why).toContain(`link to another file, ${name}`);
  });

  it("do not steer the terminal by a name", async () => {
    const path = await oddZip({ name: "\u001b[2Jx/user_data.json", content: "{" });
    const refusal = await refusalOf(path);
    expect(refusal.what).toContain("?[2Jx/user_data.json");
    expect(refusal.what).not.toContain("\u001b");
  });

  it("are refused for tens of thousands of files", async () => {
    const many = Array.from({ length: 20_002 }, (_, index) => ({
      name: `${index}.txt`,
      content: "",
      stored: true,
    }));
    const path = await oddZip(...many);
    expect((await refusalOf(path)).why).toContain("more than 20000 files");
  });

  it("are refused with a password", async () => {
    const path = await oddZip({ name, content: json });
    await patchZip(path, "central", "flags", (flags) => flags | 1);
    const refusal = await refusalOf(path);
    expect(refusal).toMatchObject({ exit: "input", code: "broken-zip" });
    expect(refusal.why).toBe(`The file ${name} inside it is locked with a password.`);
  });

  const lies: [
    string,
    Parameters<typeof patchZip>[1],
    Parameters<typeof patchZip>[2],
    (n: number) => number,
  ][] = [
    ["a size too small", "central", "size", (size) => size - 10],
    ["a size too large", "central", "size", (size) => size + 10],
    ["a packed size too small", "central", "packed", (size) => size - 10],
    ["a packed size beyond the file", "central", "packed", (size) => size + 100_000],
    ["a wrong checksum", "central", "crc", (sum) => sum ^ 1],
    ["a method nobody knows", "central", "method", () => 99],
    ["a size of eight gigabytes", "central", "size", () => 0xfffffff0],
  ];

  it.each(lies)("are refused for %s, naming the file", async (_, kind, field, change) => {
    const path = await oddZip({ name, content: json });
    await patchZip(path, kind, field, change);
    const refusal = await refusalOf(path);
    expect(refusal).toMatchObject({ exit: "input", code: "broken-zip" });
    expect(refusal.why).toContain(name);
  });

  it("are refused when a text file would unpack to far too much", async () => {
    const content = Buffer.alloc(70 * 1024 * 1024, 0x20);
    const refusal = await refusalOf(await oddZip({ name: "TikTok/Post/Post.txt", content }));
    expect(refusal.why).toContain("Post.txt inside it would unpack to far more");
  });
});

describe("zips that are damaged", () => {
  it("are refused wherever they are cut", async () => {
    const path = await oddZip({ name: "a.txt", content: "x" }, { name, content: json });
    const whole = await readFile(path);
    for (let part = 0; part < whole.length; part += 7) {
      await writeFile(path, whole.subarray(0, part));
      expect(await refusalOf(path)).toMatchObject({ exit: "input", code: "broken-zip" });
    }
  });

  it("never give half of the posts when a byte of the data is wrong", async () => {
    const path = await oddZip({ name, content: json });
    const whole = await readFile(path);
    const start = 30 + name.length;
    for (let at = start; at < whole.length - 150; at += 11) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 0x10;
      await writeFile(path, bytes);
      const { code } = await refusalOf(path);
      expect(["broken-zip", "broken-json"]).toContain(code);
    }
  });
});

describe("JSON that means harm", () => {
  it("of five million brackets is refused at once, with its place", async () => {
    const path = await jsonFile("[".repeat(5_000_000));
    const before = process.memoryUsage().rss;
    expect(await refusalOf(path)).toMatchObject({
      code: "broken-json",
      why: "It is nested too deep at byte 200, line 1, column 201.",
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
  });

  it("of a text of 200 MB is passed over where nobody needs it, and refused in a post", async () => {
    const long = Buffer.alloc(200 * 1024 * 1024, "x");
    const aside = Buffer.concat([
      Buffer.from('{"Comment":{"a":"'),
      long,
      Buffer.from(`"},${json.slice(1)}`),
    ]);
    const path = await jsonFile(aside);
    expect((await readInput(path)).posts).toHaveLength(1);
    const start = '{"Post":{"Posts":{"VideoList":[{"Title":"';
    await writeFile(path, Buffer.concat([Buffer.from(start), long, Buffer.from('"}]}}}')]));
    const before = process.memoryUsage().rss;
    const refusal = await refusalOf(path);
    expect(refusal).toMatchObject({ exit: "input", code: "broken-json" });
    expect(refusal.why).toContain("A text is far too long at byte ");
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  it("of hundreds of posts with endless captions is refused before the memory is full", async () => {
    const row = JSON.stringify({ Date: "2024-09-17 14:07:21", Title: "x".repeat(250_000) });
    const rows = Buffer.from(Array.from({ length: 600 }, () => row).join(","));
    const parts = [Buffer.from('{"Post":{"Posts":{"VideoList":['), rows, Buffer.from("]}}}")];
    expect(await refusalOf(await jsonFile(Buffer.concat(parts)))).toMatchObject({
      exit: "input",
      code: "not-an-archive",
      why: "Its posts are more, or far longer, than any account's.",
    });
  });

  it("of a record without end is refused", async () => {
    const row = `{"a":[${"1,".repeat(10_000_000)}1]}`;
    const refusal = await refusalOf(await jsonFile(`{"Post":{"Posts":{"VideoList":[${row}]}}}`));
    expect(refusal.why).toContain("A record is far too large at byte ");
  });

  it.each([
    ["a zero byte", json.replace("Date", "Da\0te"), "It is wrong at byte "],
    [
      "a comma too many",
      `${json.slice(0, -1)},}`,
      `It is wrong at byte ${Buffer.byteLength(json)}, `,
    ],
    ["damage behind the posts", `${json.slice(0, -2)};}`, "It is wrong at byte "],
    ["something behind the end", `${json}\n\nx`, "line 3, column 1."],
    ["a line break in a text", json.replace("Everyone", "Every\none"), "It is wrong at byte "],
    ["a broken escape", json.replace("Everyone", "\\uD8G0"), "It is wrong at byte "],
  ])("with %s is refused with its place", async (_, content, place) => {
    const refusal = await refusalOf(await jsonFile(content));
    expect(refusal).toMatchObject({ exit: "input", code: "broken-json" });
    expect(refusal.why).toContain(place);
  });

  it("in UTF-16 is refused with what to do", async () => {
    const refusal = await refusalOf(await jsonFile(Buffer.from(`\uFEFF${json}`, "utf16le")));
    expect(refusal.why).toContain("UTF-16");
    expect(refusal.fix).toContain("save it again as UTF-8");
  });

  it("is named with its entry inside a zip", async () => {
    const refusal = await refusalOf(
      await oddZip({ name: `TikTok/${name}`, content: '{"Post":{},}' }),
    );
    expect(refusal.what).toMatch(
      /^The JSON of TikTok\/user_data_tiktok\.json in .*archive\.zip is/,
    );
    expect(refusal.why).toBe("It is wrong at byte 11, line 1, column 12.");
  });
});

it("that cannot be read ends with the same kind of error on every way in", async () => {
  const { archiveReader } = await import("../../src/sources/tiktok-archive/reader.ts");
  const path = await jsonFile('{"Post":');
  const signal = new AbortController().signal;
  const shapes = archiveReader.describe?.(path, { signal });
  await expect(shapes?.[Symbol.asyncIterator]().next()).rejects.toBeInstanceOf(ExpectedError);
});

describe("lines and values made to keep a pattern busy", () => {
  const spaces = " ".repeat(200_000);

  it.each([
    `x${spaces}y`,
    `Date: 2024-09-17 14:07:21${spaces}x\nLink: ${"/login".repeat(30_000)}`,
    `Date: 2024-09-17 14:07:21\nLink: https://a.example/${"/login".repeat(30_000)}`,
    `${":".repeat(200_000)}`,
    `Date: 2024-09-17 14:07:21\nTitle: ${"@a.".repeat(60_000)}${"#a".repeat(60_000)}`,
  ])("do not: text %#", async (content) => {
    const path = await oddZip({ name: "Berichten.txt", content }, { name: "Post.txt", content });
    expect((await readInput(path)).posts.length).toBeLessThan(2);
  });

  it.each(["Date", "Link", "Title", "Likes", "Sound"])("do not: the value of %s", async (key) => {
    const row = archivePost({ date: "2024-09-17 14:07:21" });
    for (const value of [`2024-09-17 14:07:21${spaces}x`, "/login".repeat(30_000), `1${spaces}`]) {
      const path = await jsonFile(
        JSON.stringify(buildArchive({ posts: [{ ...row, [key]: value }] })),
      );
      expect((await readInput(path)).events.length).toBeGreaterThan(0);
    }
  });

  it("do not: the name of a file", async () => {
    const name = `${" ".repeat(60_000)}x.txt`;
    const refusal = await refusalOf(await oddZip({ name, content: "" }));
    expect(refusal).toMatchObject({ exit: "input", code: "not-an-archive" });
  });
});

it("of an odd text file beside the archive takes no notice", async () => {
  const notes = `log ${"x".repeat(3_000_000)}`;
  const path = await oddZip({ name: "notes.txt", content: notes }, { name, content: json });
  expect((await readInput(path)).posts).toHaveLength(1);
});
