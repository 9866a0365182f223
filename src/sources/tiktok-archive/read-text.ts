import { ExpectedError } from "../../core/error.ts";
import { labelMeaning, textFileUse } from "../../tiktok/archive-labels.ts";
import type { TextBlock } from "../../tiktok/archive-text.ts";
import {
  blockDate,
  isDeletedPost,
  isOwnPost,
  isStrangersPost,
  namesPerson,
  personOfBlock,
  profileOfBlock,
  textRows,
} from "../../tiktok/archive-text-post.ts";
import {
  type ArchiveContent,
  type ContentKeeper,
  contentKeeper,
  emptyContent,
  most,
} from "./content.ts";
import { baseName, type InputFile, printable } from "./input-file.ts";
import { peopleList } from "./people.ts";
import { textBlocks } from "./text-lines.ts";

/** One reading of the text form. */
interface TextReading {
  content: ArchiveContent;
  keeper: ContentKeeper;
  source: string;
  signal: AbortSignal;
}

/** Reads the archive out of the files of TikTok's text form. Throws ExpectedError (exit `input`). */
export async function readText(
  files: readonly InputFile[],
  source: string,
  signal: AbortSignal,
): Promise<ArchiveContent> {
  const content = emptyContent("text");
  const reading = { content, keeper: contentKeeper(content), source, signal };
  for (const file of files) await readFile(file, reading);
  return content;
}

async function readFile(file: InputFile, reading: TextReading): Promise<void> {
  const { content } = reading;
  const use = textFileUse(
    baseName(file.name === "" ? file.input.replaceAll("\\", "/") : file.name),
  );
  if (use !== "unknown") content.recognised = true;
  if (use === "other") return;
  if (use === "profile") return readProfile(file, reading);
  if (use === "followers" || use === "following") {
    return readPeople(file, use, reading);
  }
  if (use !== "unknown") return readPosts(file, false, reading);
  try {
    await readPosts(file, true, reading);
  } catch (error) {
    // Beside an archive lie other people's notes and logs: one that is odd is none of ours.
    if (!(error instanceof ExpectedError) || error.details.code !== "broken-text") throw error;
  }
}

/** Of several files of one list the longest is it. */
async function readPeople(
  file: InputFile,
  list: "followers" | "following",
  { content, signal }: TextReading,
): Promise<void> {
  const people = peopleList();
  let length = 0;
  for await (const block of textBlocks(file, signal)) {
    const [date, handle] = [blockDate(block), personOfBlock(block)];
    if (handle !== null) people.add({ handle, date: date ?? "" });
    if (handle !== null || date !== null) length += 1;
  }
  if (length < (content.lengths[list] ?? 0)) return;
  content.lengths[list] = length;
  content.people[list] = people;
}

/** The profile is one block or many; only what is public is looked at. */
async function readProfile(file: InputFile, { content, signal }: TextReading): Promise<void> {
  const profile: Record<string, unknown> = {};
  for await (const block of textBlocks(file, signal)) {
    for (const [key, value] of Object.entries(profileOfBlock(block))) profile[key] ??= value;
  }
  content.profile = profile;
}

/** Names of files are translated: where the name says nothing, only what can be nothing else is taken. */
async function readPosts(file: InputFile, byContent: boolean, reading: TextReading): Promise<void> {
  const { content, keeper, signal } = reading;
  const blocks: TextBlock[] = [];
  const title = printable(file.name === "" ? "the file" : file.name);
  let others = 0;
  let size = 0;
  let profile: TextBlock | null = null;
  for await (const block of textBlocks(file, signal)) {
    if (isStrangersPost(block)) {
      others += 1;
    } else if (isDeletedPost(block)) {
      keeper.addDeleted(`${title}, line ${block.line}`, blockDate(block));
    } else if (!byContent || isOwnPost(block) || (blocks.length > 0 && goesOn(block))) {
      blocks.push(block);
      size += block.fields.reduce((sum, { value }) => sum + value.length, 0);
    } else {
      others += 1;
      if (others === 1 && namesPerson(block) && blockDate(block) === null) profile = block;
    }
    if (blocks.length > most.posts || size > most.text) content.tooManyPosts = true;
    if (content.tooManyPosts) return;
  }
  if (byContent && profile !== null && others === 1 && blocks.length === 0) {
    content.recognised = true;
    content.profile ??= profileOfBlock(profile);
  }
  if (byContent && blocks.length === 0) return;
  content.recognised = true;
  // A file named like ours in which only strangers' posts stand is a list of what was watched.
  if (blocks.length > 0 || others === 0) content.hasPostSection = true;
  addRows(blocks, title, reading);
}

/** Lines without a date and without an address belong to the caption above them. */
function goesOn(block: TextBlock): boolean {
  return (
    blockDate(block) === null &&
    block.fields.every(({ label }) => labelMeaning(label) === null || label === "")
  );
}

function addRows(blocks: readonly TextBlock[], title: string, reading: TextReading): void {
  const { rows, unknown } = textRows(blocks);
  const list = title;
  for (const label of unknown) reading.keeper.addLabel(list, label);
  for (const { row, line } of rows) {
    const place = `${title}, line ${line}`;
    reading.keeper.addRow(row, { place, list, source: reading.source, own: true });
  }
}
