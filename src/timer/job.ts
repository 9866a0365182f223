import { z } from "zod";

/** The timers of a computer that can run findmehere again and again. */
export const timerKinds = ["cron", "systemd", "launchd", "task-scheduler"] as const;

/** One of these timers. */
export type TimerKind = (typeof timerKinds)[number];

const jobShape = z.object({
  /** The library's own id. */
  id: z.string().regex(/^[\w-]+$/),
  /** Minutes from one look to the next; 1 to 60, and 60 is a multiple of it. */
  every: z.number().int().min(1).max(60),
  /** Absolute paths. */
  node: z.string(),
  bin: z.string(),
  library: z.string(),
  /** Words before the command that let one run at a time, where the timer itself does not see to that. */
  guard: z.array(z.string()).optional(),
});

/** What a timer runs, for which library. */
export type TimerJob = z.infer<typeof jobShape>;

/** The command as a list of words, each of them one argument. */
export function jobWords({ guard = [], node, bin, library }: TimerJob): string[] {
  return [...guard, node, bin, "publish", "--due", "--quiet", "--library", library];
}

/** Name of what a timer keeps for a library, such as a unit or a task. */
export function jobName(id: string): string {
  return `findmehere-${id}`;
}

/** The id in such a name; null for a name of something else. */
export function idInName(name: string): string | null {
  return /^findmehere-([\w-]+)$/.exec(name)?.[1] ?? null;
}

/**
 * One line of plain ASCII that tells the job to whoever reads the entry back. It may stand in a comment of
 * every format: it holds no line break, and no two hyphens, which would end a comment of XML.
 */
export function jobMark(job: TimerJob): string {
  const { id, every, node, bin, library, guard } = job;
  // Always in this order: an entry that is read back has to be the same text.
  const plain = JSON.stringify({ id, every, node, bin, library, guard }).replaceAll(
    /[^ -~]/g,
    (sign) => String.raw`\u` + sign.charCodeAt(0).toString(16).padStart(4, "0"),
  );
  return `findmehere job ${plain.replaceAll("--", String.raw`-\u002d`)}`;
}

/** The job of the first such line in a text; null where there is none that can be read. */
export function readJobMark(text: string): TimerJob | null {
  const [, found = ""] = /findmehere job (\{[^\r\n]*\})/.exec(text) ?? [];
  try {
    const read = jobShape.safeParse(JSON.parse(found));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** True when no format could hold this path: it has a line break or another control character. */
export function hasControlCharacter(path: string): boolean {
  return /[\u0000-\u001f\u007f]/.test(path);
}
