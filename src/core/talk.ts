/** How far a long work is; shown to people, not to scripts. */
export interface ProgressEvent {
  type: "progress";
  what: string;
  done: number;
  total: number;
  bytes: number;
}

/** A sentence for people while a step runs. */
export interface SayEvent {
  type: "say";
  text: string;
}
