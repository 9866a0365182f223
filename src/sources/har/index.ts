import { stat } from "node:fs/promises";
import type { Source } from "../../core/source.ts";

/** What a creator saved from the network panel of their own browser, while their profile was open. */
export const har: Source = {
  id: "har",
  title: "HAR file",
  promisesFiles: false,
  takes:
    "a .har that your browser saved while your profile was open (network panel, 'Save all as HAR with content')",
  async recognises(input) {
    const found = await stat(input).catch(() => null);
    if (found?.isFile() !== true) return false;
    if (/\.har$/i.test(input)) return true;
    return (await import("./recognise.ts")).startsLikeHar(input);
  },
  async load() {
    return (await import("./reader.ts")).harReader;
  },
};
