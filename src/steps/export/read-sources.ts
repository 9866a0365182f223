import { ExpectedError } from "../../core/error.ts";
import type { SourcePost } from "../../core/post.ts";
import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import type {
  Source,
  SourceContext,
  SourceCoverage,
  SourcePeople,
  SourceProfile,
  SourceStop,
} from "../../core/source.ts";
import type { ProgressEvent, SayEvent } from "../../core/talk.ts";
import { handleOfAddress } from "../../tiktok/page-address.ts";

/** One post of one input of a run. */
export interface ReadPost extends SourcePost {
  /** Place of its input among those of the run; within one input no post is told twice. */
  input: number;
  /** True where its source should have given its files too. */
  promisesFiles: boolean;
}

/** Everything that the inputs of one run say, before anything is written. */
export interface ReadSources {
  posts: ReadPost[];
  profiles: SourceProfile[];
  /** Handles of others; for their tables only. */
  people: SourcePeople[];
  /** How much of the whole each input told. */
  coverage: (SourceCoverage & { input: number })[];
  /** Why a reading ended early. */
  stops: SourceStop[];
  problems: Problem[];
}

/**
 * Reads every input to its end before a library is touched, so that an unreadable input leaves nothing
 * behind. Throws ExpectedError (exit `input`) naming the input that cannot be read.
 */
export async function* readSources(
  inputs: readonly string[],
  findSource: (input: string) => Promise<Source>,
  context: SourceContext,
): AsyncGenerator<SayEvent | ProgressEvent, ReadSources> {
  const read: ReadSources = {
    ...{ posts: [], profiles: [], people: [], coverage: [], stops: [], problems: [] },
  };
  for (const [place, input] of inputs.entries()) {
    const source = await findSource(input);
    const { promisesFiles } = source;
    const reader = await source.load();
    for await (const event of reader.read(input, context)) {
      if (event.type === "post") read.posts.push({ ...event, input: place, promisesFiles });
      else if (event.type === "profile") read.profiles.push(event);
      else if (event.type === "people") read.people.push(event);
      else if (event.type === "coverage") read.coverage.push({ ...event, input: place });
      else if (event.type === "stop") read.stops.push(event);
      else if (event.type === "problem") read.problems.push(event);
      else yield event;
    }
  }
  return read;
}

/** The TikTok handle that the inputs speak of, the archive's word first; null when none says, or several do. */
export function handleOf(read: ReadSources): string | null {
  const archive = read.profiles.find((profile) => profile.source === "tiktok-archive");
  if (archive?.handle != null) return archive.handle;
  const handles = new Set(read.profiles.flatMap(({ handle }) => handle ?? []));
  const [only] = handles;
  return handles.size === 1 && only !== undefined ? only : null;
}

/**
 * Keeps only the creator's own. Throws ExpectedError (exit `usage`) when the archive is somebody else's;
 * single records of others in a folder are left out and listed.
 */
export function keepOwn(read: ReadSources, owner: string): ReadSources {
  const archives = read.profiles.filter((profile) => profile.source === "tiktok-archive");
  for (const { handle } of archives) {
    if (handle === null || sameHandle(handle, owner)) continue;
    throw new ExpectedError({
      exit: "usage",
      code: "not-your-archive",
      what: `This archive belongs to @${handle}, and this library to @${owner}.`,
      why: "findmehere works only on the creator's own posts.",
      fix: `If @${handle} is you (a new name), type \`findmehere config set creator.handles.tiktok ${handle}\`; else give another \`--library\`.`,
    });
  }
  const handles = new Set(read.profiles.flatMap(({ handle }) => handle ?? []));
  if (owner === "" && handles.size > 0) {
    throw new ExpectedError({
      exit: "usage",
      code: "whose-posts",
      what: `This speaks of several accounts: ${[...handles].map((each) => `@${each}`).join(", ")}.`,
      why: "findmehere works only on the creator's own posts, and cannot tell which account is yours.",
      fix: "Say it first: `findmehere init --tiktok YOUR-HANDLE`, then type this command again.",
    });
  }
  const strangers = read.posts.filter((post) => {
    const handle = handleOfAddress(post.fields.url ?? "");
    return handle !== null && !sameHandle(handle, owner);
  });
  return {
    ...read,
    posts: read.posts.filter((post) => !strangers.includes(post)),
    profiles: read.profiles.filter(
      (profile) => profile.handle === null || sameHandle(profile.handle, owner),
    ),
    problems: [
      ...read.problems,
      ...strangers.map((post) =>
        problem(
          "not-yours",
          `A record is of another account: ${post.place}.`,
          "Nothing to do. If it is your older name, set creator.handles.tiktok to it and export again.",
        ),
      ),
    ],
  };
}

function sameHandle(left: string, right: string): boolean {
  return left.replace(/^@/, "").toLowerCase() === right.replace(/^@/, "").toLowerCase();
}
