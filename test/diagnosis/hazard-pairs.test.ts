/**
 * Two hazards at once, many of them alike: both are named, or the one that hides the other; nothing else is named, and
 * nothing is left unexplained.
 */
import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../src/domain/report/run-report.js';
import { answerClaim } from '../../src/diagnosis/hypotheses/answer-claim.js';
import { hides } from '../../src/diagnosis/hypotheses/hides.js';
import { simulate } from '../run/simulate.js';
import { onJetStream, onKafka, pairsOf } from './hazard-pairs.js';

const pairs = [...pairsOf('sim:jetstream', onJetStream), ...pairsOf('sim:kafka', onKafka)];

const seeds = [1, 2, 3];

describe('two hazards at once', () => {
  it('are at least sixty pairs', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(60);
  });

  it.each(pairs)('are named: $name', async ({ ids, beside, flags }) => {
    const shown = new Set<string>();
    for (const seed of seeds) {
      const [row] = await simulate(flags, seed);
      const named = namedIn(row!);
      const why = `${JSON.stringify(flags)}, seed ${String(seed)}`;
      expect([...ids, ...beside], why).toEqual(expect.arrayContaining(named));
      const unexplained = Object.entries(row!.unexplained).filter(([, count]) => count > 0);
      if (!mayLeaveSome(ids)) expect(unexplained, why).toEqual([]);
      for (const id of named) shown.add(id);
      // What hides itself beside another one is not refuted for that.
      for (const id of ids) if (isHidden(id, ids)) expect(answerClaim(id, row!).answer, why).not.toBe('refuted');
    }
    // A crash of a bus that holds little, for one, does not show in every run.
    expect([...shown]).toEqual(expect.arrayContaining(ids.filter((id) => !isHidden(id, ids))));
  });
});

/**
 * A batch that is given up as a rebalance begins is fetched again before any member is told of the rebalance. Without one
 * of these two it is handled for the first time then.
 */
function mayLeaveSome(ids: readonly string[]): boolean {
  return ids.includes('offset-replay') && ids.includes('rebalance-overlap');
}

function isHidden(id: string, among: readonly string[]): boolean {
  return among.some((by) => hides[by]?.includes(id));
}

function namedIn({ causes }: RunRow): string[] {
  return causes.filter(({ latent }) => !latent).map(({ id }) => id);
}
