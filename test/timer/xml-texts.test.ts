import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { childrenOf, parseXml, textOf } from "../../src/text/xml.ts";
import type { XmlElement } from "../../src/text/xml.ts";
import { jobMark, jobWords, readJobMark } from "../../src/timer/job.ts";
import { launchAgent } from "../../src/timer/launchd-text.ts";
import {
  hasTaskVariable,
  taskDefinition,
  taskFile,
  windowsWord,
} from "../../src/timer/task-text.ts";
import { anyPath, jobFor, oddPaths } from "./paths.ts";

const log = "/Users/mira/Library/Logs/findmehere/x.log";

/** A property list as its reader understands it. */
function propertiesOf(text: string): Record<string, unknown> {
  // The document type names Apple's own rules and changes nothing.
  const root = parseXml(text.replace(/<!DOCTYPE[^>]*>/, ""));
  expect(root.name).toBe("plist");
  const [dict] = childrenOf(root, "dict");
  const parts = dict?.children.filter((child) => typeof child !== "string") ?? [];
  const found: Record<string, unknown> = {};
  for (let at = 0; at < parts.length; at += 2) {
    const [name, value] = [parts[at], parts[at + 1]];
    if (name?.name !== "key" || value === undefined) throw new Error("no pair of key and value");
    found[textOf(name)] = valueOf(value);
  }
  return found;
}

function valueOf(element: XmlElement): unknown {
  if (element.name === "array") return childrenOf(element, "string").map(textOf);
  if (element.name === "integer") return Number(textOf(element));
  return element.name === "true" ? true : textOf(element);
}

describe("a launch agent", () => {
  test.each(oddPaths)("runs every word as it is: %s", (path) => {
    const job = jobFor(path);
    expect(propertiesOf(launchAgent(job, log))).toEqual({
      Label: `findmehere-${job.id}`,
      ProgramArguments: jobWords(job),
      StartInterval: 600,
      RunAtLoad: true,
      ProcessType: "Background",
      ExitTimeOut: 120,
      StandardOutPath: log,
      StandardErrorPath: log,
    });
  });
});

/** The names of the elements below one, in their order. */
function namesIn(element: XmlElement | undefined): string[] {
  return (element?.children ?? []).flatMap((child) =>
    typeof child === "string" ? [] : child.name,
  );
}

function within(element: XmlElement, ...way: readonly string[]): XmlElement {
  let at = element;
  for (const name of way) {
    const [next] = childrenOf(at, name);
    if (next === undefined) throw new Error(`no ${name} in ${at.name}`);
    at = next;
  }
  return at;
}

/** What Windows makes of a command line: Microsoft's rules for C programs, which Node follows. */
function windowsWords(line: string): string[] {
  const words: string[] = [];
  let [word, quoted, begun, at] = ["", false, false, 0];
  while (at < line.length) {
    const [all = "", slashes = "", quote = ""] = /^(\\*)("?)/.exec(line.slice(at)) ?? [];
    if (all !== "") {
      word += "\\".repeat(quote === "" ? slashes.length : Math.floor(slashes.length / 2));
      if (quote !== "" && slashes.length % 2 === 1) word += '"';
      else if (quote !== "") quoted = !quoted;
      begun = true;
      at += all.length;
    } else if (/\s/.test(line[at] ?? "") && !quoted) {
      if (begun) words.push(word);
      [word, begun] = ["", false];
      at += 1;
    } else {
      word += line[at];
      begun = true;
      at += 1;
    }
  }
  return begun ? [...words, word] : words;
}

const windowsPaths = [
  String.raw`C:\Users\Mira\My Library`,
  String.raw`D:\ends with a slash\\`,
  String.raw`C:\Users\Mira & <Pepper>\小红书 é`,
  "C:\\100% sure\\it's",
];

describe("a task of Windows", () => {
  test.each([...windowsPaths, ...oddPaths])("is in the documented order and runs %s", (path) => {
    const job = jobFor(path, { node: String.raw`C:\Program Files\nodejs\node.exe` });
    const root = parseXml(taskDefinition(job));
    expect(root.name).toBe("Task");
    expect(namesIn(root)).toEqual([
      "RegistrationInfo",
      "Triggers",
      "Principals",
      "Settings",
      "Actions",
    ]);
    const trigger = within(root, "Triggers", "TimeTrigger");
    expect(namesIn(trigger)).toEqual(["Enabled", "StartBoundary", "Repetition"]);
    expect(textOf(within(trigger, "Repetition", "Interval"))).toBe("PT10M");
    expect(textOf(within(root, "Settings", "StartWhenAvailable"))).toBe("true");
    expect(textOf(within(root, "Settings", "MultipleInstancesPolicy"))).toBe("IgnoreNew");
    expect(textOf(within(root, "Principals", "Principal", "LogonType"))).toBe("InteractiveToken");
    const action = within(root, "Actions", "Exec");
    expect(namesIn(action)).toEqual(["Command", "Arguments"]);
    expect([
      textOf(within(action, "Command")),
      ...windowsWords(textOf(within(action, "Arguments"))),
    ]).toEqual(jobWords(job));
    const told = textOf(within(root, "RegistrationInfo", "Documentation"));
    expect(readJobMark(told)).toEqual(job);
  });

  test("quotes whatever a word holds", () => {
    const signs = fc.array(fc.constantFrom("\\", '"', " ", "a", "é", "'"), { minLength: 1 });
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 4 }), (all) => {
        const words = all.map((each) => each.join(""));
        expect(windowsWords(words.map(windowsWord).join(" "))).toEqual(words);
      }),
    );
  });

  test("is a file in UTF-16 with its mark", () => {
    const file = taskFile(taskDefinition(jobFor("C:\\é")));
    expect([...file.subarray(0, 4)]).toEqual([0xff, 0xfe, 0x3c, 0x00]);
    expect(file.toString("utf16le")).toContain("C:\\é");
  });

  test("says which paths Task Scheduler would fill in", () => {
    expect(hasTaskVariable("C:\\%TEMP%\\x")).toBe(true);
    expect(hasTaskVariable("C:\\$(Arg0)")).toBe(true);
    expect(hasTaskVariable("C:\\100% sure")).toBe(false);
  });
});

test("the mark tells a job to whoever reads it back, and may stand in any comment", () => {
  fc.assert(
    fc.property(anyPath, anyPath, (library, node) => {
      const job = jobFor(library, { node });
      const mark = jobMark(job);
      expect(mark).toMatch(/^[ -~]+$/);
      expect(mark).not.toContain("--");
      expect(readJobMark(`<!-- ${mark} -->\nmore`)).toEqual(job);
    }),
  );
  expect(readJobMark('findmehere job {"id":"../x","every":10}')).toBeNull();
  expect(readJobMark("findmehere job {broken}")).toBeNull();
});
