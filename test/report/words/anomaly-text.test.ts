import { describe, expect, it } from 'vitest';
import { anomalyKinds } from '../../../src/domain/scenario/scenario.js';
import { anomaliesOf, anomalyText } from '../../../src/report/words/anomaly-text.js';
import { counts, duplicates, row } from '../fixtures.js';

const all = counts({
  regressions: 1,
  lost: 2,
  duplicates: duplicates(3),
  storeInversions: 4,
  splitKeys: 5,
  overlaps: 6,
  completionInversions: 7,
  phantoms: 8,
});

describe('the anomalies of a row in words', () => {
  it('name every kind that decides, the gravest first', () => {
    const found = anomaliesOf(row('single#1', { counts: all }));
    expect(found.map(({ short }) => short)).toEqual([
      '1 regression',
      '2 lost',
      '3 duplicates',
      '4 store inversions',
      '5 split keys',
      '6 overlaps',
      '7 completion inversions',
      '8 phantoms',
    ]);
    expect(found.map(({ of }) => of).sort()).toEqual([...anomalyKinds].sort());
  });

  it('are a sentence each', () => {
    for (const { long } of anomaliesOf(row('single#1', { counts: all }))) expect(long).toMatch(/^[^.]+\.$/);
  });

  it('leave out what there is none of', () => {
    expect(anomaliesOf(row('single#1'))).toEqual([]);
  });

  it('tell one from many', () => {
    expect([anomalyText('loss', 1), anomalyText('loss', 2)]).toEqual(['1 lost event', '2 lost events']);
  });
});
