import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function sum(tallies) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of tallies) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return total;
}

/**
 * A runner that ended badly without a failed test (a crash, a file that does not load) still counts as one failure.
 * @param {Tally} tally
 * @param {number} exitCode
 * @returns {Tally}
 */
export function withExitCode(tally, exitCode) {
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

/**
 * Reads Vitest's `--reporter=json` file, which has Jest's fields.
 * @param {string} path
 * @returns {Tally & { reasons: string[] }} reasons: names of skipped tests
 */
export function vitestTally(path) {
  if (!existsSync(path)) return { passed: 0, failed: 0, skipped: 0, reasons: [] };
  /** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number, testResults: { assertionResults: { status: string, fullName: string }[] }[] }} */
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const skipped = report.testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'pending' || status === 'skipped' || status === 'todo'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: skipped.length,
    reasons: skipped.map(({ fullName }) => fullName),
  };
}

/**
 * Reads Playwright's `--reporter=json` file.
 * @param {string} path
 * @returns {Tally & { reasons: string[] }} reasons: why tests were skipped
 */
export function playwrightTally(path) {
  if (!existsSync(path)) return { passed: 0, failed: 0, skipped: 0, reasons: [] };
  /** @typedef {{ specs?: { title: string, tests: { annotations: { type: string, description?: string }[] }[] }[], suites?: Suite[] }} Suite */
  /** @type {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, suites: Suite[] }} */
  const { stats, suites } = JSON.parse(readFileSync(path, 'utf8'));
  /**
   * @param {Suite} suite
   * @returns {string[]}
   */
  const reasonsIn = (suite) => [
    ...(suite.specs ?? []).flatMap(({ title, tests }) =>
      tests
        .flatMap(({ annotations }) => annotations.filter(({ type }) => type === 'skip'))
        .map(({ description }) => `${title}: ${description ?? 'no reason given'}`),
    ),
    ...(suite.suites ?? []).flatMap(reasonsIn),
  ];
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
    reasons: suites.flatMap(reasonsIn),
  };
}

/**
 * Reads what `lab scenarios --json` printed.
 * @param {string | undefined} text
 * @returns {Tally}
 */
export function scenariosTally(text) {
  if (text === undefined || text === '') return { passed: 0, failed: 1, skipped: 0 };
  /** @type {{ passed: number, failed: number }} */
  const { passed, failed } = JSON.parse(text);
  return { passed, failed, skipped: 0 };
}
