import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ExpectedError } from "../../src/core/error.ts";
import { budget } from "../../src/web/budget.ts";
import { qrLines } from "../../src/web/qr.ts";
import { formTokens, freshToken, sameSecret } from "../../src/web/secrets.ts";
import { startSession } from "../../src/web/session.ts";
import { mediaType } from "../../src/web/send-file.ts";
import { readIdentity } from "../../src/web/tls.ts";
import { selfSigned } from "../support/certificate.ts";
import { workFolder } from "../support/cli.ts";
import { readTerminalQr } from "../support/qr.ts";

describe("secrets", () => {
  test("a token has 128 bits, and none comes twice", () => {
    const tokens = Array.from({ length: 1000 }, freshToken);
    expect(new Set(tokens).size).toBe(1000);
    for (const token of tokens) expect(Buffer.from(token, "base64url")).toHaveLength(16);
  });

  test("only the very same text is the same, whatever its length", () => {
    expect(sameSecret("abc", "abc")).toBe(true);
    for (const other of ["", "ab", "abcd", "abC", "cba"])
      expect(sameSecret(other, "abc")).toBe(false);
  });

  test("a page's token is worth nothing on another page, or in another sitting", () => {
    const tokens = formTokens();
    expect(tokens.isRight("post 1", tokens.of("post 1"))).toBe(true);
    expect(tokens.isRight("post 2", tokens.of("post 1"))).toBe(false);
    expect(formTokens().isRight("post 1", tokens.of("post 1"))).toBe(false);
  });
});

describe("a budget", () => {
  test("is used up by one name and not by another, and fills again evenly", () => {
    let now = 0;
    const knocks = budget(3, 1, () => now);
    expect([1, 2, 3, 4].map(() => knocks.take("a"))).toEqual([true, true, true, false]);
    expect(knocks.take("b")).toBe(true);
    now = 1_500;
    expect([knocks.take("a"), knocks.take("a")]).toEqual([true, false]);
    now = 60_000;
    expect([1, 2, 3, 4].map(() => knocks.take("a"))).toEqual([true, true, true, false]);
  });
});

describe("a session", () => {
  /** Timers that a test lets run out. */
  function clockByHand() {
    const waits: { time: number; end(): void }[] = [];
    const sleep = (time: number, signal?: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        waits.push({ time, end: resolve });
        signal?.addEventListener("abort", () => reject(new Error("ended")));
      });
    return { waits, clock: { calendar: () => 0, wall: () => 0, sleep } };
  }

  test("ends when nobody looked for so long; a look begins the time anew", async () => {
    const { waits, clock } = clockByHand();
    const session = startSession(clock, { idle: 30, longest: 120 });
    session.touch();
    // The first rest was given up by the look: its end ends nothing.
    waits.filter(({ time }) => time === 30)[0]?.end();
    await Promise.resolve();
    expect(session.isOver).toBe(false);
    waits.filter(({ time }) => time === 30)[1]?.end();
    expect(await session.ended).toBe("idle");
  });

  test("ends after its time however often somebody looks, and only once", async () => {
    const { waits, clock } = clockByHand();
    const session = startSession(clock, { idle: 30, longest: 120 });
    session.touch();
    waits.find(({ time }) => time === 120)?.end();
    expect(await session.ended).toBe("expired");
    session.end("done");
    session.touch();
    expect(await session.ended).toBe("expired");
    expect(session.isOver).toBe(true);
  });
});

describe("the code in the terminal", () => {
  test.each([
    "http://10.0.0.1:1/AAAAAAAAAAAAAAAAAAAAAA/",
    "http://192.168.178.123:65535/aB3_-aB3_-aB3_-aB3_-ab/",
    "https://mira-laptop.tail1234.ts.net:54321/aB3_-aB3_-aB3_-aB3_-ab/",
  ])("%s is read back, with colour and without", (address) => {
    expect(readTerminalQr(qrLines(address, false).join("\n"))).toBe(address);
    expect(readTerminalQr(qrLines(address, true).join("\n"))).toBe(address);
  });
});

test("only pictures and videos have a type of their own", () => {
  expect(["a.mp4", "b.JPG", "c.webp"].map(mediaType)).toEqual([
    "video/mp4",
    "image/jpeg",
    "image/webp",
  ]);
  for (const name of ["index.html", "x.svg", "y.js", "none", ".mp4.html"]) {
    expect(mediaType(name)).toBe("application/octet-stream");
  }
});

describe("a certificate of the creator's", () => {
  const folder = workFolder();
  afterAll(() => folder.dispose());
  const put = (name: string, text: string) => {
    writeFileSync(join(folder.path, name), text);
    return join(folder.path, name);
  };

  test("says for which names and addresses it is", async () => {
    const made = selfSigned({ names: ["Laptop.local", "*.example"], addresses: ["192.168.1.20"] });
    const identity = await readIdentity(put("c.pem", made.cert), put("k.pem", made.key));
    expect(identity.names).toEqual(["laptop.local"]);
    expect([identity.covers("192.168.1.20"), identity.covers("192.168.1.21")]).toEqual([
      true,
      false,
    ]);
  });

  test("is refused in plain words where it cannot be used", async () => {
    const one = selfSigned({ names: ["a.test"], addresses: [] });
    const two = selfSigned({ names: ["b.test"], addresses: [] });
    const cert = put("one.pem", one.cert);
    const failing = async (certFile: string, keyFile: string) => {
      const error: unknown = await readIdentity(certFile, keyFile).catch(
        (thrown: unknown) => thrown,
      );
      if (!(error instanceof ExpectedError)) throw new Error("it was taken");
      return error.details;
    };
    expect((await failing(cert, put("two.pem", two.key))).code).toBe("tls-mismatch");
    const junk = await failing(put("junk.pem", "hello"), put("one-key.pem", one.key));
    expect(junk).toMatchObject({ exit: "input", code: "tls-unusable" });
    expect(junk.what).toContain("--tls-cert");
    expect((await failing(cert, join(folder.path, "none.pem"))).why).toBe("It cannot be opened.");
  });
});
