import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calendarText } from "../../src/queue/calendar.ts";
import type { CalendarEntry } from "../../src/queue/calendar.ts";

interface Property {
  name: string;
  value: string;
}

/** Reads a calendar by the letter of RFC 5545, 3.1 to 3.6; throws at whatever is not allowed there. */
function readStrictly(text: string): { name: string; properties: Property[] }[] {
  if (!text.endsWith("\r\n")) throw new Error("the last line has no end");
  const physical = text.slice(0, -2).split("\r\n");
  for (const line of physical) {
    if (/[\r\n]/.test(line)) throw new Error("a bare line break");
    if (Buffer.byteLength(line) > 75) throw new Error(`a line of ${Buffer.byteLength(line)} bytes`);
    if (line === "") throw new Error("an empty line");
    if (/[\p{Cc}]/u.test(line.replaceAll("\t", ""))) throw new Error("a control character");
    // A character that was cut in two would come out as this.
    if (line.includes("\uFFFD")) throw new Error("a broken character");
  }
  const lines = physical.join("\r\n").replaceAll("\r\n ", "").split("\r\n");
  const open: string[] = [];
  const found: { name: string; properties: Property[] }[] = [];
  const stack: { name: string; properties: Property[] }[] = [];
  for (const line of lines) {
    const [, name = "", value = ""] = /^([A-Z-]+):(.*)$/su.exec(line) ?? [];
    if (name === "") throw new Error(`no property: ${line}`);
    if (name === "BEGIN") {
      const component = { name: value, properties: [] };
      open.push(value);
      stack.push(component);
      found.push(component);
    } else if (name === "END") {
      if (open.pop() !== value) throw new Error(`END:${value} closes nothing`);
      stack.pop();
    } else stack.at(-1)?.properties.push({ name, value });
  }
  if (open.length > 0) throw new Error("something is not closed");
  return found;
}

/** TEXT of 3.3.11; throws at a sign that had to be escaped. */
function readText(value: string): string {
  let text = "";
  for (let index = 0; index < value.length; index += 1) {
    const sign = value[index] ?? "";
    if (sign === ";" || sign === ",") throw new Error(`a bare ${sign}`);
    if (sign !== "\\") {
      text += sign;
      continue;
    }
    index += 1;
    const next = value[index] ?? "";
    if (!["\\", ";", ",", "n"].includes(next)) throw new Error(`\\${next} is no escape`);
    text += next === "n" ? "\n" : next;
  }
  return text;
}

const made = "2026-11-21T08:00:00.123Z";

function entry(more: Partial<CalendarEntry> = {}): CalendarEntry {
  return {
    uid: "7573407747327990070-rednote-library@findmehere.invalid",
    sequence: 3,
    start: "2026-12-03T18:30:00Z",
    title: "RedNote: 夜空, stars; and \\ more",
    text: "one\ntwo, three; four",
    ...more,
  };
}

const count = (properties: readonly Property[], name: string): number =>
  properties.filter((each) => each.name === name).length;

describe("calendarText", () => {
  test("has every part that the standard wants, once", () => {
    const [calendar, event, alarm] = readStrictly(calendarText([entry()], made));
    expect(calendar?.name).toBe("VCALENDAR");
    for (const name of ["PRODID", "VERSION"]) {
      expect(count(calendar?.properties ?? [], name), name).toBe(1);
    }
    expect(event?.name).toBe("VEVENT");
    for (const name of ["UID", "DTSTAMP", "DTSTART", "DURATION", "SUMMARY", "SEQUENCE"]) {
      expect(count(event?.properties ?? [], name), name).toBe(1);
    }
    const value = (name: string) => event?.properties.find((each) => each.name === name)?.value;
    expect(value("DTSTAMP")).toBe("20261121T080000Z");
    expect(value("DTSTART")).toBe("20261203T183000Z");
    expect(readText(value("SUMMARY") ?? "")).toBe(entry().title);
    expect(alarm?.name).toBe("VALARM");
    for (const name of ["ACTION", "TRIGGER", "DESCRIPTION"]) {
      expect(count(alarm?.properties ?? [], name), name).toBe(1);
    }
    expect(readStrictly(calendarText([], made))).toHaveLength(1);
  });

  test("carries any text whole, whatever is in it", () => {
    const anyText = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 300 }),
      fc.string({
        unit: fc.constantFrom(",", ";", "\\", "\n", "n", "字", "👩‍👩‍👧", " ", "\t"),
        maxLength: 200,
      }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.record({ title: anyText, text: anyText }), { maxLength: 3 }),
        (all) => {
          const entries = all.map((each, index) => entry({ ...each, uid: `u${index}` }));
          const events = readStrictly(calendarText(entries, made)).filter(
            ({ name }) => name === "VEVENT",
          );
          expect(events).toHaveLength(all.length);
          for (const [index, { properties }] of events.entries()) {
            const read = (name: string) =>
              readText(properties.find((each) => each.name === name)?.value ?? "");
            const plain = (text: string) =>
              text
                .replace(/\r\n?/g, "\n")
                .replace(/\p{Cc}/gu, (sign) => (/[\n\t]/.test(sign) ? sign : ""));
            expect(read("SUMMARY")).toBe(plain(all[index]?.title ?? ""));
            expect(read("DESCRIPTION")).toBe(plain(all[index]?.text ?? ""));
          }
        },
      ),
      { numRuns: 300, seed: 4 },
    );
  });
});
