import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { Agent, createServer, request as ask } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { openChromium } from "../support/chromium.ts";
import { changeable, rowOf, startHandoff } from "./phone-journey.ts";
import type { OpenHandoff } from "./phone-journey.ts";
import { keys, startMigrated } from "./sample-journey.ts";
import type { OpenJourney } from "./sample-journey.ts";

const monday = "2026-10-05T18:00:00Z";

let sample: OpenJourney;
let handoff: OpenHandoff;
let port = 0;
let token = "";
/** What may be changed, as it stood before the attacks. */
let before = "";

beforeAll(async () => {
  sample = await startMigrated({ FINDMEHERE_CREATOR_HANDLES_LEMON8: "mira.paints" });
  handoff = await startHandoff(sample, ["--next", "7"], { at: monday });
  port = Number(new URL(handoff.address).port);
  token = new URL(handoff.address).pathname.slice(1, -1);
  before = changeable(sample);
});
afterAll(async () => {
  handoff.interrupt();
  await handoff.ended;
  await sample.close();
});

const report = (text: string) => console.log(`  security: ${text}`);

/** Sends bytes as they are and answers the status of what comes back; 0: no answer at all. */
function raw(text: string): Promise<{ status: number; answer: string }> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    socket.on("data", (chunk) => (answer += chunk.toString("latin1")));
    socket.on("error", () => {});
    socket.on("close", () => {
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0), answer });
    });
    socket.write(text);
  });
}

function get(
  target: string,
  host = `127.0.0.1:${port}`,
): Promise<{ status: number; answer: string }> {
  return raw(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
}

/** The creator's own phone in the middle of it all. */
async function phoneLooks(): Promise<number> {
  const begun = performance.now();
  const answer = await fetch(handoff.address);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain("Ready for your phone");
  return performance.now() - begun;
}

/** Lets the budget of knocks fill again, which earlier attacks have used up. */
async function knocksAgain(): Promise<void> {
  await expect.poll(async () => (await get("/")).status, { timeout: 10_000 }).toBe(404);
}

describe("somebody in the same Wi-Fi", () => {
  test("finds nothing by looking around, whatever they ask for", async () => {
    const wrong = [
      ...["/", "/favicon.ico", "/robots.txt", "/findmehere.db", "/../findmehere.db"],
      ...[`/${token.slice(0, 21)}/`, `/${token}x/`, `/${swapCase(token)}/`, `/%${hex(token)}/`],
      ...[`//${token}/`, `/./${token}/`, `/x/../${token}/`, `http://127.0.0.1:${port}/${token}/`],
      ...[
        `/${token}/../../findmehere.db`,
        `/${token}/%2e%2e/findmehere.db`,
        `/${token}//etc/passwd`,
      ],
      ...[`/${token}/..\\..\\findmehere.db`, `/${token}/1/file/../../../findmehere.jsonc`],
      ...[`/${token}/1/file/1%00.mp4`, `/${token}/posts.csv`, "*"],
    ];
    const statuses = new Map<number, number>();
    for (const target of wrong) {
      const { status, answer } = await get(target);
      expect([0, 400, 404], target).toContain(status);
      expect(answer).not.toContain(token);
      expect(answer).not.toMatch(/findmehere|mira/i);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    const known = [`/${token}/0/`, `/${token}/999/`, `/${token}/3/file/0`, `/${token}/3/file/99`];
    for (const target of [
      ...known,
      `/${token}/3/file`,
      `/${token}/3`,
      `/${token}/posts`,
      `/${token}/drafts/`,
    ]) {
      const { status, answer } = await get(target);
      expect(status, target).toBe(404);
      expect(answer).not.toContain("mira.paints");
    }
    report(`${wrong.length} crooked paths: ${figures(statuses)}`);
  });

  test("gets no file beside those of the posts, and no post that is not public", async () => {
    const serving = handoff.lines().find(({ type }) => type === "serving");
    const posts = serving?.["posts"] as { post: string; files: number }[];
    expect(posts.some(({ post }) => post === keys.private)).toBe(false);
    let files = 0;
    for (let number = 1; number <= posts.length + 3; number += 1) {
      for (let file = 1; file <= 15; file += 1) {
        const { status } = await get(`/${token}/${number}/file/${file}`);
        expect([200, 404]).toContain(status);
        if (status === 200) files += 1;
      }
    }
    expect(files).toBe(posts.reduce((sum, each) => sum + each.files, 0));
    report(`${files} files of ${posts.length} posts can be had, and no other number`);
  });

  test("cannot come by another name or another address of this computer", async () => {
    await knocksAgain();
    const path = `/${token}/`;
    const hosts = ["evil.example", `evil.example:${port}`, "127.0.0.1", `127.0.0.1:${port + 1}`];
    for (const host of [
      ...hosts,
      `127.0.0.1.:${port}`,
      `192.168.1.5:${port}`,
      `[::1]:${port}`,
      "",
      "a b",
    ]) {
      const { status, answer } = await get(path, host);
      expect([0, 400, 404], host).toContain(status);
      expect(answer).not.toContain("Ready");
    }
    expect([0, 400, 404]).toContain((await raw(`GET ${path} HTTP/1.0\r\n\r\n`)).status);
    const own = `127.0.0.1:${port}`;
    const twice = `GET ${path} HTTP/1.1\r\nHost: ${own}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`;
    expect([0, 400, 404]).toContain((await raw(twice)).status);
    expect((await get(path, own)).status).toBe(200);
    const others = Object.values(networkInterfaces())
      .flatMap((all) => all ?? [])
      .filter(({ internal, scopeid }) => !internal && !scopeid)
      .map(({ address }) => address);
    for (const address of [...others, "127.0.0.2", "::1"]) {
      await expect(knock(address), address).rejects.toThrow(
        /ECONNREFUSED|EADDRNOTAVAIL|EHOSTUNREACH/,
      );
    }
    report(`refused at ${others.length + 2} other addresses of this computer`);
  });

  test("guesses 10,000 times in vain, and the phone does not notice", async () => {
    const memory = () =>
      Number(execFileSync("ps", ["-o", "rss=", "-p", String(handoff.child.pid)]));
    const statuses = new Map<number, number>();
    const first = memory();
    const begun = performance.now();
    const agent = new Agent({ keepAlive: true, maxSockets: 40 });
    const guess = () =>
      new Promise<void>((resolve) => {
        const path = `/${Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64url")}/`;
        const note = (status: number) => {
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          resolve();
        };
        const sent = ask({ host: "127.0.0.1", port, path, agent }, (answer) => {
          answer.resume();
          answer.on("close", () => note(answer.statusCode ?? 0));
        });
        sent.on("error", () => note(0));
        sent.end();
      });
    const times: number[] = [];
    for (let round = 0; round < 100; round += 1) {
      const guesses = Promise.all(Array.from({ length: 100 }, guess));
      if (round % 5 === 0) times.push(await phoneLooks());
      await guesses;
    }
    agent.destroy();
    const seconds = (performance.now() - begun) / 1000;
    const grown = memory() - first;
    expect([...statuses.keys()].toSorted()).toEqual([0, 404]);
    expect([...statuses.values()].reduce((sum, each) => sum + each, 0)).toBe(10_000);
    expect(Math.max(...times)).toBeLessThan(3_000);
    expect(grown).toBeLessThan(200_000);
    const middle = times.toSorted((one, other) => one - other)[times.length / 2] ?? 0;
    report(
      `10,000 guesses in ${seconds.toFixed(1)} s: ${figures(statuses)}; the phone's page meanwhile ` +
        `${middle.toFixed(0)} ms (slowest ${Math.max(...times).toFixed(0)} ms); memory ${(grown / 1000).toFixed(1)} MB more`,
    );
    report(
      `at this speed half of 2^128 tokens take ${(2 ** 127 / (10_000 / seconds) / 3.15e7).toExponential(0)} years`,
    );
  });

  test("holds connections open in vain: the phone is served, and they are ended", async () => {
    const begun = performance.now();
    const sockets: Socket[] = [];
    let closed = 0;
    let last = 0;
    for (let count = 0; count < 200; count += 1) {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => {});
      socket.on("close", () => {
        closed += 1;
        last = performance.now() - begun;
      });
      socket.write(
        count % 2 === 0 ? `GET /${token}/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-a: ` : "G",
      );
      sockets.push(socket);
    }
    const dripping = setInterval(() => {
      for (const socket of sockets) if (socket.writable) socket.write("b");
    }, 200);
    const times: number[] = [];
    while (performance.now() - begun < 4_000) {
      times.push(await phoneLooks());
      await wait(100);
    }
    await expect.poll(() => closed, { timeout: 15_000, interval: 100 }).toBe(200);
    clearInterval(dripping);
    expect(times.length).toBeGreaterThan(10);
    report(
      `200 slow connections: the last was ended after ${(last / 1000).toFixed(1)} s; ` +
        `the phone's page meanwhile at most ${Math.max(...times).toFixed(0)} ms`,
    );
  });
});

describe("a page elsewhere that the creator has open", () => {
  const form = async (page: string) => {
    const text = await (await fetch(`${handoff.address}${page}`)).text();
    return /name="form" value="([\w-]{22})"/.exec(text)?.[1] ?? "";
  };
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${handoff.address}${path}`, {
      ...{ method: "POST", body, redirect: "manual" },
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    });

  test("cannot press our buttons, even if it knew the address", async () => {
    const own = await form("1/");
    const other = await form("2/");
    const list = await form("");
    expect(new Set([own, other, list]).size).toBe(3);
    expect(await form("1/")).toBe(own);
    const tried: [string, number, Promise<Response>][] = [
      ["no token", 403, post("1/posted", "")],
      ["another page's token", 403, post("1/posted", `form=${other}`)],
      ["the list's token", 403, post("1/posted", `form=${list}`)],
      ["a token cut short", 403, post("1/posted", `form=${own.slice(0, -1)}`)],
      ["from elsewhere", 403, post("1/posted", `form=${own}`, { origin: "https://evil.example" })],
      [
        "from another port",
        403,
        post("1/posted", `form=${own}`, { origin: `http://127.0.0.1:${port + 1}` }),
      ],
      ["over HTTPS", 403, post("1/posted", `form=${own}`, { origin: `https://127.0.0.1:${port}` })],
      ["cross-site", 403, post("1/posted", `form=${own}`, { "sec-fetch-site": "cross-site" })],
      ["same-site", 403, post("1/posted", `form=${own}`, { "sec-fetch-site": "same-site" })],
      ["as plain text", 415, post("1/posted", `form=${own}`, { "content-type": "text/plain" })],
      [
        "as JSON",
        415,
        post("1/posted", `{"form":"${own}"}`, { "content-type": "application/json" }),
      ],
      ["the end without a token", 403, post("end", "")],
      ["the end with a post's token", 403, post("end", `form=${own}`)],
      ["too long", 413, post("1/live", `form=${own}&link=${"x".repeat(17_000)}`)],
      ["a post that is not there", 403, post("999/posted", `form=${own}`)],
      ["an action that is not there", 404, post("1/delete", `form=${own}`)],
    ];
    for (const [what, status, answer] of tried) expect((await answer).status, what).toBe(status);
    expect((await fetch(`${handoff.address}1/`, { method: "PUT" })).status).toBe(405);
    expect(changeable(sample)).toBe(before);
    report(`${tried.length} forged forms: none was taken`);
  });

  test("an endless body is cut off", async () => {
    const socket = connect(port, "127.0.0.1");
    let sent = 0;
    const ended = new Promise<void>((resolve) => socket.on("close", () => resolve()));
    socket.on("error", () => {});
    socket.resume();
    socket.write(
      `POST /${token}/1/live HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nTransfer-Encoding: chunked\r\n` +
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n",
    );
    const chunk = `4000\r\n${"x".repeat(0x4000)}\r\n`;
    const pushing = (async () => {
      while (socket.writable && sent < 2_000_000_000) {
        sent += chunk.length;
        if (!socket.write(chunk)) {
          await Promise.race([new Promise((resolve) => socket.once("drain", resolve)), ended]);
        }
      }
    })();
    await ended;
    await pushing;
    expect(sent).toBeLessThan(200_000_000);
    expect(changeable(sample)).toBe(before);
    report(`an endless form was cut off after ${(sent / 1e6).toFixed(1)} MB`);
  });

  test("nothing that only reads changes anything: previews, prefetches, every address asked", async () => {
    const paths = ["", "1/", "1/live", "1/posted", "1/later", "end", "2/posted?form=x", "3/file/1"];
    for (const path of paths) {
      for (const method of ["GET", "HEAD", "OPTIONS"]) {
        await fetch(`${handoff.address}${path}`, { method, headers: { purpose: "prefetch" } });
      }
    }
    expect(changeable(sample)).toBe(before);
    expect(await phoneLooks()).toBeGreaterThan(0);
  });

  test("in a real browser: no form, no frame, no reading, no name that points at us", async () => {
    const own = await form("1/");
    const evil = createServer((incoming, outgoing) => {
      outgoing.setHeader("content-type", "text/html");
      const page = {
        "/form": `<form method="post" action="${handoff.address}1/posted"><input name="form" value="${own}"></form><script>document.forms[0].submit()</script>`,
        "/frame": `<iframe src="${handoff.address}"></iframe><img src="${handoff.address}3/file/1">`,
      }[incoming.url ?? ""];
      outgoing.end(page ?? "<p>elsewhere</p>");
    });
    await new Promise<void>((resolve) => evil.listen(0, "127.0.0.1", resolve));
    const elsewhere = `http://evil.test:${(evil.address() as AddressInfo).port}`;
    const browser = await openChromium("--host-resolver-rules=MAP *.test 127.0.0.1");
    try {
      const page = await browser.newPage();
      const posted = page.waitForResponse((answer) => answer.url().endsWith("/1/posted"));
      await page.goto(`${elsewhere}/form`);
      expect((await posted).status()).toBe(403);
      await page.goto(`${elsewhere}/frame`);
      await page.waitForLoadState("load");
      const inner = page.frames().at(-1);
      expect(await inner?.content()).not.toContain("Ready for your phone");
      const seen = await page.evaluate<string>(
        `fetch(${JSON.stringify(handoff.address)}).then((answer) => answer.text(), (error) => error.name)`,
      );
      expect(seen).toBe("TypeError");
      const width = await page.evaluate<number>(`document.querySelector("img").naturalWidth`);
      expect(width).toBe(0);
      // A name of theirs that points at us: their page would be of one origin with ours.
      await knocksAgain();
      const answered = page.waitForResponse((answer) => answer.url().includes("rebound.test"));
      await page.goto(`http://rebound.test:${port}/${token}/`).catch(() => null);
      const rebound = await answered;
      expect([rebound.status(), rebound.headers()["content-length"] ?? "0"]).toEqual([404, "0"]);
    } finally {
      await browser.close();
      evil.close();
    }
    expect(changeable(sample)).toBe(before);
    expect(rowOf(sample, "hello", "lemon8")["state"]).toBe("handed-off");
  });
});

describe("what is told", () => {
  test("every answer is kept nowhere, framed nowhere, and names no other place", async () => {
    for (const path of ["", "1/", "3/file/1", "999/", "1/posted"]) {
      const { headers } = await fetch(`${handoff.address}${path}`);
      expect(Object.fromEntries(headers), path).toMatchObject({
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
      });
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("access-control-allow-origin")).toBeNull();
      expect(headers.get("server") ?? headers.get("x-powered-by")).toBeNull();
    }
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const answer = await fetch(handoff.address);
        const nonce = /script-src 'nonce-([\w-]{22})'/.exec(
          answer.headers.get("content-security-policy") ?? "",
        )?.[1];
        expect(await answer.text()).toContain(`<script nonce="${nonce}">`);
        return nonce;
      }),
    );
    expect(nonces[0]).not.toBe(nonces[1]);
    expect((await get("/")).answer.toLowerCase()).toContain("x-content-type-options: nosniff");
  });

  test("neither the log nor the database holds the token, and the log no words of the posts", async () => {
    const journey = sample.copy();
    const open = await startHandoff(journey, [], { at: monday });
    const secret = new URL(open.address).pathname.slice(1, -1);
    open.interrupt();
    expect((await open.ended).code).toBe(130);
    const logs = readdirSync(join(journey.library, "logs"))
      .map((name) => readFileSync(join(journey.library, "logs", name), "utf8"))
      .join("\n");
    expect(logs).toContain("handoff");
    expect(logs).not.toContain(secret);
    expect(logs).not.toContain("127.0.0.1");
    expect(logs).not.toContain("New here");
    const files = readdirSync(journey.library).filter((name) => name.startsWith("findmehere.db"));
    for (const name of files) {
      expect(readFileSync(join(journey.library, name), "latin1")).not.toContain(secret);
    }
    journey.dispose();
  });

  test("an address of an earlier sitting is worth nothing, even at the same port", async () => {
    const journey = sample.copy();
    const first = await startHandoff(journey, [], { at: monday });
    const { port: same, pathname } = new URL(first.address);
    const list = await (await fetch(first.address)).text();
    const end = /name="form" value="([\w-]{22})"/.exec(list)?.[1] ?? "";
    const closing = await fetch(`${first.address}end`, {
      ...{ method: "POST", body: `form=${end}` },
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect(await closing.text()).toContain("Nothing is served any more");
    expect((await first.ended).summary).toMatchObject({ ended: "done", left: 2 });
    await expect(fetch(first.address)).rejects.toThrow("fetch failed");
    const second = await startHandoff(journey, ["--port", same], { at: monday });
    expect(new URL(second.address).port).toBe(same);
    expect(new URL(second.address).pathname).not.toBe(pathname);
    expect((await fetch(first.address)).status).toBe(404);
    expect(
      (
        await fetch(`${second.address}end`, {
          method: "POST",
          body: `form=${end}`,
          headers: { "content-type": "application/x-www-form-urlencoded" },
        })
      ).status,
    ).toBe(403);
    const taken = await journey.run(["handoff", "--address", "127.0.0.1", "--port", same], {
      at: monday,
    });
    expect(taken.code).toBe(69);
    expect(taken.error).toContain("Another program uses that port.");
    second.interrupt();
    await second.ended;
    journey.dispose();
  });
});

function knock(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port }, () => {
      socket.destroy();
      resolve();
    });
    socket.setTimeout(3_000, () => socket.destroy(new Error("EHOSTUNREACH")));
    socket.on("error", reject);
  });
}

function figures(counts: ReadonlyMap<number, number>): string {
  return [...counts]
    .toSorted()
    .map(([status, count]) => `${count} × ${status === 0 ? "no answer" : status}`)
    .join(", ");
}

function swapCase(text: string): string {
  return text.replaceAll(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

function hex(text: string): string {
  return text.charCodeAt(0).toString(16) + text.slice(1);
}
