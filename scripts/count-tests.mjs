import { readFileSync } from "node:fs";

/**
 * Counts what vitest's JSON report tells. A file that could not even be loaded has no tests in it and counts as one that
 * failed; so does a run that failed for any other reason, or left no report.
 * @param {string} file the report
 * @param {number} exitCode vitest's
 */
export function countTests(file, exitCode) {
  const report = readReport(file);
  if (report === null) return { passed: 0, failed: 1, skipped: 0 };
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  const failed = report.numFailedTests + broken.length;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
