/** What a report of an older version lacks is read as its fields' declarations say. */
import { expect, it } from 'vitest';
import { lackedBy } from '../../../src/domain/scenario/fields/lacked.js';
import { withLackedFields } from '../../../src/report/contract/lacked-fields.js';

it('is asked for as pairs at risk, one of them, and without a confidence', () => {
  const report = { runs: [], scenario: { name: 'x', kafka: {}, untilContested: 500 } };
  expect(withLackedFields(report, '1.1')).toEqual({
    runs: [],
    scenario: {
      name: 'x',
      kafka: { sendOrder: 'kept' },
      untilAtRisk: 500,
      minAtRisk: 1,
      perturb: null,
      confidence: null,
      within: null,
      messageId: 'none',
      natsClient: 'nats',
    },
  });
});

it('stays as it is where it is said already, or nothing is known', () => {
  const scenario = {
    untilAtRisk: null,
    minAtRisk: 30,
    perturb: { minMs: 0, maxMs: 2 },
    confidence: 0.95,
    within: 0.05,
    messageId: 'event',
    natsClient: 'nats-io',
    kafka: { members: 2, sendOrder: 'client' },
  };
  expect(withLackedFields({ scenario }, '2.0')).toEqual({ scenario });
  expect(withLackedFields({ scenario: null }, '1.0')).toEqual({ scenario: null });
});

it('is what a report up to the version that a declaration names is read as, and no later one', () => {
  const parts = {
    fresh: { value: { kind: 'share' }, olderReports: { upTo: '2.0', value: 0.5 } },
    older: { value: { kind: 'share' }, olderReports: { upTo: '1.0', value: 1 } },
    eternal: { value: { kind: 'share' } },
  } as const;
  expect(lackedBy('1.0', parts)).toEqual({ fresh: 0.5, older: 1 });
  expect(lackedBy('1.1', parts)).toEqual({ fresh: 0.5 });
  expect(lackedBy('2.0', parts)).toEqual({ fresh: 0.5 });
  expect(lackedBy('2.1', parts)).toEqual({});
});
