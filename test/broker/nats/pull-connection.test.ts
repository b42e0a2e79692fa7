import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeEvent } from '../../../src/broker/event-codec.js';
import type { MadeConsumer } from '../../../src/broker/nats/ordered-consumer.js';
import { OrderedSequence } from '../../../src/broker/ordered-sequence.js';
import { NatsPullConnection } from '../../../src/broker/nats/pull-connection.js';
import type { EventMessage } from '../../../src/broker/port.js';
import { BrokerError, InternalError } from '../../../src/domain/errors.js';
import { FakeLink } from './fake-link.js';

let link: FakeLink;
let notes: string[];
let pull: NatsPullConnection;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate'] });
  link = new FakeLink();
  notes = [];
  pull = new NatsPullConnection(link.asLink(), {
    stream: 'S',
    durable: 'D',
    subscription: 'sub',
    onNote: (kind) => notes.push(kind),
  });
});
afterEach(() => void vi.useRealTimers());

function event(version: number): EventMessage {
  return { aggregateId: 'a', version, aggregate: 0, topic: 0, publisher: 0, publishStamp: 1, publishedAtMs: 1 };
}

const replyOf = (sequence: number, count = 1) => `$JS.ACK.S.D.${count}.${sequence}.${sequence}.1700000000000000000.0`;

function deliver(sequence: number, text = encodeEvent(event(sequence))): void {
  link.receive({ subject: 'orders', reply: replyOf(sequence), text });
}

/** A status for the request that was sent last, or for the one given. */
function answer(code: number, description: string, request = link.sent.at(-1)): void {
  link.receive({ subject: request?.reply ?? '', status: [code, description] });
}

const lost = new BrokerError('lost', 'start it again');

describe('NatsPullConnection', () => {
  it('asks for a batch with an expiry in nanoseconds, each time at a reply subject of its own', () => {
    pull.pull(500, 100);
    answer(408, 'Request Timeout');
    pull.pull(500, 100);
    expect(link.sent.map(({ subject, text }) => ({ subject, text }))).toEqual([
      { subject: '$JS.API.CONSUMER.MSG.NEXT.S.D', text: '{"batch":500,"expires":100000000}' },
      { subject: '$JS.API.CONSUMER.MSG.NEXT.S.D', text: '{"batch":500,"expires":100000000}' },
    ]);
    const [first, second] = link.sent.map(({ reply }) => reply);
    expect(first).not.toBe(second);
    expect(first?.slice(0, -1)).toBe(link.inbox.slice(0, -1));
  });

  it('hands messages over one at a time and ends the request behind the last of its batch', () => {
    pull.pull(2, 100);
    deliver(1);
    deliver(2);
    deliver(3);
    expect([pull.poll(), pull.poll()]).toMatchObject([{ position: 1 }, { position: 2 }]);
    expect(pull.poll()).toMatchObject({ kind: 'end', status: 'complete' });
    expect(pull.poll()).toMatchObject({ position: 3 });
    expect(pull.poll()).toBeUndefined();
  });

  it.each([
    [404, 'No Messages', 'empty'],
    [408, 'Request Timeout', 'expired'],
    [409, 'Exceeded MaxWaiting', 'conflict'],
    [409, 'Consumer Deleted', 'conflict'],
    [503, 'No Responders', 'conflict'],
    [423, 'Nats-Wrong-Pin-Id', 'conflict'],
  ])('ends the request on status %i %s as %s', (code, description, status) => {
    pull.pull(10, 100);
    answer(code, description);
    expect(pull.poll()).toMatchObject({ kind: 'end', status });
  });

  it('ignores heartbeats, and statuses of a request that has ended', () => {
    pull.pull(1, 100);
    const [old] = link.sent;
    answer(100, 'Idle Heartbeat');
    expect(pull.poll()).toBeUndefined();
    deliver(1);
    pull.poll();
    pull.poll();
    pull.pull(1, 100);
    answer(408, 'Request Timeout', old);
    expect(pull.poll()).toBeUndefined();
  });

  it('ends a request that the server forgot a little after its expiry, but not while its answer waits to be read', () => {
    pull.pull(1, 100);
    vi.advanceTimersByTime(599);
    expect(pull.poll()).toBeUndefined();
    vi.advanceTimersByTime(2);
    expect(pull.poll()).toMatchObject({ status: 'expired', detail: 'the server did not answer' });

    pull.pull(1, 100);
    vi.advanceTimersToNextTimer();
    deliver(1);
    vi.runAllTimers();
    expect(pull.poll()).toMatchObject({ kind: 'message' });
    expect(pull.poll()).toMatchObject({ kind: 'end', status: 'complete' });
    expect(pull.poll()).toBeUndefined();
  });

  it('refuses a second request while one is outstanding', () => {
    pull.pull(1, 100);
    expect(() => pull.pull(1, 100)).toThrow(InternalError);
  });

  it('answers each message once, at its own reply subject', () => {
    pull.pull(3, 100);
    for (const sequence of [1, 2, 3]) deliver(sequence);
    const tokens = [1, 2, 3].map(() => (pull.poll() as { token: number }).token);
    pull.inProgress(tokens[0]!);
    pull.ack(tokens[0]!);
    pull.ack(tokens[0]!);
    pull.inProgress(tokens[0]!);
    pull.nak(tokens[1]!, 20);
    pull.term(tokens[2]!);
    expect(link.sent.slice(1).map(({ subject, text }) => [subject, text])).toEqual([
      [replyOf(1), '+WPI'],
      [replyOf(1), '+ACK'],
      [replyOf(2), '-NAK {"delay":20000000}'],
      [replyOf(3), '+TERM'],
    ]);
  });

  it('takes a foreign message off the durable and says so', () => {
    pull.pull(2, 100);
    deliver(1, 'hello');
    deliver(2);
    expect(pull.poll()).toMatchObject({ position: 2 });
    expect(pull.poll()).toMatchObject({ status: 'complete' });
    expect(link.sent.at(-1)).toMatchObject({ subject: replyOf(1), text: '+TERM' });
    expect(notes).toEqual(['foreign-message']);
  });

  it('asks again for the rest of the batch when the connection is back, and never ends by itself while it is gone', () => {
    pull.pull(5, 100);
    deliver(1);
    link.disconnect();
    vi.advanceTimersByTime(10_000);
    pull.poll();
    expect(pull.poll()).toBeUndefined();
    link.reconnect();
    expect(link.sent.map(({ text }) => text)).toEqual([
      '{"batch":5,"expires":100000000}',
      '{"batch":4,"expires":100000000}',
    ]);
    expect(notes).toEqual(['disconnect', 'reconnect']);
  });

  it('sends a request that was made without a connection once it is there', () => {
    link.disconnect();
    pull.pull(5, 100);
    expect(link.sent).toEqual([]);
    link.reconnect();
    expect(link.sent).toHaveLength(1);
  });

  it('hands over what had come before it says that the server is lost, every time it is asked', async () => {
    pull.pull(5, 100);
    deliver(1);
    link.lose(lost);
    expect(await pull.next()).toMatchObject({ position: 1 });
    await expect(pull.next()).rejects.toBe(lost);
    pull.pull(5, 100);
    await expect(pull.next()).rejects.toBe(lost);
    expect(link.sent).toHaveLength(1);
  });

  it('tells whoever waits that the server is lost', async () => {
    const waiting = pull.next();
    link.lose(lost);
    await expect(waiting).rejects.toBe(lost);
  });

  it('drops acknowledgements that cannot go out any more', () => {
    pull.pull(1, 100);
    deliver(1);
    const { token } = pull.poll() as { token: number };
    link.lose(lost);
    pull.ack(token);
    expect(link.sent).toHaveLength(1);
  });

  it('takes nothing in after it was closed', async () => {
    pull.pull(5, 100);
    await pull.close();
    deliver(1);
    expect(pull.poll()).toMatchObject({ kind: 'end', status: 'closed' });
    expect(pull.poll()).toBeUndefined();
    expect(await pull.next()).toMatchObject({ kind: 'end', status: 'closed' });
    await pull.close();
  });

  it('serves one waiting task only', async () => {
    const waiting = pull.next();
    await expect(pull.next()).rejects.toThrow(InternalError);
    await pull.close();
    expect(await waiting).toMatchObject({ status: 'closed' });
  });
});

describe('NatsPullConnection at a durable that pins a client', () => {
  beforeEach(() => {
    link = new FakeLink();
    const names = { stream: 'S', durable: 'D', subscription: 'sub', group: 'bus' };
    pull = new NatsPullConnection(link.asLink(), { ...names, onNote: () => undefined });
  });

  const lastRequest = () => JSON.parse(link.sent.at(-1)!.text) as Record<string, unknown>;

  it('names its group in every request, and the pin that the last message named', () => {
    pull.pull(1, 100);
    expect(lastRequest()).toMatchObject({ group: 'bus' });
    expect(lastRequest()).not.toHaveProperty('id');
    link.receive({ subject: 'orders', reply: replyOf(1), text: encodeEvent(event(1)), pinId: 'p1' });
    pull.pull(1, 100);
    expect(lastRequest()).toMatchObject({ group: 'bus', id: 'p1' });
  });

  it("forgets the pin when the server says that it is another's, and ends the request", () => {
    pull.pull(1, 100);
    link.receive({ subject: 'orders', reply: replyOf(1), text: encodeEvent(event(1)), pinId: 'p1' });
    pull.pull(1, 100);
    answer(423, 'Nats-Wrong-Pin-Id');
    pull.poll();
    pull.poll();
    expect(pull.poll()).toMatchObject({ status: 'conflict', detail: '423 Nats-Wrong-Pin-Id' });
    pull.pull(1, 100);
    expect(lastRequest()).not.toHaveProperty('id');
  });
});

describe('NatsPullConnection with an ordered consumer', () => {
  let made: { readonly name: string; readonly startSequence: number }[];
  let refusal: Error | null;

  beforeEach(() => {
    made = [];
    refusal = null;
    link = new FakeLink();
    const sequence = new OrderedSequence('D');
    const make = (): Promise<void> => {
      made.push(sequence.begin());
      if (refusal === null) return Promise.resolve();
      sequence.end();
      return Promise.reject(refusal);
    };
    const ordered: MadeConsumer = { sequence, make };
    const names = { stream: 'S', durable: 'D', subscription: 'sub', ordered };
    pull = new NatsPullConnection(link.asLink(), { ...names, onNote: () => undefined });
  });

  /** Lets what the making of a consumer resolves to be dealt with. */
  const settle = async (): Promise<void> => {
    await vi.advanceTimersByTimeAsync(0);
  };
  const from = (consumer: string, streamSequence: number, consumerSequence: number): void =>
    link.receive({
      subject: 'orders',
      reply: `$JS.ACK.S.${consumer}.1.${streamSequence}.${consumerSequence}.1700000000000000000.0`,
      text: encodeEvent(event(streamSequence)),
    });

  it('makes it before the first request, pulls from it, and acknowledges nothing', async () => {
    pull.pull(2, 100);
    expect(link.sent).toEqual([]);
    await settle();
    expect(made).toEqual([{ name: 'D_1', startSequence: 1 }]);
    expect(link.sent.map(({ subject }) => subject)).toEqual(['$JS.API.CONSUMER.MSG.NEXT.S.D_1']);
    from('D_1', 4, 1);
    const message = pull.poll();
    expect(message).toMatchObject({ position: 4 });
    if (message?.kind === 'message') pull.ack(message.token);
    expect(link.sent).toHaveLength(1);
  });

  it('makes it again behind the last message seen when one is missing, and drops what the old one sends', async () => {
    pull.pull(9, 100);
    await settle();
    from('D_1', 4, 1);
    from('D_1', 9, 3);
    from('D_1', 10, 4);
    expect(pull.poll()).toMatchObject({ position: 4 });
    expect(pull.poll()).toMatchObject({ kind: 'end', status: 'conflict' });
    expect(pull.poll()).toBeUndefined();
    pull.pull(9, 100);
    await settle();
    expect(made.at(-1)).toEqual({ name: 'D_2', startSequence: 5 });
    from('D_1', 11, 5);
    from('D_2', 5, 1);
    expect(pull.poll()).toMatchObject({ position: 5 });
  });

  it.each([
    ['nobody is there', () => answer(503, 'No Responders')],
    ['it was deleted', () => answer(409, 'Consumer Deleted')],
    ['the server does not answer', () => void vi.advanceTimersByTime(5_000)],
    [
      'the connection broke and is back',
      () => {
        link.disconnect();
        link.reconnect();
      },
    ],
  ])('makes it again when %s', async (_why, happen) => {
    pull.pull(1, 100);
    await settle();
    happen();
    await settle();
    if (pull.poll() !== undefined) pull.pull(1, 100);
    await settle();
    expect(made.map(({ name }) => name)).toEqual(['D_1', 'D_2']);
    expect(link.sent.at(-1)!.subject).toMatch(/D_2$/);
  });

  it('ends the request when none can be made, and tries again with the next', async () => {
    refusal = new Error('no space');
    pull.pull(1, 100);
    await settle();
    expect(pull.poll()).toMatchObject({ status: 'conflict', detail: 'no consumer could be made: no space' });
    refusal = null;
    pull.pull(1, 100);
    await settle();
    expect(link.sent.map(({ subject }) => subject)).toEqual(['$JS.API.CONSUMER.MSG.NEXT.S.D_2']);
  });
});
