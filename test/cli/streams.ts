import { PassThrough } from "node:stream";
import type { Paint } from "../../src/cli/command.ts";
import type { Streams } from "../../src/cli/output.ts";

/** Streams that remember what was written to them. */
export interface HeardStreams extends Streams {
  said(): { out: string; error: string };
}

/** Two of them; `terminal` says whether they are terminals. */
export function heardStreams(terminal = { out: false, error: false }): HeardStreams {
  const heard = (isTTY: boolean) => {
    const stream = new PassThrough();
    return Object.assign(stream, { isTTY, text: () => String(stream.read() ?? "") });
  };
  const [out, error] = [heard(terminal.out), heard(terminal.error)];
  return {
    out: out as unknown as NodeJS.WriteStream,
    error: error as unknown as NodeJS.WriteStream,
    said: () => ({ out: out.text(), error: error.text() }),
  };
}

/** Marks instead of colours, so that a test sees what is painted. */
export const marking: Paint = {
  strong: (text) => `<strong>${text}</strong>`,
  faint: (text) => `<faint>${text}</faint>`,
  good: (text) => `<good>${text}</good>`,
  bad: (text) => `<bad>${text}</bad>`,
  warm: (text) => `<warm>${text}</warm>`,
};

/** No colour at all. */
export const plain: Paint = {
  strong: String,
  faint: String,
  good: String,
  bad: String,
  warm: String,
};
