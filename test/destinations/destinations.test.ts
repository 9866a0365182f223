import { readdirSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { destinations, findDestination } from "../../src/destinations/index.ts";
import { ExpectedError } from "../../src/core/error.ts";

describe("the list of destinations", () => {
  test("equals the folders", () => {
    const folders = readdirSync(new URL("../../src/destinations/", import.meta.url), {
      withFileTypes: true,
    })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(destinations.map(({ id }) => id).toSorted()).toEqual(folders.toSorted());
  });

  test("finds one, and names those that exist", () => {
    expect(findDestination("lemon8").title).toBe("Lemon8");
    expect(() => findDestination("instagram")).toThrow(ExpectedError);
    expect(() => findDestination("instagram")).toThrow(/rednote, lemon8/);
  });

  test.each(destinations.map((destination) => [destination.id, destination] as const))(
    "%s declares dated limits and steps for both kinds in both languages",
    (_, { limits, handoff, usualPerWeek, ways }) => {
      expect(limits.asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(limits.source).not.toBe("");
      expect(limits.topics.usual).toBeLessThanOrEqual(limits.topics.hard);
      expect(usualPerWeek).toBeGreaterThan(0);
      expect(ways).toContain("handoff");
      for (const kind of ["video", "photos"]) {
        const steps = handoff.steps.filter((step) => step.kind === undefined || step.kind === kind);
        expect(steps.length).toBeGreaterThan(6);
      }
      for (const { text } of handoff.steps) {
        expect(text.en).toMatch(/^[A-Z]/);
        expect(text.zh).toMatch(/\p{Script=Han}/u);
      }
    },
  );

  test("what must not be forgotten on the phone", () => {
    const said = (id: string): string =>
      findDestination(id)
        .handoff.steps.map((step) => step.text.en)
        .join("\n");
    expect(said("lemon8")).toContain("Turn OFF Share to TikTok");
    expect(said("rednote")).toContain("choose it from the list");
  });
});
