import { EventEmitter } from "node:events";
import { afterEach, describe, expect, test } from "vitest";
import { ExpectedError } from "../../src/core/error.ts";
import { listenForInterrupt } from "../../src/edge/interrupt.ts";
import { startChild } from "./children/start.ts";
import type { Child } from "./children/start.ts";

let children: Child[] = [];

afterEach(async () => {
  for (const child of children) {
    child.process.kill("SIGKILL");
    await child.ended;
  }
  children = [];
});

async function listening(...words: string[]): Promise<Child> {
  const child = startChild("interrupted.ts", words);
  children.push(child);
  expect(await child.line()).toBe("listening, interrupted false");
  return child;
}

async function rest(child: Child): Promise<string[]> {
  const lines: string[] = [];
  for (let line = await child.line(); line !== undefined; line = await child.line())
    lines.push(line);
  return lines;
}

describe("a real process", () => {
  test("that nobody interrupts ends as usual", async () => {
    const child = await listening();
    child.process.stdin?.end("done");
    expect(await rest(child)).toEqual(["item done", "drain none", "stop false"]);
    expect(await child.ended).toBe(0);
  });

  test.each(["SIGINT", "SIGTERM"] as const)("finishes its item after one %s", async (signal) => {
    const child = await listening();
    child.process.kill(signal);
    expect(await child.line()).toBe("first, interrupted true");
    child.process.stdin?.end("done");
    expect(await rest(child)).toEqual(["item done", "drain interrupted", "stop false"]);
    expect(await child.ended).toBe(130);
  });

  test.each([
    ["SIGINT", "SIGINT"],
    ["SIGTERM", "SIGINT"],
  ] as const)("drops its item after %s and %s", async (one, other) => {
    const child = await listening();
    child.process.kill(one);
    expect(await child.line()).toBe("first, interrupted true");
    child.process.kill(other);
    expect(await rest(child)).toEqual(["second", "item dropped", "drain interrupted", "stop true"]);
    expect(await child.ended).toBe(130);
  });

  test("is ended by a third one when it does not heed the second", async () => {
    const child = await listening("stays");
    child.process.kill("SIGINT");
    expect(await child.line()).toBe("first, interrupted true");
    child.process.kill("SIGINT");
    for (const line of ["second", "item dropped", "drain interrupted", "stop true"]) {
      expect(await child.line()).toBe(line);
    }
    child.process.kill("SIGINT");
    expect(await child.ended).toBe("SIGINT");
  });
});

test("dispose listens no more", () => {
  const source = new EventEmitter();
  const said: string[] = [];
  const interrupt = listenForInterrupt(source, {
    onFirst: () => said.push("first"),
    onSecond: () => said.push("second"),
  });
  source.emit("SIGTERM");
  expect(interrupt.drain.reason).toBeInstanceOf(ExpectedError);
  interrupt.dispose();
  source.emit("SIGINT");
  expect(said).toEqual(["first"]);
  expect(interrupt.stop.aborted).toBe(false);
  expect(source.eventNames()).toEqual([]);
});
