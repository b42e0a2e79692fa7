import { describe, expect, it } from 'vitest';
import { exitCodeOfCheck, exitCodeOfRun, worstExitCode } from '../../src/cli/exit-code.js';
import type { RunRow } from '../../src/domain/report/run-report.js';
import { report, row } from '../report/fixtures.js';

const held = { given: true, breaches: [], inconclusive: [], evidence: [] };
const breached = { ...held, breaches: ['x'] };
const undecided = { ...held, inconclusive: ['x'] };
const none = { ...held, given: false };

const failed = (code: string): RunRow =>
  row('single#1', { outcome: 'inconclusive', error: { code, message: 'm', wayOut: 'w' } });
const runOf = (...rows: RunRow[]) => report(rows.length === 0 ? [row('single#1')] : rows);

describe('the exit code of a run', () => {
  it.each([
    ['0 without a gate', none, runOf(), 0],
    ['0 where gates hold', held, runOf(), 0],
    ['1 where one is breached', breached, runOf(), 1],
    ['2 where one is undecided', undecided, runOf(), 2],
    ['1 where one is breached and one undecided', { ...breached, inconclusive: ['x'] }, runOf(), 1],
    ['69 where the broker was lost, gate or not', none, runOf(failed('broker-unavailable')), 69],
    ['69 rather than 2, since it says why', undecided, runOf(failed('broker-unavailable')), 69],
    ['1 rather than 69, since what was seen is certain', breached, runOf(failed('broker-unavailable')), 1],
    ['70 where a row was ended by a bug of ours', none, runOf(failed('internal')), 70],
    ['130 where a row was interrupted', undecided, runOf(failed('interrupted')), 130],
  ])('is %s', (_, gates, finished, exitCode) => {
    expect(exitCodeOfRun(finished, gates, false)).toBe(exitCode);
  });

  it('is 130 once it was interrupted, whatever was found', () => {
    expect(exitCodeOfRun(runOf(), breached, true)).toBe(130);
  });
});

describe('the exit code of a check', () => {
  const outcomes = (...names: RunRow['outcome'][]) =>
    report(names.map((outcome, at) => row(`single#${at + 1}`, { outcome })));

  it('is that of the worst row', () => {
    expect(exitCodeOfCheck(outcomes('ordered', 'ordered'))).toBe(0);
    expect(exitCodeOfCheck(outcomes('ordered', 'inconclusive'))).toBe(2);
    expect(exitCodeOfCheck(outcomes('inconclusive', 'violated'))).toBe(1);
  });

  it('is 2 if there is no row: nothing was shown', () => {
    expect(exitCodeOfCheck(report([]))).toBe(2);
  });
});

describe('the exit code of several runs', () => {
  it('is the one that says most', () => {
    expect(worstExitCode([])).toBe(0);
    expect(worstExitCode([0, 2, 0])).toBe(2);
    expect(worstExitCode([69, 2])).toBe(69);
    expect(worstExitCode([69, 1, 2])).toBe(1);
    expect(worstExitCode([130, 1])).toBe(130);
  });
});
