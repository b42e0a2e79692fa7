/**
 * Tests that every strategy keeps what it claims, and only that. Each is run on the simulator over many seeds, with
 * several topics and pullers, full queues, failures of every kind and ack waits that expire. A claim that holds nowhere
 * is caught, and so is one that is too modest: what a strategy says it does not survive must break it on some seed.
 * Strategies whose mechanism is the broker's have broker-side-guarantees.test.ts.
 */
import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../src/domain/report/run-report.js';
import type { ModeRow } from '../../src/domain/scenario/scenario.js';
import type { ScenarioFlags } from '../../src/scenario/flags.js';
import type { Strategy } from '../../src/strategy/strategy.js';
import { byDispatcher as strategies } from './broker-side.js';
import { expectAllHandledInOrder, tryStrategy } from './claims.js';

const seeds = 5;

const few: ScenarioFlags = {
  ...{ topics: '3', aggregates: '12', versions: '25', workers: '4', handlerTime: '0-5ms' },
  ...{ drainTimeout: '60s', allow: 'duplicate' },
};

const undisturbed: Record<string, ScenarioFlags> = {
  JetStream: {},
  'JetStream with full queues': { queueSize: '2', laneSize: '1', batch: '5' },
  Kafka: { broker: 'sim:kafka', partitions: '2', members: '2' },
};

const redelivering: Record<string, ScenarioFlags> = {
  naks: { handlerFail: '5%' },
  'handlers that throw': { handlerFail: '5%', handlerFailure: 'throw', ackWait: '500ms' },
  'handlers that time out': { handlerFail: '5%', handlerFailure: 'timeout', handlerTimeout: '100ms', ackWait: '60ms' },
  'ack waits that expire': { workers: '2', ackWait: '50ms', handlerTime: '5-15ms' },
  'naks and full queues': { queueSize: '2', laneSize: '1', workers: '3', batch: '5', handlerFail: '5%' },
  'naks and few in flight': { maxAckPending: '7', batch: '5', handlerFail: '5%' },
  'failures on Kafka': { broker: 'sim:kafka', partitions: '2', members: '2', handlerFail: '5%' },
  'failures on Kafka, message by message': {
    ...{ broker: 'sim:kafka', partitions: '2', handlerFail: '5%', consume: 'each-message' },
  },
};

const ordered = ['single', 'multi/per-topic'] as const;

/** What decides about order: nothing started late, ended late, or ran beside another of its aggregate. */
const disorder = ({ counts }: RunRow): number => counts.regressions + counts.completionInversions + counts.overlaps;

const eachRow = (
  strategy: Strategy,
  modes: readonly ModeRow[],
  flags: ScenarioFlags,
  check: (row: RunRow, where: string) => void,
): Promise<void> => tryStrategy(strategy, { modes, flags: { ...few, ...flags }, seeds }, check);

/** Disorder of all rows under all these conditions. */
async function sumOf(
  strategy: Strategy,
  modes: readonly ModeRow[],
  conditions: Record<string, ScenarioFlags>,
): Promise<number> {
  let sum = 0;
  for (const flags of Object.values(conditions)) await eachRow(strategy, modes, flags, (row) => (sum += disorder(row)));
  return sum;
}

const promise = strategies.filter(({ guarantee }) => guarantee.order !== 'none');
const survive = promise.filter(({ guarantee }) => guarantee.survives.redelivery);
const repair = strategies.filter(({ repairsInput }) => repairsInput);

/** Those that are not in `some`. */
const others = (some: readonly Strategy[]): readonly Strategy[] => strategies.filter((one) => !some.includes(one));

describe.each(promise)('$id, which promises order,', (strategy) => {
  it.each(Object.entries(undisturbed))('keeps it on %s', async (_, flags) => {
    await eachRow(strategy, ordered, flags, expectAllHandledInOrder);
  });
});

describe.each(survive)('$id, which promises order through redelivery,', (strategy) => {
  it.each(Object.entries(redelivering))('keeps it with %s', async (_, flags) => {
    await eachRow(strategy, ordered, flags, (row, where) => {
      expectAllHandledInOrder(row, where);
      expect(row.counts.handled, where).toBe(row.counts.published);
    });
  });
});

describe.each(repair)('$id, which promises to repair its input,', (strategy) => {
  it.each(Object.entries({ ...undisturbed, ...redelivering }))('does so with %s', async (_, flags) => {
    await eachRow(strategy, ['multi/shared'], flags, expectAllHandledInOrder);
  });

  it('does so when several publishers store an aggregate out of order, however few may be in flight', async () => {
    for (const maxAckPending of ['1000', '3', '1']) {
      const flags = { publishersPerAggregate: '3', publish: 'async:2', maxAckPending, handlerFail: '3%' };
      await eachRow(strategy, ['multi/shared', ...ordered], { ...flags, allow: 'duplicate,store-inversion' }, expectAllHandledInOrder); // prettier-ignore
    }
  });
});

describe('a strategy that does not promise', () => {
  it.each(others(promise))('order loses it: $id', async (strategy) => {
    // What is tried again at the tail has to fail first.
    const conditions = strategy.id === 'retry-at-tail' ? redelivering : undisturbed;
    expect(await sumOf(strategy, ordered, conditions)).toBeGreaterThan(0);
  });

  it.each(others(survive))('to survive redelivery does not: $id', async (strategy) => {
    expect(await sumOf(strategy, ordered, redelivering)).toBeGreaterThan(0);
  });

  it.each(others(repair))('to repair its input does not: $id', async (strategy) => {
    expect(await sumOf(strategy, ['multi/shared'], undisturbed)).toBeGreaterThan(0);
  });
});
