import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import kafkajs from 'kafkajs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { kafkaClientConfig, retryFor, unescapeBroker } from '../../../../src/broker/kafka/kafkajs/client-config.js';
import { UsageError } from '../../../../src/domain/errors.js';

describe('kafkaClientConfig', () => {
  it('says nothing, logs in and encrypts as the options say', () => {
    const sasl = { mechanism: 'plain', username: 'ann', password: 'pw' } as const;
    const config = kafkaClientConfig({ brokers: ['one:9092'], sasl, tls: {} }, 'me');
    expect(config).toMatchObject({ clientId: 'me', brokers: ['one:9092'], sasl, ssl: {} });
    expect(config.logLevel).toBe(kafkajs.logLevel.NOTHING);
    expect(config.socketFactory).toBeUndefined();
  });

  it('refuses a certificate file that cannot be read, by its flag', () => {
    const config = () => kafkaClientConfig({ brokers: ['one:9092'], tls: { caFile: '/no/such.pem' } }, 'me');
    expect(config).toThrow(UsageError);
    expect(config).toThrow(/^--kafka-tls-ca: "\/no\/such\.pem" cannot be read/);
  });

  it('lets kafkajs dial an IPv6 address, which it cannot do by itself', async () => {
    const listener = createServer();
    const isListening = await new Promise<boolean>((resolve) => {
      listener.once('error', () => resolve(false)).listen(0, '::1', () => resolve(true));
    });
    if (!isListening) return;
    onTestFinished(() => void listener.close());
    const dialled = new Promise<string | undefined>((resolve) => {
      listener.once('connection', (socket) => {
        resolve(socket.localAddress);
        socket.destroy();
      });
    });
    const broker = `[::1]:${(listener.address() as AddressInfo).port}`;
    const config = kafkaClientConfig({ brokers: [broker], giveUpAfterMs: 0 }, 'me');
    expect((config.brokers as string[]).map(unescapeBroker)).toEqual([broker]);
    const admin = new kafkajs.Kafka(config).admin();
    await expect(admin.connect()).rejects.toThrow();
    expect(await dialled).toBe('::1');
    await admin.disconnect();
  });
});

describe('retryFor', () => {
  it.each([0, 1, 500, 2_000, 10_000, 20_000])(
    'tries again for at least %i ms, and not for much longer',
    (giveUpAfterMs) => {
      const { retries = 0, initialRetryTime = 0, maxRetryTime = 0, multiplier = 0 } = retryFor(giveUpAfterMs);
      const waits = Array.from({ length: retries }, (_, i) =>
        Math.min(initialRetryTime * multiplier ** i, maxRetryTime),
      );
      const sumMs = waits.reduce((sum, wait) => sum + wait, 0);
      expect(sumMs).toBeGreaterThanOrEqual(giveUpAfterMs);
      expect(sumMs - (waits.at(-1) ?? 0)).toBeLessThanOrEqual(giveUpAfterMs);
    },
  );
});
