import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { draftFolder, inCopyOf, keys, linesOf, startMigrated } from "./sample-journey.ts";
import type { Journey, OpenJourney } from "./sample-journey.ts";

let sample: OpenJourney;

beforeAll(async () => {
  sample = await startMigrated();
});
afterAll(() => sample.close());

const item = `${keys.newest}@rednote`;

function inCopy(body: (journey: Journey, folder: string) => Promise<void>): Promise<void> {
  return inCopyOf(sample, (journey) => body(journey, draftFolder(journey, keys.newest, "rednote")));
}

function editsOf(run: Awaited<ReturnType<Journey["run"]>>) {
  return linesOf(run, "edit").map(
    ({ post, to, part }) => `${String(post)}@${String(to)} ${String(part)}`,
  );
}

describe("words that a person changed", () => {
  test("are named with what differs, on the terminal and in JSON, every time", () =>
    inCopy(async (journey, folder) => {
      const ours = {
        title: journey.read(`${folder}/title.txt`),
        body: journey.read(`${folder}/body.txt`),
      };
      journey.write(`${folder}/title.txt`, "夜空");
      journey.write(`${folder}/body.txt`, `${ours.body}\nMy own last line`);
      for (let turn = 0; turn < 2; turn += 1) {
        const run = await journey.run(["prepare", "--json"]);
        expect(run.summary).toMatchObject({ edited: 1 });
        expect(editsOf(run)).toEqual([`${item} title`, `${item} body`]);
        const [title, body] = linesOf(run, "edit");
        expect(title).toEqual({
          ...{ type: "edit", post: keys.newest, to: "rednote", part: "title" },
          ...{ yours: "夜空", ours: ours.title, difference: [`- ${ours.title}`, "+ 夜空"] },
        });
        expect(((body?.["difference"] ?? []) as string[]).slice(-2)).toEqual([
          `  ${ours.body.split("\n").at(-1) ?? ""}`.trimEnd(),
          "+ My own last line",
        ]);
      }
      const shown = await journey.run(["prepare"]);
      expect(shown.out).toContain("1 draft has words of yours, and keep");
      expect(shown.out).toContain(item);
      expect(shown.out).toMatch(/- .+\n\s+\+ 夜空/);
      expect(shown.out).toContain("+ My own last line");
      expect(journey.read(`${folder}/title.txt`)).toBe("夜空");
    }));

  test("a dry run shows them too and keeps them", () =>
    inCopy(async (journey, folder) => {
      journey.write(`${folder}/title.txt`, "夜空");
      const run = await journey.run(["prepare", "--dry-run", "--json"]);
      expect(editsOf(run)).toEqual([`${item} title`]);
      const draft = linesOf(run, "draft").find(
        ({ post, to }) => `${String(post)}@${String(to)}` === item,
      );
      expect(draft).toMatchObject({ title: "夜空", edited: true });
      const forced = await journey.run(["prepare", "--force", "--dry-run"]);
      expect(forced.code).toBe(0);
      expect(journey.read(`${folder}/title.txt`)).toBe("夜空");
      expect(yoursIn(journey, folder)).toEqual([]);
    }));

  test("--force keeps them beside the draft, each time under another name, and says where", () =>
    inCopy(async (journey, folder) => {
      const ours = journey.read(`${folder}/title.txt`);
      const force = ["prepare", "--force", "--post", keys.newest, "--to", "rednote"];
      journey.write(`${folder}/title.txt`, "夜空\r\n");
      const run = await journey.run([...force, "--json"]);
      const kept = `${folder}/title.yours-20261005T080000Z.txt`;
      expect(linesOf(run, "edit")).toMatchObject([{ part: "title", yours: "夜空", kept }]);
      expect(journey.read(kept)).toBe("夜空\r\n");
      expect(journey.read(`${folder}/title.txt`)).toBe(ours);

      journey.write(`${folder}/title.txt`, "另一片夜空");
      const again = await journey.run(force);
      expect(again.out).toContain("title.yours-20261005T080000Z-2.txt");
      expect(journey.read(kept)).toBe("夜空\r\n");
      expect(journey.read(`${folder}/title.yours-20261005T080000Z-2.txt`)).toBe("另一片夜空");
      expect(yoursIn(journey, folder)).toHaveLength(2);

      expect((await journey.run([...force, "--json"])).summary).toMatchObject({
        made: 0,
        edited: 0,
      });
      expect(yoursIn(journey, folder)).toHaveLength(2);
    }));

  test("kept words go with a post that is removed", () =>
    inCopy(async (journey, folder) => {
      journey.write(`${folder}/body.txt`, "我自己的话");
      expect((await journey.run(["prepare", "--force"])).code).toBe(0);
      expect(yoursIn(journey, folder)).toEqual(["body.yours-20261005T080000Z.txt"]);
      const run = await journey.run(["remove", keys.newest, "--yes"]);
      expect(run.code).toBe(0);
      expect(existsSync(join(journey.library, folder))).toBe(false);
    }));
});

function yoursIn(journey: Journey, folder: string): string[] {
  return readdirSync(join(journey.library, folder)).filter((name) => name.includes(".yours-"));
}
