/** The fields that say what a run is called, and which events are published, by whom and when. */
import type { Fields } from './field.js';
import { choice, integer, number } from './value.js';

export const namingFields = {
  name: {
    about: 'Name of the run; becomes part of the report file name.',
    value: { kind: 'name', maxLength: 100 },
    default: 'run',
    flag: { group: 'Run', takes: '<name>' },
    compared: false,
  },
  description: {
    about: 'What one learns from this scenario.',
    value: { kind: 'text', maxLength: 10_000 },
    flag: null,
    resolved: null,
  },
} as const satisfies Fields;

export const workloadFields = {
  topics: {
    about: 'Topics; each aggregate belongs to one of them.',
    value: integer(1, 1_000),
    default: 5,
    flag: { group: 'Workload', takes: '<n>' },
    swept: true,
  },
  aggregates: {
    about: 'Aggregates, spread evenly over the topics.',
    value: integer(1, 1_000_000),
    default: 50,
    flag: { group: 'Workload', takes: '<n>' },
    swept: true,
  },
  versions: {
    about: 'Versions (events) per aggregate; on average, where keys are skewed.',
    value: integer(1, 10_000_000),
    default: 100,
    flag: { group: 'Workload', takes: '<n>' },
    swept: true,
    resolved: { about: 'Versions per aggregate; on average, where keys are skewed.' },
  },
  skew: {
    about:
      'Zipf exponent of hot keys: aggregate i of 1, 2, … gets a share of all events in proportion to 1 / i^skew. 0: even.',
    value: number(0, 10),
    default: 0,
    flag: { group: 'Workload', takes: '<exponent>' },
    swept: true,
    resolved: { about: 'Zipf exponent of the events by aggregate; 0: even.' },
    olderReports: { upTo: '1.0', value: 0 },
  },
  publish: {
    about:
      'When an aggregate sends its next version: serial (the last one was acknowledged), async:N (up to N outstanding), pool:N (one of N senders is free, each with a connection), capped:N (at once, and the call fails while N are pending) or handled (the last one was handled).',
    value: { kind: 'publishMode' },
    default: 'serial',
    flag: { group: 'Workload', takes: '<when>' },
    swept: true,
    resolved: {
      about:
        "When an aggregate's next version is sent: when the last one was acknowledged, with a window outstanding, when one of a pool of senders is free, at once up to a cap of pending ones, or when it was handled.",
    },
  },
  rate: {
    about: 'Events published per second over all aggregates, or unlimited.',
    value: { kind: 'rate' },
    default: 'unlimited',
    flag: { group: 'Workload', takes: '<n>' },
    swept: true,
    resolved: {
      name: 'ratePerSecond',
      about: 'Events per second over all publishers; null: as fast as they go.',
    },
  },
  publishersPerAggregate: {
    about: 'Publishers that share one aggregate; more than 1 is a fault that is put in on purpose.',
    value: integer(1, 100),
    default: 1,
    flag: { group: 'Workload', takes: '<n>' },
    swept: true,
  },
  /** `spread` sends version v to topic (home + v − 1) mod topics. */
  topicChoice: {
    about: 'Topic of an event: home (always the topic of its aggregate) or spread (a fault: over all topics in turn).',
    value: choice('home', 'spread'),
    default: 'home',
    flag: { group: 'Workload', takes: '<how>' },
  },
} as const satisfies Fields;
