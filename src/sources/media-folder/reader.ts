import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { ExpectedError } from "../../core/error.ts";
import { type Problem, problem } from "../../core/problem.ts";
import type { SourceProfile, SourceReader } from "../../core/source.ts";
import { filesBelow } from "./files.ts";
import { isPostSidecar, parseSidecar, type Sidecar, sidecarPost, uploaderOf } from "./sidecar.ts";

const source = "media-folder";

/** Reads the sidecars of a folder. Whose post it is stands in its `url`; the caller refuses other people's. */
export const mediaFolderReader: SourceReader = {
  async *read(input, { signal }) {
    const files = await filesBelow(input);
    const sidecars = files.filter((file) => /\.info\.json$/i.test(file));
    if (sidecars.length === 0) throw noSidecars(input, files);
    const uploaders = new Set<string>();
    for (const file of sidecars) {
      signal.throwIfAborted();
      const sidecar = await readSidecar(join(input, file));
      if (sidecar === null) {
        yield broken(file, "it is not readable JSON");
        continue;
      }
      if (!isPostSidecar(sidecar)) continue;
      const post = sidecarPost(sidecar, source, file);
      if (post === null) {
        yield broken(file, "it names no post id or no time");
        continue;
      }
      const uploader = uploaderOf(sidecar);
      if (uploader !== null && !uploaders.has(uploader)) {
        uploaders.add(uploader);
        yield profileOf(uploader, sidecar);
      }
      yield post;
    }
  },
};

async function readSidecar(path: string): Promise<Sidecar | null> {
  const content = await readFile(path, "utf8").catch(() => null);
  return content === null ? null : parseSidecar(content);
}

function profileOf(uploader: string, { channel }: Sidecar): SourceProfile {
  return {
    type: "profile",
    source,
    handle: uploader,
    displayName: (channel ?? "").trim() === "" ? null : (channel ?? null),
    bio: null,
    followers: null,
    following: null,
    likes: null,
    posts: null,
    observed: null,
    avatar: [],
    lemon8: null,
  };
}

function broken(file: string, why: string): Problem {
  return problem(
    "bad-record",
    `The file ${file} was left out: ${why}.`,
    "Let yt-dlp write it again with --write-info-json.",
  );
}

function noSidecars(folder: string, files: readonly string[]): ExpectedError {
  // Some browsers unpack the archive by themselves, and people hand over the folder.
  const archive = files.find((file) => /^user_data.*\.json$/i.test(basename(file)));
  return new ExpectedError({
    exit: "input",
    code: "no-captions-in-folder",
    what: `The folder ${folder} holds no .info.json file of yt-dlp.`,
    fix:
      archive === undefined
        ? "Let yt-dlp write them with --write-info-json, and hand over the folder they are in."
        : `It holds TikTok's archive: hand over the file ${join(folder, archive)} itself.`,
  });
}
