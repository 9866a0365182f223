import { request } from "node:https";
import { afterEach, describe, expect, test } from "vitest";
import { listen } from "../../src/web/listen.ts";
import type { Listening, Place } from "../../src/web/listen.ts";
import type { EndReason, Session } from "../../src/web/session.ts";
import { selfSigned } from "../support/certificate.ts";

const open: Listening[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

/** A session that only counts who looks. */
function counting(): Session & { looks: number } {
  const session = {
    looks: 0,
    touch: () => void (session.looks += 1),
    end: () => {},
    isOver: false,
    ended: new Promise<EndReason>(() => {}),
  };
  return session;
}

async function serve(place: Partial<Place>): Promise<{ address: string; looks(): number }> {
  const session = counting();
  const usual = { address: "127.0.0.1", port: 0, identity: null, session, now: () => 0 };
  const server = await listen({ ...usual, ...place }, () => (_, outgoing) => outgoing.end("hello"));
  open.push(server);
  return { address: server.address, looks: () => session.looks };
}

describe("a server for one phone", () => {
  test("lets in who has the address; a knock of anybody else is no look", async () => {
    const { address, looks } = await serve({});
    expect(await (await fetch(address)).text()).toBe("hello");
    const seen = looks();
    expect(seen).toBeGreaterThan(0);
    expect((await fetch(new URL("/", address))).status).toBe(404);
    expect(looks()).toBe(seen);
  });

  test("slows down who has the address and asks without end", async () => {
    const { address } = await serve({});
    const statuses: number[] = [];
    for (let count = 0; count < 410; count += 1) {
      const answer = await fetch(address);
      statuses.push(answer.status);
      if (answer.status === 429) expect(answer.headers.get("retry-after")).toBe("5");
      await answer.text();
    }
    // Its clock stands still, so nothing comes back.
    expect(statuses.filter((status) => status === 200)).toHaveLength(400);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
  });

  test("answers strangers thirty times, then not at all", async () => {
    const { address } = await serve({});
    const knocks: (number | string)[] = [];
    for (let count = 0; count < 40; count += 1) {
      const answer = await fetch(new URL("/", address)).catch(() => "none");
      knocks.push(typeof answer === "string" ? answer : answer.status);
    }
    expect(knocks.filter((knock) => knock === 404)).toHaveLength(30);
    expect(knocks.filter((knock) => knock === "none")).toHaveLength(10);
    expect((await fetch(address)).status).toBe(200);
  });

  test("is called by the name of its certificate, and answers to that and to its address", async () => {
    const { cert, key } = selfSigned({ names: ["laptop.test"], addresses: [] });
    const identity = { cert, key, names: ["laptop.test"], covers: () => false };
    const { address } = await serve({ identity });
    const { port, pathname, hostname, protocol } = new URL(address);
    expect([protocol, hostname]).toEqual(["https:", "laptop.test"]);
    const status = (host: string) =>
      new Promise<number>((resolve, reject) => {
        const wish = { host: "127.0.0.1", port, path: pathname, rejectUnauthorized: false };
        request({ ...wish, headers: { host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        })
          .on("error", reject)
          .end();
      });
    expect(await status(`laptop.test:${port}`)).toBe(200);
    expect(await status(`LAPTOP.test:${port}`)).toBe(200);
    expect(await status(`127.0.0.1:${port}`)).toBe(200);
    expect(await status(`other.test:${port}`)).toBe(404);
  });
});
