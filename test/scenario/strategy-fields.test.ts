import { expect, it } from 'vitest';
import { protocolKinds } from '../../src/domain/broker/registry.js';
import { fieldsOfProtocol, strategyFields } from '../../src/scenario/fields.js';
import { resolveScenario } from '../../src/scenario/resolve.js';
import { strategyIds } from '../../src/strategy/registry.js';

it('partitions are taken on JetStream for the strategy that cuts a stream into them, and for no other', () => {
  const resolve = (strategy: string) =>
    resolveScenario({ flags: { strategy, partitions: '4' }, strategies: strategyIds });
  for (const strategy of ['partitioned', 'single+partitioned', 'serial,partitioned']) {
    expect(resolve(strategy).kafka.partitions, strategy).toBe(4);
  }
  expect(() => resolve('serial')).toThrow('--partitions is a setting of Kafka');
});

it('every field that a strategy reads is one of a protocol, and the strategy is there', () => {
  for (const [field, strategy] of Object.entries(strategyFields)) {
    expect(protocolKinds.flatMap(fieldsOfProtocol)).toContain(field);
    expect(strategyIds).toContain(strategy);
  }
});
