import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeEvent } from '../../../src/broker/event-codec.js';
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
