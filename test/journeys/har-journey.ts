import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Har } from "../look-alike/tiktok/har.ts";
import {
  creatorOf,
  type LookAlikeCreator,
  startTikTok,
  type TikTokLookAlike,
} from "../look-alike/tiktok/index.ts";
import type { CliRun } from "../support/cli.ts";
import { type ExportJourney, startExportJourney } from "./export-journey.ts";

/** A creator's folder, and the site that was visited. */
export interface HarJourney extends Pick<ExportJourney, "folder" | "library" | "server" | "zip"> {
  creator: LookAlikeCreator;
  tiktok: TikTokLookAlike;
  run(words: readonly string[], options?: { text?: boolean; library?: string }): Promise<CliRun>;
  /** Writes a record into the folder; answers its path. */
  save(name: string, record: Har): string;
  /** Looks for cookies, tokens and signatures of the record in all bytes of the libraries and in all that was said. */
  expectNoSecrets(record: Har, libraries: readonly string[]): void;
  dispose(): Promise<void>;
}

/** Starts a site with seven posts, some of others between them. */
export async function startHarJourney(): Promise<HarJourney> {
  const creator = creatorOf("mira.paints.daily", 7, {
    change: (_, index) => ({ pinned: index === 3 }),
  });
  const journey = await startExportJourney();
  const tiktok = await startTikTok({
    creator,
    scenario: { pageSize: 4, overlap: 1, strangers: 3 },
  });
  const runs: CliRun[] = [];
  const { folder, library, server, zip } = journey;
  return {
    ...{ folder, library, server, zip, creator, tiktok },
    async run(words, options = {}) {
      const result = await journey.run(words, {
        ...options,
        environment: {
          FINDMEHERE_TIKTOK_ORIGIN: tiktok.origin,
          FINDMEHERE_NETWORK_ALLOW_HOSTS: `${tiktok.mediaHost},${server.host}`,
        },
      });
      runs.push(result);
      return result;
    },
    save(name, record) {
      const path = join(folder, name);
      writeFileSync(path, JSON.stringify(record, null, 2));
      return path;
    },
    expectNoSecrets(record, libraries) {
      const secrets = secretsOf(record);
      expect(secrets.size).toBeGreaterThan(10);
      const files = libraries.flatMap((each) =>
        readdirSync(join(folder, each), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => readFileSync(join(entry.parentPath, entry.name))),
      );
      expect(files.length).toBeGreaterThan(20);
      const said = runs.flatMap(({ out, error }) => [Buffer.from(out), Buffer.from(error)]);
      const everything = [...files, ...said];
      for (const secret of secrets) {
        const found = everything.some((bytes) => bytes.includes(secret));
        expect([secret, found]).toEqual([secret, false]);
      }
    },
    async dispose() {
      await tiktok.close();
      await journey.dispose();
    },
  };
}

/** Values of cookies, and what addresses of the visit were signed with. */
function secretsOf({ log }: Har): Set<string> {
  const secrets = new Set(["tk=tt_chain_token", "X-Bogus", "x-signature", "signature=", "msToken"]);
  for (const { request, response } of log.entries) {
    for (const { value } of [...request.cookies, ...response.cookies]) secrets.add(value);
    for (const [name, value] of new URL(request.url).searchParams) {
      if (/sign|bogus|token/i.test(name) && value.length > 15) secrets.add(value);
    }
  }
  return secrets;
}
