/**
 * How a Kafka cluster is reached. {@link KafkaConnectionOptions} is plain data, so that it can be handed to a worker
 * thread; it is made from flags and environment by {@link kafkaConnectionOptions}, which refuses what cannot work.
 *
 * Brokers are written `host:port` without a scheme, as in all Kafka tools; secrets stand in fields of their own.
 */
import { isIPv6 } from 'node:net';
import { UsageError } from '../../../domain/errors.js';

export const saslMechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;
export type SaslMechanism = (typeof saslMechanisms)[number];

export interface KafkaSaslOptions {
  readonly mechanism: SaslMechanism;
  readonly username: string;
  readonly password: string;
}

export interface KafkaTlsOptions {
  /** PEM file of the authority that signed the brokers' certificates; without it, those that Node.js trusts. */
  readonly caFile?: string | undefined;
  /** PEM files of the client's own certificate and key; both or neither. */
  readonly certFile?: string | undefined;
  readonly keyFile?: string | undefined;
}

export interface KafkaConnectionOptions {
  /** Each `host:port`, an IPv6 address in brackets. Several are bootstrap brokers of one cluster. */
  readonly brokers: readonly string[];
  /** How to log in; absent: without a login. */
  readonly sasl?: KafkaSaslOptions | undefined;
  /** If present, the connection must be encrypted. */
  readonly tls?: KafkaTlsOptions | undefined;
  /** How long a failing request or connection is tried again before the cluster counts as lost; 10 s if not given. */
  readonly giveUpAfterMs?: number | undefined;
}

/** The connection as flags and environment give it. */
export interface KafkaConnectionInput extends KafkaTlsOptions {
  /** One broker, or several separated by commas. */
  readonly brokers: string;
  /** One of {@link saslMechanisms}, in any case. */
  readonly mechanism?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** True encrypts the connection even if no file is named. */
  readonly tls?: boolean | undefined;
}

const defaultPort = 9092;
const howToWriteBrokers =
  'write --kafka-brokers host:port,host:port; the port is 9092 if it is left out, and an IPv6 address stands in brackets';

/** @throws {UsageError} naming what is wrong, without its secrets */
export function kafkaConnectionOptions(input: KafkaConnectionInput): KafkaConnectionOptions {
  const brokers = parseBrokers(input.brokers);
  const { caFile, certFile, keyFile } = input;
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw new UsageError(
      'a client certificate and its key belong together, and only one of the two was given',
      'give --kafka-tls-cert and --kafka-tls-key together, or neither',
    );
  }
  const sasl = saslOf(input);
  const wantsTls = input.tls === true || caFile !== undefined || certFile !== undefined;
  return {
    brokers,
    ...(sasl === null ? {} : { sasl }),
    ...(wantsTls ? { tls: withoutUndefined({ caFile, certFile, keyFile }) } : {}),
  };
}

/** The brokers of a list separated by commas, each once, in the order given, as `host:port`. @throws {UsageError} */
export function parseBrokers(list: string): readonly string[] {
  const brokers = list.split(',').map((part) => parseBroker(part.trim()));
  return [...new Set(brokers)];
}

/** Where the connection leads, as it may be printed. */
export function whereOf(options: KafkaConnectionOptions): string {
  return options.brokers.join(',');
}

/** Splits `host:port`. Brackets are taken off an IPv6 address. */
export function hostAndPort(broker: string): { host: string; port: number } {
  const end = broker.lastIndexOf(':');
  return { host: broker.slice(0, end).replace(/^\[|\]$/g, ''), port: Number(broker.slice(end + 1)) };
}

/** The inverse of {@link hostAndPort}. */
export function brokerAddress(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function parseBroker(text: string): string {
  // What stands before an @ may be a secret.
  const shown = text.slice(text.lastIndexOf('@') + 1);
  const refuse = (what: string, wayOut = howToWriteBrokers): never => {
    throw new UsageError(`--kafka-brokers: "${shown}" ${what}`, wayOut);
  };
  if (text === '') refuse('names no broker');
  if (text.includes('@')) {
    refuse('has a login before it, which is not read', 'give it with --kafka-sasl, --kafka-user and --kafka-password');
  }
  if (text.includes('://')) refuse('begins with a scheme, which Kafka addresses do not have');
  if (isIPv6(text)) refuse('is an IPv6 address without brackets');
  const [, host = '', portText] = /^(\[[^\]]*\]|[^:[\]]*)(?::(.*))?$/s.exec(text) ?? refuse('is not host:port');
  if (host === '') refuse('names no host');
  if (/[\s/?#]/.test(host)) refuse('is not host:port');
  if (host.startsWith('[') && !isIPv6(host.slice(1, -1))) refuse('has something in brackets that is no IPv6 address');
  const port = portText === undefined ? defaultPort : Number(portText);
  if (portText !== undefined && !(/^\d{1,5}$/.test(portText) && port >= 1 && port <= 65_535)) {
    refuse(`has the port "${portText}", and ports are 1 to 65535`);
  }
  return `${host.toLowerCase()}:${port}`;
}

function saslOf({ mechanism, username, password }: KafkaConnectionInput): KafkaSaslOptions | null {
  if (mechanism === undefined && username === undefined && password === undefined) return null;
  const allowed = saslMechanisms.join(', ');
  if (mechanism === undefined) {
    throw new UsageError('a Kafka user or password was given without a SASL mechanism', `add --kafka-sasl: ${allowed}`);
  }
  const known = saslMechanisms.find((one) => one === mechanism.toLowerCase());
  if (known === undefined) {
    throw new UsageError(`--kafka-sasl: there is no "${mechanism}" here`, `possible are ${allowed}`);
  }
  if (username === undefined || password === undefined) {
    throw new UsageError(
      `--kafka-sasl ${known} needs a user and a password, and ${username === undefined ? 'the user' : 'the password'} is missing`,
      'give --kafka-user and --kafka-password, or KAFKA_USER and KAFKA_PASSWORD',
    );
  }
  return { mechanism: known, username, password };
}

function withoutUndefined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
