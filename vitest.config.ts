import { defineConfig } from "vitest/config";

const journeys = ["test/journeys/**/*.test.ts", "test/look-alike/**/*.test.ts"];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // One more than the cores of CI: journeys often wait for a page, a clock or a lock.
    maxWorkers: 3,
    env: { TZ: "America/New_York", NO_COLOR: "1" },
    projects: [
      {
        extends: true,
        test: {
          name: "journeys",
          include: journeys,
          globalSetup: "test/journeys/migrated-sample.ts",
        },
      },
      {
        extends: true,
        // Small tests of plain functions may share a process; starting one for each costs more than they do.
        test: {
          name: "parts",
          include: ["test/**/*.test.ts"],
          exclude: journeys,
          isolate: false,
        },
      },
    ],
  },
});
