import { jobMark, jobWords } from "./job.ts";
import type { TimerJob } from "./job.ts";

// systemd.service(5), systemd.timer(5), systemd.exec(5) of version 252, read 2026-11-21, and tried on the
// parser of Debian 12. What walls a service in is left out on purpose: in a user's units it needs kernel
// features that many machines switch off, and NoNewPrivileges would stop a Node or a browser that came as a
// snap and Chromium's own sandbox.

/** A word of a command in a unit: `%` would be a specifier, `$` a variable, `\` an escape. */
function unitWord(word: string): string {
  const escaped = word.replaceAll(/["\\%$]/g, (sign) =>
    sign === "%" || sign === "$" ? sign + sign : `\\${sign}`,
  );
  return `"${escaped}"`;
}

/** The command of a job, as ExecStart takes it. */
function unitCommand(job: TimerJob): string {
  const words = jobWords(job).map(unitWord).join(" ");
  // systemd refuses quotes and backslashes in the path of the program itself, and puts no variable there.
  return /["'\\$]/.test(job.node) ? `/bin/sh -c "exec \\"$$@\\"" findmehere ${words}` : words;
}

/** The service: one look at what is due. */
export function serviceUnit(job: TimerJob): string {
  return lines(
    "# Written by findmehere; `findmehere schedule remove` takes it away.",
    `# ${jobMark(job)}`,
    "[Unit]",
    `Description=What is due in ${plainValue(job.library)} is handed off by findmehere`,
    "",
    "[Service]",
    "Type=oneshot",
    `ExecStart=${unitCommand(job)}`,
    "# 75 is: try later. The next look does.",
    "SuccessExitStatus=75",
    "# Asked to end, it finishes the post at hand; a look that hangs is ended after an hour.",
    "KillSignal=SIGINT",
    "KillMode=mixed",
    "TimeoutStartSec=1h",
    "TimeoutStopSec=2min",
    "Nice=10",
    "LimitCORE=0",
  );
}

/** The timer that starts the service. */
export function timerUnit(job: TimerJob): string {
  return lines(
    "# Written by findmehere; `findmehere schedule remove` takes it away.",
    "[Unit]",
    `Description=findmehere looks every ${job.every} min for what is due in ${plainValue(job.library)} (a timer)`,
    "",
    "[Timer]",
    `OnCalendar=${job.every === 60 ? "*:00" : job.every === 1 ? "*:*" : `*:00/${job.every}`}`,
    "# A look that was missed while the computer was off is made up for, once.",
    "Persistent=true",
    `RandomizedDelaySec=${Math.min(120, job.every * 6)}`,
    "",
    "[Install]",
    "WantedBy=timers.target",
  );
}

/** Text of a value that is not a command: only specifiers are looked for there. */
function plainValue(text: string): string {
  return text.replaceAll("%", "%%");
}

function lines(...all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}
