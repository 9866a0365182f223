import { chownSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { planInstall } from "../../src/steps/schedule.ts";
import { workFolder } from "../support/cli.ts";

let folder: ReturnType<typeof workFolder>;
beforeEach(() => {
  folder = workFolder();
});
afterEach(() => folder.dispose());

const request = (uid: number | null) => ({
  hands: [],
  wanted: null,
  job: { id: "a-library", node: "/usr/bin/node", bin: "/opt/findmehere.js", library: folder.path },
  every: null,
  usual: 10,
  folders: [],
  variables: [],
  uid,
});

test("root makes no schedule for somebody else's library", async () => {
  if (process.getuid?.() === 0) chownSync(folder.path, 1, 1);
  await expect(planInstall(request(0))).rejects.toMatchObject({
    details: { exit: "usage", code: "not-your-library" },
  });
});

test("anybody else is asked for a timer, and told when there is none", async () => {
  for (const uid of [501, null]) {
    await expect(planInstall(request(uid))).rejects.toMatchObject({
      details: { exit: "machine", code: "no-timer" },
    });
  }
});
