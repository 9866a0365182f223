import { labelMeaning, profileKey } from "./archive-labels.ts";
import { unknownPostKeys } from "./archive-post.ts";
import { isAddress, type TextBlock, type TextField } from "./archive-text.ts";
import type { ArchiveRecord } from "./archive-value.ts";
import { isMediaAddress, splitLink } from "./media-address.ts";
import { archiveDate } from "./time.ts";

/** A post of the text form, in the shape of the JSON's rows. */
export interface TextRow {
  row: ArchiveRecord;
  line: number;
}

/** True when a block can only be one of the creator's own posts: a date, and a file as posts have it. */
export function isOwnPost(block: TextBlock): boolean {
  return dateField(block) !== undefined && addresses(block).some(isStoredPost);
}

/** True for a deleted post: a date, and a sign-in page that leads on to a file. */
export function isDeletedPost(block: TextBlock): boolean {
  return dateField(block) !== undefined && addresses(block).some(isSignIn);
}

/** True for what was watched, liked or shared: other people's posts, by the address of their page. */
export function isStrangersPost(block: TextBlock): boolean {
  const links = addresses(block);
  return links.length > 0 && links.every((link) => /\/share\/|\/@/i.test(link));
}

/** The first value that is a date, whatever its label is called; ISO 8601 UTC. */
export function blockDate(block: TextBlock): string | null {
  const field = dateField(block);
  return field === undefined ? null : archiveDate(field.value);
}

/** A follower's block, or one of the people followed: it has a name under one of the known labels. */
export function namesPerson(block: TextBlock): boolean {
  return personOfBlock(block) !== null;
}

/** The handle of a follower's block, or of one of the people followed; null when it names nobody. */
export function personOfBlock(block: TextBlock): string | null {
  return block.fields.find(({ label }) => labelMeaning(label) === "handle")?.value.trim() ?? null;
}

/** What of a block belongs to the public profile, under the names of the JSON. */
export function profileOfBlock(block: TextBlock): ArchiveRecord {
  const found = block.fields.flatMap(({ label, value }) => {
    const key = profileKey(label);
    return key === null ? [] : [[key, value.trim()] as const];
  });
  return Object.fromEntries(found);
}

/**
 * Turns the blocks of one file of posts into rows. A label is one of TikTok's when it is known or stands in
 * half of the blocks; else the line is a part of the caption above it, which may have colons and blank lines.
 */
export function textRows(blocks: readonly TextBlock[]): { rows: TextRow[]; unknown: string[] } {
  const counts = new Map<string, number>();
  for (const { fields } of blocks) {
    for (const label of new Set(fields.map((field) => field.label))) {
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
  }
  const enough = Math.max(1, blocks.filter((block) => blockDate(block) !== null).length / 2);
  const isLabel = (label: string) =>
    label !== "" && (isKnown(label) || (counts.get(label) ?? 0) >= enough);
  const joined: TextBlock[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    const orphan = !block.fields.some(({ label }) => isLabel(label)) && !isOwnPost(block);
    if (orphan && last !== undefined) {
      joined[joined.length - 1] = { ...last, fields: [...last.fields, blank, ...block.fields] };
    } else joined.push(block);
  }
  const single = blocks.length < 3;
  const read = joined.map(({ line, fields }) => ({ line, fields: glued(fields, isLabel, single) }));
  const labels = new Set(read.flatMap(({ fields }) => fields.map(({ label }) => label)));
  labels.delete("");
  const meant = read.map((block) => dateField(block)?.label);
  return {
    rows: read.map((block) => ({ row: rowOf(block), line: block.line })),
    unknown: [...labels].filter((label) => !isKnown(label) && !meant.includes(label)),
  };
}

const blank: TextField = { label: "", value: "" };

/** Lines without a label go on with the value above them. */
function glued(
  fields: readonly TextField[],
  isLabel: (label: string) => boolean,
  single: boolean,
): TextField[] {
  const result: TextField[] = [];
  for (const { label, value } of fields) {
    const last = result.at(-1);
    const inTitle = last !== undefined && labelMeaning(last.label) === "title";
    // In a file of one post nothing but the place tells a label from a line of the caption.
    const own = isLabel(label) && (isKnown(label) || !(single && inTitle));
    if (own || last === undefined) result.push({ label, value });
    else {
      const text = label === "" ? value : `${label}: ${value}`;
      result[result.length - 1] = { label: last.label, value: `${last.value}\n${text}` };
    }
  }
  return result;
}

function rowOf(block: TextBlock): ArchiveRecord {
  const row: Record<string, unknown> = {};
  for (const { label, value } of block.fields) {
    if (label !== "" && unknownPostKeys({ [label]: "" }).length === 0)
      row[label] ??= value.trimEnd();
    else if (labelMeaning(label) === "title") row["Title"] ??= value;
  }
  const cover = block.fields.find(({ label }) => labelMeaning(label) === "cover");
  if (cover !== undefined) row["CoverImage"] = cover.value;
  row["Date"] = dateField(block)?.value;
  row["Link"] = linkField(block)?.value;
  delete row["Video Link"];
  return row;
}

function linkField({ fields }: TextBlock): TextField | undefined {
  const withLink = fields.filter(({ value }) => splitLink(value).length > 0);
  return (
    withLink.find(({ label }) => labelMeaning(label) === "link") ??
    withLink.find(({ label }) => !["cover", "title"].includes(labelMeaning(label) ?? ""))
  );
}

function dateField({ fields }: TextBlock): TextField | undefined {
  return fields.find(({ value }) => archiveDate(value) !== null);
}

function isKnown(label: string): boolean {
  return labelMeaning(label) !== null || unknownPostKeys({ [label]: "" }).length === 0;
}

/** TikTok's have about two thousand signs. */
const longestAddress = 8192;

function addresses({ fields }: TextBlock): string[] {
  return fields
    .flatMap(({ value }) => (isAddress(value) ? splitLink(value) : []))
    .filter((address) => address.length < longestAddress);
}

/** The files of posts lie in a store of their own; pictures in comments and profiles do not. */
function isStoredPost(address: string): boolean {
  return (
    isMediaAddress(address) &&
    /\/storage\/v1\/|mime_type=video|-photomode-|\/\/video[\w-]*\.(?:musical\.ly|tiktokv\.|tiktokcdn)/i.test(
      address,
    )
  );
}

function isSignIn(address: string): boolean {
  return /\/login\b.*[?&]redirect_url=/i.test(address);
}
