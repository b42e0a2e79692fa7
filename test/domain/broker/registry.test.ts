import { describe, expect, it } from 'vitest';
import { brokerKinds, brokersThat, protocols, traitsOf } from '../../../src/domain/broker/registry.js';
import { strategyIds } from '../../../src/strategy/registry.js';

describe('the registry of brokers', () => {
  it.each(brokerKinds)('has %s either simulated or on a server', (kind) => {
    const { simulator, server, isSimulated } = traitsOf(kind);
    expect([simulator, server].filter((one) => one !== null)).toHaveLength(1);
    expect(isSimulated).toBe(server === null);
  });

  it.each(Object.values(protocols))('names strategies of $name that there are', ({ ownStrategies }) => {
    for (const id of Object.values(ownStrategies)) expect(strategyIds).toContain(id);
  });

  it('gives a simulated broker the traits of the protocol that its server speaks', () => {
    expect(traitsOf('sim:kafka')).toMatchObject(protocols.kafka);
    expect(traitsOf('kafka')).toMatchObject(protocols.kafka);
    expect(traitsOf('sim:jetstream')).toMatchObject(protocols.jetstream);
  });

  it('takes a kind of another version for a NATS server', () => {
    expect(traitsOf('from-the-future')).toBe(traitsOf('nats'));
  });

  it('finds brokers by what holds of them, in their order', () => {
    expect(brokersThat(({ redelivers }) => redelivers)).toEqual(['sim:jetstream', 'nats']);
    expect(brokersThat(({ isPartitioned }) => isPartitioned)).toEqual(['sim:kafka', 'kafka']);
  });
});
