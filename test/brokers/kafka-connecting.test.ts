import kafkajs from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Admin } from 'kafkajs';
import { kafkaClientConfig } from '../../src/broker/kafka/kafkajs/client-config.js';
import { toBrokerError } from '../../src/broker/kafka/connecting/connect-errors.js';
import type { KafkaConnectionOptions } from '../../src/broker/kafka/connecting/connection-options.js';
import { sayHello } from '../../src/broker/kafka/connecting/hello.js';
import { saslMechanisms } from '../../src/broker/kafka/connecting/connection-options.js';
import { startPrivateBroker } from '../../src/broker/kafka/private/private-broker.js';
import type { PrivateBroker } from '../../src/broker/kafka/private/private-broker.js';
import { BrokerError } from '../../src/domain/errors.js';
import type { ToolError } from '../../src/domain/errors.js';
import { hasOpenssl, makeCertificates } from './certificates.js';
import type { Certificates } from './certificates.js';
import { describeOnKafka, uniqueName, useKafka } from './kafka-servers.js';

const timeoutMs = 5_000;
const startTimeoutMs = 90_000;
/** A port where nobody may listen without being root, and nobody does. */
const nobody = '127.0.0.1:1';

describeOnKafka('a connection to a plaintext listener', () => {
  const kafka = useKafka();

  it('is greeted with its release and the address that it advertises', async () => {
    const hello = await sayHello(kafka().connection, timeoutMs);
    expect(hello).toMatchObject({ broker: kafka().brokers[0], advertised: kafka().brokers });
    expect(kafka().version.startsWith(`${hello.release}.`)).toBe(true);
  });

  it('finds the cluster if any of the named brokers answers', async () => {
    const brokers = [nobody, ...kafka().brokers];
    expect(await sayHello({ brokers }, timeoutMs)).toMatchObject({ broker: kafka().brokers[0] });
  });

  it('is told that encryption is not to be had', async () => {
    const { message } = await refusal({ ...kafka().connection, tls: {} });
    expect(message).toBe(`${kafka().brokers[0]} takes unencrypted connections only, and encryption was asked for`);
  });

  it('is told that there are no logins', async () => {
    const sasl = { mechanism: 'plain', username: 'ann', password: 's3cret' } as const;
    const { message, wayOut } = await refusal({ ...kafka().connection, sasl });
    expect(message).toContain('has no logins on this listener');
    expect(message + wayOut).not.toContain('s3cret');
  });

  it.each<[string, (admin: Admin) => Promise<unknown>, RegExp]>([
    ['a topic has too many replicas', (admin) => makeTopic(admin, 'wide', { replicationFactor: 3 }), /fewer brokers/],
    ['a topic is not there', (admin) => admin.fetchTopicOffsets(uniqueName('nowhere')), /is not there, and the broker/],
    ['partitions would have to go', (admin) => fewerPartitions(admin), /cannot have that many partitions/],
  ])('says in plain words that %s', async (_title, ask, message) => {
    const error = await failureWith(kafka().connection, ask);
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/^127\.0\.0\.1:\d+ could not try: [^\n]*[^.]$/);
  });

  it('says in plain words that a message is too large', async () => {
    const topic = uniqueName('small');
    const error = await failureWith(kafka().connection, async (admin, client) => {
      await admin.createTopics({ topics: [{ topic, configEntries: [{ name: 'max.message.bytes', value: '200' }] }] });
      const producer = client.producer();
      await producer.connect();
      const messages = [{ value: 'x'.repeat(1_000) }];
      await producer.send({ topic, messages }).finally(() => producer.disconnect());
    });
    expect(error.message).toContain('a message is larger than the topic');
  });

  it('says in plain words that a session timeout is not allowed', async () => {
    const topic = uniqueName('sessions');
    const error = await failureWith(kafka().connection, async (admin, client) => {
      await admin.createTopics({ topics: [{ topic }] });
      const consumer = client.consumer({ groupId: uniqueName('group'), sessionTimeout: 100, heartbeatInterval: 50 });
      try {
        await consumer.connect();
        await consumer.subscribe({ topic });
        await crashOf(consumer);
      } finally {
        await consumer.disconnect();
      }
    });
    expect(error.message).toContain('the session timeout is outside what the broker allows');
  });
});

describeOnKafka('a connection to a listener with logins', () => {
  const broker = useKafka({ listener: 'sasl-plaintext' });
  const login = (changes: Partial<NonNullable<KafkaConnectionOptions['sasl']>>): KafkaConnectionOptions => ({
    ...broker().connection,
    sasl: { ...broker().connection.sasl!, ...changes },
  });

  it.each(saslMechanisms)('is let in by %s with the right password', async (mechanism) => {
    expect(await sayHello(login({ mechanism }), timeoutMs)).toMatchObject({ advertised: broker().brokers });
  });

  it.each(saslMechanisms)('is refused by %s with a wrong password, which is not repeated', async (mechanism) => {
    const { message, wayOut } = await refusal(login({ mechanism, password: 'wr0ng' }));
    expect(message).toBe(
      `${broker().brokers[0]} refused the login: the user "bench" or the password is wrong (${mechanism})`,
    );
    expect(message + wayOut).not.toContain('wr0ng');
  });

  it('is told which logins are possible if it has none', async () => {
    const { message, wayOut } = await refusal({ brokers: broker().brokers });
    expect(message).toMatch(/wants a login \(.*PLAIN.*\), and none was given$/);
    expect(wayOut).toContain('--kafka-sasl');
  });
});

describeOnKafka('a connection to a broker that advertises an address where nobody is', () => {
  const broker = useKafka({ properties: { 'advertised.listeners': `CLIENT://${nobody}` } });

  it.each([
    ['before a run', sayHelloTo],
    ['by kafkajs', (connection: KafkaConnectionOptions) => listTopics(connection)],
  ])('is told both addresses %s', async (_when, ask) => {
    const error = await failure(ask({ ...broker().connection, giveUpAfterMs: 0 }));
    const [named = ''] = broker().brokers;
    expect(error.message).toBe(
      `${named} answers, but sends its clients on to ${nobody}, its advertised listener, ` +
        'and that refused the connection: no broker listens there',
    );
    expect(error.wayOut).toContain('set advertised.listeners of the broker');
  });
});

describeOnKafka('a user without permissions', () => {
  const broker = useKafka({
    listener: 'sasl-plaintext',
    properties: {
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'super.users': 'User:ANONYMOUS',
    },
  });

  it('is told what it may not do', async () => {
    const error = await failureWith(broker().connection, (admin) => makeTopic(admin, 'forbidden'));
    expect(error.message).toMatch(/the user "bench" is not permitted to /);
    expect(error.wayOut).toContain('another user');
  });
});

describeOnKafka('a connection to an encrypted listener', () => {
  describe.skipIf(!hasOpenssl)('with certificates made by openssl (skipped where there is none)', () => {
    let certificates: Certificates;
    let open: PrivateBroker;
    let mutual: PrivateBroker;
    let misnamed: PrivateBroker;
    beforeAll(async () => {
      certificates = makeCertificates();
      const { elsewhereFile } = certificates;
      const wantsClientCertificate = true;
      open = await startPrivateBroker({ listener: 'ssl', tls: certificates });
      mutual = await startPrivateBroker({ listener: 'sasl-ssl', tls: { ...certificates, wantsClientCertificate } });
      misnamed = await startPrivateBroker({ listener: 'ssl', tls: { ...certificates, certFile: elsewhereFile } });
    }, startTimeoutMs);
    afterAll(async () => {
      await Promise.all([open, mutual, misnamed].map((broker) => broker.stop()));
      certificates.remove();
    });

    it('is made with the authority that signed the certificate', async () => {
      expect(await sayHello(open.connection, timeoutMs)).toMatchObject({ advertised: open.brokers });
    });

    it('is made with a client certificate and a login where both are wanted', async () => {
      const { caFile, certFile, keyFile } = certificates;
      await sayHello({ ...mutual.connection, tls: { caFile, certFile, keyFile } }, timeoutMs);
    });

    it.each<[string, () => KafkaConnectionOptions, RegExp]>([
      ['the authority is not trusted', () => ({ ...open.connection, tls: {} }), /not signed by an authority trusted/],
      ['encryption is wanted', () => ({ brokers: open.brokers }), /takes encrypted connections only/],
      ['a client certificate is wanted', () => mutual.connection, /wants a client certificate/],
      ['the certificate is that of another host', () => misnamed.connection, /made for another host name/],
    ])('is told that %s', async (_title, connection, message) => {
      expect((await refusal(connection())).message).toMatch(message);
    });
  });
});

describe('a connection to where no broker is', () => {
  it.each([
    [nobody, 'refused the connection: no broker listens there'],
    ['no-such-host.invalid:9092', 'cannot be found: its host name is not known'],
  ])('to %s is refused with what is wrong there', async (address, what) => {
    const { message, wayOut } = await refusal({ brokers: [address] });
    expect(message).toBe(`${address} ${what}`);
    expect(wayOut).toContain('or name no brokers: run then starts a private one');
  });
});

function sayHelloTo(connection: KafkaConnectionOptions): Promise<unknown> {
  return sayHello(connection, timeoutMs);
}

function refusal(connection: KafkaConnectionOptions): Promise<ToolError> {
  return failure(sayHelloTo(connection));
}

async function failure(asked: Promise<unknown>): Promise<ToolError> {
  const error: unknown = await asked.then(
    () => 'it went well',
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BrokerError);
  return error as BrokerError;
}

async function listTopics(connection: KafkaConnectionOptions): Promise<never> {
  throw await failureWith(connection, (admin) => admin.describeCluster());
}

type Ask = (admin: Admin, client: InstanceType<typeof kafkajs.Kafka>) => Promise<unknown>;

/** What goes wrong, in the words of {@link toBrokerError}. */
async function failureWith(connection: KafkaConnectionOptions, ask: Ask): Promise<ToolError> {
  const client = new kafkajs.Kafka(kafkaClientConfig({ ...connection, giveUpAfterMs: 500 }, 'test'));
  const admin = client.admin();
  try {
    await admin.connect();
    await ask(admin, client);
  } catch (error) {
    return toBrokerError(error, { connection, doing: 'try' });
  } finally {
    await admin.disconnect();
  }
  throw new Error('it went well');
}

function makeTopic(admin: Admin, stem: string, changes: { replicationFactor?: number } = {}): Promise<unknown> {
  return admin.createTopics({ topics: [{ topic: uniqueName(stem), numPartitions: 1, ...changes }] });
}

async function fewerPartitions(admin: Admin): Promise<void> {
  const topic = uniqueName('wide');
  await admin.createTopics({ topics: [{ topic, numPartitions: 3 }] });
  await admin.createPartitions({ topicPartitions: [{ topic, count: 1 }] });
}

/** Rejects with what a consumer's loop ends with. */
function crashOf(consumer: ReturnType<InstanceType<typeof kafkajs.Kafka>['consumer']>): Promise<never> {
  return new Promise((_resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    consumer.run({ eachMessage: () => Promise.resolve() }).catch(reject);
  });
}
