/** Events that come whenever they come, handed on in their order. */
export interface EventQueue<Event> {
  push(event: Event): void;
  end(): void;
  /** Every event until the end; for one reader. */
  all(): AsyncGenerator<Event, void, undefined>;
}

/** A queue between those who tell and the one who listens. */
export function eventQueue<Event>(): EventQueue<Event> {
  const waiting: Event[] = [];
  let isOver = false;
  let wake = () => {};
  return {
    push(event) {
      waiting.push(event);
      wake();
    },
    end() {
      isOver = true;
      wake();
    },
    async *all() {
      for (;;) {
        const next = waiting.shift();
        if (next !== undefined) yield next;
        else if (isOver) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
