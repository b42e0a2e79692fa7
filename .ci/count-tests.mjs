// How many tests passed, failed and were skipped? Reads the test runner's JSON report (first argument) and prints the
// three numbers on the first line; then, a line each, which tests failed and why. What fails without being a test counts
// as one failed: a file that did not load; a runner that left no report, ran nothing, or ended badly (exit status, second
// argument) though no test failed.
import { readFileSync } from 'node:fs';

const [file = '', status = '0'] = process.argv.slice(2);
/** Characters of a reason. */
const reasonMax = 1500;
const report = read(file);
console.log(Object.values(count(report, Number(status))).join(' '));
for (const line of failures(report)) console.log(`    ${line}`);

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

/** Name and reason of each test that failed, and of each file that failed without one. */
function failures(report) {
  return (report?.testResults ?? []).flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((one) => one.status === 'failed');
    if (failed.length === 0) return status === 'failed' ? [named(name, [message])] : [];
    return failed.map(({ fullName, failureMessages }) => named(fullName, failureMessages));
  });
}

function named(name, messages) {
  const reason = (messages ?? []).join(' ').replace(/\s+/g, ' ').slice(0, reasonMax);
  return `${name ?? 'a test'}: ${reason}`;
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
