import { counted } from "../../core/counted.ts";
import { type Problem, problem } from "../../core/problem.ts";
import type { NamedFile } from "./claims.ts";
import type { FolderPost } from "./compose.ts";
import { shownName } from "./file-name.ts";

/** What is to be said of a folder beside its posts. */
export interface FolderState {
  posts: readonly FolderPost[];
  /** Media that nothing says the post of. */
  loose: readonly NamedFile[];
  /** Paths of what was not whole. */
  unfinished: readonly string[];
  otherSites: readonly string[];
  /** Posts of others that the creator liked, saved or passed on. */
  collected: readonly FolderPost[];
  links: readonly string[];
  closed: readonly string[];
  /** Some media is there; a folder of captions alone is meant to have none. */
  hasMedia: boolean;
  /** The creator's handle without sign; empty while nobody has said it. */
  owner: string;
}

/** How many names stand in one sentence. */
const most = 3;

/** What a person should know of a folder: each kind of thing once, with some names and the count. */
export function* folderNotes(state: FolderState): Generator<Problem> {
  const page = `https://www.tiktok.com/@${state.owner === "" ? "YOUR-HANDLE" : state.owner}`;
  yield* mediaNotes(state, page);
  yield* sidecarNotes(state, page);
  if (state.unfinished.length > 0) {
    yield problem(
      "unfinished-file",
      `${counted(state.unfinished.length, "file")} ${areNot(state.unfinished)} downloaded to the end and ${wereLeft(state.unfinished)}: ${few(state.unfinished)}.`,
      "Run the tool that began them once more; it goes on where it stopped. Then type the same command again.",
    );
  }
  if (state.otherSites.length > 0) {
    yield problem(
      "other-site",
      `${counted(state.otherSites.length, "sidecar")} of other sites than TikTok ${wereLeft(state.otherSites)}: ${few(state.otherSites)}.`,
      "",
    );
  }
  if (state.collected.length > 0) {
    yield problem(
      "not-yours",
      `${counted(state.collected.length, "post")} that somebody else made ${wereLeft(state.collected)}: ${few(state.collected.map(({ post }) => post.place))}.`,
      "",
    );
  }
  if (state.links.length > 0) {
    yield problem(
      "not-read",
      `${counted(state.links.length, "link")} to other places ${state.links.length === 1 ? "was" : "were"} not followed: ${few(state.links)}.`,
      "If your posts lie there, hand over that folder too.",
      { severity: "note" },
    );
  }
  if (state.closed.length > 0) {
    yield problem(
      "not-read",
      `${state.closed.length === 1 ? "One part" : `${state.closed.length} parts`} of the folder could not be opened, or ${state.closed.length === 1 ? "lies" : "lie"} too deep inside: ${few(state.closed)}.`,
      "See that you may read them, or hand them over as a folder of their own.",
    );
  }
}

function* mediaNotes({ posts, loose }: FolderState, page: string): Generator<Problem> {
  const nameless = posts.filter(
    ({ namesOnly, post }) => namesOnly && post.fields.caption === undefined,
  );
  if (nameless.length > 0) {
    yield problem(
      "media-without-sidecar",
      `${counted(nameless.length, "post")} ${nameless.length === 1 ? "is" : "are"} known only by the id in a file name, without caption and counts: ${few(nameless.map(({ post }) => post.place))}.`,
      `Type \`yt-dlp --skip-download --write-info-json --paths captions ${page}\`, then \`findmehere export captions\`.`,
    );
  }
  if (loose.length > 0) {
    yield problem(
      "media-without-id",
      `Nothing says which post ${counted(loose.length, "file")} ${loose.length === 1 ? "belongs" : "belong"} to, so ${loose.length === 1 ? "it was" : "they were"} not taken: ${few(loose.map(({ path }) => path))}.`,
      "If one is a post of yours, put TikTok's number of it into its name, as in `my video [7240568259186019630].mp4`; the number stands at the end of the post's address.",
    );
  }
}

function* sidecarNotes({ posts, hasMedia }: FolderState, page: string): Generator<Problem> {
  // Captions alone, as --skip-download leaves them, are what they are meant to be.
  if (!hasMedia) return;
  const count = ({ post }: FolderPost, role: string) =>
    post.media.filter((each) => each.role === role).length;
  const lacking = posts.filter(
    (each) => each.post.fields.kind === "photos" && count(each, "photo") < Math.max(each.photos, 1),
  );
  if (lacking.length > 0) {
    yield problem(
      "photos-missing",
      `The folder lacks photos of ${counted(lacking.length, "photo post")}: ${few(lacking.map(({ post }) => post.id))}. yt-dlp saves only the music of a slideshow.`,
      `Type \`gallery-dl --write-metadata ${page}\` and hand over the folder gallery-dl, or hand over TikTok's own zip: both have the photos.`,
    );
  }
  const bare = posts.filter(
    (each) => !each.namesOnly && each.post.fields.kind !== "photos" && count(each, "video") === 0,
  );
  if (bare.length > 0) {
    yield problem(
      "sidecar-without-media",
      `The folder has the sidecar but not the video of ${counted(bare.length, "post")}: ${few(bare.map(({ post }) => post.place))}.`,
      "Nothing to do if another source has it, such as TikTok's zip; else let yt-dlp download it.",
    );
  }
}

function few(names: readonly string[]): string {
  const shown = names.slice(0, most).map(shownName).join("; ");
  return names.length > most ? `${shown}; and ${names.length - most} more` : shown;
}

function areNot(names: readonly string[]): string {
  return names.length === 1 ? "was not" : "were not";
}

function wereLeft(names: readonly unknown[]): string {
  return names.length === 1 ? "was left out" : "were left out";
}
