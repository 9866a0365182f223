import { jobMark, jobWords, readJobMark } from "./job.ts";
import type { TimerJob } from "./job.ts";

// crontab(5) and the source of Debian's cron 3.0pl1-162, cronie 1.7 and FreeBSD's cron (which macOS has),
// gathered 2026-11-21: a command is one line of at most 1000 bytes in the first of them, and `%` ends it.

/** Bytes that every cron takes as one command. */
export const longestCronCommand = 990;

/** What findmehere keeps in a crontab for one library. */
export interface CronBlock {
  id: string;
  /** Null when the person changed what tells it. */
  job: TimerJob | null;
  /** As it stands there. */
  text: string;
}

/** A crontab is bytes of unknown encoding: it is passed on as one character for each byte. */
export function bytesAsText(bytes: Buffer): string {
  return bytes.toString("latin1");
}

/** The bytes of such a text. */
export function textAsBytes(text: string): Buffer {
  return Buffer.from(text, "latin1");
}

/**
 * One word for /bin/sh inside a crontab. `%` stands outside the quotes behind a backslash: some crons take that
 * backslash away, some leave it to the shell, and either way the shell sees a plain `%`. A backslash is never
 * followed by another one or by `%`, since some crons make one of the two.
 */
function cronWord(word: string): string {
  if (/^[\w@+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll(/['\\%]/g, (sign) => outside[sign] ?? "")}'`;
}

const outside: Record<string, string> = {
  "'": String.raw`'\''`,
  "%": String.raw`'\%'`,
  "\\": String.raw`\''`,
};

/** The command of a job, as it stands in a crontab. */
export function cronCommand(job: TimerJob): string {
  return jobWords(job).map(cronWord).join(" ");
}

/** When a job runs, in the five fields of a crontab. */
export function cronTimes(every: number): string {
  if (every === 60) return "0 * * * *";
  return every === 1 ? "* * * * *" : `*/${every} * * * *`;
}

/** The lines of a job, with the marks by which they are found again. */
export function cronBlock(job: TimerJob): string {
  const lines = [
    `# findmehere begin ${job.id}: hands off what is due. \`findmehere schedule remove\` takes these lines out.`,
    `# ${jobMark(job)}`,
    `${cronTimes(job.every)} ${cronCommand(job)}`,
    `# findmehere end ${job.id}`,
  ];
  return bytesAsText(Buffer.from(`${lines.join("\n")}\n`, "utf8"));
}

/** Every block of findmehere in a crontab, in its order. */
export function cronBlocks(text: string): CronBlock[] {
  return [...text.matchAll(block)].map(([whole, id = ""]) => ({
    id,
    job: readJobMark(whole),
    text: whole.replace(openLine, ""),
  }));
}

/** The ids of blocks that have lost their first or last line, so that nobody can say where they end. */
export function tornBlocks(text: string): string[] {
  const marks = text.replaceAll(block, "").matchAll(/^# findmehere (?:begin|end) ([\w-]+)/gm);
  return [...new Set([...marks].map(([, id = ""]) => id))];
}

/**
 * True when a listing may not be the crontab itself: Debian's `crontab -l` shows a carriage return and a
 * backspace as a backslash and a letter (its bug 585552, seen in 3.0pl1-162).
 */
export function mayBeAltered(listing: string): boolean {
  return /\\[rb]/.test(listing);
}

/** The crontab with this job in it, once: in the place of its earlier block, else at the end. */
export function withCronBlock(text: string, job: TimerJob): string {
  const made = cronBlock(job);
  const earlier = cronBlocks(text).filter(({ id }) => id === job.id);
  if (earlier.length === 0) {
    const open = text !== "" && !text.endsWith("\n");
    return open ? `${text}\n${made.replace(":", `${openMark}:`)}` : text + made;
  }
  let isFirst = true;
  return text.replaceAll(block, (whole: string, id: string) => {
    if (id !== job.id) return whole;
    const open = openLine.test(whole);
    const kept = isFirst ? (open ? made.replace(":", `${openMark}:`) : made) : "";
    isFirst = false;
    return kept;
  });
}

/** The crontab without the block of this library; all other bytes are as they were before it came. */
export function withoutCronBlock(text: string, ofId: string): string {
  const found = [...text.matchAll(block)].find(([, id]) => id === ofId);
  if (found === undefined) return text;
  let before = text.slice(0, found.index);
  let after = text.slice(found.index + found[0].length);
  if (openLine.test(found[0])) {
    // The line before had no end of its own, and gets rid of ours with the last block of findmehere.
    if (after === "") before = before.slice(0, -1);
    else if (after.startsWith("# findmehere begin ")) after = after.replace(":", `${openMark}:`);
  }
  return withoutCronBlock(before + after, ofId);
}

/** Says that the line before had no line break of its own. */
const openMark = " after an open line";
const openLine = / after an open line(?=:)/;
const block =
  /^# findmehere begin ([\w-]+)(?: after an open line)?:[^\n]*\n(?:(?!# findmehere (?:begin|end) )[^\n]*\n)*# findmehere end \1[^\n]*(?:\n|(?![^]))/gm;
