/** `violations` is the number of deciding anomalies that the scenario does not allow. */
import { expect, it } from 'vitest';
import { anomalyKinds } from '../../../src/domain/scenario/scenario.js';
import { violationsOf } from '../../../src/domain/report/violations.js';

const counts = {
  ...{ published: 1000, acked: 1000, delivered: 1000, handled: 1000, retries: 1000 },
  ...{
    regressions: 1,
    descents: 1000,
    naive: 1000,
    completionOrder: 1000,
    racy: 1000,
    crossTopic: 1000,
    gaps: 1000,
    openGaps: 1000,
    unseen: 1000,
  },
  duplicates: { total: 2, redone: 0, redelivered: 1000, storedTwice: 1000, unflagged: 1000, concurrent: 1000 },
  ...{ lost: 4, phantoms: 8, recovered: 1000, storeInversions: 16, splitKeys: 32, misroutes: 1000 },
  ...{ overlaps: 64, completionInversions: 128 },
};

it('adds up the deciding anomalies and nothing else', () => {
  expect(violationsOf(counts, [])).toBe(255);
});

it('leaves out the kinds that are allowed', () => {
  expect(violationsOf(counts, ['duplicate'])).toBe(253);
  expect(violationsOf(counts, ['overlap', 'completion-inversion'])).toBe(63);
  expect(violationsOf(counts, anomalyKinds)).toBe(0);
});
