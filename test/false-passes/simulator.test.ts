/**
 * Commands that once passed, or were accused, and must not be again, on the simulator: the built program as a process,
 * with a seed that decides everything (`list.ts`). Beside them what is no run: a trace of one id on two topics, a stored
 * report that denies its regressions, a gate that is none.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunReport, RunRow } from '../../src/domain/report/run-report.js';
import { expectUsageError, runCli, temporaryFolder } from '../cli/cli-process.js';
import { falseAlarms, falsePasses } from './list.js';
import { itJudgesListed } from './run-listed.js';
import { writeTwoTopicsTrace } from './two-topics-trace.js';

describe('what once passed does not pass', () => {
  itJudgesListed(falsePasses, 'sim:jetstream', () => []);
  itJudgesListed(falsePasses, 'sim:kafka', () => []);
});

describe('what was accused wrongly is not accused', () => {
  itJudgesListed(falseAlarms, 'sim:jetstream', () => []);

  it('an ordered run behind a version gate is told without a word of luck', async () => {
    const { exitCode, stdout } = await runCli(['run', '--strategy', 'multi/shared+version-gate', '--no-color']);
    expect(exitCode, stdout).toBe(0);
    expect(stdout).toMatch(/\bordered\b/);
    expect(stdout).not.toMatch(/\bluck/i);
  });

  it('a crash is not told as several subscriptions that take from one durable', async () => {
    const crash = '--mode single --disturb crash:300ms@98% --allow duplicate --aggregates 10 --versions 10 --seed 2';
    const { stdout } = await runCli(['run', ...crash.split(' '), '--no-color']);
    expect(stdout).toContain('crash');
    expect(stdout).not.toMatch(/several subscriptions/i);
  });
});

describe('one id on two topics is two units, so that what one publishes does not excuse the other', () => {
  it.each([
    { first: [1, 2, 3], second: [2, 1, 3], regressions: 1 },
    { first: [1, 2, 3], second: [3, 2, 1], regressions: 2 },
    { first: [2, 1, 3], second: [1, 2, 3], regressions: 1 },
    { first: [3, 2, 1], second: [1, 2, 3], regressions: 2 },
  ])('$first on one, $second on the other: $regressions regressions', async ({ first, second, regressions }) => {
    const path = join(temporaryFolder(), 'two-topics.ndjson');
    writeTwoTopicsTrace(path, { handled: [first, second], allow: ['duplicate', 'phantom'] });
    const { exitCode, stdout, stderr } = await runCli(['check', path, '--json']);
    expect(exitCode, stderr).toBe(1);
    const [row] = (JSON.parse(stdout) as RunReport).runs as [RunRow];
    expect(row.outcome).toBe('violated');
    expect(row.counts).toMatchObject({ regressions, violations: regressions, phantoms: 0 });
    expect(row.reasons).toMatchObject([{ kind: 'anomaly', of: 'regression', numbers: { count: regressions } }]);
  });
});

describe('a stored report', () => {
  let cwd: string;

  beforeAll(async () => {
    cwd = temporaryFolder();
    const { stdout } = await runCli(['run', '--aggregates', '20', '--versions', '20', '--json'], { cwd });
    writeFileSync(join(cwd, 'report.json'), stdout);
  });

  it('that says violations: 0 beside regressions is counted anew, and breached', async () => {
    const report = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')) as RunReport;
    const denied = report.runs.find(({ counts }) => counts.regressions > 0)!;
    Object.assign(denied.counts, { violations: 0 });
    Object.assign(denied, { outcome: 'ordered', reasons: [] });
    writeFileSync(join(cwd, 'denied.json'), JSON.stringify(report));
    const { exitCode, stdout } = await runCli(['gate', 'denied.json', '--max-violations', '0'], { cwd });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/multi\/shared#1 has \d+ violations/);
    const again = await runCli(['report', 'denied.json', '--format', 'json'], { cwd });
    const [row] = (JSON.parse(again.stdout) as RunReport).runs as [RunRow];
    expect(row.counts.violations).toBeGreaterThanOrEqual(row.counts.regressions);
    expect(row.outcome).toBe('violated');
  });

  it('is not held by a gate that names rows and no limit', async () => {
    expectUsageError(await runCli(['gate', 'report.json', '--gate-mode', 'single'], { cwd }), 'no gate');
  });
});
