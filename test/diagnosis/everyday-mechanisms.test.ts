/**
 * The everyday ways in which a bus loses order, each named by its cause on several seeds: what is found beside it is
 * named in the table too, and nothing is left unexplained.
 */
import { describe, expect, it } from 'vitest';
import { noneExplained } from '../../src/domain/report/anomaly-signature.js';
import type { RunRow } from '../../src/domain/report/run-report.js';
import { flagsOf } from '../run/command-flags.js';
import { simulate } from '../run/simulate.js';
import { everydayMechanisms } from './everyday-mechanisms.js';

const seeds = [1, 2, 3, 4, 5];

describe('a mechanism that is met every day', () => {
  it.each(everydayMechanisms)('is named by its cause: $command', async ({ command, causes, beside = [] }) => {
    for (const seed of seeds) {
      const why = `eventbus-bench run ${command} --seed ${String(seed)}`;
      const [row] = await simulate(flagsOf(command), seed);
      const named = namedIn(row!);
      expect(named, why).toEqual(expect.arrayContaining([...causes]));
      expect([...causes, ...beside], why).toEqual(expect.arrayContaining(named));
      expect(row!.unexplained, why).toEqual(noneExplained());
    }
  });
});

function namedIn({ causes }: RunRow): string[] {
  return causes.filter(({ latent }) => !latent).map(({ id }) => id);
}
