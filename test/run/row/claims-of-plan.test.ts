/** What a row claims follows from its scenario, its strategy and its topology: what is not held is not claimed. */
import { describe, expect, it } from 'vitest';
import { claimsOfPlan } from '../../../src/run/row/claims-of-plan.js';
import { planRows } from './plan-rows.js';
import type { ScenarioFlags } from '../../../src/scenario/flags.js';
import { resolveScenario } from '../../../src/scenario/resolve.js';
import { strategyIds } from '../../../src/strategy/registry.js';

function claimsWith(flags: ScenarioFlags) {
  return claimsOfPlan(planRows(resolveScenario({ flags, strategies: strategyIds }), 'test')[0]!);
}

const limitsWith = (flags: ScenarioFlags) => claimsWith(flags).queues.map(({ limit }) => limit);

describe('the limit of a queue', () => {
  it('is that of its durable, or one where Kafka is consumed message by message', () => {
    expect(limitsWith({ mode: 'multi/shared', maxAckPending: '1' })).toEqual([1]);
    expect(limitsWith({ mode: 'multi/shared', ack: 'never', maxAckPending: '1' })).toEqual([1]);
    expect(limitsWith({ broker: 'sim:kafka', mode: 'single', strategy: 'partition-serial' })).toEqual([1]);
  });

  it('is none where deliveries are acknowledged before they are handled: the next one comes at once', () => {
    expect(limitsWith({ mode: 'multi/shared', ack: 'on-delivery', maxAckPending: '1' })).toEqual([null]);
    const serial = { broker: 'sim:kafka', mode: 'single', strategy: 'partition-serial' };
    expect(limitsWith({ ...serial, ack: 'on-delivery' })).toEqual([null]);
  });
});

it('repairs its input only if it waits for a missing version longer than the broker does before it delivers again', () => {
  const gate = { mode: 'multi/shared', strategy: 'version-gate', ackWait: '30s' };
  expect(claimsWith(gate).repairsInput).toBe(true);
  for (const gapPolicy of ['skip', 'park']) {
    expect(claimsWith({ ...gate, gapPolicy }).repairsInput).toBe(true);
    expect(claimsWith({ ...gate, gapPolicy, gapTimeout: '31s' }).repairsInput).toBe(true);
    expect(claimsWith({ ...gate, gapPolicy, gapTimeout: '30s' }).repairsInput).toBe(false);
  }
});

it('says how many publishers share an aggregate', () => {
  expect(claimsWith({ publishersPerAggregate: '3' }).publishersPerAggregate).toBe(3);
});

it('survives redeliveries only if a version gate waits for what is missing, however long', () => {
  const survives = (flags: ScenarioFlags) => claimsWith({ mode: 'single', ...flags }).guarantee?.survives.redelivery;
  const gate = { strategy: 'version-gate' };
  expect(survives(gate)).toBe(true);
  expect(survives({ ...gate, gapPolicy: 'skip', gapTimeout: '10m' })).toBe(false);
  expect(survives({ ...gate, gapPolicy: 'park' })).toBe(false);
  expect(survives({ strategy: 'retry-in-place', gapPolicy: 'skip' })).toBe(true);
});

it('counts on the longest wait of a backoff, too, and on the tail of handlers where nothing reports progress', () => {
  const gate = { mode: 'single', strategy: 'version-gate', gapPolicy: 'skip', gapTimeout: '31s', maxDeliver: '4' };
  expect(claimsWith(gate).repairsInput).toBe(true);
  expect(claimsWith({ ...gate, backoff: '2s,60s' }).repairsInput).toBe(false);
  expect(claimsWith(gate).handlerTailMs).toBeNull();
  expect(claimsWith({ mode: 'single', handlerTime: '0-5ms' }).handlerTailMs).toBe(5);
});

it('keeps the order of sends with one request in flight, or one NATS connection; kafkajs not with more, idempotent or not', () => {
  const keeps = (flags: ScenarioFlags) => claimsWith({ mode: 'single', ...flags }).clientKeepsSendOrder;
  expect(keeps({})).toBe(true);
  expect(keeps({ broker: 'sim:kafka', inFlight: '1' })).toBe(true);
  expect(keeps({ broker: 'sim:kafka', inFlight: '5' })).toBe(false);
  expect(keeps({ broker: 'sim:kafka', inFlight: '5', idempotent: 'true' })).toBe(false);
});
