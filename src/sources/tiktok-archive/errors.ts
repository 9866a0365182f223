import { ExpectedError } from "../../core/error.ts";
import { fileTitle, type InputFile } from "./input-file.ts";

type FileName = Pick<InputFile, "input" | "name">;

const askAgain =
  "In the TikTok app open Settings, Account, Download your data, choose JSON, and hand over the new file.";
const asGiven = "Hand over the file as TikTok gave it, or download it again.";

/** The file is no zip, is cut off, or holds something that no archive of TikTok holds. */
export function brokenZip(path: string, why: string, cause?: unknown): ExpectedError {
  return new ExpectedError(
    {
      exit: "input",
      code: "broken-zip",
      what: `The zip ${path} cannot be read.`,
      why,
      fix: "Download it again from TikTok, and hand it over as it comes.",
    },
    { cause },
  );
}

/** The file can be read, but it is not TikTok's archive. */
export function notAnArchive(path: string, why: string, fix = askAgain): ExpectedError {
  return new ExpectedError({
    exit: "input",
    code: "not-an-archive",
    what: `${path} is not a TikTok data archive.`,
    why,
    fix,
  });
}

/** The JSON breaks off or is wrong at a known place. */
export function brokenJson(file: FileName, why: string, cause?: unknown): ExpectedError {
  return new ExpectedError(
    {
      exit: "input",
      code: "broken-json",
      what: `The JSON of ${fileTitle(file)} is broken.`,
      why,
      fix: asGiven,
    },
    { cause },
  );
}

/** The JSON has two bytes a character, which an editor did. */
export function wideJson(file: FileName): ExpectedError {
  return new ExpectedError({
    exit: "input",
    code: "broken-json",
    what: `The JSON of ${fileTitle(file)} is broken.`,
    why: "It was saved in another encoding (UTF-16) by some editor.",
    fix: "Hand over the file as TikTok gave it; or open it in the editor and save it again as UTF-8.",
  });
}

/** The text form cannot be read at a known line. */
export function brokenText(file: FileName, why: string): ExpectedError {
  return new ExpectedError({
    exit: "input",
    code: "broken-text",
    what: `The text file ${fileTitle(file)} cannot be read.`,
    why,
    fix: asGiven,
  });
}
