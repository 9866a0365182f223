import { ExpectedError } from "../core/error.ts";

/** The part of `process` that tells of signals. */
export interface SignalSource {
  on(signal: "SIGINT" | "SIGTERM", listener: () => void): unknown;
  off(signal: "SIGINT" | "SIGTERM", listener: () => void): unknown;
}

/** What the person is told, and when. */
export interface InterruptCalls {
  /** The item at hand is finished, then the run ends. */
  onFirst(): void;
  /** The run stops now. */
  onSecond(): void;
}

/** Whether and how urgently the run was asked to end. */
export interface Interrupt {
  /** Aborts at the first Ctrl-C or SIGTERM: finish the item, take no other. */
  drain: AbortSignal;
  /** Aborts at the second one: stop now. */
  stop: AbortSignal;
  /** True from the first one on. */
  readonly interrupted: boolean;
  /** Listens no more; a later Ctrl-C ends the process as usual. */
  dispose(): void;
}

/** Listens for Ctrl-C and SIGTERM. Both signals abort with an ExpectedError of exit `interrupted`. */
export function listenForInterrupt(source: SignalSource, calls: InterruptCalls): Interrupt {
  const drain = new AbortController();
  const stop = new AbortController();
  const dispose = (): void => {
    source.off("SIGINT", listen);
    source.off("SIGTERM", listen);
  };
  function listen(): void {
    if (!drain.signal.aborted) {
      drain.abort(interruption());
      calls.onFirst();
      return;
    }
    // A third one ends the process the usual way, should the work not heed the second.
    dispose();
    stop.abort(interruption());
    calls.onSecond();
  }
  source.on("SIGINT", listen);
  source.on("SIGTERM", listen);
  return {
    drain: drain.signal,
    stop: stop.signal,
    get interrupted() {
      return drain.signal.aborted;
    },
    dispose,
  };
}

function interruption(): ExpectedError {
  return new ExpectedError({
    exit: "interrupted",
    code: "interrupted",
    what: "The run was interrupted.",
    why: "Ctrl-C was pressed, or the system asked findmehere to end.",
    fix: "Run the same command again; it goes on where it stopped.",
  });
}
