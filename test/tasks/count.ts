import { readFileSync } from "node:fs";

// Prints the line that CI ends with, from vitest's own report. A file that could not load has no tests
// in the report; it counts as one failed.
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

const file = process.argv[2] ?? "test-results/vitest.json";
const report = JSON.parse(readFileSync(file, "utf8")) as Report;
const notLoaded = report.testResults.filter(
  (each) =>
    each.status === "failed" && !each.assertionResults.some((test) => test.status === "failed"),
).length;
const failed = report.numFailedTests + notLoaded;
const skipped = report.numPendingTests + report.numTodoTests;
console.log(`${report.numPassedTests} passed, ${failed} failed, ${skipped} skipped`);
