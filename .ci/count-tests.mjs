// How many tests passed, failed and were skipped? Reads the test runner's JSON report (first argument) and prints the
// three numbers. What fails without being a test counts as one failed: a file that did not load; a runner that left no
// report, ran nothing, or ended badly (exit status, second argument) though no test failed.
import { readFileSync } from 'node:fs';

const [file = '', status = '0'] = process.argv.slice(2);
console.log(Object.values(count(read(file), Number(status))).join(' '));

function count(report, exitStatus) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { status: fileStatus, assertionResults } of report?.testResults ?? []) {
    const failedBefore = counts.failed;
    for (const { status: testStatus } of assertionResults) {
      counts[testStatus === 'passed' || testStatus === 'failed' ? testStatus : 'skipped'] += 1;
    }
    if (fileStatus === 'failed' && counts.failed === failedBefore) counts.failed += 1;
  }
  const unaccounted = exitStatus !== 0 || counts.passed === 0;
  if (unaccounted && counts.failed === 0) counts.failed = 1;
  return counts;
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
