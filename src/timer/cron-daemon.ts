import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const names = new Set(["cron", "crond", "fcron", "dcron", "busybox-crond", "systemd-cron"]);

/**
 * True when a cron daemon runs, as the processes of Linux tell; null where they cannot be seen, as on other
 * systems. A crontab may be written and nobody there to read it: in containers and WSL that is the usual case.
 */
export async function cronDaemonRuns(processes = "/proc"): Promise<boolean | null> {
  const nameOf = (id: string) =>
    readFile(join(processes, id, "comm"), "utf8").then(
      (name) => name.trim(),
      () => null,
    );
  // Where the first process is hidden, so are those of other users, and cron's among them.
  if ((await nameOf("1")) === null) return null;
  for (const id of await readdir(processes)) {
    if (!/^\d+$/.test(id)) continue;
    const name = await nameOf(id);
    if (name !== null && names.has(name)) return true;
    if (name === "busybox" || name === "init") {
      const line = await readFile(join(processes, id, "cmdline"), "utf8").catch(() => "");
      if (/(^|\/)crond(\0|$)/.test(line.split("\0").slice(0, 2).join("\0"))) return true;
    }
  }
  return false;
}
