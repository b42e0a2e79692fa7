/**
 * How does a subscription pull from its durable? With raw pull requests: one message to the durable's own subject, with
 * a reply subject at which messages and, at the end, a status come in. Messages queue up here and are handed over one
 * at a time; acknowledgements go out on the same connection.
 *
 * Where the durable pins a client, each message names the pin, and the next requests name it in turn, until the server
 * says that it is another's (423).
 *
 * A request ends when its batch is full, when the server says so (404, 408, 409, 423), or, should the server have forgotten
 * it, a little after its expiry. If the connection breaks, the rest of the batch is asked for again once it is back;
 * the server may still have the first request too, so that a few more messages than asked for can come.
 */
import { createInbox } from 'nats';
import type { Msg } from 'nats';
import { InternalError } from '../../domain/errors.js';
import type { BrokerError } from '../../domain/errors.js';
import type { AckToken, BrokerMessage, PullConnection, PullEnd } from '../port.js';
import { readAckSubject } from './ack-subject.js';
import { AckTable } from './ack-table.js';
import type { NatsLink } from './connect.js';
import { EventDecoder } from '../event-codec.js';
import { Fifo } from './fifo.js';
import type { OnNatsNote } from './notes.js';

export interface NatsPullOptions {
  readonly stream: string;
  readonly durable: string;
  /** Priority group that its requests name; null or absent: none. */
  readonly group?: string | null;
  /** Name of the subscription, for notes. */
  readonly subscription: string;
  readonly onNote: OnNatsNote;
}

interface Request {
  /** Last token of its reply subject. */
  readonly number: string;
  readonly expiresMs: number;
  /** Messages still to come. */
  remaining: number;
  overdue: NodeJS.Timeout | undefined;
}

interface Waiter {
  readonly resolve: (item: BrokerMessage | PullEnd) => void;
  readonly reject: (error: BrokerError) => void;
}

/** How long after its expiry a request without a word from the server ends here. */
const graceMs = 500;

const textEncoder = new TextEncoder();
const ack = textEncoder.encode('+ACK');
const nak = textEncoder.encode('-NAK');
const term = textEncoder.encode('+TERM');
const inProgress = textEncoder.encode('+WPI');

export class NatsPullConnection implements PullConnection {
  readonly #link: NatsLink;
  readonly #options: NatsPullOptions;
  readonly #requestSubject: string;
  readonly #group: string | null;
  readonly #replyPrefix: string;
  readonly #incoming = new Fifo<BrokerMessage | PullEnd>();
  readonly #unsettled = new AckTable();
  readonly #decoder = new EventDecoder();
  readonly #metadata = { deliveryCount: 0, streamSequence: 0 };
  #lastNumber = 0;
  /** Of the pin that the last message named; null: of none. */
  #pinId: string | null = null;
  #request: Request | null = null;
  #waiter: Waiter | null = null;
  #failure: BrokerError | null = null;
  #isClosed = false;

  constructor(link: NatsLink, options: NatsPullOptions) {
    this.#link = link;
    this.#options = options;
    this.#group = options.group ?? null;
    this.#requestSubject = `$JS.API.CONSUMER.MSG.NEXT.${options.stream}.${options.durable}`;
    const inbox = createInbox();
    this.#replyPrefix = `${inbox}.`;
    link.client.subscribe(`${inbox}.*`, {
      // An error is a refused permission, which the link reports as well; then there is no message.
      callback: (error, message) => {
        if (error === null) this.#onMessage(message);
      },
    });
    link.listen({
      disconnected: () => this.#onDisconnect(),
      reconnected: () => this.#onReconnect(),
      lost: (error) => this.#fail(error),
      forbidden: (error) => this.#fail(error),
    });
  }

  pull(batch: number, expiresMs: number): void {
    if (this.#request !== null) throw new InternalError('a second pull request was made while one is outstanding');
    if (this.#isClosed) return this.#push(end('closed', 'the connection was closed'));
    if (this.#failure !== null) return;
    this.#sendRequest(batch, expiresMs);
  }

  poll(): BrokerMessage | PullEnd | undefined {
    return this.#incoming.shift();
  }

  next(): Promise<BrokerMessage | PullEnd> {
    const item = this.#incoming.shift();
    if (item !== undefined) return Promise.resolve(item);
    if (this.#failure !== null) return Promise.reject(this.#failure);
    if (this.#isClosed) return Promise.resolve(end('closed', 'the connection was closed'));
    if (this.#waiter !== null) return Promise.reject(new InternalError('two tasks wait for the same subscription'));
    return new Promise((resolve, reject) => (this.#waiter = { resolve, reject }));
  }

  ack(token: AckToken): void {
    this.#answer(this.#unsettled.settle(token), ack);
  }

  nak(token: AckToken, delayMs?: number): void {
    const payload = delayMs === undefined ? nak : textEncoder.encode(`-NAK {"delay":${nanoseconds(delayMs)}}`);
    this.#answer(this.#unsettled.settle(token), payload);
  }

  term(token: AckToken): void {
    this.#answer(this.#unsettled.settle(token), term);
  }

  inProgress(token: AckToken): void {
    this.#answer(this.#unsettled.get(token), inProgress);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#endRequest('closed', 'the connection was closed');
    this.#waiter?.resolve(end('closed', 'the connection was closed'));
    this.#waiter = null;
    await this.#link.close();
  }

  /** What cannot go out any more is lost, as it would be with any client: the server will deliver again. */
  #answer(reply: string | undefined, payload: Uint8Array): void {
    if (reply === undefined || this.#link.client.isClosed()) return;
    this.#link.client.publish(reply, payload);
  }

  #sendRequest(batch: number, expiresMs: number): void {
    const number = String(++this.#lastNumber);
    this.#request = { number, expiresMs, remaining: batch, overdue: undefined };
    // Without a connection it waits: reconnected() sends it.
    if (!this.#link.isConnected || this.#link.client.isClosed()) return;
    this.#request.overdue = setTimeout(() => this.#onOverdue(number), expiresMs + graceMs);
    const request = `{"batch":${batch},"expires":${nanoseconds(expiresMs)}${this.#priority()}}`;
    this.#link.client.publish(this.#requestSubject, request, { reply: this.#replyPrefix + number });
  }

  /** What a request says of its group and its pin, as further fields. */
  #priority(): string {
    if (this.#group === null) return '';
    return `,"group":"${this.#group}"${this.#pinId === null ? '' : `,"id":"${this.#pinId}"`}`;
  }

  /** Must not throw: the client's reader would stop. */
  #onMessage(message: Msg): void {
    if (this.#isClosed) return;
    const { reply } = message;
    if (reply === undefined || reply === '') return this.#onStatus(message);
    if (!readAckSubject(reply, this.#metadata)) return;
    const { deliveryCount, streamSequence } = this.#metadata;
    if (this.#group !== null) this.#pinId = message.headers?.get('Nats-Pin-Id') || null;
    const event = this.#decoder.decode(message.data);
    if (event === null) this.#onForeign(message.subject, reply);
    else {
      const token = this.#unsettled.add(reply);
      this.#push({ kind: 'message', event, partition: 0, position: streamSequence, deliveryCount, token });
    }
    if (this.#request !== null && --this.#request.remaining === 0) this.#endRequest('complete', 'the batch is full');
  }

  /** A message that is no event of this tool: somebody else publishes on these subjects. It is taken off the durable. */
  #onForeign(subject: string, reply: string): void {
    this.#answer(reply, term);
    this.#options.onNote('foreign-message', { subscription: this.#options.subscription, subject });
  }

  /** A message without payload whose subject is the reply subject of a request. */
  #onStatus(message: Msg): void {
    const number = message.subject.slice(this.#replyPrefix.length);
    if (number !== this.#request?.number) return;
    const code = message.headers?.code ?? 0;
    const description = message.headers?.description ?? '';
    if (code === 100) return;
    if (code === 404) this.#endRequest('empty', description);
    else if (code === 408) this.#endRequest('expired', description);
    else if (code === 409) this.#endRequest('conflict', description);
    else if (code === 423) {
      this.#pinId = null;
      this.#endRequest('conflict', `423 ${description}`);
    } else if (code === 503) this.#endRequest('conflict', `nobody serves the durable ${this.#options.durable}`);
    else this.#endRequest('conflict', `${code} ${description}`.trim());
  }

  #endRequest(status: PullEnd['status'], detail: string): void {
    if (this.#request === null) return;
    clearTimeout(this.#request.overdue);
    this.#request = null;
    this.#push(end(status, detail));
  }

  /** After a blocked event loop the server's word may have come in already: it is read before this decides. */
  #onOverdue(number: string): void {
    setImmediate(() => {
      if (this.#request?.number === number) this.#endRequest('expired', 'the server did not answer');
    });
  }

  #push(item: BrokerMessage | PullEnd): void {
    const waiter = this.#waiter;
    if (waiter === null) return this.#incoming.push(item);
    this.#waiter = null;
    waiter.resolve(item);
  }

  #onDisconnect(): void {
    clearTimeout(this.#request?.overdue);
    this.#options.onNote('disconnect', { subscription: this.#options.subscription });
  }

  #onReconnect(): void {
    this.#options.onNote('reconnect', { subscription: this.#options.subscription });
    if (this.#request !== null) this.#sendRequest(this.#request.remaining, this.#request.expiresMs);
  }

  #fail(error: BrokerError): void {
    if (this.#failure !== null || this.#isClosed) return;
    this.#failure = error;
    clearTimeout(this.#request?.overdue);
    this.#request = null;
    this.#waiter?.reject(error);
    this.#waiter = null;
  }
}

function end(status: PullEnd['status'], detail: string): PullEnd {
  return { kind: 'end', status, detail };
}

function nanoseconds(ms: number): number {
  return Math.round(ms * 1e6);
}
