import { describe, expect, it } from 'vitest';
import {
  brokerProperties,
  plaintextPort,
  scramArguments,
} from '../../../../src/broker/kafka/private/broker-properties.js';
import type { BrokerPlan } from '../../../../src/broker/kafka/private/broker-properties.js';

const ports = { client: 1001, controller: 1002, internal: 1003 };
const plan: BrokerPlan = {
  listener: 'plaintext',
  user: { username: 'ann', password: 'pw' },
  tls: null,
  properties: {},
};

function properties(changes: Partial<BrokerPlan>): Readonly<Record<string, string>> {
  const lines = brokerProperties({ ...plan, ...changes }, '/tmp/broker', ports)
    .trimEnd()
    .split('\n');
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]));
}

describe('brokerProperties', () => {
  it('listens on the loopback only, whatever the listener', () => {
    for (const listener of ['plaintext', 'sasl-plaintext', 'ssl', 'sasl-ssl'] as const) {
      const { listeners = '', 'advertised.listeners': advertised = '' } = properties({ listener });
      const addresses = `${listeners},${advertised}`.split(',');
      expect(addresses.every((address) => /^[A-Z]+:\/\/127\.0\.0\.1:100[123]$/.test(address))).toBe(true);
      expect(addresses[0]).toBe('CLIENT://127.0.0.1:1001');
    }
  });

  it('lets the broker talk to itself without login and encryption', () => {
    expect(properties({})['inter.broker.listener.name']).toBe('CLIENT');
    expect(properties({ listener: 'ssl' })['inter.broker.listener.name']).toBe('INTERNAL');
    expect(plaintextPort('plaintext', ports)).toBe(1001);
    expect(plaintextPort('sasl-ssl', ports)).toBe(1003);
  });

  it('makes the user known to every mechanism', () => {
    const listener = 'sasl-plaintext';
    expect(properties({ listener })['listener.name.client.plain.sasl.jaas.config']).toContain('user_ann="pw"');
    expect(scramArguments({ ...plan, listener }).join(' ')).toContain('SCRAM-SHA-512=[name=ann,password=pw]');
    expect(scramArguments(plan)).toEqual([]);
  });

  it('lets given properties win, with the port filled in', () => {
    const given = { 'auto.create.topics.enable': 'true', 'advertised.listeners': 'CLIENT://far:{port}' };
    expect(properties({ properties: given })).toMatchObject({
      'auto.create.topics.enable': 'true',
      'advertised.listeners': 'CLIENT://far:1001',
    });
  });
});
