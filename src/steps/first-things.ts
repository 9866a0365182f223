/** One of the things that only work while TikTok is still there. */
export interface FirstThing {
  /** Null when findmehere cannot see whether it is done. */
  done: boolean | null;
  what: string;
  /** What to type; empty when it is done on the phone. */
  command: string;
}

/** What the list is made from. */
export interface FirstThingsInput {
  posts: number;
  /** Posts of which a file is missing. */
  incomplete: number;
  /** Public posts without a caption. */
  wordless: number;
  announced: boolean;
  handle: string;
}

/** What has to be done before the deadline, in the order of what dies first. */
export function firstThings(input: FirstThingsInput): FirstThing[] {
  const { posts, incomplete, wordless, announced } = input;
  return [
    {
      done: posts > 0 && incomplete === 0,
      what:
        posts === 0
          ? "Bring your posts: ask TikTok for your data on the phone, then export the zip"
          : `${posts - incomplete} of ${posts} posts are whole; the links in TikTok's zip die within days`,
      command: "findmehere migrate TikTok_Data.zip",
    },
    {
      done: announced,
      what: announced ? "The announcement is written" : "Write the announcement",
      command: "findmehere announce",
    },
    {
      done: null,
      what: "Post the announcement on TikTok and pin it (findmehere cannot see that)",
      command: "",
    },
    {
      done: posts > 0 && wordless === 0,
      what:
        posts === 0
          ? "Captions: TikTok's zip has none; fetch them while your page is there"
          : wordless === 0
            ? "Captions: every public post that is here has one"
            : `Captions: ${wordless} public ${wordless === 1 ? "post has" : "posts have"} none; fetch ${wordless === 1 ? "it" : "them"} while your page is there`,
      command: captionCommand(input.handle),
    },
  ];
}

/** The command that reads captions from the creator's own page. */
export function captionCommand(handle: string): string {
  return `findmehere export @${handle || "YOUR-HANDLE"}`;
}
