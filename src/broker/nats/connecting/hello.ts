/**
 * Makes sure that a NATS server answers and lets this client in, before the client itself connects. It goes through the
 * steps of a connection: connect, read `INFO`, encrypt, log in, `PING`, `PONG`. The client cannot tell a server that
 * hangs up from a silent one, and waits for its time-out on both; here each step fails at once, with an error of its
 * own.
 */
import { connect as connectSocket } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Authenticator } from 'nats';
import { BrokerError } from '../../../domain/errors.js';
import { connectError, loginError, silent } from './connect-errors.js';
import { hostAndPort, whereOf } from './connection-options.js';
import type { NatsConnectionOptions } from './connection-options.js';
import { credsOf, tlsMaterialOf } from './credentials.js';
import type { TlsMaterial } from './credentials.js';

/** What the server's `INFO` line says. */
export interface NatsGreeting {
  readonly version: string | null;
  readonly nonce: string | undefined;
  readonly offersTls: boolean;
}

/**
 * Tries the servers in turn and returns the greeting of the first that lets this client in.
 *
 * @param timeoutMs time-out for each server
 * @throws {BrokerError} that of the last server, if none does; or if a file of the credentials cannot be used
 */
export async function sayHello(options: NatsConnectionOptions, timeoutMs: number): Promise<NatsGreeting> {
  const credentials = { authenticator: credsOf(options), tls: tlsMaterialOf(options.tls ?? {}) };
  let failure: unknown;
  for (const server of options.servers) {
    try {
      return await greet(server, options, credentials, timeoutMs);
    } catch (error) {
      failure = connectError(error, options, timeoutMs);
    }
  }
  throw failure as BrokerError;
}

interface Credentials {
  readonly authenticator: Authenticator | undefined;
  readonly tls: TlsMaterial;
}

async function greet(
  server: string,
  options: NatsConnectionOptions,
  credentials: Credentials,
  timeoutMs: number,
): Promise<NatsGreeting> {
  const { host, port } = hostAndPort(server);
  const dialogue = new Dialogue(connectSocket({ host, port }));
  const timer = setTimeout(() => dialogue.giveUp(), timeoutMs);
  try {
    const greeting = readGreeting(await dialogue.line(), options);
    if (greeting.offersTls) await dialogue.encrypt(host, credentials.tls);
    dialogue.send(`CONNECT ${JSON.stringify(login(greeting, options, credentials))}\r\nPING\r\n`);
    for (;;) {
      const answer = await dialogue.line();
      if (answer.startsWith('-ERR')) throw loginError(answer.slice(4).trim().replace(/^'|'$/g, ''), options);
      if (answer.startsWith('PONG')) return greeting;
    }
  } finally {
    clearTimeout(timer);
    dialogue.end();
  }
}

function readGreeting(line: string, options: NatsConnectionOptions): NatsGreeting {
  const greeting = parseGreeting(line);
  if (greeting === null) {
    throw new BrokerError(
      `${whereOf(options)} does not speak as a NATS server does`,
      'check the port: clients connect to 4222 as a rule, not to the monitoring or cluster port',
    );
  }
  if (options.tls !== undefined && !greeting.offersTls) {
    throw new BrokerError(
      `${whereOf(options)} offers no encryption, and an encrypted connection was asked for`,
      'leave tls:// and the certificate options away, or set TLS up on the server',
    );
  }
  return greeting;
}

function parseGreeting(line: string): NatsGreeting | null {
  if (!line.startsWith('INFO ')) return null;
  try {
    const info = JSON.parse(line.slice('INFO '.length)) as Record<string, unknown>;
    const { version, nonce, tls_required, tls_available } = info;
    return {
      version: typeof version === 'string' ? version : null,
      nonce: typeof nonce === 'string' ? nonce : undefined,
      offersTls: tls_required === true || tls_available === true,
    };
  } catch {
    return null;
  }
}

function login(greeting: NatsGreeting, options: NatsConnectionOptions, credentials: Credentials): object {
  const { user, password, token } = options;
  return {
    verbose: false,
    pedantic: false,
    protocol: 1,
    lang: 'nats.js',
    version: '2.0.0',
    name: 'eventbus-bench hello',
    tls_required: greeting.offersTls,
    ...(user === undefined ? {} : { user, pass: password ?? '' }),
    ...(token === undefined ? {} : { auth_token: token }),
    ...credentials.authenticator?.(greeting.nonce),
  };
}

/** Reads lines from a socket, one at a time; an error or a hang-up fails the read that waits. */
class Dialogue {
  #socket: Socket;
  #received = '';
  #failure: Error | null = null;
  #wake: () => void = () => {};

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#listen();
  }

  async line(): Promise<string> {
    for (;;) {
      const end = this.#received.indexOf('\n');
      if (end !== -1) {
        const line = this.#received.slice(0, end).trim();
        this.#received = this.#received.slice(end + 1);
        return line;
      }
      if (this.#failure !== null) throw this.#failure;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  send(text: string): void {
    this.#socket.write(text);
  }

  async encrypt(host: string, material: TlsMaterial): Promise<void> {
    this.#socket.removeAllListeners('data');
    await new Promise<void>((resolve, reject) => {
      const plain = this.#socket;
      plain.on('error', reject);
      this.#socket = connectTls({ socket: plain, host, ...material }, resolve);
      this.#socket.on('error', reject);
      this.#socket.on('close', () => reject(hungUp()));
    });
    this.#listen();
  }

  /** Fails because the time is up: the host did not accept the connection, or accepted it and did not answer. */
  giveUp(): void {
    const code = this.#socket.connecting ? 'ETIMEDOUT' : silent;
    this.#fail(Object.assign(new Error('time is up'), { code }));
  }

  end(): void {
    this.#socket.removeAllListeners();
    this.#socket.on('error', () => {});
    this.#socket.destroy();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#wake();
    this.#socket.destroy(error);
  }

  #listen(): void {
    this.#socket.on('data', (bytes: Buffer) => {
      this.#received += bytes.toString('latin1');
      this.#wake();
    });
    this.#socket.on('error', (error) => this.#fail(error));
    this.#socket.on('close', () => this.#fail(hungUp()));
  }
}

function hungUp(): Error {
  return Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' });
}
