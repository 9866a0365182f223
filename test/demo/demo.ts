import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startMediaServer } from "../support/media-server.ts";
import { sampleCaptions, serveSample, writeSampleZip } from "./sample.ts";

// `npm run demo`: the whole main job on an invented creator. Her media is served from this machine only.
const root = fileURLToPath(new URL("../../", import.meta.url));
const library = join(root, "demo-library");
const bin = join(root, "bin", "findmehere.js");

const build = spawnSync("npm", ["run", "--silent", "build"], {
  cwd: root,
  stdio: "inherit",
  shell: process.platform === "win32",
});
if (build.status !== 0) process.exit(build.status ?? 1);

rmSync(library, { recursive: true, force: true });
mkdirSync(library);
const server = await startMediaServer();
serveSample(server);
const input = mkdtempSync(join(tmpdir(), "findmehere-demo-"));
const archive = join(input, "TikTok_Data.zip");
await writeSampleZip(archive, { origin: server.origin, now: Date.now() });

console.log("An invented TikTok creator, Mira, moves. What you would type:");
console.log("  findmehere migrate TikTok_Data.zip captions\n");
const answers = [
  "--tiktok",
  "mira.paints.daily",
  "--name",
  "Mira",
  "--rednote",
  "Mira paints",
  "--rednote-id",
  "mira2025",
  "--lemon8",
  "mira.paints",
  "--niche",
  "watercolour",
  "--shares",
  "tutorials,tips,behind-the-scenes",
  "--city",
  "Lisbon",
  "--pet",
  "cat",
];
await findmehere(["init", ...answers], false);
await findmehere(["config", "set", "network.allowHosts", new URL(server.origin).host], false);
const code = await findmehere(["migrate", archive, sampleCaptions]);
await server.close();
rmSync(input, { recursive: true });
if (code === 0) {
  console.log("\nLook at what was made:");
  console.log("  demo-library/posts.csv                every post, for Excel or Numbers");
  console.log(
    "  demo-library/posts/                   videos, photos, captions, one folder a post",
  );
  console.log("  demo-library/drafts/rednote/          what RedNote would get");
  console.log("  demo-library/announcement/texts/      what tells the followers");
  console.log("Then try: npx findmehere status --library demo-library");
}
process.exit(code);

/** Runs the built command line as a creator would; its words go straight to the terminal. */
function findmehere(words: readonly string[], shown = true): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...words, "--library", library], {
      stdio: shown ? "inherit" : ["ignore", "ignore", "inherit"],
    });
    child.on("error", reject);
    child.on("exit", (exit) => resolve(exit ?? 1));
  });
}
