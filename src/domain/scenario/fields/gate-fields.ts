/** The fields that say what counts against a run, and what of it breaches a gate. */
import type { Fields } from './field.js';
import { choice, integer, integerOr } from './value.js';

export const verdictFields = {
  orderScope: {
    about: 'Within what order is promised: topic (an aggregate within one topic) or aggregate (across topics too).',
    value: choice('topic', 'aggregate'),
    default: 'topic',
    flag: { group: 'Verdict and gates', takes: '<scope>' },
  },
  allow: {
    about: 'Kinds of anomaly that do not count as violations, such as duplicate.',
    value: { kind: 'anomalies' },
    absent: [],
    flag: { group: 'Verdict and gates', takes: '<kinds>' },
  },
  minAtRisk: {
    about: 'Pairs at risk that a run has to see before it is called ordered.',
    value: integer(1, 1_000_000_000),
    default: 30,
    flag: { group: 'Verdict and gates', takes: '<n>' },
    compared: false,
    resolved: { about: 'Pairs at risk below which a run is inconclusive.' },
    olderReports: { upTo: '2.0', value: 1 },
  },
} as const satisfies Fields;

export const gateFields = {
  gateMode: {
    about: 'Rows that the gates apply to: all, or rows by name, such as single, nats:single or multi/shared+serial.',
    value: { kind: 'rowNames' },
    flag: { group: 'Verdict and gates', takes: '<rows>' },
    compared: false,
    resolved: { name: 'gateRows', about: 'Rows that the gates speak of, by name; empty: all.' },
    olderReports: { upTo: '1.0', value: [] },
  },
  maxViolations: {
    about: 'Gate: more violations than this in any row is a breach.',
    value: integerOr('none', 0, 1_000_000_000),
    absent: null,
    flag: { group: 'Verdict and gates', takes: '<n>' },
    compared: false,
  },
  failOn: {
    about: 'Gate: an expression over a row, such as lost>0; a row for which it holds is a breach.',
    value: { kind: 'expressions' },
    absent: [],
    flag: { group: 'Verdict and gates', takes: '<expression>' },
    compared: false,
  },
  /** With `within`, it says how many runs have to be ordered. Both are given, or neither. */
  confidence: {
    about:
      'How sure a gate is to be, such as 95%: runs go on until so many were ordered that at most the share given by within loses order.',
    value: { kind: 'shareBetween', example: '95%' },
    absent: null,
    flag: { group: 'Verdict and gates', takes: '<share>' },
    compared: false,
    resolved: {
      about: 'How sure the gates are to be that at most the share within of runs loses order; null: not asked for.',
    },
    olderReports: { upTo: '2.0', value: null },
  },
  within: {
    about:
      'Largest share of runs that may lose order, such as 5%; with a confidence of 95% that takes 59 ordered runs.',
    value: { kind: 'shareBetween', example: '5%' },
    absent: null,
    flag: { group: 'Verdict and gates', takes: '<share>' },
    compared: false,
    resolved: { about: 'Share of runs; null with confidence.' },
    olderReports: { upTo: '2.0', value: null },
  },
  expect: {
    about: 'Gate: what each row is expected to come out as; a row that differs is a breach.',
    value: { kind: 'expectations' },
    flag: null,
    compared: false,
  },
} as const satisfies Fields;
