/** A link without a server: what is sent is kept, and the test says what comes in and what happens to the connection. */
import { headers } from 'nats';
import type { Msg, NatsConnection } from 'nats';
import type { NatsLink } from '../../../src/broker/nats/connecting/connect.js';
import type { LinkEvents } from '../../../src/broker/nats/connecting/link.js';
import { BrokerError } from '../../../src/domain/errors.js';

export interface Sent {
  readonly subject: string;
  readonly text: string;
  readonly reply: string;
}

export class FakeLink {
  isConnected = true;
  isClosed = false;
  readonly sent: Sent[] = [];
  /** Subject of the one subscription: the inbox, with its wildcard. */
  inbox = '';
  #deliver: (message: Msg) => void = () => {};
  readonly #listeners: LinkEvents[] = [];

  /** As what is under test takes it. */
  asLink(): NatsLink {
    const client = {
      subscribe: (subject: string, options: { callback: (error: null, message: Msg) => void }) => {
        this.inbox = subject;
        this.#deliver = (message) => options.callback(null, message);
      },
      publish: (subject: string, payload: string | Uint8Array, options?: { reply?: string }) => {
        const text = typeof payload === 'string' ? payload : new TextDecoder().decode(payload);
        this.sent.push({ subject, text, reply: options?.reply ?? '' });
      },
      isClosed: () => this.isClosed,
    } as unknown as NatsConnection;
    const link = {
      client,
      where: 'nats://fake:4222',
      failure: null,
      fullError: (said: string) => new BrokerError(`full: ${said}`, 'make room'),
      silentError: (seconds: number) => new BrokerError(`silent for ${seconds} s`, 'look into the log'),
      listen: (events: LinkEvents) => void this.#listeners.push(events),
      close: () => Promise.resolve(void (this.isClosed = true)),
    };
    Object.defineProperty(link, 'isConnected', { get: () => this.isConnected });
    return link as unknown as NatsLink;
  }

  receive(message: {
    subject: string;
    reply?: string;
    text?: string;
    status?: [code: number, description: string];
    pinId?: string;
  }): void {
    const { subject, reply = '', text = '', status, pinId } = message;
    const data = new TextEncoder().encode(text);
    const head = status !== undefined ? headers(...status) : pinId !== undefined ? headers() : undefined;
    if (pinId !== undefined) head?.set('Nats-Pin-Id', pinId);
    this.#deliver({ subject, reply, data, headers: head } as unknown as Msg);
  }

  disconnect(): void {
    this.isConnected = false;
    for (const listener of this.#listeners) listener.disconnected?.();
  }

  reconnect(): void {
    this.isConnected = true;
    for (const listener of this.#listeners) listener.reconnected?.();
  }

  lose(error: BrokerError): void {
    this.isConnected = false;
    this.isClosed = true;
    for (const listener of this.#listeners) listener.lost?.(error);
  }
}
