/** The fields that say which runs there are: with which seeds, how often, at which values, and for how long. */
import type { Fields } from './field.js';
import { duration, integer, integerOr } from './value.js';

/** Upper bounds. The generator has 32 bits: a larger seed would mean the same as a smaller one. */
const [repeatMax, seedMax, pairsMax] = [1_000, 2 ** 32 - 1, 1_000_000_000];

export const runFields = {
  seed: {
    about: 'Seed of every random choice; the same seed repeats the run.',
    value: integer(0, seedMax),
    default: 42,
    flag: { group: 'Run', takes: '<n>' },
    resolved: { isSigned: true },
  },
  repeat: {
    about: 'Times that every row is run, rows taking turns.',
    value: integer(1, repeatMax),
    default: 1,
    flag: { group: 'Run', takes: '<n>' },
    compared: false,
    resolved: { about: 'Times that every row is run; the least, with untilAtRisk or a confidence.' },
  },
  warmUp: {
    about:
      'Rounds of all rows before the first that counts, for steady figures on real brokers; the simulator needs none.',
    value: integer(0, repeatMax),
    default: 0,
    flag: { group: 'Run', takes: '<n>' },
    compared: false,
    resolved: { about: 'Rounds that were run before the first repeat and are not in the report.' },
    olderReports: { upTo: '1.0', value: 0 },
  },
  seeds: {
    about:
      'Runs of every row, each with a seed of its own: on the simulator several at once, on a server one after another. The same as repeat.',
    value: integer(1, repeatMax),
    flag: { group: 'Run', takes: '<n>' },
    resolved: null,
  },
  untilAtRisk: {
    about:
      'Repeat until every row has seen so many pairs at risk, so that a zero says something; repeat is then the least number of times.',
    value: integerOr('none', 1, pairsMax),
    absent: null,
    flag: { group: 'Run', takes: '<n>' },
    compared: false,
    resolved: { about: 'Pairs at risk that every row is to see over its repeats.' },
  },
  untilContested: {
    about: 'Older name of until-at-risk.',
    value: integerOr('none', 1, pairsMax),
    flag: { group: 'Run', takes: '<n>', isOlderName: true },
    resolved: null,
  },
  drainTimeout: {
    about: 'How long a run may go on after its last publish has settled; max(10s, 2 × ack wait + 5s) unless given.',
    value: duration('65s'),
    flag: { group: 'Run', takes: '<duration>' },
    resolved: { name: 'drainTimeoutMs' },
  },
  sweep: {
    about:
      'Values of one field at a time, at each of which every row is run: topics=1,2,5,10. Given several times: fields one after another.',
    value: { kind: 'sweep' },
    absent: [],
    flag: { group: 'Run', takes: '<field=values>' },
    compared: false,
    resolved: { about: 'Values of one field at a time at which every row is run.' },
    olderReports: { upTo: '1.0', value: [] },
  },
} as const satisfies Fields;
