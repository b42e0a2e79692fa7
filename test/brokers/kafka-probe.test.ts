import { describe, expect, it } from 'vitest';
import { probeKafka, probePrivateKafka, probeSecondClient } from '../../src/broker/kafka/probe.js';
import { describeOnKafka, useKafka } from './kafka-servers.js';

describeOnKafka('the probe of a cluster', () => {
  const kafka = useKafka();

  it('tells release, round trip, advertised addresses and capabilities of one that can be used', async () => {
    const probe = await probeKafka(kafka().connection);
    expect(probe).toMatchObject({
      kind: 'usable',
      brokers: kafka().brokers.join(','),
      advertised: kafka().brokers,
    });
    if (probe.kind !== 'usable') return;
    expect(kafka().version.startsWith(`${probe.version}.`)).toBe(true);
    expect(probe.roundTripMs).toBeGreaterThan(0);
    expect(probe.capabilities).toContainEqual({ name: 'idempotent producers', since: '0.11', available: true });
  });

  it('tells why one cannot be used, its release all the same, and the way out', async () => {
    const sasl = { mechanism: 'plain', username: 'ann', password: 's3cret' } as const;
    const probe = await probeKafka({ ...kafka().connection, sasl });
    expect(probe).toMatchObject({ kind: 'unusable', brokers: kafka().brokers.join(',') });
    expect(kafka().version.startsWith(`${probe.version}.`)).toBe(true);
    expect(JSON.stringify(probe)).not.toContain('s3cret');
  });

  it('tells that nothing is missing for a private broker', () => {
    expect(probePrivateKafka()).toMatchObject({ java: { kind: 'usable' }, wayOut: null });
  });
});

describe('the probe without a cluster', () => {
  it('tells that it cannot be reached', async () => {
    expect(await probeKafka({ brokers: ['no-such-host.invalid:9092'] })).toEqual({
      kind: 'unusable',
      brokers: 'no-such-host.invalid:9092',
      version: null,
      error: {
        message: 'no-such-host.invalid:9092 cannot be found: its host name is not known',
        wayOut: expect.stringContaining('spelling') as string,
      },
    });
  });

  it('tells whether the second client can be loaded, and how to get it if not', async () => {
    const state = await probeSecondClient();
    expect(state.name).toBe('@platformatic/kafka');
    if (state.kind === 'usable') expect(state.version).toMatch(/^\d+\.\d+\.\d+/);
    else expect(state.wayOut).toContain('npm install @platformatic/kafka');
  });
});
