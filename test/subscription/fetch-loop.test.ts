import { describe, expect, it } from 'vitest';
import type { BrokerMessage, PullConnection, PullEnd } from '../../src/broker/port.js';
import type { Delivery } from '../../src/domain/observation.js';
import type { AckPolicy, OverflowPolicy } from '../../src/domain/scenario/scenario.js';
import { runFetchLoop, type FetchLoopOptions } from '../../src/subscription/fetch-loop.js';

const message = (version: number, topic = 0): BrokerMessage => ({
  kind: 'message',
  event: { aggregateId: 'agg-0', aggregate: 0, topic, version, publisher: 0, publishStamp: version, publishedAtMs: 0 },
  partition: 0,
  position: version,
  deliveryCount: 1,
  token: version * 10,
});
const end = (status: PullEnd['status']): PullEnd => ({ kind: 'end', status, detail: status });

/** Plays `items` to a fetch loop, then closes its connection; says what the loop did, in order. */
async function play(
  items: (BrokerMessage | PullEnd)[],
  options: {
    ack?: AckPolicy;
    overflow?: OverflowPolicy;
    inboxFull?: boolean;
    perturb?: FetchLoopOptions['perturb'];
  } = {},
): Promise<string[]> {
  const did: string[] = [];
  const queue = [...items, end('closed')];
  const connection = {
    pull: (batch: number, expiresMs: number) => did.push(`pull ${batch}/${expiresMs}`),
    poll: () => undefined,
    next: () => Promise.resolve(queue.shift()!),
    ack: (token: number) => did.push(`ack ${token}`),
  } as unknown as PullConnection;
  await runFetchLoop({
    clock: { nowMs: () => 0, sleep: (ms) => Promise.resolve(did.push(`sleep ${ms}`)).then(() => undefined) },
    connection,
    subscription: { index: 3, name: 'sub-topic-0', durable: 'd', ownsTopics: [0], bus: 0, begins: 'at once' },
    batch: 500,
    maxWaitMs: 100,
    ack: options.ack ?? 'after-handling',
    overflow: options.overflow ?? 'block',
    perturb: options.perturb ?? null,
    inbox: {
      submit: ({ version }, whenFull) => {
        did.push(`submit v${version} ${whenFull}`);
        return Promise.resolve(options.inboxFull !== true);
      },
    },
    handleInline: ({ version }) => Promise.resolve(did.push(`inline v${version}`)).then(() => undefined),
    recorder: {
      deliver: (fields) => {
        did.push(`deliver v${fields.version}${fields.owned ? '' : ' misrouted'}`);
        return { ...fields, id: fields.version, deliverStamp: 1, deliveredAtMs: 0, submitStamp: 0 } satisfies Delivery;
      },
      ack: (_delivery, kind) => did.push(`recorded ${kind}`),
      note: (kind) => did.push(`note ${kind}`),
    },
  });
  return did;
}

/** Notes the stages that are slept before. */
const recorded = {
  stages: [] as string[],
  perturb: (stage: string, { version }: { readonly version: number }): Promise<void> => {
    recorded.stages.push(`${stage} v${version}`);
    return Promise.resolve();
  },
};

describe('the fetch loop', () => {
  it('sleeps over a message before it submits it, and takes the next one after that', async () => {
    const items = [message(1), message(2), end('complete')];
    const did = await play(items, { perturb: recorded.perturb });
    const order = ['deliver v1', 'submit v1 wait', 'deliver v2', 'submit v2 wait'];
    expect(did.filter((what) => order.includes(what))).toEqual(order);
    expect(recorded.stages).toEqual(['submit v1', 'submit v2']);
  });

  it('sleeps before it acknowledges on delivery, too', async () => {
    recorded.stages.length = 0;
    await play([message(1), end('complete')], { ack: 'on-delivery', perturb: recorded.perturb });
    expect(recorded.stages).toEqual(['ack v1', 'submit v1']);
  });

  it('submits each message before it takes the next, and asks again when the batch is over', async () => {
    expect(await play([message(1), message(2), end('complete'), message(3), end('expired')])).toEqual([
      'pull 500/100',
      'deliver v1',
      'submit v1 wait',
      'deliver v2',
      'submit v2 wait',
      'pull 500/100',
      'deliver v3',
      'submit v3 wait',
      'pull 500/100',
    ]);
  });

  it('marks a message of a topic that it does not own as misrouted', async () => {
    expect(await play([message(1, 4)])).toContain('deliver v1 misrouted');
  });

  it('acks at once under on-delivery, before the event is queued', async () => {
    const did = await play([message(1)], { ack: 'on-delivery' });
    expect(did.slice(1)).toEqual(['deliver v1', 'ack 10', 'recorded ack', 'submit v1 wait']);
  });

  it('leaves what a full inbox refuses unhandled and unacked, under reject', async () => {
    const did = await play([message(1)], { overflow: 'reject', inboxFull: true });
    expect(did.slice(1)).toEqual(['deliver v1', 'submit v1 refuse', 'note rejected']);
  });

  it('handles what a full inbox refuses on the spot, under inline', async () => {
    const did = await play([message(1)], { overflow: 'inline', inboxFull: true });
    expect(did.slice(1)).toEqual(['deliver v1', 'submit v1 refuse', 'inline v1']);
  });

  it('notes a pull request that the server turned down, and waits a moment before it asks again', async () => {
    expect(await play([end('conflict')])).toEqual(['pull 500/100', 'note pull-ended', 'sleep 20', 'pull 500/100']);
  });
});
