import { describe, expect, test } from "vitest";
import { ExpectedError } from "../../src/core/error.ts";
import { planSlots } from "../../src/queue/plan.ts";
import type { QueueRules } from "../../src/queue/rules.ts";
import { itemsOf, usualRules } from "./support.ts";

const start = Date.parse("2026-11-20T15:00:00Z");

describe("settings by which nothing can be planned", () => {
  const request = { items: itemsOf(1), from: start, taken: [], seed: "" };

  function refusal(rules: Partial<QueueRules>): ExpectedError {
    try {
      planSlots({ ...request, rules: { ...usualRules, ...rules } });
    } catch (error) {
      if (error instanceof ExpectedError) return error;
    }
    throw new Error("it was planned");
  }

  test.each<[string, Partial<QueueRules>]>([
    ["all times are quiet", { times: ["22:00", "07:59"] }],
    ["all times are the creator's night", { quietZone: "Asia/Shanghai", times: ["12:00"] }],
  ])("names both settings when %s", (_, rules) => {
    const { details, message } = refusal(rules);
    expect(details.exit).toBe("settings");
    expect(message).toContain("queue.times");
    expect(message).toContain("queue.quietHours");
  });

  test.each<[string, Partial<QueueRules>]>([
    ["queue.perDay", { perDay: 0 }],
    ["queue.perWeek", { perWeek: 1.5 }],
    ["queue.minGap", { minGapMinutes: -1 }],
    ["queue.jitter", { jitterMinutes: Number.NaN }],
    ["queue.times", { times: ["25:00"] }],
    ["queue.times", { times: [] }],
    ["queue.zone", { zone: "America/Gotham" }],
    ["creator.timeZone", { quietZone: "" }],
    ["queue.quietHours", { quietHours: { from: "late", to: "08:00" } }],
  ])("names %s", (setting, rules) => {
    const { details, message } = refusal(rules);
    expect(details.exit).toBe("settings");
    expect(message).toContain(setting);
  });
});
