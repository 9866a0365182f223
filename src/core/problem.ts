import { problemCodes } from "./problem-codes.ts";
import type { ProblemCode } from "./problem-codes.ts";
import type { Severity } from "./draft-problem-codes.ts";

/** How much a problem matters. */
export type { Severity } from "./draft-problem-codes.ts";
/** One of the stable codes. */
export type { ProblemCode } from "./problem-codes.ts";

/** Something that a person should know about one item or about the run. Never holds private data. */
export interface Problem {
  type: "problem";
  code: ProblemCode;
  severity: Severity;
  /** One or two short sentences for people who are not programmers. */
  message: string;
  /** The next thing to do, with the command to type where there is one; empty when there is nothing to do. */
  fix: string;
  /** The key of the post it is about. */
  post?: string;
  /** The key of another post that it is about too. */
  other?: string;
  /** The destination it is about. */
  to?: string;
  /** The words of a draft that it is about. */
  where?: WordPlace;
}

/** A stretch of title.txt or body.txt. */
export interface WordPlace {
  field: "title" | "body";
  /** From 1. */
  line: number;
  /** From 1, in characters as people see them. */
  column: number;
  /** As it stands there. */
  text: string;
}

/** Makes a problem with the usual severity of its code. */
export function problem(
  code: ProblemCode,
  message: string,
  fix: string,
  about: Pick<Problem, "post" | "other" | "to" | "where"> & { severity?: Severity } = {},
): Problem {
  const { severity = problemCodes[code].severity, post, other, to, where } = about;
  const made: Problem = { type: "problem", code, severity, message, fix };
  // One by one: `prepare` makes some for every draft, and to copy what is there costs more than all of the rest.
  if (post !== undefined) made.post = post;
  if (other !== undefined) made.other = other;
  if (to !== undefined) made.to = to;
  if (where !== undefined) made.where = where;
  return made;
}
