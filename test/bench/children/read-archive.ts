import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Source } from "../../../src/core/source.ts";
import { sourceContext } from "../../support/source-context.ts";
import { peakKilobytes } from "./peak.ts";

// Reads an archive with the built source of the copy in the first word; prints what it took as JSON.
const [root = "", archive = ""] = process.argv.slice(2);
const built = pathToFileURL(join(root, "dist/sources/tiktok-archive/index.js")).href;
const { tiktokArchive } = (await import(built)) as { tiktokArchive: Source };

const from = performance.now();
const reader = await tiktokArchive.load();
let posts = 0;
for await (const event of reader.read(archive, sourceContext())) {
  if ("objectIds" in event) posts += 1;
}
const milliseconds = performance.now() - from;
process.stdout.write(
  JSON.stringify({ milliseconds, count: posts, peakKilobytes: peakKilobytes() }),
);
