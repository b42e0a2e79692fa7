import kafkajs from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { toBrokerError } from '../../../../src/broker/kafka/connecting/connect-errors.js';
import { BrokerError, UsageError } from '../../../../src/domain/errors.js';

const { KafkaJSConnectionError, KafkaJSNumberOfRetriesExceeded } = kafkajs;

const sasl = { mechanism: 'plain', username: 'ann', password: 's3cret' } as const;
const connection = { brokers: ['broker:9092'], sasl };
const context = { connection, doing: 'make the topic t', topic: 't', group: 'g' };

/** As kafkajs has them: the cause twice wrapped. */
function wrapped(error: Error): Error {
  const tried = new KafkaJSNumberOfRetriesExceeded(error, { retryCount: 3, retryTime: 100 });
  return Object.assign(new Error(error.message), { name: 'KafkaJSNonRetriableError', cause: tried });
}

function connectionError(code: string, broker = 'broker:9092'): Error {
  return wrapped(new KafkaJSConnectionError(`Connection error: ${code}`, { broker, code }));
}

function refusal(type: string): Error {
  return wrapped(Object.assign(new Error(type), { name: 'KafkaJSProtocolError', type, code: 1 }));
}

describe('toBrokerError, of a connection that could not be made,', () => {
  it.each([
    ['ECONNREFUSED', /refused the connection/],
    ['ENOTFOUND', /host name is not known/],
    ['EAI_AGAIN', /host name is not known/],
    ['EHOSTUNREACH', /no route/],
    ['ECONNRESET', /closed the connection/],
    ['ETIMEDOUT', /did not answer in time/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /not signed by an authority trusted here/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /another host name/],
    ['CERT_HAS_EXPIRED', /has expired/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', /did not complete the encryption handshake/],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', /wants a client certificate/],
  ])('says of %s in plain words what happened and what to do', (code, message) => {
    const error = toBrokerError(connectionError(code), context);
    expect(error).toBeInstanceOf(BrokerError);
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/^broker:9092 .*[^.]$/);
    expect(error.wayOut).toMatch(/^[a-z].*[^.]$/);
    expect(error.message + error.wayOut).not.toMatch(/s3cret|KafkaJS|\n| at /);
  });

  it('names both addresses if the one that fails was not named', () => {
    const error = toBrokerError(connectionError('ENOTFOUND', 'kafka-1:29092'), context);
    expect(error.message).toBe(
      'broker:9092 answers, but sends its clients on to kafka-1:29092, its advertised listener, and that cannot be found: ' +
        'its host name is not known',
    );
    expect(error.wayOut).toContain('advertised.listeners');
  });

  it('names only the one that went away if the cluster was used before', () => {
    const error = toBrokerError(connectionError('ECONNREFUSED', 'kafka-1:29092'), { ...context, isUnderway: true });
    expect(error.message).toBe('kafka-1:29092 refused the connection: no broker listens there');
  });

  it('says what a broker that hangs up may want', () => {
    const closed = Object.assign(new Error('Closed connection'), {
      name: 'KafkaJSConnectionClosedError',
      broker: 'broker:9092',
    });
    const error = toBrokerError(wrapped(closed), { ...context, connection: { brokers: ['broker:9092'] } });
    expect(error.message).toBe('broker:9092 closed the connection');
    expect(error.wayOut).toContain('a login (--kafka-sasl) or encryption (--kafka-tls)');
  });

  it('says that it took too long, for which kafkajs has no code', () => {
    const error = new KafkaJSConnectionError('Connection timeout', { broker: 'broker:9092' });
    expect(toBrokerError(wrapped(error), context).message).toBe('broker:9092 did not answer in time');
  });
});

describe('toBrokerError, of a login,', () => {
  it.each([
    ['SASL PLAIN authentication failed: Authentication failed', /refused the login: the user "ann" or the password/],
    ['failed: invalid credentials with SASL mechanism SCRAM-SHA-256', /refused the login: the user "ann"/],
    ['SASL PLAIN mechanism is not supported by the server', /does not take logins by plain/],
  ])('of which kafkajs says "%s", says what was wrong', (words, message) => {
    const error = toBrokerError(Object.assign(new Error(words), { name: 'KafkaJSSASLAuthenticationError' }), context);
    expect(error.message).toMatch(message);
    expect(error.message + error.wayOut).not.toContain('s3cret');
  });
});

describe('toBrokerError, of a request that was refused,', () => {
  it.each([
    ['UNKNOWN_TOPIC_OR_PARTITION', 'the topic t is not there, and the broker does not make topics by itself'],
    ['TOPIC_ALREADY_EXISTS', 'the topic t exists already, and was left as it is'],
    ['TOPIC_AUTHORIZATION_FAILED', 'the user "ann" is not permitted to use the topic t'],
    ['GROUP_AUTHORIZATION_FAILED', 'the user "ann" is not permitted to use the consumer group g'],
    ['MESSAGE_TOO_LARGE', 'a message is larger than the topic t takes'],
    ['INVALID_SESSION_TIMEOUT', 'the session timeout is outside what the broker allows'],
    [
      'INCONSISTENT_GROUP_PROTOCOL',
      'the consumer group g is in use by somebody else, whose members do not divide partitions in the same way',
    ],
    ['UNSUPPORTED_VERSION', 'broker and client have no version of a request in common'],
  ])('%s: %s', (type, what) => {
    const error = toBrokerError(refusal(type), context);
    expect(error.message).toBe(`broker:9092 could not make the topic t: ${what}`);
    expect(error.wayOut).toMatch(/^[a-z].*[^.]$/);
  });

  it('names the request that a broker does not know', () => {
    const unknown = Object.assign(new Error('The Kafka server does not support the requested API version'), {
      name: 'KafkaJSServerDoesNotSupportApiKey',
      apiName: 'InitProducerId',
    });
    expect(toBrokerError(wrapped(unknown), context).message).toContain(
      'no version of a request in common (InitProducerId)',
    );
  });

  it('repeats in its own words what it does not know', () => {
    expect(toBrokerError(refusal('NEW_AND_STRANGE'), context).message).toBe(
      'broker:9092 could not make the topic t: NEW_AND_STRANGE',
    );
  });
});

it('leaves an error alone that has its words already', () => {
  for (const error of [new BrokerError('x', 'y'), new UsageError('x', 'y')]) {
    expect(toBrokerError(error, context)).toBe(error);
  }
});
