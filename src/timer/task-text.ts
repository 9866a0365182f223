import { jobMark, jobWords } from "./job.ts";
import type { TimerJob } from "./job.ts";
import { xmlLine } from "./xml-text.ts";

// Microsoft's Task Scheduler schema (taskschd, version 1.2), read 2026-11-21; the elements of a trigger have a
// fixed order there. Never tried on Windows. `conhost --headless` would hide the console window that a look
// may open for a moment, but Microsoft does not document it, and it is known to fail at sign-in.

/** One argument of a Windows command line, as the C runtime and Node take it apart. */
export function windowsWord(word: string): string {
  if (/^[^\s"]+$/.test(word)) return word;
  // Backslashes count only before a quote: there each is doubled.
  return `"${word.replaceAll(/(\\*)"/g, String.raw`$1$1\"`).replace(/\\+$/, "$&$&")}"`;
}

/** True when Task Scheduler would put something else in the place of a part of this path. */
export function hasTaskVariable(path: string): boolean {
  return /%[^%]+%|\$\(/.test(path);
}

/** The definition of a task that runs the job while its owner is signed in. */
export function taskDefinition(job: TimerJob): string {
  const [command = "", ...words] = jobWords(job);
  return `${[
    '<?xml version="1.0" encoding="UTF-16"?>',
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">',
    "  <RegistrationInfo>",
    xmlLine(2, "Author", "findmehere"),
    xmlLine(
      2,
      "Description",
      `findmehere looks every ${job.every} min for what is due in ${job.library}, and makes it ready for your phone.`,
    ),
    xmlLine(2, "Documentation", jobMark(job)),
    "  </RegistrationInfo>",
    "  <Triggers>",
    "    <TimeTrigger>",
    xmlLine(3, "Enabled", "true"),
    xmlLine(3, "StartBoundary", "2026-01-01T00:00:00"),
    "      <Repetition>",
    xmlLine(4, "Interval", `PT${job.every}M`),
    xmlLine(4, "StopAtDurationEnd", "false"),
    "      </Repetition>",
    "    </TimeTrigger>",
    "  </Triggers>",
    "  <Principals>",
    '    <Principal id="Author">',
    xmlLine(3, "LogonType", "InteractiveToken"),
    xmlLine(3, "RunLevel", "LeastPrivilege"),
    "    </Principal>",
    "  </Principals>",
    "  <Settings>",
    xmlLine(2, "MultipleInstancesPolicy", "IgnoreNew"),
    xmlLine(2, "DisallowStartIfOnBatteries", "false"),
    xmlLine(2, "StopIfGoingOnBatteries", "false"),
    xmlLine(2, "StartWhenAvailable", "true"),
    xmlLine(2, "Enabled", "true"),
    xmlLine(2, "ExecutionTimeLimit", "PT1H"),
    xmlLine(2, "Priority", "7"),
    "  </Settings>",
    '  <Actions Context="Author">',
    "    <Exec>",
    xmlLine(3, "Command", command),
    xmlLine(3, "Arguments", words.map(windowsWord).join(" ")),
    "    </Exec>",
    "  </Actions>",
    "</Task>",
  ].join("\r\n")}\r\n`;
}

/** The file that `schtasks` reads: UTF-16 with its mark. */
export function taskFile(text: string): Buffer {
  return Buffer.from(`\uFEFF${text}`, "utf16le");
}
