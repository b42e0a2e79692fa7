import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NatsPublisher } from '../../../src/broker/nats/publisher.js';
import { PublishFailure } from '../../../src/broker/port.js';
import type { EventMessage } from '../../../src/broker/port.js';
import { BrokerError } from '../../../src/domain/errors.js';
import { FakeLink } from './fake-link.js';

let link: FakeLink;
let publisher: NatsPublisher;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  link = new FakeLink();
  publisher = new NatsPublisher(link.asLink(), {
    subjectOf: (topic) => ['first', 'second'][topic]!,
    messageId: 'none',
    timeoutMs: 5_000,
  });
});
afterEach(() => void vi.useRealTimers());

function publish(version: number, topic = 0) {
  const event: EventMessage = {
    ...{ aggregateId: 'a', version, aggregate: 0, topic },
    ...{ publisher: 0, publishStamp: 1, publishedAtMs: 1 },
  };
  const result = publisher.publish(event).catch((error: unknown) => error);
  return result;
}

const answerTo = (index: number, text: string) => link.receive({ subject: link.sent[index]!.reply, text });

describe('NatsPublisher', () => {
  it('sends to the subject of the topic, with a reply subject for each event in one inbox', () => {
    void publish(1, 0);
    void publish(1, 1);
    expect(link.sent.map(({ subject }) => subject)).toEqual(['first', 'second']);
    const [one, other] = link.sent.map(({ reply }) => reply);
    expect(one).not.toBe(other);
    for (const reply of [one, other]) expect(reply?.startsWith(link.inbox.slice(0, -1))).toBe(true);
  });

  it('gives each event its own answer, in whatever order they come', async () => {
    const [one, other] = [publish(1), publish(2)];
    answerTo(1, '{"stream":"S","seq":2}');
    answerTo(0, '{"stream":"S","seq":1,"duplicate":true}');
    expect(await one).toEqual({ partition: 0, position: 1, duplicate: true });
    expect(await other).toEqual({ partition: 0, position: 2, duplicate: false });
  });

  it('fails an event that the server refuses, or that no stream takes', async () => {
    const [refused, untaken] = [publish(1), publish(2)];
    answerTo(0, '{"error":{"code":400,"err_code":10054,"description":"message size exceeds maximum"},"seq":0}');
    link.receive({ subject: link.sent[1]!.reply, status: [503, 'No Responders'] });
    expect(await refused).toBeInstanceOf(PublishFailure);
    expect(await refused).toMatchObject({ message: expect.stringContaining('exceeds maximum') as string });
    expect(await untaken).toMatchObject({ message: 'no stream takes this subject' });
  });

  it('fails an event that is not answered in time, and lets its late answer settle nothing', async () => {
    const late = publish(1);
    vi.advanceTimersByTime(4_000);
    const timely = publish(2);
    vi.advanceTimersByTime(1_200);
    expect(await late).toBeInstanceOf(PublishFailure);
    answerTo(0, '{"stream":"S","seq":1}');
    answerTo(1, '{"stream":"S","seq":2}');
    expect(await timely).toMatchObject({ position: 2 });
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(200);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    [10023, 'insufficient resources'],
    [10047, 'insufficient storage resources available'],
    [10077, 'write /store/1.blk: no space left on device'],
  ])('fails everything for good when the server has no room left (%i)', async (code, description) => {
    const [refused, other] = [publish(1), publish(2)];
    answerTo(0, JSON.stringify({ error: { code: 503, err_code: code, description }, stream: 'S', seq: 0 }));
    for (const error of [await refused, await other, await publish(3)]) {
      expect(error).toBeInstanceOf(BrokerError);
      expect(error).toMatchObject({ message: `full: ${description}` });
    }
  });

  it('goes on when the store failed for another reason', async () => {
    const refused = publish(1);
    answerTo(0, '{"error":{"code":503,"err_code":10077,"description":"maximum messages exceeded"},"seq":0}');
    expect(await refused).toBeInstanceOf(PublishFailure);
    void publish(2);
    expect(link.sent).toHaveLength(2);
  });

  it('fails everything for good when an event sent after an unanswered one is not answered either', async () => {
    const first = publish(1);
    vi.advanceTimersByTime(5_100);
    expect(await first).toBeInstanceOf(PublishFailure);
    const second = publish(2);
    vi.advanceTimersByTime(5_200);
    expect(await second).toMatchObject({ message: expect.stringContaining('no answer within 5 s') as string });
    expect(await publish(3)).toMatchObject({ message: 'silent for 10 s' });
    expect(link.sent).toHaveLength(2);
  });

  it('does not take a slow server for a silent one: any answer counts, a late one too', async () => {
    void publish(1);
    vi.advanceTimersByTime(5_100);
    void publish(2);
    answerTo(0, '{"stream":"S","seq":1}');
    vi.advanceTimersByTime(5_200);
    void publish(3);
    expect(link.sent).toHaveLength(3);
  });

  it('fails what is under way when the connection breaks, and sends what comes meanwhile when it is back', async () => {
    const underWay = publish(1);
    link.disconnect();
    expect(await underWay).toMatchObject({
      message: expect.stringContaining('whether it was stored is not known') as string,
    });
    const meanwhile = publish(2);
    expect(link.sent).toHaveLength(1);
    link.reconnect();
    answerTo(1, '{"stream":"S","seq":1}');
    expect(await meanwhile).toMatchObject({ position: 1 });
  });

  it('fails everything for good when the server is lost', async () => {
    const lost = new BrokerError('lost', 'start it again');
    const underWay = publish(1);
    link.lose(lost);
    expect(await underWay).toBe(lost);
    expect(await publish(2)).toBe(lost);
  });

  it('fails what is under way when it is closed', async () => {
    const underWay = publish(1);
    await publisher.close();
    expect(await underWay).toBeInstanceOf(PublishFailure);
    expect(await publish(2)).toBeInstanceOf(BrokerError);
    expect(vi.getTimerCount()).toBe(0);
  });
});
