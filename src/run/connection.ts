/**
 * Makes connection options from the settings that the command line read from flags and environment. They are null if no
 * server was named; a run then starts a private one.
 */
import { kafkaConnectionOptions } from '../broker/kafka/connecting/connection-options.js';
import { natsConnectionOptions } from '../broker/nats/connecting/connection-options.js';
import type { Connections } from './sessions.js';

export { redactUrl, whereOf } from '../broker/nats/connecting/connection-options.js';
export { whereOf as whereOfKafka } from '../broker/kafka/connecting/connection-options.js';
export type { KafkaConnectionOptions } from '../broker/kafka/connecting/connection-options.js';
export type { NatsConnectionOptions } from '../broker/nats/connecting/connection-options.js';
export type { Connections } from './sessions.js';

type Given<Name extends string> = Readonly<Partial<Record<Name, string | undefined>>>;

export interface ConnectionSettings {
  readonly nats: Given<'url' | 'user' | 'password' | 'token' | 'credsFile' | 'caFile' | 'certFile' | 'keyFile'>;
  readonly kafka: Given<'brokers' | 'mechanism' | 'username' | 'password' | 'caFile' | 'certFile' | 'keyFile'> & {
    readonly tls?: boolean | undefined;
  };
}

/** @throws {UsageError} if the settings contradict each other */
export function readConnections({ nats, kafka }: ConnectionSettings): Connections {
  const { url } = nats;
  const { brokers } = kafka;
  return {
    nats: url === undefined ? null : natsConnectionOptions({ ...nats, url }),
    kafka: brokers === undefined ? null : kafkaConnectionOptions({ ...kafka, brokers }),
  };
}
