import { describe, expect, it } from 'vitest';
import { SeededPrng } from '../../src/runtime/seeded-prng.js';
import { drive, versionsIn, type Drive, type Driven } from './drive.js';

const gate = (input: Drive['input'], options: Partial<Drive> = {}): Promise<Driven> =>
  drive({ strategy: 'version-gate', seed: 1, workers: 4, ...(input === undefined ? {} : { input }), ...options });

const of0 = (...versions: number[]): (readonly [number, number])[] => versions.map((version) => [0, version]);

/** Ten versions of ten aggregates in any order, some of them several times. */
function shuffled(seed: number): (readonly [number, number])[] {
  const prng = new SeededPrng(seed, 'input');
  const events = Array.from({ length: 100 }, (_, i) => [i % 10, Math.floor(i / 10) + 1] as const);
  const input = [...events, ...events.filter(() => prng.float() < 0.2)];
  for (let i = input.length - 1; i > 0; i--) {
    const j = prng.below(i + 1);
    [input[i], input[j]] = [input[j]!, input[i]!];
  }
  return input;
}

describe('the version gate', () => {
  it('starts every version once, in order, whatever order they come in and however often', async () => {
    for (let seed = 0; seed < 30; seed++) {
      const input = shuffled(seed);
      for (const maxAckPending of [1_000, 4, 1, null]) {
        const driven = await gate(input, { seed, maxAckPending });
        const where = `seed ${seed}, max_ack_pending ${maxAckPending}: ${driven.log.join(', ')}`;
        for (let aggregate = 0; aggregate < 10; aggregate++) {
          expect(versionsIn(driven.started, aggregate), where).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        }
        expect(driven.overlaps, where).toBe(0);
        expect(driven.unhandled.length, where).toBe(input.length - 100);
        expect(driven.acks.length, where).toBe(input.length);
      }
    }
  });

  it('acknowledges a duplicate of what it has in hand only when that was handled', async () => {
    for (let seed = 0; seed < 10; seed++) {
      const { log, unhandled } = await gate(of0(2, 2, 1, 1, 2), { seed });
      expect(log, `seed ${seed}`).toEqual(
        ['start 0/1', 'done 0/1', 'ack 0/1', 'ack 0/1', 'start 0/2', 'done 0/2', 'ack 0/2', 'ack 0/2', 'ack 0/2'], // prettier-ignore
      );
      expect(unhandled).toEqual(['discarded 0/1 duplicate', 'discarded 0/2 duplicate', 'discarded 0/2 duplicate']);
    }
  });

  it('keeps early events unacknowledged up to half of max_ack_pending, and acknowledges further ones at once', async () => {
    const { log } = await gate(of0(5, 4, 3, 2, 1), { maxAckPending: 4 });
    expect(log.slice(0, 3)).toEqual(['ack 0/3', 'ack 0/2', 'start 0/1']);
    expect(log.filter((entry) => entry.startsWith('ack'))).toEqual(
      ['ack 0/3', 'ack 0/2', 'ack 0/1', 'ack 0/4', 'ack 0/5'], // prettier-ignore
    );
  });

  it('acknowledges every early event at once where the next batch waits for it', async () => {
    const { log } = await gate(of0(3, 2, 1), { maxAckPending: null });
    expect(log.slice(0, 3)).toEqual(['ack 0/3', 'ack 0/2', 'start 0/1']);
  });

  it('tries again in place what fails and was acknowledged early, since nobody will bring it back', async () => {
    let retried = 0;
    for (let seed = 0; seed < 20; seed++) {
      const { acks, done, log } = await gate(of0(2, 1), {
        seed,
        maxAckPending: null,
        failShare: 0.5,
        openForMs: 5_000,
      });
      const where = `seed ${seed}: ${log.join(', ')}`;
      if (!done.includes('0/1')) continue;
      expect(done, where).toEqual(['0/1', '0/2']);
      expect(acks, where).toEqual(['ack 0/2', 'ack 0/1']);
      if (log.includes('retried 0/2')) retried++;
    }
    expect(retried).toBeGreaterThan(0);
  });

  it('waits for a failed event to come again, and lets nothing pass meanwhile', async () => {
    const { log, started } = await gate(of0(1, 2, 3), { failShare: 1, openForMs: 5_000 });
    expect(started).toEqual(['0/1']);
    expect(log).toEqual(['start 0/1', 'failed 0/1', 'nak 0/1']);
  });

  it('lets a further delivery of a failed event, in hand already, take its place', async () => {
    const { started } = await gate(of0(1, 2, 1), { failShare: 1, openForMs: 5_000 });
    expect(started).toEqual(['0/1', '0/1']);
  });

  it('keeps the ack waits of what it buffers from expiring', async () => {
    const { acks } = await gate(of0(3, 2), { ackWaitMs: 30, openForMs: 100 });
    expect(acks.filter((ack) => ack === 'progress 0/3').length).toBeGreaterThan(8);
  });

  it('says how deep its buffer got', async () => {
    expect((await gate(of0(1, 2, 3))).notes).toEqual(['resequencer 0']);
    const { notes } = await gate([...of0(1, 3, 4, 2, 6, 5), [1, 3], [1, 2], [0, 9], [1, 1]]);
    expect(notes).toEqual(['resequencer 0', 'resequencer 1', 'resequencer 2', 'resequencer 3']);
  });

  it('goes on from where another bus has left the aggregate', async () => {
    const handledVersions = new Int32Array(10);
    handledVersions[0] = 4;
    const { started, unhandled } = await gate(of0(4, 5, 6), { buses: 2, handledVersions });
    expect(started).toEqual(['0/5', '0/6']);
    expect(unhandled).toEqual(['discarded 0/4 duplicate']);
    expect(handledVersions[0]).toBe(6);
  });
});

describe('a gap', () => {
  it('is waited for without end by the policy wait', async () => {
    const { started, unhandled } = await gate(of0(1, 3), { openForMs: 600_000 });
    expect(started).toEqual(['0/1']);
    expect(unhandled).toEqual([]);
  });

  it('is skipped after the time-out by the policy skip, one gap at a time', async () => {
    const gap = { policy: 'skip', timeoutMs: 500 } as const;
    expect((await gate(of0(1, 3, 6), { gap, openForMs: 400 })).started).toEqual(['0/1']);
    expect((await gate(of0(1, 3, 6), { gap, openForMs: 900 })).started).toEqual(['0/1', '0/3']);
    const { started, notes } = await gate(of0(1, 3, 6), { gap, openForMs: 1_100 });
    expect(started).toEqual(['0/1', '0/3', '0/6']);
    expect(notes.slice(-2)).toEqual(['resequencer skip agg-0 2', 'resequencer skip agg-0 4']);
  });

  it('parks the aggregate after the time-out by the policy park, and no other', async () => {
    const gap = { policy: 'park', timeoutMs: 500 } as const;
    const { started, acks, unhandled } = await gate([...of0(1, 3, 3, 4), [1, 1]], { gap, openForMs: 600 });
    expect([...started].sort()).toEqual(['0/1', '1/1']);
    expect(unhandled).toEqual(['discarded 0/3 parked', 'discarded 0/3 parked', 'discarded 0/4 parked']);
    expect(acks).toHaveLength(5);
  });
});
