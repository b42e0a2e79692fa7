/** Tests that CI counts its tests exactly, on small reports as the test runner writes them. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scratchTree } from './scratch-tree.js';

type FileResult = readonly [fileStatus: 'passed' | 'failed', ...testStatuses: string[]];

function counted(files: readonly FileResult[] | null, exitStatus: number): string {
  const testResults = files?.map(([status, ...tests]) => ({
    status,
    assertionResults: tests.map((test) => ({ status: test })),
  }));
  const root = scratchTree({ 'report.json': files === null ? '{"testRes' : JSON.stringify({ testResults }) });
  const args = ['.ci/count-tests.mjs', join(root, 'report.json'), String(exitStatus)];
  return spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout.split('\n')[0]!;
}

it.each<[string, FileResult[], number, string]>([
  [
    'adds up the tests of all files',
    [
      ['passed', 'passed', 'skipped'],
      ['failed', 'passed', 'failed'],
    ],
    1,
    '2 1 1',
  ],
  ['counts a todo as skipped', [['passed', 'passed', 'todo', 'pending']], 0, '1 0 2'],
  ['counts a file that did not load as one failed', [['passed', 'passed'], ['failed']], 1, '1 1 0'],
  ['counts a broken hook as one failed, its tests as skipped', [['failed', 'skipped', 'skipped']], 1, '0 1 2'],
  ['counts a bad end as one failed where no test failed', [['passed', 'passed']], 1, '1 1 0'],
  ['does not count a bad end besides the tests that failed', [['failed', 'failed', 'failed']], 1, '0 2 0'],
  ['counts a run without any test as failed', [], 0, '0 1 0'],
])('%s', (_name, files, exitStatus, expected) => {
  expect(counted(files, exitStatus)).toBe(expected);
});

it('counts a report that is missing or broken as one failed', () => {
  expect(counted(null, 0)).toBe('0 1 0');
});

it('names behind the counts what failed, and why, a line each', () => {
  const failed = { status: 'failed', fullName: 'a bus keeps order', failureMessages: ['expected 1\nto be 0'] };
  const testResults = [
    { name: 'one.test.ts', status: 'failed', message: '', assertionResults: [failed, { status: 'passed' }] },
    { name: 'two.test.ts', status: 'failed', message: 'it does not load', assertionResults: [] },
  ];
  const root = scratchTree({ 'report.json': JSON.stringify({ testResults }) });
  const { stdout } = spawnSync(process.execPath, ['.ci/count-tests.mjs', join(root, 'report.json'), '1'], {
    encoding: 'utf8',
  });
  expect(stdout.trim().split('\n')).toEqual([
    '1 2 0',
    '    a bus keeps order: expected 1 to be 0',
    '    two.test.ts: it does not load',
  ]);
});
