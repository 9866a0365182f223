// Writes numbered lines into the log of the folder it is given, with a log that turns over often.
import { openLog } from "../../../src/edge/log.ts";

const [folder = "", name = "", count = "0"] = process.argv.slice(2);
const settings = { level: "note", format: "text", megabytes: 0.02, backups: 40, days: 90 } as const;
const write = openLog(folder, settings, []);
for (let number = 0; number < Number(count); number += 1) {
  const text = `${name}-${number}. ${"x".repeat(60)}`;
  write({ at: Date.now(), level: "note", command: "publish", event: "line", text });
}
