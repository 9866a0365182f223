import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { announcementFacts } from "../../src/announce/facts.ts";
import type { AnnouncementFacts } from "../../src/announce/facts.ts";
import { parseNiches } from "../../src/announce/lists.ts";
import type { Creator } from "../../src/core/creator.ts";

const root = join(import.meta.dirname, "../../templates");

/** The lists of the repository. */
export const lists = parseNiches(readFileSync(join(root, "niches.json"), "utf8"));

/** The announcement's templates of the repository, by their path from templates/. */
export const templates = new Map(
  readdirSync(join(root, "announcement"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(root.length + 1), readFileSync(path, "utf8")] as const;
    }),
);

/** A creator who gave only a TikTok handle. */
export const onlyHandle: Creator = {
  name: "",
  handles: { tiktok: "ana.draws", rednote: "", rednoteId: "", lemon8: "" },
  niche: "",
  shares: [],
  city: "",
  pet: "",
  timeZone: "America/Chicago",
  deadline: "",
};

/** A creator who filled in everything, from the lists. */
export const full: Creator = {
  ...onlyHandle,
  name: "Ana",
  handles: {
    tiktok: "ana.draws",
    rednote: "Ana画画",
    rednoteId: "94501234567",
    lemon8: "anadraws",
  },
  niche: "watercolour",
  shares: ["tutorials", "process", "reviews"],
  city: "Austin",
  pet: "cat",
};

/** The facts of a creator on a fixed day. */
export function factsOf(creator: Creator, sinceYear?: number): AnnouncementFacts {
  return announcementFacts({ creator, lists, day: "2026-11-20", sinceYear });
}
