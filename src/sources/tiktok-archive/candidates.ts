import { type ArchiveContent, archiveForms } from "./content.ts";
import { notAnArchive } from "./errors.ts";
import { baseName, fileTitle, type InputFile, type OpenInput, printable } from "./input-file.ts";
import { readJson } from "./read-json.ts";
import { readText } from "./read-text.ts";

/** The archive that was read, and what else the input held. */
export interface ChosenContent {
  content: ArchiveContent;
  /** What was read, for people. */
  title: string;
  /** The copies and other forms that were left, each named. */
  left: string[];
}

interface Candidate {
  title: string;
  content: ArchiveContent;
}

/** Nobody has more copies than this; a zip of thousands must not be read for hours. */
const mostCandidates = 20;

/** The files of an input that could each be the whole archive as JSON, the likeliest first. */
export function jsonFiles({ files }: OpenInput): InputFile[] {
  const [only] = files;
  if (files.length === 1 && only?.name === "") return isText(only) ? [] : [only];
  const json = files.filter(({ name }) => /\.json$/i.test(name) && !/\.info\.json$/i.test(name));
  const named = json.filter(({ name }) => /^user_data/i.test(baseName(name)));
  return (named.length > 0 ? named : json)
    .toSorted((one, other) => rank(one.name) - rank(other.name) || (one.name < other.name ? -1 : 1))
    .slice(0, mostCandidates);
}

/** The files of an input that could be parts of the text form. */
export function textFiles({ files }: OpenInput): InputFile[] {
  return files.filter(isText);
}

/** Reads every file of an input that could be the archive, and gives the fullest. */
export async function chooseContent(
  input: OpenInput,
  source: string,
  signal: AbortSignal,
): Promise<ChosenContent> {
  const candidates: Candidate[] = [];
  for (const file of jsonFiles(input)) {
    const content = await readJson(file, source, signal);
    add(candidates, input, { title: printable(file.name), content });
  }
  const texts = textFiles(input);
  if (texts.length > 0) {
    const content = await readText(texts, source, signal);
    add(candidates, input, { title: "the text files (TXT)", content });
  }
  const [best, ...others] = candidates.toSorted(compare);
  if (best === undefined) throw nothingFound(input);
  return { ...best, left: others.map(({ title }) => title) };
}

function add(candidates: Candidate[], input: OpenInput, candidate: Candidate): void {
  if (candidate.content.tooManyPosts) {
    throw notAnArchive(input.path, "Its posts are more, or far longer, than any account's.");
  }
  if (candidate.content.recognised) candidates.push(candidate);
}

/** The one with more posts first; then the newer form. Among equals the order of reading stays. */
function compare(one: Candidate, other: Candidate): number {
  return (
    other.content.posts.length - one.content.posts.length ||
    archiveForms.indexOf(other.content.form) - archiveForms.indexOf(one.content.form)
  );
}

function nothingFound(input: OpenInput): Error {
  const { path, files } = input;
  if (jsonFiles(input).length > 0) {
    return notAnArchive(path, "It has none of the parts that TikTok's archives have.");
  }
  if (textFiles(input).length > 0) {
    return notAnArchive(path, "None of its text files is one that TikTok's archives have.");
  }
  const zip = files.find(({ name }) => /\.zip$/i.test(name));
  if (zip !== undefined) {
    const fix = "Unpack it, and hand over the zip inside it.";
    return notAnArchive(path, `It holds another zip, ${fileTitle(zip)}.`, fix);
  }
  return notAnArchive(path, "There is no user_data_tiktok.json in the zip.");
}

function isText({ input, name }: InputFile): boolean {
  return /\.txt$/i.test(name === "" ? input : name);
}

function rank(name: string): number {
  const depth = name.split("/").length;
  return depth + (/^user_data_tiktok/i.test(baseName(name)) ? 0 : 1000);
}
