import type { SourceContext, SourceEvent, SourceReader } from "../../core/source.ts";
import { archiveProfile } from "../../tiktok/archive-profile.ts";
import { archiveMoment } from "../../tiktok/archive-moment.ts";
import { chooseContent, type ChosenContent } from "./candidates.ts";
import { describeArchive } from "./describe.ts";
import { openInput } from "./input.ts";
import { archiveNotes } from "./notes.ts";

const source = "tiktok-archive";

/** Reads TikTok's data archive. */
export const archiveReader: SourceReader = {
  async *read(input, context) {
    // The whole file is walked before the first record goes out: a file that breaks off must not be half
    // taken in, and the profile, which says whose archive it is, may stand behind the posts.
    yield* events(await collect(input, context), context.clock.calendar());
  },
  describe: describeArchive,
};

async function collect(path: string, { signal }: SourceContext): Promise<ChosenContent> {
  const input = await openInput(path);
  try {
    return await chooseContent(input, source, signal);
  } finally {
    input.close();
  }
}

function* events(chosen: ChosenContent, now: number): Generator<SourceEvent> {
  const { profile, lengths, people, posts, badRecords, hasPostSection } = chosen.content;
  const observed = archiveMoment(posts, now);
  if (profile !== undefined || lengths.followers !== null || lengths.following !== null) {
    yield { ...archiveProfile(profile, source, lengths), observed };
  }
  for (const list of ["followers", "following"] as const) {
    const found = people[list];
    if (found !== null) yield { type: "people", list, rows: found.rows };
  }
  for (const post of posts) yield { ...post, observed };
  yield { type: "coverage", source, observed, whole: hasPostSection, privateToo: true };
  yield* badRecords;
  yield* archiveNotes(chosen);
}
