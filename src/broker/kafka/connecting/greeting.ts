/**
 * Finds out whether there is a Kafka broker at an address, and how it lets clients in, before any login and on a
 * connection of its own. ApiVersions tells which requests and features it has, SaslHandshake whether it wants a login,
 * and by which mechanisms. Where no sensible answer comes, the address is tried with the opposite choice of encryption,
 * since a wrong choice is the usual reason.
 */
import { connect as connectTcp, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';
import { hostAndPort } from './connection-options.js';
import * as wire from './wire.js';
import type { ApiVersions } from './wire.js';

export interface KafkaGreeting {
  readonly versions: ApiVersions;
  /** Mechanisms of logging in, as the broker names them; empty: it wants no login. */
  readonly mechanisms: readonly string[];
  /** Time from the first request to its answer. */
  readonly roundTripMs: number;
}

export interface GreetingOptions {
  /** null: unencrypted. */
  readonly tls: ConnectionOptions | null;
  /** The mechanism that the client will log in with, as the broker names it; null: no login. */
  readonly mechanism: string | null;
  /** Time-out of the whole greeting; the second try with the other encryption has as long again. */
  readonly timeoutMs: number;
}

/** Failures that the system has no error code for, as the `code` of the errors thrown here. */
export const greetingCodes = {
  silent: 'SILENT',
  foreign: 'FOREIGN',
  wantsTls: 'WANTS_TLS',
  hasNoTls: 'HAS_NO_TLS',
} as const;

/** An answer longer than this is not a broker's. */
const answerBytesMax = 1_000_000;

/**
 * @param address `host:port`
 * @throws {Error} whose `code` is the system's, or one of {@link greetingCodes}
 */
export async function greet(address: string, options: GreetingOptions): Promise<KafkaGreeting> {
  try {
    return await converse(address, options);
  } catch (error) {
    throw (await otherEncryption(address, options, error)) ?? error;
  }
}

/**
 * Tries the opposite choice of encryption after an unclear error; null if the error is clear (such as a refused
 * connection or an untrusted certificate) or if that fails too.
 */
async function otherEncryption(address: string, options: GreetingOptions, error: unknown): Promise<Error | null> {
  const code = (error as { code?: unknown }).code;
  const isUnclear =
    code === greetingCodes.silent ||
    code === greetingCodes.foreign ||
    code === 'ECONNRESET' ||
    code === 'EPROTO' ||
    (typeof code === 'string' && code.startsWith('ERR_SSL') && !code.includes('ALERT'));
  if (!isUnclear) return null;
  const tls = options.tls === null ? { rejectUnauthorized: false } : null;
  try {
    const socket = await dial(address, tls, options.timeoutMs);
    if (tls === null) await exchange(socket, wire.apiVersionsRequest(0, 0)).finally(() => socket.destroy());
    socket.destroy();
    return withCode(tls === null ? greetingCodes.hasNoTls : greetingCodes.wantsTls);
  } catch {
    return null;
  }
}

async function converse(address: string, { tls, mechanism, timeoutMs }: GreetingOptions): Promise<KafkaGreeting> {
  const socket = await dial(address, tls, timeoutMs);
  try {
    const startedMs = performance.now();
    let versions = wire.readApiVersions(3, await exchange(socket, wire.apiVersionsRequest(3, 0)));
    const roundTripMs = performance.now() - startedMs;
    if (versions.errorCode === wire.unsupportedVersion) {
      versions = wire.readApiVersions(0, await exchange(socket, wire.apiVersionsRequest(0, 0)));
    }
    const { mechanisms } = wire.readSaslHandshake(
      await exchange(socket, wire.saslHandshakeRequest(mechanism ?? '', 0)),
    );
    return { versions, mechanisms, roundTripMs };
  } catch (error) {
    throw error instanceof RangeError ? withCode(greetingCodes.foreign) : error;
  } finally {
    socket.destroy();
  }
}

function dial(address: string, tls: ConnectionOptions | null, timeoutMs: number): Promise<Socket> {
  const { host, port } = hostAndPort(address);
  return new Promise((resolve, reject) => {
    const servername = isIP(host) === 0 ? { servername: host } : {};
    const onConnect = (): void => resolve(socket);
    const socket: Socket =
      tls === null
        ? connectTcp({ host, port }, onConnect)
        : connectTls({ host, port, ...servername, ...tls }, onConnect);
    let isConnected = false;
    socket.once('connect', () => (isConnected = true));
    socket.once('error', reject);
    socket.once('close', () => reject(withCode('ECONNRESET')));
    const timer = setTimeout(
      () => socket.destroy(withCode(isConnected ? greetingCodes.silent : 'ETIMEDOUT')),
      timeoutMs,
    );
    socket.once('close', () => clearTimeout(timer));
  });
}

/** Sends a request, and resolves to the answer without its length and correlation id. */
function exchange(socket: Socket, request: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    const onData = (chunk: Buffer): void => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 4) return;
      const length = received.readInt32BE(0);
      if (length < 4 || length > answerBytesMax) return settle(() => reject(withCode(greetingCodes.foreign)));
      if (received.length >= 4 + length) settle(() => resolve(received.subarray(8, 4 + length)));
    };
    const onError = (error: Error): void => settle(() => reject(error));
    const onClose = (): void => settle(() => reject(withCode('ECONNRESET')));
    const settle = (end: () => void): void => {
      socket.off('data', onData).off('error', onError).off('close', onClose);
      // An error that comes later does not matter, but without a listener it would end the process.
      socket.on('error', () => {});
      end();
    };
    socket.on('data', onData).on('error', onError).on('close', onClose);
    socket.write(request);
  });
}

function withCode(code: string): Error {
  return Object.assign(new Error(code), { code });
}
