import type { SourceReader } from "../../core/source.ts";
import { claimFiles, nameFiles, type NamedFile } from "./claims.ts";
import { composePosts } from "./compose.ts";
import { nothingFound } from "./nothing-found.ts";
import { folderNotes } from "./notes.ts";
import { mergeProfiles, profileHint } from "./profiles.ts";
import { tellFolder } from "./tell.ts";
import { listFolder } from "./walk.ts";

const source = "media-folder";

/**
 * Reads a folder that yt-dlp or gallery-dl filled. Whose post it is stands in its `url`; the caller refuses
 * other people's.
 */
export const mediaFolderReader: SourceReader = {
  async *read(input, { signal, owner }) {
    const listing = await listFolder(input, signal);
    const files = nameFiles(listing.files);
    const told = await tellFolder(files, source, signal);
    const claims = claimFiles(files, told.downloads, told.galleries);
    const composed = await composePosts(told.tellings, claims, source);
    const posts = composed.filter(({ post }) => !told.collected.has(post.id));
    const silent =
      composed.length + told.problems.length + told.otherSites.length + told.profiles.length === 0;
    if (silent) throw nothingFound(input, files);
    const avatars = claims.avatars.map(({ handle, file }) => {
      const avatar = [{ at: "disk" as const, path: file.absolute }];
      return profileHint(source, { handle, observed: file.modified, avatar });
    });
    yield* mergeProfiles([...told.profiles, ...avatars]);
    for (const { post } of posts) yield post;
    yield* told.problems;
    yield* folderNotes({
      posts,
      loose: claims.loose,
      unfinished: files.filter(isUnfinished).map(({ path }) => path),
      otherSites: told.otherSites,
      collected: composed.filter(({ post }) => told.collected.has(post.id)),
      links: listing.links,
      closed: listing.closed,
      hasMedia: files.some(({ parts }) => /^(?:video|image|audio)$/.test(parts.use)),
      owner,
    });
  },
};

/** An empty file is what a download leaves that never began. */
function isUnfinished({ parts, bytes }: NamedFile): boolean {
  return parts.use === "unfinished" || (bytes === 0 && /^(?:video|image)$/.test(parts.use));
}
