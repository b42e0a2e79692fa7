/**
 * Tests that the simulator answers to interventions as the mechanism says it must. No shuffle could: each change of one
 * setting moves the verdict, or the stage at which order is lost, in the way that only the real mechanism explains.
 */
import { describe, expect, it } from 'vitest';
import { onSeeds, originsOf } from './simulate.js';

describe('on the simulator', () => {
  it('the shared durable loses order between broker and subscription, and the other modes keep it', async () => {
    await onSeeds({ topics: '5', versions: '50' }, ([shared, perTopic, single], seed) => {
      expect(shared!.outcome, seed).toBe('violated');
      expect(shared!.counts.regressions, seed).toBeGreaterThan(0);
      expect(shared!.counts.misroutes / shared!.counts.delivered, seed).toBeCloseTo(0.8, 1);
      for (const stage of originsOf(shared!)) expect(['deliver', 'submit'], seed).toContain(stage);
      for (const row of [perTopic!, single!]) {
        expect(row.outcome, seed).toBe('ordered');
        expect(row.exposure.contestedPairs, seed).toBeGreaterThan(0);
        expect(row.counts.misroutes, seed).toBe(0);
      }
    });
  });

  it('one topic keeps order in every mode', async () => {
    await onSeeds({ topics: '1', versions: '50' }, (rows, seed) => {
      expect(
        rows.map(({ outcome }) => outcome),
        seed,
      ).toEqual(['ordered', 'ordered', 'ordered']);
    });
  });

  it('one outstanding message keeps the shared durable in order, misroutes and all', async () => {
    await onSeeds({ mode: 'multi', durable: 'shared', maxAckPending: '1', versions: '20' }, ([row], seed) => {
      expect(row!.counts.regressions, seed).toBe(0);
      expect(row!.counts.misroutes, seed).toBeGreaterThan(0);
    });
  });

  it('an unkeyed pool loses order at start, and nowhere else', async () => {
    await onSeeds({ mode: 'single', strategy: 'unkeyed-pool', handlerTime: '0-5ms' }, ([row], seed) => {
      expect(row!.outcome, seed).toBe('violated');
      expect(originsOf(row!), seed).toEqual(['start']);
    });
  });

  it('an aggregate queue cannot repair the shared durable, and keeps what per-topic durables give it', async () => {
    await onSeeds({ mode: 'multi', strategy: 'aggregate-queue' }, ([shared, perTopic], seed) => {
      expect(shared!.outcome, seed).toBe('violated');
      expect(perTopic!.outcome, seed).toBe('ordered');
    });
  });

  it('several publishers of one aggregate lose order in the log, in every mode', async () => {
    await onSeeds({ publishersPerAggregate: '2', versions: '50' }, (rows, seed) => {
      for (const row of rows) {
        expect(row.counts.storeInversions, seed).toBeGreaterThan(0);
        expect(originsOf(row), seed).toContain('store');
      }
      for (const row of rows.slice(1)) expect(originsOf(row), seed).toEqual(['store']);
    });
  });

  it('an aggregate spread over topics is out of order across them, and within none', async () => {
    await onSeeds({ topicChoice: 'spread', orderScope: 'aggregate', versions: '50' }, ([, perTopic], seed) => {
      expect(perTopic!.counts.crossTopic, seed).toBeGreaterThan(0);
      expect(perTopic!.counts.regressions, seed).toBe(perTopic!.counts.crossTopic);
    });
  });

  it('a publisher that waits for the handler contests no pair, so nothing was shown', async () => {
    await onSeeds({ publish: 'handled', versions: '20' }, (rows, seed) => {
      for (const row of rows) {
        expect(row.outcome, seed).toBe('inconclusive');
        expect(row.exposure.contestedPairs, seed).toBe(0);
      }
    });
  });

  it('the shared durable is never called ordered, however light the load', async () => {
    for (const rate of ['200', '2000', '20000']) {
      await onSeeds({ mode: 'multi', durable: 'shared', versions: '20', rate }, ([row], seed) => {
        expect(row!.outcome, `${seed} --rate ${rate}`).not.toBe('ordered');
      });
    }
  });

  it("never acking delivers everything max_deliver times: the incident's plateau", async () => {
    await onSeeds({ mode: 'single', ack: 'never', maxDeliver: '3', ackWait: '1s', versions: '20' }, ([row], seed) => {
      expect(row!.counts.delivered, seed).toBe(3 * row!.counts.published);
      expect(row!.counts.duplicates.redelivered, seed).toBe(2 * row!.counts.published);
      expect(row!.counts.regressions, seed).toBe(0);
    });
  });

  it('a full queue that handles events on the spot loses order at start', async () => {
    const small = { queueSize: '4', workers: '4', laneSize: '1', mode: 'multi', durable: 'per-topic' };
    await onSeeds({ ...small, overflow: 'inline' }, ([row], seed) => {
      expect(row!.counts.regressions, seed).toBeGreaterThan(0);
      expect(originsOf(row!), seed).toEqual(['start']);
      expect(row!.causes[0]?.id, seed).toBe('overflow-fallback');
    });
  });
});
