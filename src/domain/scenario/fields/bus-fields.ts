/** The fields of the bus under test: its strategy, its lanes and queues, and what handling an event takes. */
import { handlerFailures } from '../handler-failure.js';
import { handlerTimeBys } from '../handler-time.js';
import type { Fields } from './field.js';
import { choice, duration, integer } from './value.js';

export const busFields = {
  strategy: {
    about:
      'What stands between fetch and handler. Several are compared in one report; one with its mode (single+serial) is one row.',
    value: { kind: 'strategies' },
    default: 'keyed-pool',
    flag: { group: 'Bus under test', takes: '<id>' },
    resolved: null,
  },
  workers: {
    about: 'Lanes; each handles one event at a time.',
    value: integer(1, 65_536),
    default: 256,
    flag: { group: 'Bus under test', takes: '<n>' },
    swept: true,
  },
  queueSize: {
    about: 'Places in the queue that the fetch loops fill.',
    value: integer(1, 1_048_576),
    default: 1024,
    flag: { group: 'Bus under test', takes: '<n>' },
    swept: true,
  },
  laneSize: {
    about: 'Places in one lane, behind the event that it is handling.',
    value: integer(1, 65_536),
    default: 64,
    flag: { group: 'Bus under test', takes: '<n>' },
    swept: true,
  },
  overflow: {
    about: 'What a full queue does: block the fetch loop, reject the event, or handle it inline.',
    value: choice('block', 'reject', 'inline'),
    default: 'block',
    flag: { group: 'Bus under test', takes: '<policy>' },
    swept: true,
  },
  gapPolicy: {
    about:
      'What a strategy that knows versions does about one that does not come: wait for it, skip it, or park the aggregate (its later events are set aside unhandled).',
    value: choice('wait', 'skip', 'park'),
    default: 'wait',
    flag: { group: 'Bus under test', takes: '<policy>' },
    olderReports: { upTo: '1.0', value: 'wait' },
  },
  gapTimeout: {
    about:
      'After how long a missing version is skipped, or its aggregate parked; twice the ack wait (Kafka: session time-out) unless given.',
    value: duration('60s'),
    flag: { group: 'Bus under test', takes: '<duration>' },
    resolved: { name: 'gapTimeoutMs' },
  },
  handlerTime: {
    about:
      'Time that one handling takes: fixed (1ms), a range (0-5ms), 0, or drawn with a heavy tail: exponential:1ms (mean), lognormal:1ms:1.2 (median, sigma) or pareto:1ms:1.5 (least, shape).',
    value: { kind: 'handlerTime' },
    default: '1ms',
    flag: { group: 'Bus under test', takes: '<time>' },
    swept: true,
  },
  handlerTimeBy: {
    about: 'Whether that time is drawn anew for every event, or once for each aggregate (slow keys).',
    value: choice(...handlerTimeBys),
    default: 'event',
    flag: { group: 'Bus under test', takes: '<what>' },
    swept: true,
    resolved: { about: 'Whether it is drawn anew for every event, or once for each aggregate.' },
    olderReports: { upTo: '1.0', value: 'event' },
  },
  /** Of attempts, not of events. */
  handlerFail: {
    about: 'Share of handlings that fail: 0.01 or 1%.',
    value: { kind: 'share' },
    default: 0,
    flag: { group: 'Bus under test', takes: '<share>' },
    swept: true,
    resolved: { name: 'handlerFailShare' },
  },
  handlerFailure: {
    about:
      'How they fail: nak (sent back at once), throw (nobody answers, so they come again after the ack wait), timeout (sent back after the handler time-out), runs-on (the same, and the handling goes on until twice that time, as nothing stops it) or, a fault, ack (acknowledged all the same) or, on Kafka, skip (neither, and positions are committed past them).',
    value: choice(...handlerFailures),
    default: 'nak',
    flag: { group: 'Bus under test', takes: '<how>' },
    swept: true,
    olderReports: { upTo: '1.0', value: 'nak' },
  },
  handlerTimeout: {
    about: 'How long a handling takes that fails by time-out; one that runs on takes twice as long.',
    value: duration('100ms'),
    default: '100ms',
    flag: { group: 'Bus under test', takes: '<duration>' },
    swept: true,
    resolved: { name: 'handlerTimeoutMs' },
    olderReports: { upTo: '1.0', value: 100 },
  },
  perturb: {
    about:
      'Delay drawn for every event before its publish call, its submit, its dispatch, its start and its ack, so that rare races show: a range (0-2ms), fixed (1ms), or none; at most 1m. Threads sleep; nothing is reordered by it.',
    value: { kind: 'delayOrNone', example: '0-2ms' },
    default: 'none',
    flag: { group: 'Bus under test', takes: '<delay>' },
    swept: true,
    resolved: {
      about: 'Delay drawn for every event before its publish call, its submit, its dispatch, its start and its ack.',
    },
    olderReports: { upTo: '2.0', value: null },
  },
} as const satisfies Fields;
