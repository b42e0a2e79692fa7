/** A witness is shown of each cause that has one, of the worst run of every row. */
import { describe, expect, it } from 'vitest';
import { noneExplained } from '../../../src/domain/report/anomaly-signature.js';
import type { Cause, RunRow } from '../../../src/domain/report/run-report.js';
import { viewOf } from '../../../src/report/view/report-view.js';
import { witnessesView, type WitnessView } from '../../../src/report/view/witnesses-view.js';
import { groupRows } from '../../../src/report/repeats/row-order.js';
import { rowNaming } from '../../../src/report/view/row-naming.js';
import { report, row, violatedRow } from '../fixtures.js';
import { cameAgain, fetchedByAnother } from '../witness-fixtures.js';

const cause = (id: string, witnesses: Cause['witnesses']): Cause => ({
  ...{ id, explains: { ...noneExplained(), regressions: 1 }, latent: false, confidence: 'certain', evidence: [] },
  ...{ refutes: [], remedy: { kind: 'durable-per-topic', detail: null }, witnesses },
});

function shown(rows: readonly RunRow[]): WitnessView[] {
  const groups = groupRows(rows);
  return witnessesView(groups, rowNaming(groups));
}

describe('the witnesses of a report', () => {
  it('are the worst one of each cause, under the names of cause and row', () => {
    const causes = [
      cause('shared-durable', [fetchedByAnother, cameAgain]),
      cause('nak-behind-batch', [cameAgain]),
      cause('missing-ack', []),
    ];
    const views = shown([violatedRow('multi/shared#1', { causes }), row('single#1')]);
    expect(views.map(({ title }) => title)).toEqual([
      'Witness of shared-durable in multi/shared',
      'Witness of nak-behind-batch in multi/shared',
    ]);
    expect(views[0]!.lines[0]).toEqual({ name: 'what', clauses: ['agg-37: version 2 was started after version 3'] });
  });

  it('tell positions as the broker of the row counts them', () => {
    const store = (kind: string): readonly string[] | undefined => {
      const broker = { kind, version: null, url: null };
      const [view] = shown([violatedRow('single#1', { broker, causes: [cause('x', [fetchedByAnother])] })]);
      return view!.lines.find(({ name }) => name === 'store')?.clauses;
    };
    expect(store('sim:jetstream')![0]).toBe('v2 in topic-1, sequence 92');
    expect(store('sim:kafka')![0]).toBe('v2 in topic-1, partition 0, offset 91');
  });

  it('are those of the worst of several runs of a row', () => {
    const mild = violatedRow('single#1', { causes: [cause('mild', [fetchedByAnother])] });
    const { counts } = mild;
    const worst = violatedRow('single#2', {
      repeat: 2,
      counts: { ...counts, violations: counts.violations + 5, regressions: counts.regressions + 5 },
      causes: [cause('grave', [fetchedByAnother])],
    });
    expect(shown([mild, worst]).map(({ title }) => title)).toEqual(['Witness of grave in single#2']);
  });

  it('are none of a report that is older than witnesses', () => {
    const rows = [violatedRow('multi/shared#1', { causes: [cause('shared-durable', [])] })];
    expect(viewOf({ report: report(rows), gate: null }).witnesses).toEqual([]);
  });
});
