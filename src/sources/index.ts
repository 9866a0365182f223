import { access, lstat } from "node:fs/promises";
import { resolve } from "node:path";
import { ExpectedError } from "../core/error.ts";
import type { SignInPlace } from "../core/sign-in.ts";
import type { Source } from "../core/source.ts";
import { captionsTable } from "./captions-table/index.ts";
import { har } from "./har/index.ts";
import { mediaFolder } from "./media-folder/index.ts";
import { tiktokArchive } from "./tiktok-archive/index.ts";
import { tiktokProfile, tiktokSignIn } from "./tiktok-profile/index.ts";

/** Every source, one line each; the first that recognises an input reads it. */
export const sources: readonly Source[] = [
  tiktokProfile,
  captionsTable,
  har,
  tiktokArchive,
  mediaFolder,
];

/** Every place that one can sign in at, one line each. */
export const signInPlaces: readonly SignInPlace[] = [tiktokSignIn];

/** Finds the source that reads an input. Throws ExpectedError (exit `input`) when there is none. */
export async function findSource(input: string): Promise<Source> {
  for (const source of sources) {
    if (await source.recognises(input)) return source;
  }
  if (await isThere(input)) {
    const choices = sources.map(({ takes }) => takes).join("; or ");
    const what = `findmehere does not know what to do with ${input}.`;
    throw refusal("unknown-input", what, `You can hand over: ${choices}.`);
  }
  if (input.trim() === "") {
    throw refusal("input-missing", "The name of what to export is empty.", lookAtName);
  }
  const isLink = (await lstat(input).catch(() => null)) !== null;
  if (isLink) {
    throw refusal(
      "input-missing",
      `${input} is a link to something that is not there.`,
      lookAtName,
    );
  }
  const mayBeHandle = /^[A-Za-z0-9_.]+$/.test(input) && !/\.(?:zip|json|har|csv|txt)$/i.test(input);
  throw refusal(
    "input-missing",
    // The whole path, since people are often in another folder than they think.
    `There is no file or folder ${resolve(input)}.`,
    mayBeHandle
      ? `${lookAtName} If it is your TikTok handle, put an @ before it: @${input}.`
      : lookAtName,
  );
}

const lookAtName =
  "Look at the name and at the folder; you can also drag the file into this window to have its name typed.";

function isThere(input: string): Promise<boolean> {
  return access(input).then(
    () => true,
    () => false,
  );
}

function refusal(code: string, what: string, fix: string): ExpectedError {
  return new ExpectedError({ exit: "input", code, what, fix });
}
