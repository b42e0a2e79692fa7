import { describe, expect, it } from 'vitest';
import type { Attempt, Delivery } from '../../src/domain/observation.js';
import type { Task } from '../../src/runtime/ports.js';
import type { DeliveryHandler } from '../../src/handler/delivery-handler.js';
import { createHandler, type HandlerOptions } from '../../src/handler/handle.js';
import { SeededPrng } from '../../src/runtime/seeded-prng.js';

/** Runs at once, as far as it goes. */
function spawned(_: unknown, body: () => Promise<void>): Task {
  const ended = body();
  return { name: '', join: () => ended };
}

/** Says what happens, in order. */
function handlerThatTells(did: string[], changes: Partial<HandlerOptions> = {}): DeliveryHandler {
  return createHandler({
    clock: { nowMs: () => 0, sleep: (ms) => Promise.resolve(did.push(`sleep ${ms}`)).then(() => undefined) },
    scheduler: { spawn: (name, body) => spawned(did.push(`spawn ${name}`), body) },
    prng: new SeededPrng(1, 'handler'),
    recorder: {
      start: (delivery, number, lane) => {
        did.push(`start ${number} in lane ${lane}`);
        return { delivery } as Attempt;
      },
      finish: (_attempt, outcome) => did.push(outcome),
      ack: (_delivery, kind) => did.push(`recorded ${kind}`),
      note: (kind) => did.push(kind),
    },
    acker: {
      ack: () => did.push('ack'),
      nak: () => did.push('nak'),
      skip: () => did.push('skip'),
      inProgress: () => did.push('in progress'),
    },
    ack: 'after-handling',
    serviceTime: { drawMs: () => 3 },
    handlerFailShare: 0,
    handlerFailure: 'nak',
    handlerTimeoutMs: 20,
    perturb: null,
    unansweredComesAgain: true,
    firstLane: 0,
    onHandled: () => did.push('handled'),
    onUnstarted: () => did.push('introduced'),
    onSettled: () => did.push('settled'),
    ...changes,
  });
}

const recorderOfNothing: HandlerOptions['recorder'] = {
  start: (delivery) => ({ delivery }) as Attempt,
  finish: () => undefined,
  ack: () => undefined,
  note: () => undefined,
};

async function handleOne(changes: Partial<HandlerOptions>): Promise<string[]> {
  const did: string[] = [];
  await handlerThatTells(did, changes).handle({} as Delivery, 7);
  return did;
}

describe('a perturbed handler', () => {
  const slept = async (changes: Partial<HandlerOptions>): Promise<string[]> => {
    const did: string[] = [];
    const perturb: HandlerOptions['perturb'] = (stage) =>
      Promise.resolve(did.push(`before ${stage}`)).then(() => undefined);
    await handlerThatTells(did, { perturb, ...changes }).handle({} as Delivery, 7);
    return did;
  };

  it('sleeps before it starts and, once it has ended, before it acknowledges', async () => {
    expect(await slept({})).toEqual([
      ...['before start', 'start 1 in lane 7', 'sleep 3', 'done', 'handled'],
      ...['before ack', 'ack', 'recorded ack', 'settled'],
    ]);
  });

  it('sleeps before no ack where it sends none', async () => {
    expect(await slept({ ack: 'never' })).not.toContain('before ack');
  });
});

describe('the handler', () => {
  const before = ['start 1 in lane 7', 'sleep 3'];

  it('takes its service time and acks after it', async () => {
    expect(await handleOne({})).toEqual([...before, 'done', 'handled', 'ack', 'recorded ack', 'settled']);
  });

  it('sends back what failed, and does not call it handled', async () => {
    expect(await handleOne({ handlerFailShare: 1 })).toEqual([...before, 'failed', 'nak', 'recorded nak', 'settled']);
  });

  it('leaves unanswered what failed with nobody to answer for it, where the broker delivers that again', async () => {
    const thrown = { handlerFailShare: 1, handlerFailure: 'throw' } as const;
    expect(await handleOne(thrown)).toEqual([...before, 'failed', 'settled']);
    expect(await handleOne({ ...thrown, unansweredComesAgain: false })).toContain('nak');
  });

  it('acknowledges what failed all the same, where that is how handlings fail', async () => {
    const did = await handleOne({ handlerFailShare: 1, handlerFailure: 'ack' });
    expect(did).toEqual([...before, 'failed', 'ack', 'recorded ack', 'settled']);
  });

  it('passes over what failed without a word of it, where that is how handlings fail', async () => {
    const did = await handleOne({ handlerFailShare: 1, handlerFailure: 'skip' });
    expect(did).toEqual([...before, 'failed', 'skip', 'settled']);
  });

  it('takes as long as the time-out when it fails by time-out', async () => {
    const did = await handleOne({ handlerFailShare: 1, handlerFailure: 'timeout' });
    expect(did).toEqual(['start 1 in lane 7', 'sleep 20', 'failed', 'nak', 'recorded nak', 'settled']);
  });

  it('sends back at its time-out what runs on, and lets it do its work after as long again', async () => {
    const runsOn = { handlerFailShare: 1, handlerFailure: 'runs-on' } as const;
    const begun = ['start 1 in lane 7', 'sleep 20', 'spawn handling that timed out', 'sleep 20'];
    const did = await handleOne(runsOn);
    await Promise.resolve();
    expect(did.slice(0, 4)).toEqual(begun);
    expect([...did.slice(4)].sort()).toEqual(['done', 'handled', 'nak', 'recorded nak', 'settled']);
  });

  it('counts what runs on for nothing where the bus tries again by itself', async () => {
    const did: string[] = [];
    const runsOn = { handlerFailShare: 1, handlerFailure: 'runs-on' } as const;
    const isDone = await handlerThatTells(did, runsOn).attempt({} as Delivery, 7, 1, 'retry');
    await Promise.resolve();
    expect(isDone).toBe(false);
    expect(did.slice(4)).toEqual(['retried']);
  });

  it('leaves acks alone under on-delivery and never', async () => {
    for (const ack of ['on-delivery', 'never'] as const) {
      expect(await handleOne({ ack })).toEqual([...before, 'done', 'handled', 'settled']);
    }
  });

  it('does not wait at all with a service time of 0', async () => {
    const did = await handleOne({ ack: 'never', serviceTime: { drawMs: () => 0 } });
    expect(did).toEqual(['start 1 in lane 7', 'done', 'handled', 'settled']);
  });

  it('says of an attempt that is to be retried that it is, and settles nothing', async () => {
    const did: string[] = [];
    const isDone = await handlerThatTells(did, { handlerFailShare: 1 }).attempt({} as Delivery, 2, 3, 'retry');
    expect([isDone, did]).toEqual([false, ['start 3 in lane 2', 'sleep 3', 'retried']]);
  });

  it('numbers its lanes behind those of the buses before it, and what is outside all lanes as -1', async () => {
    const did: string[] = [];
    const handler = handlerThatTells(did, { firstLane: 10 });
    await handler.handle({} as Delivery, 2);
    await handler.handle({} as Delivery, -1);
    expect(did.filter((what) => what.startsWith('start'))).toEqual(['start 1 in lane 12', 'start 1 in lane -1']);
  });

  it('acknowledges what it discards, and tells why', () => {
    const did: string[] = [];
    handlerThatTells(did).discard({} as Delivery, 'seen before');
    expect(did).toEqual(['introduced', 'discarded', 'ack', 'recorded ack', 'settled']);
  });

  it('settles what it gives back as a failed event is settled', () => {
    const did: string[] = [];
    handlerThatTells(did).giveBack({} as Delivery);
    expect(did).toEqual(['introduced', 'given-back', 'nak', 'recorded nak', 'settled']);
    handlerThatTells(did, { handlerFailure: 'throw' }).giveBack({} as Delivery);
    expect(did.slice(5)).toEqual(['introduced', 'given-back', 'settled']);
  });

  it('can acknowledge before it handles, and does so where acks are said at all', () => {
    const did: string[] = [];
    handlerThatTells(did).acknowledgeEarly({} as Delivery);
    expect(did).toEqual(['introduced', 'ack', 'recorded ack']);
    handlerThatTells(did, { ack: 'never' }).acknowledgeEarly({} as Delivery);
    expect(did).toHaveLength(3);
  });

  it('tells of progress where acks come after handling, and records that it did', () => {
    const did: string[] = [];
    handlerThatTells(did).inProgress({} as Delivery);
    expect(did).toEqual(['introduced', 'in progress', 'recorded progress']);
    handlerThatTells(did, { ack: 'on-delivery' }).inProgress({} as Delivery);
    expect(did).toHaveLength(3);
  });

  it('says of what it lets go of unhandled all that a sink has to know of it', () => {
    const delivery = { id: 9, aggregate: 3, topic: 1, version: 7, partition: 2, subscription: 4 } as Delivery;
    const released = { delivery: 9, aggregate: 3, topic: 1, version: 7, partition: 2, subscriptionIndex: 4 };
    const told: unknown[] = [];
    const recorder = { ...recorderOfNothing, note: (kind: string, detail: object) => told.push([kind, detail]) };
    const handler = handlerThatTells([], { recorder });
    handler.discard(delivery, 'seen before');
    handler.giveBack(delivery);
    expect(told).toEqual([
      ['discarded', { ...released, reason: 'seen before' }],
      ['given-back', released],
    ]);
  });

  it('says that what fails is brought back, unless it is acknowledged, on delivery or as it fails, or passed over', () => {
    expect(handlerThatTells([]).bringsBack).toBe(true);
    expect(handlerThatTells([], { handlerFailure: 'ack' }).bringsBack).toBe(false);
    expect(handlerThatTells([], { handlerFailure: 'skip' }).bringsBack).toBe(false);
    expect(handlerThatTells([], { ack: 'on-delivery' }).bringsBack).toBe(false);
  });
});
