import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../src/domain/report/run-report.js';
import type { RowExpectation } from '../../src/domain/scenario/scenario.js';
import { selfTestResult, tallyHazard } from '../../src/gate/hazard-tally.js';
import { row as rowOf } from '../report/fixtures.js';
import { someCause } from './some-cause.js';

const violated: Partial<RunRow> = { outcome: 'violated' };

function tallyOf(expected: RowExpectation, ...rows: readonly Partial<RunRow>[]) {
  return tallyHazard(
    { id: 'unkeyed-pool', isControl: false },
    { expect: { single: expected }, seed: 42 },
    rows.map((row, at) => rowOf(`single#${String(at + 1)}`, row)),
  );
}

const expected: RowExpectation = { outcome: ['violated'], causes: ['unkeyed-pool'], beside: ['pool-resize'] };
const control: RowExpectation = { outcome: ['ordered'], causes: [] };

describe('a run of a hazard', () => {
  it.each([
    ['named if it names the cause and no other', { ...violated, causes: [someCause('unkeyed-pool')] }, 'named'],
    [
      'named if it names what it may name besides',
      { ...violated, causes: [someCause('unkeyed-pool'), someCause('pool-resize')] },
      'named',
    ],
    [
      'named whatever latent cause it names',
      { ...violated, causes: [someCause('unkeyed-pool'), someCause('shared-durable', { latent: true })] },
      'named',
    ],
    ['missed if it is violated and names none', violated, 'missed'],
    [
      'missed if its cause is only latent',
      { ...violated, causes: [someCause('unkeyed-pool', { latent: true })] },
      'missed',
    ],
    [
      'mistaken if it names another one, even beside its own',
      { ...violated, causes: [someCause('unkeyed-pool'), someCause('missing-ack')] },
      'mistaken',
    ],
    ['misjudged if it is called ordered', { outcome: 'ordered' }, 'misjudged'],
    ['not shown if it is inconclusive and names none', { outcome: 'inconclusive' }, 'notShown'],
    [
      'failed if an error ended it',
      { error: { code: 'internal', message: '', wayOut: '' }, outcome: 'inconclusive' },
      'failed',
    ],
  ] as const)('is %s', (_, row, result) => {
    expect(tallyOf(expected, row).results).toMatchObject({ [result]: 1 });
  });

  it('counts causes that have broken nothing by themselves', () => {
    const causes = [someCause('missing-ack'), someCause('shared-durable', { latent: true })];
    const { diagnosed, latent } = tallyOf(expected, { ...violated, causes }, { ...violated, causes });
    expect({ diagnosed, latent }).toEqual({ diagnosed: { 'missing-ack': 2 }, latent: { 'shared-durable': 2 } });
  });

  it('may expect a cause that has broken nothing', () => {
    const stuck: RowExpectation = { outcome: ['violated'], causes: [], latent: ['shared-durable'] };
    const at = (latent: boolean) => ({ ...violated, causes: [someCause('shared-durable', { latent })] });
    expect(tallyOf(stuck, at(true), at(false), violated).results).toMatchObject({ named: 2, missed: 1 });
  });

  it('is not shown, rather than missed, where the figures say that the mechanism did not show', () => {
    const shows = { ...expected, that: ['regressions>1000000'] };
    expect(tallyOf(shows, violated).results).toMatchObject({ notShown: 1, missed: 0 });
  });

  it('of a control is named if order held and nothing is named, and misjudged if it is violated', () => {
    expect(tallyOf(control, { outcome: 'ordered' }).results.named).toBe(1);
    expect(tallyOf(control, { outcome: 'inconclusive' }).results.notShown).toBe(1);
    expect(tallyOf(control, violated).results.misjudged).toBe(1);
    expect(tallyOf(control, { outcome: 'inconclusive', causes: [someCause('missing-ack')] }).results.mistaken).toBe(1);
  });
});

describe('the tally of a hazard', () => {
  const right = { ...violated, causes: [someCause('unkeyed-pool')] };

  it('counts the runs that named each cause, and shows the first of the worst', () => {
    const tally = tallyOf(expected, right, violated, { outcome: 'ordered' }, { outcome: 'ordered' });
    expect(tally.diagnosed).toEqual({ 'unkeyed-pool': 1 });
    expect(tally.worst).toMatchObject({ seed: 44, result: 'misjudged' });
  });

  it('holds, fails by one wrong run, and is undecided where a mechanism never showed', () => {
    expect(selfTestResult([tallyOf(expected, right)]).outcome).toBe('held');
    expect(selfTestResult([tallyOf(expected, right), tallyOf(expected, right, violated)]).outcome).toBe('failed');
    expect(selfTestResult([tallyOf(expected, { outcome: 'inconclusive' })]).outcome).toBe('undecided');
  });
});
