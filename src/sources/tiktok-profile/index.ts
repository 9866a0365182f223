import type { SignInPlace } from "../../core/sign-in.ts";
import type { Source } from "../../core/source.ts";
import { isProfileInput } from "./input.ts";

/** The creator's own page on TikTok, read in a browser. */
export const tiktokProfile: Source = {
  id: "tiktok-profile",
  title: "your TikTok page",
  takes: "your handle (@YOUR-HANDLE) or the address of your TikTok page",
  recognises: async (input) => isProfileInput(input),
  promisesFiles: true,
  load: () => import("./reader.ts"),
};

/** Signing in at TikTok, so that its pages show what only the creator sees. */
export const tiktokSignIn: SignInPlace = {
  id: "tiktok",
  title: "TikTok",
  load: () => import("./sign-in.ts"),
};
