/**
 * Tests that a skipped broker test is a failure where brokers are required: the reporter, on made-up results of a test
 * run.
 */
import { resolve } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import type { TestModule } from 'vitest/node';
import { RequireBrokers } from '../setup-require-brokers.js';

afterEach(() => vi.restoreAllMocks());

/** What the reporter looks at: the file, and its tests by state. */
function file(path: string, skipped: readonly string[]): TestModule {
  const tests = skipped.map((fullName) => ({ fullName }));
  const allTests = (state: string): unknown => (state === 'skipped' ? tests : []);
  return { moduleId: resolve(path), children: { allTests } } as unknown as TestModule;
}

function exitCodeAfter(modules: readonly TestModule[], reason: 'passed' | 'interrupted' = 'passed'): unknown {
  const before = process.exitCode;
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    process.exitCode = undefined;
    new RequireBrokers().onTestRunEnd(modules, [], reason);
    return process.exitCode;
  } finally {
    process.exitCode = before;
  }
}

it('fails a run in which a broker test was skipped, and names the test', () => {
  expect(exitCodeAfter([file('test/brokers/run.test.ts', ['nats > runs'])])).toBe(1);
  expect(process.stderr.write).toHaveBeenCalledWith(expect.stringContaining('test/brokers/run.test.ts > nats > runs'));
});

it('passes a run in which nothing was skipped', () => {
  expect(exitCodeAfter([file('test/brokers/run.test.ts', []), file('test/checker/gap.test.ts', [])])).toBeUndefined();
});

it('knows a broker test in another folder by its name', () => {
  expect(exitCodeAfter([file('test/cli/run.test.ts', ['run on a real nats-server'])])).toBe(1);
});

it('does not mind a test that was skipped for another reason, nor an interrupted run', () => {
  expect(
    exitCodeAfter([file('test/scenario/file/read-text.test.ts', ['is refused if it may not be read'])]),
  ).toBeUndefined();
  expect(exitCodeAfter([file('test/brokers/run.test.ts', ['nats > runs'])], 'interrupted')).toBeUndefined();
});
