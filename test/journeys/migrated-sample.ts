import { rmSync } from "node:fs";
import type { TestProject } from "vitest/node";

import { serveSample } from "../demo/sample.ts";
import { workFolder } from "../support/cli.ts";
import { startMediaServer } from "../support/media-server.ts";

/** What all journeys of one run of the tests share: nobody changes it. */
export interface MigratedSample {
  /** Holds what was migrated, a folder for each way of migrating it. */
  folder: string;
  /** Of the server of the sample's media, such as `http://127.0.0.1:40001`. */
  origin: string;
  /** The same without `http://`. */
  host: string;
}

declare module "vitest" {
  interface ProvidedContext {
    migratedSample: MigratedSample;
  }
}

/** Before the first journey of a run; what it answers is called after the last one. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const server = await startMediaServer();
  serveSample(server);
  const { path } = workFolder();
  provide("migratedSample", { folder: path, origin: server.origin, host: server.host });
  return async () => {
    await server.close();
    rmSync(path, { recursive: true, force: true });
  };
}
