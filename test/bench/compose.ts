import { writeFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { captionPosts } from "./captions.ts";
import { median, run } from "./processes.ts";
import type { Place } from "./processes.ts";
import type { Figure } from "./table.ts";

/** How much is composed. */
export interface ComposeSize {
  captions: number;
  rounds: number;
}

interface Told {
  compose: number[];
  check: number[];
  json: number[];
  drafts: number;
  budget: Figure["budget"];
}

/**
 * What `prepare` computes of captions for all destinations, against reading and writing as JSON the one file that
 * holds all their post.json, indented as the library has them: first only composing, then composing and holding the
 * drafts against the word table and what is known of their posts. All are done in turn in one process.
 */
export async function composeFigures(
  root: string,
  place: Place,
  { captions, rounds }: ComposeSize,
  tell: (text: string) => void,
): Promise<Figure[]> {
  const file = join(place.folder, "posts.json");
  writeFileSync(file, JSON.stringify(captionPosts(captions), null, 2));
  tell(`Composing ${captions} captions: ${rounds} rounds`);
  const child = fileURLToPath(new URL("children/compose-captions.ts", import.meta.url));
  const words = [child, root, file, String(rounds)];
  const { out } = await run({ file: process.execPath, words }, place);
  rmSync(file);
  const { compose, check, json, drafts, budget } = JSON.parse(out) as Told;
  const shared = {
    against: "JSON.parse and JSON.stringify of their post.json",
    base: median(json),
    // Of few captions the code is still being compiled.
    goal: captions < 10_000 ? null : 10,
  };
  return [
    {
      what: `composing ${drafts} drafts of ${captions} captions`,
      measured: median(compose),
      ...shared,
      ...(budget === undefined ? {} : { budget }),
    },
    { what: `composing and checking ${drafts} drafts`, measured: median(check), ...shared },
  ];
}
