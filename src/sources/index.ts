import { access } from "node:fs/promises";
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
  const exists = await access(input).then(
    () => true,
    () => false,
  );
  if (!exists) throw refusal("input-missing", `There is no file or folder ${input}.`);
  throw refusal("unknown-input", `findmehere does not know what to do with ${input}.`);
}

function refusal(code: string, what: string): ExpectedError {
  const choices = sources.map(({ takes }) => takes).join("; or ");
  return new ExpectedError({ exit: "input", code, what, fix: `You can hand over: ${choices}.` });
}
