/** Words of a draft that a person changed, held against what findmehere would write now. */
export interface DraftEdit {
  type: "edit";
  post: string;
  to: string;
  part: "title" | "body";
  /** What the person wrote. */
  yours: string;
  /** What findmehere would write. */
  ours: string;
  /** Line by line: `- ` only in ours, `+ ` only in yours, `  ` in both, shortened to what differs. */
  difference: string[];
  /** Where `prepare --force` keeps the person's words, from the library's root. */
  kept?: string;
}
