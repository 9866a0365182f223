import type { SourceProfile } from "../../core/source.ts";
import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import { download } from "../../download/download.ts";
import { DownloadError } from "../../download/error.ts";
import { allFiles, putFile } from "../../store/posts.ts";
import type { FetchContext } from "./fetch-media.ts";

/** Fetches the creator's picture once; that it cannot be had is only a note. */
export async function* fetchAvatar(
  profile: SourceProfile,
  context: Omit<FetchContext, "concurrency">,
): AsyncGenerator<Problem> {
  if (profile.avatarAddress === null || context.drain.aborted) return;
  const files = await context.store.transaction(allFiles);
  if (files.some((file) => file.role === "avatar")) return;
  const gone = (why: string) =>
    problem("download-failed", `Your profile picture could not be fetched: ${why}.`, "", {
      severity: "note",
    });
  const expires = profile.avatarExpires;
  if (expires !== null && Date.parse(expires) <= context.clock.calendar()) {
    yield gone(`its link died on ${expires.slice(0, 10)}`);
    return;
  }
  try {
    const result = await download(
      {
        address: profile.avatarAddress,
        folder: context.root,
        name: "avatar",
        expect: "image",
        expires,
      },
      {
        allowedHosts: context.hosts,
        clock: context.clock,
        random: context.random,
        signal: context.stop,
        retries: 1,
      },
    );
    await context.store.transaction((transaction) =>
      putFile(transaction, {
        path: result.file,
        post: "",
        role: "avatar",
        position: 1,
        bytes: result.bytes,
        sha256: result.sha256,
        media_type: result.mediaType,
        object_id: null,
      }),
    );
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    if (error.class !== "stopped") yield gone(error.message);
  }
}
