import { randomBytes } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

// A far server that is near: each line costs `latency` ms to open, each answer `latency` ms more, and a line
// carries `rate` bytes a second (0: as many as it can). A path says how many bytes it holds: `…x5000000`.
// `/counts` tells what was asked.
const [latencyWord = "40", rateWord = "0"] = process.argv.slice(2);
const [latency, rate] = [Number(latencyWord), Number(rateWord)];
const tick = 20;
const block = randomBytes(256 * 1024);
const counts = { requests: 0, connections: 0 };
const fresh = new WeakSet<Socket>();

const server = createServer((request, response) => {
  if (request.url === "/counts") {
    response.end(JSON.stringify(counts));
    return;
  }
  counts.requests += 1;
  // Whoever goes away in the middle is what stopping looks like.
  response.on("error", () => undefined);
  void answer(request.url ?? "", fresh.delete(request.socket), response);
});
server.on("connection", (socket) => {
  counts.connections += 1;
  fresh.add(socket);
  socket.setNoDelay(true);
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});

async function answer(url: string, opened: boolean, response: ServerResponse): Promise<void> {
  await wait(opened ? 2 * latency : latency);
  const size = Number(/x(\d+)(?:\?|\/|$)/.exec(url)?.[1] ?? 0);
  if (size === 0) {
    response.writeHead(404, { "content-length": "0" }).end();
    return;
  }
  response.writeHead(200, { "content-length": String(size), etag: `"${size}"` });
  const head = headOf(size);
  response.write(head);
  const from = performance.now();
  for (let sent = head.length; sent < size && !response.destroyed;) {
    const ripe = Math.floor(((performance.now() - from) / 1000) * rate);
    const due = rate === 0 ? size : Math.min(size, ripe);
    while (sent < due && !response.destroyed) {
      const piece = block.subarray(0, Math.min(block.length, due - sent));
      sent += piece.length;
      if (!response.write(piece)) await drained(response);
    }
    if (sent < size && rate !== 0) await wait(tick);
  }
  response.end();
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off("drain", go);
      response.off("close", go);
      resolve();
    };
    response.once("drain", go);
    response.once("close", go);
  });
}

/** The beginning of an MP4 of this size. */
function headOf(size: number): Buffer {
  const head = Buffer.alloc(32);
  head.writeUInt32BE(24, 0);
  head.write("ftypisom\0\0\x02\0isommp42", 4, "latin1");
  head.writeUInt32BE(size - 24, 24);
  head.write("mdat", 28, "latin1");
  return head;
}
