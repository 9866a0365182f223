import { jobMark, jobName, jobWords } from "./job.ts";
import type { TimerJob } from "./job.ts";
import { xmlLine } from "./xml-text.ts";

// launchd.plist(5) of macOS 14, as published, read 2026-11-21. Never tried on a Mac.

/** A launch agent that runs the job, at sign-in and then again and again. */
export function launchAgent(job: TimerJob, log: string): string {
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    `<!-- ${jobMark(job)} -->`,
    '<plist version="1.0">',
    "<dict>",
    key("Label"),
    xmlLine(1, "string", jobName(job.id)),
    key("ProgramArguments"),
    "  <array>",
    ...jobWords(job).map((word) => xmlLine(2, "string", word)),
    "  </array>",
    key("StartInterval"),
    xmlLine(1, "integer", String(job.every * 60)),
    key("RunAtLoad"),
    "  <true/>",
    key("ProcessType"),
    xmlLine(1, "string", "Background"),
    key("ExitTimeOut"),
    xmlLine(1, "integer", "120"),
    key("StandardOutPath"),
    xmlLine(1, "string", log),
    key("StandardErrorPath"),
    xmlLine(1, "string", log),
    "</dict>",
    "</plist>",
  ].join("\n")}\n`;
}

function key(name: string): string {
  return xmlLine(1, "key", name);
}
