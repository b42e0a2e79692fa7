/**
 * Tests that every strategy keeps what it claims under the loads and the accidents of production: hot keys,
 * heavy-tailed and slow handlers, a service that crashes, lanes whose number changes. As in `strategies.test.ts`, a
 * claim that is too bold is caught, and so is one that is too modest.
 */
import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../src/domain/report/run-report.js';
import type { ModeRow } from '../../src/domain/scenario/scenario.js';
import type { ScenarioFlags } from '../../src/scenario/flags.js';
import { byDispatcher as strategies } from './broker-side.js';
import type { Strategy } from '../../src/strategy/strategy.js';
import { expectAllHandledInOrder, reasonsAgainst, tryStrategy } from './claims.js';

const seeds = 3;

const few: ScenarioFlags = {
  ...{ topics: '3', aggregates: '12', versions: '25', workers: '4', handlerTime: '0-5ms' },
  ...{ drainTimeout: '60s', allow: 'duplicate' },
};

const hard: Record<string, ScenarioFlags> = {
  'hot keys': { skew: '1.5' },
  'heavy tails': { handlerTime: 'pareto:1ms:1.2' },
  'slow keys': { handlerTime: 'lognormal:2ms:1.5', handlerTimeBy: 'aggregate' },
  'hot keys and heavy tails on Kafka': {
    ...{ broker: 'sim:kafka', partitions: '2', members: '2', skew: '1.2', handlerTime: 'exponential:3ms' },
  },
};

const hardAndRedelivering: Record<string, ScenarioFlags> = {
  'hot keys and naks': { skew: '1.5', handlerFail: '5%' },
  'heavy tails, some longer than the ack wait': { handlerTime: 'pareto:2ms:1.3', ackWait: '60ms' },
};

const crash = 'crash:50ms@50%';
const crashing: Record<string, ScenarioFlags> = {
  'a crash on JetStream': { ackWait: '500ms', disturb: crash },
  'hot keys and a crash on JetStream': { ackWait: '500ms', skew: '1.2', disturb: crash },
  'crashes in quick succession, with few in flight': {
    ...{ ackWait: '500ms', maxAckPending: '6', rate: '500', disturb: ['crash:20ms@40%', 'crash:20ms@70%'] },
  },
  'a crash on Kafka': { broker: 'sim:kafka', partitions: '2', sessionTimeout: '6s', disturb: crash },
};

const resizing: Record<string, ScenarioFlags> = {
  'more lanes': { disturb: 'workers:7@50%' },
  'fewer lanes, and more again': { laneSize: '4', disturb: ['workers:1@40%', 'workers:6@60%'] },
  'more lanes on Kafka': { broker: 'sim:kafka', partitions: '2', members: '2', disturb: 'workers:7@50%' },
};

const modes = ['single', 'multi/per-topic'] as const satisfies readonly ModeRow[];

const eachRow = (
  strategy: Strategy,
  flags: ScenarioFlags,
  check: (row: RunRow, where: string) => void,
): Promise<void> => tryStrategy(strategy, { modes, flags: { ...few, ...flags }, seeds }, check);

/** Where it broke: rows that are not as {@link expectAllHandledInOrder} wants them. */
async function brokenRows(strategy: Strategy, conditions: Record<string, ScenarioFlags>): Promise<string[]> {
  const broken: string[] = [];
  for (const flags of Object.values(conditions)) {
    await eachRow(strategy, flags, (row, where) => {
      const { counts } = row;
      const reasons = reasonsAgainst(row);
      const { regressions, completionInversions, overlaps, lost, unseen } = counts;
      const disorder = regressions + completionInversions + overlaps + lost + unseen;
      if (disorder > 0 || reasons.length > 0)
        broken.push(`${where}: ${disorder} anomalies; ${JSON.stringify(reasons)}`);
    });
  }
  return broken;
}

const promise = strategies.filter(({ guarantee }) => guarantee.order !== 'none');
const surviveRedelivery = promise.filter(({ guarantee }) => guarantee.survives.redelivery);

describe.each(promise)('$id, which promises order,', (strategy) => {
  it.each(Object.entries(hard))('keeps it with %s', async (_, flags) => {
    await eachRow(strategy, flags, expectAllHandledInOrder);
  });
});

describe.each(surviveRedelivery)('$id, which promises order through redelivery,', (strategy) => {
  it.each(Object.entries(hardAndRedelivering))('keeps it with %s', async (_, flags) => {
    await eachRow(strategy, flags, expectAllHandledInOrder);
  });
});

/** Claims that are too bold, and such as are too modest. */
async function expectAsClaimed(
  strategy: Strategy,
  threat: 'crash' | 'resize',
  conditions: Record<string, ScenarioFlags>,
) {
  const { order, survives } = strategy.guarantee;
  const broken = await brokenRows(strategy, conditions);
  if (order !== 'none' && survives[threat]) expect(broken).toEqual([]);
  else expect(broken).not.toEqual([]);
}

describe('through a crash', () => {
  it.each(strategies)('$id keeps order and loses nothing if it says so, and only then', (strategy) =>
    expectAsClaimed(strategy, 'crash', crashing),
  );
});

describe('through a change of the number of lanes', () => {
  it.each(strategies.filter(({ canResize }) => canResize === true))(
    '$id keeps order and loses nothing if it says so, and only then',
    (strategy) => expectAsClaimed(strategy, 'resize', resizing),
  );
});
