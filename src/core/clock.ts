/** The two clocks. They come in as values so that tests are deterministic. */
export interface Clock {
  /** What is due: milliseconds since the epoch, UTC; FINDMEHERE_NOW moves it. */
  calendar(): number;
  /** Timers and leases: milliseconds that nothing moves. */
  wall(): number;
  /** Waits; rejects with the signal's reason when it aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** A source of numbers in [0, 1). */
export type Random = () => number;
