import { describe, expect, test } from "vitest";

import { ExpectedError } from "../../src/core/error.ts";
import { writingTo } from "../../src/library/outside-folder.ts";

const failing = (error: Error) =>
  writingTo("/media/phone", async () => {
    throw error;
  });

describe("what a disk says while a folder is filled", () => {
  test.each([
    ["ENOSPC", "disk-full", "The disk is full: /media/phone"],
    ["EDQUOT", "disk-full", "Your share of the disk is used up: /media/phone"],
    ["EFBIG", "file-too-large", "The disk takes no file of that size: /media/phone"],
    ["EROFS", "folder-not-writable", "The disk is read-only: /media/phone"],
    ["EACCES", "folder-not-writable", "You may not write: /media/phone"],
    ["EPERM", "folder-not-writable", "The system forbids to write: /media/phone"],
    ["ENOTDIR", "not-a-folder", "A file is in the way: /media/phone"],
  ])("%s is told in words, with what to do", async (errno, code, what) => {
    const error = await failing(Object.assign(new Error("bare"), { code: errno })).catch(
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(ExpectedError);
    const { details } = error as ExpectedError;
    expect(details).toMatchObject({ exit: "machine", code, what });
    expect(details.fix).not.toBe("");
  });

  test("a bug stays a bug, and an expected error itself", async () => {
    const bug = new TypeError("a bug");
    await expect(failing(bug)).rejects.toBe(bug);
    const known = new ExpectedError({ exit: "usage", code: "x", what: "y" });
    await expect(failing(known)).rejects.toBe(known);
  });
});
