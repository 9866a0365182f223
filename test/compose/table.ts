import { readFileSync } from "node:fs";

import { composeDraft } from "../../src/compose/draft.ts";
import type { ComposedDraft, ComposeInput } from "../../src/compose/draft.ts";
import { parseTopicTable } from "../../src/compose/topic-table.ts";
import { findDestination } from "../../src/destinations/index.ts";

/** The table that ships. */
export const table = parseTopicTable(
  readFileSync(new URL("../../templates/topics.tsv", import.meta.url), "utf8"),
);

/** A draft of a caption with everything else in order. */
export function draftOf(
  to: string,
  caption: string | null,
  more: Partial<ComposeInput> = {},
): ComposedDraft {
  return composeDraft({
    post: { key: "7300000000000000001", kind: "video", caption, date: "2024-09-17T14:07:21Z" },
    destination: findDestination(to),
    table,
    niche: null,
    photoCount: 0,
    hasMedia: true,
    ...more,
  });
}

/** The codes of a draft's problems. */
export function codesOf(draft: ComposedDraft): string[] {
  return draft.problems.map((problem) => problem.code);
}
