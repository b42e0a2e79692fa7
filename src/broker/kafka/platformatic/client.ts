/**
 * Loads and configures the second client, @platformatic/kafka. It is an optional dependency, because not every version
 * of it runs on every Node.js, so it is loaded only when a run asks for it. Its types are imported without loading it.
 */
import type * as Client from '@platformatic/kafka';
import { BrokerError } from '../../../domain/errors.js';
import { tlsConfig } from '../kafkajs/client-config.js';
import type { KafkaConnectionOptions } from '../connecting/connection-options.js';
import { giveUpAfterMsDefault } from '../outage.js';

export type Platformatic = typeof Client;

/** @throws {BrokerError} if it is not installed, or does not run on this Node.js */
export async function loadPlatformatic(
  load: () => Promise<Platformatic> = () => import('@platformatic/kafka'),
): Promise<Platformatic> {
  try {
    return await load();
  } catch (error) {
    throw new BrokerError(
      'the client @platformatic/kafka cannot be loaded: it is not installed, or does not run on this Node.js',
      'install it (npm install @platformatic/kafka@1), or use --kafka-client kafkajs',
      { cause: error },
    );
  }
}

const retryDelayMs = 100;
const connectTimeoutMs = 3_000;
/** The age at which metadata is refreshed, and so how soon added partitions are seen. */
const metadataMaxAgeMs = 1_000;
const mechanisms = { plain: 'PLAIN', 'scram-sha-256': 'SCRAM-SHA-256', 'scram-sha-512': 'SCRAM-SHA-512' } as const;

/** The options that producers and consumers share. A failed request is tried again every 100 ms. */
export function baseOptions(connection: KafkaConnectionOptions, clientId: string) {
  const { brokers, sasl, tls, giveUpAfterMs = giveUpAfterMsDefault } = connection;
  return {
    clientId,
    bootstrapBrokers: [...brokers],
    connectTimeout: connectTimeoutMs,
    retries: Math.ceil(giveUpAfterMs / retryDelayMs),
    retryDelay: retryDelayMs,
    metadataMaxAge: metadataMaxAgeMs,
    autocreateTopics: false,
    ...(tls === undefined ? {} : { tls: tlsConfig(tls) }),
    ...(sasl === undefined
      ? {}
      : { sasl: { mechanism: mechanisms[sasl.mechanism], username: sasl.username, password: sasl.password } }),
  };
}
