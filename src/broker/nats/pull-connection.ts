/**
 * The connection of a subscription that pulls from its durable with raw pull requests. A request is one message to the
 * durable's own subject, with a reply subject to which the server sends the messages and, at the end, a status.
 * Messages queue up here and are handed over one at a time; acknowledgements are sent on the same connection.
 *
 * Where the durable pins a client, each message names the pin, and later requests name it too, until the server says
 * that the pin is another client's (423).
 *
 * An ordered consumer is created by the connection itself (ordered-consumer.ts) whenever a request is to be sent and
 * there is none. It is given up when a message is missing, the connection breaks, or the server refuses a request.
 *
 * A request ends when its batch is full, when the server says so (404, 408, 409, 423), or, should the server have
 * forgotten it, a little after its expiry. If the connection breaks, the rest of the batch is asked for again once it
 * is back; the server may still have the first request too, so that a few more messages than asked for can come.
 */
import { createInbox } from 'nats';
import type { Msg } from 'nats';
import { InternalError } from '../../domain/errors.js';
import type { BrokerError } from '../../domain/errors.js';
import type { AckToken, BrokerMessage, PullConnection, PullEnd } from '../port.js';
import { gapDetail } from '../ordered-sequence.js';
import { consumerOf, readAckSubject } from './ack-subject.js';
import { AckTable, noToken } from './ack-table.js';
import { messageOf } from './connecting/connect-errors.js';
import type { MadeConsumer } from './ordered-consumer.js';
import type { NatsLink } from './connecting/connect.js';
import { nanoseconds } from './consumer-config.js';
import { EventDecoder } from '../event-codec.js';
import { connectionClosed, ItemWaiter } from '../item-waiter.js';
import { Fifo } from './fifo.js';
import type { OnNatsNote } from './notes.js';

export interface NatsPullOptions {
  readonly stream: string;
  readonly durable: string;
  /** Priority group that its requests name; null or absent: none. */
  readonly group?: string | null;
  /** The ordered consumer that it creates and pulls from; null or absent: it pulls from the durable. */
  readonly ordered?: MadeConsumer | null;
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

/** How long after its expiry a request ends here if the server has sent no status. */
const graceMs = 500;

const textEncoder = new TextEncoder();
const ack = textEncoder.encode('+ACK');
const nak = textEncoder.encode('-NAK');
const term = textEncoder.encode('+TERM');
const inProgress = textEncoder.encode('+WPI');

export class NatsPullConnection implements PullConnection {
  readonly #link: NatsLink;
  readonly #options: NatsPullOptions;
  readonly #ordered: MadeConsumer | null;
  readonly #group: string | null;
  readonly #replyPrefix: string;
  readonly #incoming = new Fifo<BrokerMessage | PullEnd>();
  readonly #unsettled = new AckTable<string>();
  readonly #waiter = new ItemWaiter();
  readonly #decoder = new EventDecoder();
  readonly #metadata = { deliveryCount: 0, streamSequence: 0, consumerSequence: 0 };
  #lastNumber = 0;
  /** Id of the pin that the last message named; null: it named none. */
  #pinId: string | null = null;
  #request: Request | null = null;

  constructor(link: NatsLink, options: NatsPullOptions) {
    this.#link = link;
    this.#options = options;
    this.#group = options.group ?? null;
    this.#ordered = options.ordered ?? null;
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
    if (this.#waiter.isClosed) return this.#push(connectionClosed);
    if (this.#waiter.isOver) return;
    this.#sendRequest(batch, expiresMs);
  }

  poll(): BrokerMessage | PullEnd | undefined {
    return this.#incoming.shift();
  }

  next(): Promise<BrokerMessage | PullEnd> {
    return this.#waiter.next(() => this.#incoming.shift());
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
    if (this.#waiter.isClosed) return;
    this.#endRequest('closed', connectionClosed.detail);
    this.#waiter.close();
    await this.#link.close();
  }

  /** Sends an answer, if the connection is open. A lost answer leads to a redelivery, as with any client. */
  #answer(reply: string | undefined, payload: Uint8Array): void {
    if (reply === undefined || this.#link.client.isClosed()) return;
    this.#link.client.publish(reply, payload);
  }

  #sendRequest(batch: number, expiresMs: number): void {
    const number = String(++this.#lastNumber);
    this.#request = { number, expiresMs, remaining: batch, overdue: undefined };
    // Without a connection the request waits: #onReconnect sends it.
    if (!this.#link.isConnected || this.#link.client.isClosed()) return;
    const request = this.#request;
    if (this.#ordered?.sequence.isThere === false) void this.#makeConsumer(this.#ordered, request);
    else this.#publishRequest(request);
  }

  /** Creates the consumer, then sends the request unless it has ended meanwhile. If creating fails the request ends. */
  async #makeConsumer(ordered: MadeConsumer, request: Request): Promise<void> {
    try {
      await ordered.make();
      if (this.#request === request) this.#publishRequest(request);
    } catch (error) {
      if (this.#request === request) this.#endRequest('conflict', `no consumer could be made: ${messageOf(error)}`);
    }
  }

  #publishRequest(request: Request): void {
    const { number, expiresMs, remaining } = request;
    request.overdue = setTimeout(() => this.#onOverdue(number), expiresMs + graceMs);
    const consumer = this.#ordered?.sequence.name ?? this.#options.durable;
    const subject = `$JS.API.CONSUMER.MSG.NEXT.${this.#options.stream}.${consumer}`;
    const payload = `{"batch":${remaining},"expires":${nanoseconds(expiresMs)}${this.#priority()}}`;
    this.#link.client.publish(subject, payload, { reply: this.#replyPrefix + number });
  }

  /** The JSON fields of a request's group and pin; empty without a group. */
  #priority(): string {
    if (this.#group === null) return '';
    return `,"group":"${this.#group}"${this.#pinId === null ? '' : `,"id":"${this.#pinId}"`}`;
  }

  /** Must not throw: the client's reader would stop. */
  #onMessage(message: Msg): void {
    if (this.#waiter.isClosed) return;
    const { reply } = message;
    if (reply === undefined || reply === '') return this.#onStatus(message);
    if (!readAckSubject(reply, this.#metadata)) return;
    if (this.#ordered !== null && !this.#isNext(this.#ordered, reply)) return;
    const { deliveryCount, streamSequence } = this.#metadata;
    if (this.#group !== null) this.#pinId = pinOf(message);
    const event = this.#decoder.decode(message.data);
    if (event === null) this.#onForeign(message.subject, reply);
    else {
      const token = this.#ordered === null ? this.#unsettled.add(reply) : noToken;
      this.#push({ kind: 'message', event, partition: 0, position: streamSequence, deliveryCount, token });
    }
    if (this.#request !== null && --this.#request.remaining === 0) this.#endRequest('complete', 'the batch is full');
  }

  /** Whether it is the ordered consumer's next message; if one before it is missing, the request ends. */
  #isNext({ sequence }: MadeConsumer, reply: string): boolean {
    const { consumerSequence, streamSequence } = this.#metadata;
    const what = sequence.accept(consumerOf(reply), consumerSequence, streamSequence);
    if (what === 'gap') this.#endRequest('conflict', gapDetail);
    return what === 'next';
  }

  /** Terminates a message that is no event of this tool, which somebody else has published, and notes it. */
  #onForeign(subject: string, reply: string): void {
    this.#answer(reply, term);
    this.#options.onNote('foreign-message', { subscription: this.#options.subscription, subject });
  }

  /** Handles a status: a message without payload whose subject is the reply subject of a request. */
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
    if (status === 'conflict') this.#ordered?.sequence.end();
    clearTimeout(this.#request.overdue);
    this.#request = null;
    this.#push(end(status, detail));
  }

  /**
   * Ends an overdue request a turn later, so that a status that came while the event loop was blocked is read first.
   */
  #onOverdue(number: string): void {
    setImmediate(() => {
      if (this.#request?.number !== number) return;
      this.#ordered?.sequence.end();
      this.#endRequest('expired', 'the server did not answer');
    });
  }

  #push(item: BrokerMessage | PullEnd): void {
    if (!this.#waiter.give(item)) this.#incoming.push(item);
  }

  #onDisconnect(): void {
    clearTimeout(this.#request?.overdue);
    this.#options.onNote('disconnect', { subscription: this.#options.subscription });
  }

  #onReconnect(): void {
    this.#options.onNote('reconnect', { subscription: this.#options.subscription });
    this.#ordered?.sequence.end();
    if (this.#request !== null) this.#sendRequest(this.#request.remaining, this.#request.expiresMs);
  }

  #fail(error: BrokerError): void {
    if (!this.#waiter.fail(error)) return;
    clearTimeout(this.#request?.overdue);
    this.#request = null;
  }
}

function end(status: PullEnd['status'], detail: string): PullEnd {
  return { kind: 'end', status, detail };
}

/** Id of the pin that a message names; null: none. */
function pinOf({ headers }: Msg): string | null {
  const id = headers?.get('Nats-Pin-Id') ?? '';
  return id === '' ? null : id;
}
