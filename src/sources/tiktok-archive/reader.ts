import { type Problem, problem } from "../../core/problem.ts";
import type { SourceContext, SourceEvent, SourceReader } from "../../core/source.ts";
import { archiveProfile } from "../../tiktok/archive-profile.ts";
import { type ArchiveContent, collector } from "./collect.ts";
import { brokenJson, notAnArchive } from "./errors.ts";
import { archiveBytes } from "./input.ts";
import { JsonError } from "./json-place.ts";
import { walkJson } from "./json-walk.ts";

const source = "tiktok-archive";
const askForPart =
  "If you want it, ask TikTok for a new archive with all parts chosen: Settings, Account, Download your data.";

/** Reads TikTok's data archive. */
export const archiveReader: SourceReader = {
  async *read(input, context) {
    // The whole file is walked before the first record goes out: a file that breaks off must not be half
    // taken in, and the profile, which says whose archive it is, may stand behind the posts.
    const content = await collect(input, context);
    yield* events(content);
  },
};

async function collect(input: string, context: SourceContext): Promise<ArchiveContent> {
  const { content, visitor } = collector(source);
  try {
    await walkJson(untilAborted(archiveBytes(input), context.signal), visitor);
  } catch (error) {
    if (error instanceof JsonError) throw brokenJson(input, error.message, error);
    throw error;
  }
  if (!content.recognised) {
    throw notAnArchive(input, "It has none of the parts that TikTok's archives have.");
  }
  return content;
}

async function* untilAborted(
  chunks: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    yield chunk;
  }
}

function* events(content: ArchiveContent): Generator<SourceEvent> {
  const { profile, lengths } = content;
  if (profile !== undefined || lengths.followers !== null || lengths.following !== null) {
    yield archiveProfile(profile, source, lengths);
  }
  yield* content.posts;
  yield* content.badRecords;
  yield* notes(content);
}

function* notes(content: ArchiveContent): Generator<Problem> {
  if (!content.hasPostSection) {
    yield problem("section-not-requested", "The archive has no part with your posts.", askForPart);
  }
  if (content.profile === undefined) {
    yield problem(
      "section-not-requested",
      "The archive has no part with your profile.",
      askForPart,
    );
  }
  if (content.deleted > 0) {
    const count =
      content.deleted === 1
        ? "1 recently deleted post"
        : `${content.deleted} recently deleted posts`;
    yield problem("deleted-posts", `The archive lists ${count}; deleted posts are left out.`, "");
  }
  if (content.unknownKeys.size > 0) {
    const names = [...content.unknownKeys].toSorted();
    const more = names.length > 20 ? ` and ${names.length - 20} more` : "";
    yield problem(
      "unknown-keys",
      `The archive has parts that findmehere does not know: ${names.slice(0, 20).join(", ")}${more}.`,
      "Nothing to do. If something of yours is missing, report these names.",
    );
  }
}
