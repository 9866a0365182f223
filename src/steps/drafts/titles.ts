import { tellApart } from "../../compose/title.ts";
import type { Destination } from "../../core/destination.ts";
import type { Draft } from "../../core/draft.ts";
import { problem } from "../../core/problem.ts";
import type { StoredDraft } from "../../store/drafts.ts";

/** The titles of a destination's drafts, while drafts are made one after the other. */
export interface Titles {
  /** The draft with a title that no other one has. */
  apart(draft: Draft, destination: Destination): Draft;
  /** Notes the title with which a draft stays. */
  note(draft: Pick<Draft, "post" | "to" | "title">): void;
}

/** Starts from the drafts that there are. */
export function titlesOf(drafts: readonly Pick<StoredDraft, "post" | "to" | "title">[]): Titles {
  const titles = new Map<string, Map<string, string>>();
  const counts = new Map<string, Map<string, number>>();
  const count = (to: string, title: string, step: number): void => {
    const all = counts.get(to) ?? new Map<string, number>();
    counts.set(to, all.set(title, (all.get(title) ?? 0) + step));
  };
  const note: Titles["note"] = ({ post, to, title }) => {
    const ofPlace = titles.get(to) ?? new Map<string, string>();
    titles.set(to, ofPlace);
    const before = ofPlace.get(post);
    if (before !== undefined) count(to, before, -1);
    ofPlace.set(post, title.toLowerCase());
    count(to, title.toLowerCase(), 1);
  };
  for (const draft of drafts) note(draft);
  return {
    note,
    apart(draft, destination) {
      const own = titles.get(draft.to)?.get(draft.post);
      const isTaken = (title: string): boolean =>
        (counts.get(draft.to)?.get(title) ?? 0) - (own === title ? 1 : 0) > 0;
      const title = tellApart(draft.title, isTaken, destination);
      if (title === draft.title) return draft;
      const told = problem(
        "same-title",
        `Another draft for ${destination.title} has the title “${draft.title}”, so this one got a number.`,
        "Write a better one into title.txt in the draft's folder.",
        { post: draft.post, to: draft.to },
      );
      return { ...draft, title, problems: [...draft.problems, told] };
    },
  };
}
