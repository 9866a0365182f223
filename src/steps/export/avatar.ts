import type { SourceProfile } from "../../core/source.ts";
import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import { DownloadError } from "../../download/error.ts";
import { allFiles } from "../../store/posts.ts";
import { adoptFile, keepFile, wholeFileIn } from "./adopt.ts";
import { downloadContext } from "./fetch-context.ts";
import type { FetchContext } from "./fetch-context.ts";
import { isThere } from "./media-plan.ts";
import { mediaExpiry } from "./offered-media.ts";

const place = { post: "", role: "avatar", position: 1, objectId: null, watermarked: false };

/** Fetches the creator's picture once; that it cannot be had is only a note. */
export async function* fetchAvatar(
  profile: SourceProfile,
  context: FetchContext,
): AsyncGenerator<Problem> {
  const [first, ...others] = profile.avatar;
  if (first === undefined || context.drain.aborted) return;
  const files = await context.store.transaction(allFiles);
  const known = files.some((file) => file.role === "avatar" && isThere(context.root, file));
  if (known || (await adoptAvatar(context))) return;
  const gone = (why: string) =>
    problem("download-failed", `Your profile picture could not be fetched: ${why}.`, "", {
      severity: "note",
    });
  const origins = [first, ...others] as const;
  const expires = mediaExpiry({ origins });
  if (expires !== null && Date.parse(expires) <= context.clock.calendar()) {
    yield gone(`its link died on ${expires.slice(0, 10)}`);
    return;
  }
  try {
    const { download } = await import("../../download/download.ts");
    const result = await download(
      { origins, folder: context.root, name: "avatar", expect: "image" },
      { ...downloadContext(context, 1), retries: 1 },
    );
    const { file: path, bytes, sha256, mediaType } = result;
    await keepFile(context.store, { ...place, path, bytes, sha256, mediaType });
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    if (error.class !== "stopped") yield gone(error.message);
  }
}

/** Takes in a picture that came whole in a run that died before it could note it. */
async function adoptAvatar({
  root,
  store,
}: Pick<FetchContext, "root" | "store">): Promise<boolean> {
  const path = await wholeFileIn(root, "avatar");
  if (path === null) return false;
  const file = { ...place, folder: root, name: "avatar", path, expect: "image" as const };
  return adoptFile(root, store, file);
}
