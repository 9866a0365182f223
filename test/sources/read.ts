import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { ExpectedError, type ExpectedErrorDetails } from "../../src/core/error.ts";
import type { SourcePost } from "../../src/core/post.ts";
import type { Problem } from "../../src/core/problem.ts";
import type { SourceEvent, SourcePerson, SourceProfile } from "../../src/core/source.ts";
import { findSource } from "../../src/sources/index.ts";
import { sourceContext } from "../support/source-context.ts";

/** Everything that a source said of an input. */
export interface Reading {
  /** All but the lists of people, whose rows are made while they are asked for. */
  events: SourceEvent[];
  people: { list: string; rows: SourcePerson[] }[];
  posts: SourcePost[];
  profiles: SourceProfile[];
  problems: Problem[];
}

/** Reads an input through the source that recognises it. */
export async function readInput(input: string): Promise<Reading> {
  const reader = await (await findSource(input)).load();
  const events: SourceEvent[] = [];
  const people: Reading["people"] = [];
  for await (const event of reader.read(input, sourceContext())) {
    if (event.type === "people") people.push({ list: event.list, rows: [...event.rows()] });
    else events.push(event);
  }
  return {
    events,
    people,
    posts: events.filter((event) => event.type === "post"),
    profiles: events.filter((event) => event.type === "profile"),
    problems: events.filter((event) => event.type === "problem"),
  };
}

/** The expected error that reading an input ends with. */
export async function refusalOf(input: string): Promise<ExpectedErrorDetails> {
  const error = await readInput(input).then(
    () => new Error("the input was read"),
    (reason: unknown) => reason,
  );
  if (error instanceof ExpectedError) return error.details;
  throw error;
}

/** A folder that lasts as long as the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "findmehere-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
