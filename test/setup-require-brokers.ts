/**
 * Fails a test run in which a broker test was skipped although brokers are required. On a developer's machine tests may
 * be skipped because no broker is there; where EVENTBUS_BENCH_REQUIRE_BROKERS is 1 (CI) this reporter makes every
 * skipped broker test a failure of the run, whoever skipped it and however. A broker test is one in the folders of
 * broker tests, and any other whose name speaks of a broker.
 */
import { relative } from 'node:path';
import type { TestModule, TestRunEndReason } from 'vitest/node';
import type { Reporter } from 'vitest/reporters';

export class RequireBrokers implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], _errors: readonly unknown[], reason: TestRunEndReason): void {
    if (reason === 'interrupted') return;
    const skipped = modules.flatMap((module) => {
      const file = relative(process.cwd(), module.moduleId);
      const skippedHere = [...module.children.allTests('skipped')];
      return skippedHere
        .filter((test) => isBrokerTest(file, test.fullName))
        .map((test) => `${file} > ${test.fullName}`);
    });
    if (skipped.length === 0) return;
    process.stderr.write(
      `\n${skipped.length} skipped, but EVENTBUS_BENCH_REQUIRE_BROKERS=1 lets no broker test be skipped ` +
        `(npm run brokers fetches the servers):\n${skipped.map((name) => `  ${name}\n`).join('')}`,
    );
    process.exitCode = 1;
  }
}

function isBrokerTest(file: string, name: string): boolean {
  return /^test\/(?:brokers|conformance)\//.test(file) || /broker|nats|kafka/i.test(name);
}
