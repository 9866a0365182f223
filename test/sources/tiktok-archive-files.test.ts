import { mkdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ExpectedError } from "../../src/core/error.ts";
import { archivePost, buildArchive, writeArchiveZip, writeZip } from "../support/archive.ts";
import { sourceContext } from "../support/source-context.ts";
import { readInput, refusalOf, temporaryFolder } from "./read.ts";

const archive = buildArchive({ posts: [archivePost({ date: "2024-09-17 14:07:21" })] });
const json = JSON.stringify(archive);
const stranger = JSON.stringify(
  buildArchive({ generation: "old", posts: [archivePost({ date: "2020-01-01 00:00:00" })] }),
);

async function jsonFile(content: string | Buffer): Promise<string> {
  const path = join(await temporaryFolder(), "user_data_tiktok.json");
  await writeFile(path, content);
  return path;
}

async function zipFile(entries: Record<string, string | Buffer>): Promise<string> {
  const path = join(await temporaryFolder(), "archive.zip");
  await writeZip(path, entries);
  return path;
}

async function dates(path: string): Promise<string[]> {
  return (await readInput(path)).posts.map(({ date }) => date);
}

describe("zips", () => {
  const zips: Record<string, string>[] = [
    { "user_data_tiktok.json": json },
    { "user_data.json": json },
    { "TikTok/user_data_tiktok (1).json": json },
    {
      "__MACOSX/._user_data_tiktok.json": "junk",
      "._user_data_tiktok.json": "junk",
      "user_data_tiktok_2.json": json,
    },
    { "user_data.json": stranger, "nested/deeper/user_data_tiktok.json": json },
    { "copy/user_data_tiktok.json": stranger, "user_data_tiktok.json": json },
    { "TikTok/Post/Post.txt": "Date: x", "user_data_tiktok.json": json },
  ];

  it.each(zips)("finds the JSON in zip %#", async (entries) => {
    expect(await dates(await zipFile(entries))).toEqual(["2024-09-17T14:07:21Z"]);
  });

  it("knows a zip without its ending", async () => {
    const path = join(await temporaryFolder(), "TikTok_Data_1736547954");
    await writeArchiveZip(path, archive);
    expect(await dates(path)).toEqual(["2024-09-17T14:07:21Z"]);
  });

  it("says when the zip is something else", async () => {
    const refusal = await refusalOf(await zipFile({ "holiday.jpg": "x" }));
    expect(refusal).toMatchObject({ exit: "input", code: "not-an-archive" });
    expect(refusal.why).toContain("user_data_tiktok.json");
  });

  it("refuses a zip that is cut off, wherever it is cut", async () => {
    const path = await zipFile({ "user_data_tiktok.json": json });
    const { length } = await readFile(path);
    for (const part of [length - 1, Math.floor(length / 2), 30, 4, 0]) {
      await truncate(path, part);
      expect(await refusalOf(path)).toMatchObject({ exit: "input", code: "broken-zip" });
    }
  });

  it("refuses a zip whose content is damaged", async () => {
    const path = await zipFile({ "user_data_tiktok.json": json });
    const bytes = await readFile(path);
    bytes.fill(0xff, 120, 160);
    await writeFile(path, bytes);
    expect(await refusalOf(path)).toMatchObject({ exit: "input", code: "broken-zip" });
  });

  it("names the place of broken JSON inside a zip, however much follows", async () => {
    const rest = Buffer.alloc(3_000_000, "0123456789 abcdef\n");
    const path = await zipFile({
      "user_data_tiktok.json": Buffer.concat([Buffer.from('{"Post":{},}'), rest]),
    });
    const refusal = await refusalOf(path);
    expect(refusal).toMatchObject({ exit: "input", code: "broken-json" });
    expect(refusal.why).toBe("It is wrong at byte 11, line 1, column 12.");
  });

  it("refuses what is no zip at all", async () => {
    const path = join(await temporaryFolder(), "archive.zip");
    await writeFile(path, "<!doctype html><title>Sign in</title>");
    expect(await refusalOf(path)).toMatchObject({ exit: "input", code: "broken-zip" });
  });

  it("refuses a name that points outside", async () => {
    const path = await zipFile({ "xx/evil.json": "{}", "user_data_tiktok.json": json });
    const bytes = await readFile(path, "latin1");
    await writeFile(path, bytes.replaceAll("xx/evil", "../evil"), "latin1");
    const refusal = await refusalOf(path);
    expect(refusal).toMatchObject({ exit: "input", code: "broken-zip" });
    expect(refusal.why).toContain("outside");
  });

  it("refuses a zip that would unpack to far too much", async () => {
    const size = 70 * 1024 * 1024;
    const path = await zipFile({ "user_data_tiktok.json": Buffer.alloc(size, 0x20) });
    const refusal = await refusalOf(path);
    expect(refusal).toMatchObject({ exit: "input", code: "broken-zip" });
    expect(refusal.why).toContain("unpack");
  });
});

describe("JSON", () => {
  it("is read with a byte order mark and in one or many lines", async () => {
    expect(await dates(await jsonFile(`\uFEFF${json}`))).toHaveLength(1);
    expect(await dates(await jsonFile(JSON.stringify(archive, null, 2)))).toHaveLength(1);
  });

  it("is the same from the file as from the zip", async () => {
    const bare = await readInput(await jsonFile(json));
    const zipped = await readInput(await zipFile({ "user_data_tiktok.json": json }));
    expect(bare.events).toEqual(zipped.events);
  });

  it.each([
    ['{"Post":{},}', "byte 11, line 1, column 12"],
    ['{"Post":\n{"a": tru }}', "byte 18, line 2, column 10"],
    ['\uFEFF{"Post":{}\n "Profile":{}}', "byte 15, line 2, column 2"],
    ['{"Post":{}} x', "byte 12, line 1, column 13"],
    ['{"Post":[}', "byte 9, line 1, column 10"],
    ['{"Post":{"a":1 "b":2}}', "byte 15, line 1, column 16"],
    ['{"Post":{1:2}}', "byte 9, line 1, column 10"],
    ["{]", "byte 1, line 1, column 2"],
    ["[,]", "byte 1, line 1, column 2"],
    ["{}{}", "byte 2, line 1, column 3"],
  ])("that is wrong is refused with its place: %j", async (content, place) => {
    const refusal = await refusalOf(await jsonFile(content));
    expect(refusal).toMatchObject({ exit: "input", code: "broken-json" });
    expect(refusal.why).toBe(`It is wrong at ${place}.`);
  });

  it("that breaks off anywhere is refused, and nothing of it is taken", async () => {
    const path = await jsonFile("");
    for (const part of [1, 2, 9, 100, 1000, json.length - 2, json.length - 1]) {
      await writeFile(path, json.slice(0, part));
      const refusal = await refusalOf(path);
      expect(refusal).toMatchObject({ exit: "input", code: "broken-json" });
      expect(refusal.why).toContain("breaks off");
    }
  });

  it("names the place deep in a file of many chunks", async () => {
    const rows = Array.from({ length: 3000 }, () => archivePost({ date: "2024-09-17 14:07:21" }));
    const lines = JSON.stringify(buildArchive({ posts: rows }), null, 1).split("\n");
    const wrong = lines.length - 40;
    lines[wrong] = `${lines[wrong]} ;`;
    const content = lines.join("\n");
    const refusal = await refusalOf(await jsonFile(content));
    const column = lines[wrong]?.length ?? 0;
    const byte = Buffer.byteLength(content.slice(0, content.indexOf(" ;") + 1));
    expect(refusal.why).toBe(`It is wrong at byte ${byte}, line ${wrong + 1}, column ${column}.`);
  });

  it("agrees with JSON.parse wherever one character is changed", async () => {
    const small =
      '{"Post":{"Posts":{"VideoList":[{"Date":"2024-09-17 14:07:21","Likes":[1,-2.5e3,true,null]}]}}}';
    const path = await jsonFile("");
    for (let at = 0; at < small.length; at += 1) {
      for (const sign of [",", "}", '"', ""]) {
        const content = small.slice(0, at) + sign + small.slice(at + 1);
        await writeFile(path, content);
        const code = await readInput(path).then(
          () => "read",
          (error: unknown) => (error instanceof ExpectedError ? error.details.code : "a bug"),
        );
        expect([content, code === "broken-json"]).toEqual([content, !isJson(content)]);
        expect(code).not.toBe("a bug");
      }
    }
  });

  it.each(["{}", "[]", "null", '"text"', "12", '{"name":"something else"}'])(
    "that is no archive is refused: %s",
    async (content) => {
      expect(await refusalOf(await jsonFile(content))).toMatchObject({
        exit: "input",
        code: "not-an-archive",
      });
    },
  );

  it("of another encoding, of nothing, or of brackets only is refused", async () => {
    const wide = Buffer.from(`\uFEFF${json}`, "utf16le");
    const contents = [
      wide,
      Buffer.from(json, "utf16le"),
      "",
      "[".repeat(100_000),
      Buffer.from([0x7b, 0x22, 0xff, 0x22]),
    ];
    for (const content of contents) {
      expect(await refusalOf(await jsonFile(content))).toMatchObject({
        exit: "input",
        code: "broken-json",
      });
    }
  });

  it("with a key __proto__ harms nothing", async () => {
    const row = '{"__proto__":{"Date":"2024-01-01 00:00:00"},"Date":"2024-09-17 14:07:21"}';
    const path = await jsonFile(`{"Post":{"Posts":{"VideoList":[${row}]}}}`);
    expect(await dates(path)).toEqual(["2024-09-17T14:07:21Z"]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

it("stops when it is told to", async () => {
  const { archiveReader } = await import("../../src/sources/tiktok-archive/reader.ts");
  const reading = archiveReader.read(
    await jsonFile(json),
    sourceContext({ signal: AbortSignal.abort() }),
  );
  await expect(reading[Symbol.asyncIterator]().next()).rejects.toThrow("aborted");
});

it("takes the folder that was unpacked from the zip, whatever its name", async () => {
  const folder = join(await temporaryFolder(), "archive.zip");
  await mkdir(folder);
  await writeFile(join(folder, "user_data_tiktok.json"), json);
  expect(await dates(folder)).toEqual(["2024-09-17T14:07:21Z"]);
});

function isJson(content: string): boolean {
  try {
    JSON.parse(content);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
