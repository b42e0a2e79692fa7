import { describe, expect, it } from 'vitest';
import { baseOptions, loadPlatformatic } from '../../../../src/broker/kafka/platformatic/client.js';

describe('loadPlatformatic', () => {
  it('names the way out where the client is not installed', async () => {
    const missing = () => Promise.reject(new Error("Cannot find package '@platformatic/kafka'"));
    await expect(loadPlatformatic(missing)).rejects.toMatchObject({
      code: 'broker-unavailable',
      wayOut: 'install it (npm install @platformatic/kafka@1), or use --kafka-client kafkajs',
    });
  });
});

describe('baseOptions', () => {
  it('tries for as long as the connection may be out of reach', () => {
    expect(baseOptions({ brokers: ['h:1'], giveUpAfterMs: 2_000 }, 'c')).toMatchObject({
      retries: 20,
      retryDelay: 100,
    });
  });

  it('logs in as kafkajs does', () => {
    const sasl = { mechanism: 'scram-sha-256', username: 'u', password: 'p' } as const;
    expect(baseOptions({ brokers: ['h:1'], sasl }, 'c')).toMatchObject({
      sasl: { mechanism: 'SCRAM-SHA-256', username: 'u', password: 'p' },
    });
  });
});
