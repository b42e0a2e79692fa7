/**
 * Makes the configuration of kafkajs from the connection options. With it kafkajs writes nothing to standard output,
 * tries again for as long as the options allow, and dials IPv6 addresses, which it cannot do by itself.
 */
import { readFileSync } from 'node:fs';
import { connect as connectTcp, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';
import kafkajs from 'kafkajs';
import type { ISocketFactoryArgs, KafkaConfig, RetryOptions, SASLOptions } from 'kafkajs';
import { UsageError } from '../../../domain/errors.js';
import { systemErrorText } from '../../../text/system-errors.js';
import { brokerAddress, hostAndPort } from '../connecting/connection-options.js';
import type { KafkaConnectionOptions, KafkaSaslOptions, KafkaTlsOptions } from '../connecting/connection-options.js';
import { dropThrottleWarnings } from './negative-timeouts.js';

const defaultGiveUpAfterMs = 10_000;
const connectionTimeoutMs = 3_000;
const requestTimeoutMs = 30_000;
const initialRetryMs = 50;
const maxRetryMs = 1_000;
const keepAliveMs = 60_000;

/**
 * @param clientId the name of the client in the brokers' logs and quotas
 * @throws {UsageError} if a certificate file cannot be read
 */
export function kafkaClientConfig(options: KafkaConnectionOptions, clientId: string): KafkaConfig {
  dropThrottleWarnings();
  const { sasl, tls, giveUpAfterMs = defaultGiveUpAfterMs } = options;
  const hasIpv6 = options.brokers.some((broker) => broker.startsWith('['));
  return {
    clientId,
    brokers: options.brokers.map(escapeHost),
    connectionTimeout: connectionTimeoutMs,
    requestTimeout: requestTimeoutMs,
    retry: retryFor(giveUpAfterMs),
    logLevel: kafkajs.logLevel.NOTHING,
    logCreator: () => () => {},
    ...(sasl === undefined ? {} : { sasl: saslConfig(sasl) }),
    ...(tls === undefined ? {} : { ssl: tlsConfig(tls) }),
    ...(hasIpv6 ? { socketFactory: dial } : {}),
  };
}

/** Retries whose waits double from 50 ms to 1 s and add up to at least `giveUpAfterMs`. */
export function retryFor(giveUpAfterMs: number): RetryOptions {
  let retries = 0;
  for (let waitedMs = 0, nextMs = initialRetryMs; waitedMs < giveUpAfterMs; retries++) {
    waitedMs += nextMs;
    nextMs = Math.min(nextMs * 2, maxRetryMs);
  }
  return { initialRetryTime: initialRetryMs, maxRetryTime: maxRetryMs, multiplier: 2, factor: 0.2, retries };
}

/** @throws {UsageError} if a file cannot be read */
export function tlsConfig({ caFile, certFile, keyFile }: KafkaTlsOptions): ConnectionOptions {
  return {
    ...(caFile === undefined ? {} : { ca: [readPem(caFile, '--kafka-tls-ca')] }),
    ...(certFile === undefined ? {} : { cert: readPem(certFile, '--kafka-tls-cert') }),
    ...(keyFile === undefined ? {} : { key: readPem(keyFile, '--kafka-tls-key') }),
  };
}

/** Turns a broker's address as kafkajs names it in its errors, escaped, back into `host:port`. */
export function unescapeBroker(broker: string): string {
  const end = broker.lastIndexOf(':');
  const host = broker.slice(0, end);
  return brokerAddress(host.startsWith('%') ? decodeURIComponent(host) : host, Number(broker.slice(end + 1)));
}

/** Escapes the colons of an IPv6 address, since kafkajs splits a broker's address at its first colon. */
function escapeHost(broker: string): string {
  const { host, port } = hostAndPort(broker);
  return host.includes(':') ? `${encodeURIComponent(host)}:${port}` : broker;
}

function dial({ host: escaped, port, ssl, onConnect }: ISocketFactoryArgs): ReturnType<typeof connectTcp> {
  const host = decodeURIComponent(escaped);
  const servername = isIP(host) === 0 ? { servername: host } : {};
  const socket = (ssl as unknown)
    ? connectTls({ host, port, ...servername, ...ssl }, onConnect)
    : connectTcp({ host, port }, onConnect);
  return socket.setKeepAlive(true, keepAliveMs);
}

function saslConfig({ mechanism, username, password }: KafkaSaslOptions): SASLOptions {
  return { mechanism, username, password };
}

function readPem(file: string, flag: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = systemErrorText(error);
    throw new UsageError(`${flag}: "${file}" cannot be read: ${reason}`, 'name a PEM file that this user may read');
  }
}
