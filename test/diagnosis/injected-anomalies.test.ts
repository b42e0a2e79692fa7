/**
 * Clean runs with one anomaly injected, each at positions drawn by seeds: the checker counts exactly that anomaly, its
 * origin is the stage of the injection, and the diagnosis names the cause whose definition fits, or none.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { explainedKinds, noneExplained } from '../../src/domain/report/anomaly-signature.js';
import type { Origins, Verdict } from '../../src/domain/report/verdict.js';
import { readBack, ScratchFile, type ReadBack } from '../observation/fixtures.js';
import { Chance, drawSeed } from '../run/drawn-runs.js';
import { simulate } from '../run/simulate.js';
import { Editor } from './injected/editor.js';
import { inTheLog } from './injected/in-the-log.js';
import type { Broker, Injection } from './injected/injection.js';
import { losses } from './injected/losses.js';
import { repeats } from './injected/repeats.js';
import { swaps } from './injected/swaps.js';

const seeds = Array.from({ length: 20 }, (_, at) => at + 1);
const scratch = new ScratchFile();
afterAll(() => scratch.remove());

/** By broker and seed. */
const recorded = new Map<string, ReadBack>();

async function cleanRun(broker: Broker, seed: number): Promise<Editor> {
  const key = `${broker} ${seed}`;
  if (!recorded.has(key)) {
    const size = { topics: '1', aggregates: '4', versions: '16', workers: '3', handlerTime: '0-3ms', rate: '5000' };
    await simulate({ ...size, broker, mode: 'single' }, seed, scratch.path);
    recorded.set(key, await readBack(scratch.path));
  }
  const { observed, names } = recorded.get(key)!;
  return new Editor(observed[0]!, names[0]!);
}

function seenIn(verdict: Verdict) {
  const { counts, origins } = verdict;
  const { duplicates, ...others } = counts;
  const told = { ...others, duplicates: duplicates.total - duplicates.redone };
  const { causes, unexplained } = diagnose(verdict);
  return {
    counts: Object.fromEntries(explainedKinds.map((kind) => [kind, told[kind]])),
    origins,
    causes: causes.map(({ id, latent, explains }) => ({ id, latent, explains })),
    unexplained,
  };
}

function expectedOf({ counts, origins, cause, latent }: Injection) {
  const injected = { ...noneExplained(), ...counts };
  const isNamed = cause !== null;
  return {
    counts: injected,
    origins: { ...noOrigins, ...origins },
    causes: [
      ...(isNamed ? [{ id: cause, latent: false, explains: injected }] : []),
      ...(latent === undefined ? [] : [{ id: latent, latent: true, explains: noneExplained() }]),
    ],
    unexplained: isNamed ? noneExplained() : injected,
  };
}

const noOrigins: Origins = { publish: 0, store: 0, deliver: 0, submit: 0, start: 0, finish: 0, unknown: 0 };
const injections = [...inTheLog, ...swaps, ...repeats, ...losses];

describe.each(['sim:jetstream', 'sim:kafka'] as const)('the history of a clean run on %s', (broker) => {
  it('has no anomaly and no cause', async () => {
    const nothing = expectedOf({ name: 'nothing', inject: () => undefined, counts: {}, cause: null });
    for (const seed of seeds) {
      expect(seenIn((await cleanRun(broker, seed)).verdict()), `seed ${seed}`).toEqual(nothing);
    }
  });

  it.each(injections.filter(({ on = ['sim:jetstream'] }) => on.includes(broker)))(
    'has what was injected, and nothing else: $name',
    async (injection) => {
      for (const seed of seeds) {
        const history = await cleanRun(broker, seed);
        injection.inject(history, new Chance(`${injection.name} ${seed}`));
        expect(seenIn(history.verdict()), `seed ${seed}, drawn with EVENTBUS_BENCH_DRAW_SEED=${drawSeed}`).toEqual(
          expectedOf(injection),
        );
      }
    },
  );
});
