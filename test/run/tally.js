// @ts-check
/**
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {string} [note]   why it failed or was left out
 * @property {boolean} [fatal] nothing after this step can run
 * @typedef {Outcome & { name: string, seconds: number }} StepResult
 */

/** Sums up all steps. @param {StepResult[]} results */
export function count(results) {
  let passed = 0;
  let failed = 0;
  for (const result of results) {
    passed += result.passed;
    failed += result.failed;
  }
  return { passed, failed };
}

/** One line a step. @param {StepResult[]} results */
export function table(results) {
  const lines = results.map((result) =>
    [
      result.name.padEnd(14),
      String(result.passed).padStart(7),
      String(result.failed).padStart(7),
      result.seconds.toFixed(1).padStart(8),
      `  ${result.note ?? ''}`,
    ].join(''),
  );
  return ['step           passed failed seconds', ...lines.map((line) => line.trimEnd())].join('\n');
}

/**
 * What a Jest report says. A suite that could not even run counts as one failed test: it hides an unknown number of them.
 * @param {{ numPassedTests: number, numFailedTests: number, numRuntimeErrorTestSuites: number, numPendingTests: number }} report
 */
export function countJest(report) {
  const broken = report.numRuntimeErrorTestSuites;
  const notes = [];
  if (broken > 0) notes.push(`${broken} suite${broken > 1 ? 's' : ''} could not run`);
  if (report.numPendingTests > 0) notes.push(`${report.numPendingTests} skipped`);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    ...(notes.length > 0 ? { note: notes.join(', ') } : {}),
  };
}
