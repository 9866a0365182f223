import { once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import type { Request } from "got";

/** What an answer begins with. */
export interface AnswerHead {
  status: number;
  headers: IncomingHttpHeaders;
}

/** Waits for the beginning of an answer. Throws what the stream fails with; the caller ends the stream. */
export async function answerHead(stream: Request): Promise<AnswerHead> {
  // Without a listener a late failure would end the process and print the address.
  stream.on("error", () => undefined);
  const [response] = (await once(stream, "response")) as [
    { statusCode: number; headers: IncomingHttpHeaders },
  ];
  return { status: response.statusCode, headers: response.headers };
}
