import { describe, expect, it } from 'vitest';
import {
  brokerAddress,
  hostAndPort,
  kafkaConnectionOptions,
  parseBrokers,
  whereOf,
} from '../../../../src/broker/kafka/connecting/connection-options.js';
import { UsageError } from '../../../../src/domain/errors.js';

describe('parseBrokers', () => {
  it.each([
    ['one', ['one:9092']],
    ['one:9093', ['one:9093']],
    ['one:9093, two ,[::1],[fe80::1]:9094', ['one:9093', 'two:9092', '[::1]:9092', '[fe80::1]:9094']],
    ['One:9092,one', ['one:9092']],
  ])('reads %s', (list, brokers) => {
    expect(parseBrokers(list)).toEqual(brokers);
  });

  it.each([
    ['', /names no broker/],
    ['one,,two', /names no broker/],
    [':9092', /names no host/],
    ['one:0', /port "0"/],
    ['one:65536', /port "65536"/],
    ['one:x', /port "x"/],
    ['one:', /port ""/],
    ['one two', /is not host:port/],
    ['one/topic', /is not host:port/],
    ['kafka://one:9092', /begins with a scheme/],
    ['::1', /without brackets/],
    ['[one]:9092', /no IPv6 address/],
    ['[::1', /is not host:port/],
    ['one:9092:9093', /port "9092:9093"/],
  ])('refuses "%s" and says how to write it', (list, message) => {
    const error = errorOf(() => parseBrokers(list));
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/^--kafka-brokers: "/);
    expect(error.wayOut).toContain('--kafka-brokers host:port,host:port');
  });

  it('refuses a login before the host without repeating it', () => {
    const error = errorOf(() => parseBrokers('ann:s3cret@one:9092'));
    expect(error.message).toBe('--kafka-brokers: "one:9092" has a login before it, which is not read');
    expect(error.wayOut).toContain('--kafka-password');
  });
});

describe('kafkaConnectionOptions', () => {
  it('is plain and unencrypted if nothing else was said', () => {
    expect(kafkaConnectionOptions({ brokers: 'one,two' })).toEqual({ brokers: ['one:9092', 'two:9092'] });
  });

  it('takes a login by any mechanism, however it is written', () => {
    const login = { brokers: 'one', mechanism: 'SCRAM-SHA-512', username: 'ann', password: 'pw' };
    expect(kafkaConnectionOptions(login).sasl).toEqual({ mechanism: 'scram-sha-512', username: 'ann', password: 'pw' });
  });

  it.each([
    [{ mechanism: 'gssapi', username: 'ann', password: 's3cret' }, /there is no "gssapi"/, /plain, scram-sha-256/],
    [{ username: 'ann', password: 's3cret' }, /without a SASL mechanism/, /--kafka-sasl/],
    [{ mechanism: 'plain', username: 'ann' }, /the password is missing/, /KAFKA_PASSWORD/],
    [{ mechanism: 'plain', password: 's3cret' }, /the user is missing/, /--kafka-user/],
    [{ certFile: 'cert.pem' }, /belong together/, /--kafka-tls-key/],
  ])('refuses %j', (input, message, wayOut) => {
    const error = errorOf(() => kafkaConnectionOptions({ brokers: 'one', ...input }));
    expect(error.message).toMatch(message);
    expect(error.wayOut).toMatch(wayOut);
    expect(error.message + error.wayOut).not.toContain('s3cret');
  });

  it('encrypts if it is told to, or if a file was named', () => {
    expect(kafkaConnectionOptions({ brokers: 'one', tls: true }).tls).toEqual({});
    expect(kafkaConnectionOptions({ brokers: 'one', caFile: 'ca.pem' }).tls).toEqual({ caFile: 'ca.pem' });
  });

  it('survives the way to another thread', () => {
    const options = kafkaConnectionOptions({ brokers: '[::1]', caFile: 'ca.pem' });
    expect(structuredClone(options)).toEqual(options);
    expect(whereOf(options)).toBe('[::1]:9092');
  });
});

describe('hostAndPort', () => {
  it.each(['one:9092', '[::1]:9092'])('takes %s apart, and brokerAddress puts it together again', (broker) => {
    const { host, port } = hostAndPort(broker);
    expect(host).not.toMatch(/[[\]]/);
    expect(brokerAddress(host, port)).toBe(broker);
  });
});

function errorOf(act: () => unknown): UsageError {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return error as UsageError;
  }
  throw new Error('nothing was thrown');
}
