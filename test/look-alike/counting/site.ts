import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** What the site does with one press. */
export type SubmitFault =
  | "accept"
  /** Accepts, and answers only after a while. */
  | "hang"
  /** Breaks the line before it has accepted anything. */
  | "fail-before"
  /** Accepts, then breaks the line without a word. */
  | "fail-after"
  /** Accepts, sends half an answer, and breaks the line. */
  | "half-answer"
  /** Accepts, and says that it will show the post two hours after noon of the second of December. */
  | "schedule"
  /** Says no, in words. */
  | "refuse"
  /** Wants a person. */
  | "captcha";

/** A site that counts what it is sent. It takes the same post as often as it is pressed, as real sites do. */
export interface CountingSite {
  origin: string;
  /** How often each post was accepted. */
  accepted: ReadonlyMap<string, number>;
  /** How often the button was pressed, whatever came of it. */
  presses(): number;
  /** Keeps what was accepted off the page, as a review does, or shows it. */
  hide(hidden: boolean): void;
  /** Waits until nothing is under way. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

/** How the site behaves: what it does with the press of that number, from 1. */
export interface CountingOptions {
  fault?: (press: number, post: string) => SubmitFault;
  /** How long `hang` lasts, in milliseconds. */
  hang?: number;
}

/** When a post that was scheduled is shown. */
const showsAt = "2026-12-02T14:00:00.000Z";

/** Starts the site on a free port of the loopback. */
export async function startCountingSite(options: CountingOptions = {}): Promise<CountingSite> {
  const { fault = () => "accept", hang = 300 } = options;
  const accepted = new Map<string, number>();
  let presses = 0;
  const busy = new Set<object>();
  let hidden = false;

  async function submit(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    // A press whose words did not arrive whole is none.
    const { post } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as { post: string };
    presses += 1;
    const what = fault(presses, post);
    if (what === "fail-before") return void response.socket?.destroy();
    if (what === "refuse") return answer(response, { refused: "违反社区规范" });
    if (what === "captcha") return answer(response, { captcha: true });
    const times = (accepted.get(post) ?? 0) + 1;
    accepted.set(post, times);
    if (what === "fail-after") return void response.socket?.destroy();
    const body = JSON.stringify({ id: idOf(post, times) });
    if (what === "half-answer") {
      response.writeHead(200, { "content-length": body.length });
      response.write(body.slice(0, 5), () => response.socket?.destroy());
      return;
    }
    if (what === "hang") await wait(hang);
    if (what === "schedule")
      return answer(response, { ...(JSON.parse(body) as object), at: showsAt });
    answer(response, JSON.parse(body) as object);
  }

  function page(response: ServerResponse): void {
    const notes = (hidden ? [] : [...accepted]).map(([post, times]) => ({
      post,
      id: idOf(post, times),
    }));
    answer(response, { notes });
  }

  const server = createServer((request, response) => {
    busy.add(request);
    const done =
      request.method === "POST" ? submit(request, response) : Promise.resolve(page(response));
    done.catch(() => response.destroy()).finally(() => busy.delete(request));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    accepted,
    presses: () => presses,
    hide: (wish) => void (hidden = wish),
    async quiet() {
      while (busy.size > 0) await wait(5);
    },
    close() {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

function idOf(post: string, times: number): string {
  return Buffer.from(`${post} ${times}`).toString("hex").padEnd(24, "0").slice(-24);
}

function answer(response: ServerResponse, body: object): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
