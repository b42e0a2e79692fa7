/**
 * May a test be skipped because no broker is there? On a developer's machine yes; where EVENTBUS_BENCH_REQUIRE_BROKERS
 * is 1 (CI) this reporter makes every skipped test a failure of the run, whoever skipped it and however. The tests of
 * the tools themselves (test/tools/) are left out: what they skip has nothing to do with brokers.
 */
import { relative } from 'node:path';
import type { TestModule, TestRunEndReason } from 'vitest/node';
import type { Reporter } from 'vitest/reporters';

export class RequireBrokers implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], _errors: readonly unknown[], reason: TestRunEndReason): void {
    if (reason === 'interrupted') return;
    const skipped = modules.flatMap((module) => {
      const file = relative(process.cwd(), module.moduleId);
      if (file.startsWith('test/tools/')) return [];
      return [...module.children.allTests('skipped')].map((test) => `${file} > ${test.fullName}`);
    });
    if (skipped.length === 0) return;
    process.stderr.write(
      `\n${skipped.length} skipped, but EVENTBUS_BENCH_REQUIRE_BROKERS=1 lets no broker test be skipped ` +
        `(npm run brokers fetches the servers):\n${skipped.map((name) => `  ${name}\n`).join('')}`,
    );
    process.exitCode = 1;
  }
}
