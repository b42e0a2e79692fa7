import { describe, expect, it } from 'vitest';
import type { Attempt, Delivery } from '../../src/domain/observation.js';
import type { AckPolicy } from '../../src/domain/scenario.js';
import { createHandler } from '../../src/handler/handle.js';
import { SeededPrng } from '../../src/runtime/virtual/seeded-prng.js';

/** Handles one delivery; says what happened, in order. */
async function handleOne(
  ack: AckPolicy,
  handlerFailShare = 0,
  handlerTime = { minMs: 3, maxMs: 3 },
): Promise<string[]> {
  const did: string[] = [];
  const handler = createHandler({
    clock: { nowMs: () => 0, sleep: (ms) => Promise.resolve(did.push(`sleep ${ms}`)).then(() => undefined) },
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
    acker: { ack: () => did.push('ack'), nak: () => did.push('nak'), inProgress: () => did.push('in progress') },
    ack,
    handlerTime,
    handlerFailShare,
    handlerFailure: 'nak',
    handlerTimeoutMs: 20,
    unansweredComesAgain: true,
    firstLane: 0,
    onHandled: () => did.push('handled'),
    onSettled: () => did.push('settled'),
  });
  await handler.handle({} as Delivery, 7);
  return did;
}

describe('the handler', () => {
  it('takes its service time and acks after it', async () => {
    expect(await handleOne('after-handling')).toEqual([
      'start 1 in lane 7',
      'sleep 3',
      'done',
      'handled',
      'ack',
      'recorded ack',
    ]);
  });

  it('naks a delivery whose handling failed, and does not call it handled', async () => {
    expect(await handleOne('after-handling', 1)).toEqual([
      'start 1 in lane 7',
      'sleep 3',
      'failed',
      'nak',
      'recorded nak',
    ]);
  });

  it('leaves acks alone under on-delivery and never', async () => {
    for (const ack of ['on-delivery', 'never'] as const) {
      expect(await handleOne(ack)).toEqual(['start 1 in lane 7', 'sleep 3', 'done', 'handled']);
    }
  });

  it('does not wait at all with a service time of 0', async () => {
    expect(await handleOne('never', 0, { minMs: 0, maxMs: 0 })).toEqual(['start 1 in lane 7', 'done', 'handled']);
  });
});
