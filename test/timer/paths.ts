import fc from "fast-check";
import type { TimerJob } from "../../src/timer/job.ts";

/** Paths with every sign that some format treats. */
export const oddPaths: readonly string[] = [
  "/home/mira/My Library",
  '/home/mira/it\'s "mine"',
  "/home/mira/100% sure %h",
  "/home/mira/back\\slash\\\\two\\",
  "/home/mira/小红书 é 🌅",
  "/home/mira/$HOME `id` $(id) ${x}",
  "/home/mira/<a> & <b> --> x -- y",
  "/home/mira/~ # ; | * ? [a] {b} !",
  "/home/mira/'\\%'\\''%%\\%",
];

/** Any path that a folder can have, without control characters. */
export const anyPath = fc
  .array(
    fc.oneof(
      fc.constantFrom("'", '"', "\\", "%", "$", " ", "`", "&", "<", "-", "=", "é", "小", "🌅"),
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((signs) => `/${signs.join("").replaceAll(/[\u0000-\u001f\u007f/]|\p{C}/gu, "x")}`);

/** A job for this library. */
export function jobFor(library: string, more: Partial<TimerJob> = {}): TimerJob {
  return {
    id: "52ea915e-3cb7-4042-b1d4-c162de5aa412",
    every: 10,
    node: "/usr/bin/node",
    bin: "/opt/findmehere/bin/findmehere.js",
    library,
    ...more,
  };
}
