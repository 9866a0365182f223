import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { findmehere, workFolder } from "../support/cli.ts";
import type { CliRun } from "../support/cli.ts";

/** A person at a computer of their own, with libraries whose timers are theirs alone. */
export interface ScheduleDesk {
  folder: string;
  home: string;
  /** The first folder of PATH. */
  programs: string;
  environment: Record<string, string>;
  run(words: readonly string[], environment?: Record<string, string>): Promise<CliRun>;
  /** Makes a library in this folder below the desk's, and answers its root. */
  library(name: string): Promise<string>;
  dispose(): void;
}

/** Nothing of this machine's own timers can be reached from here: no bus, another home, programs of its own first. */
export function scheduleDesk(path = "/usr/bin:/bin"): ScheduleDesk {
  const folder = workFolder();
  const home = join(folder.path, "home");
  const programs = join(folder.path, "programs");
  for (const each of [home, programs]) mkdirSync(each, { recursive: true });
  const environment = {
    HOME: home,
    PATH: `${programs}:${path}`,
    XDG_RUNTIME_DIR: join(folder.path, "no-runtime"),
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder.path, "no-bus")}`,
    XDG_CONFIG_HOME: "",
    XDG_STATE_HOME: "",
    XDG_DATA_HOME: "",
    SUDO_USER: "",
  };
  const run = (words: readonly string[], more: Record<string, string> = {}) =>
    findmehere(words, { cwd: folder.path, environment: { ...environment, ...more } });
  return {
    folder: folder.path,
    home,
    programs,
    environment,
    run,
    async library(name) {
      const root = join(folder.path, name);
      const init = await run(["init", "--tiktok", "mira.paints", "--library", root, "--quiet"]);
      expect(init.code, init.error).toBe(0);
      return root;
    },
    dispose: folder.dispose,
  };
}
