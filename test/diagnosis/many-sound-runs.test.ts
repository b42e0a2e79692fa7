/**
 * Sound buses under drawn loads and accidents: no anomaly decides, and no cause is named but a latent one whose
 * mechanism is in the scenario. There are a thousand runs, or as many as EVENTBUS_BENCH_SOUND_RUNS says; the seed of all draws is
 * EVENTBUS_BENCH_DRAW_SEED. What fails names both seeds and the command that repeats the run.
 */
import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../src/domain/report/run-report.js';
import { drawnRuns, expectAllJudged } from '../run/drawn-runs.js';
import { simulate } from '../run/simulate.js';
import { soundKinds, type SoundKind } from '../run/sound-kinds.js';

const runs = Number(process.env['EVENTBUS_BENCH_SOUND_RUNS'] ?? 1_000);
const runsPerKind = Math.ceil(runs / soundKinds.length);
/** The longest of a kind's runs take a second, on a machine that is busy with other tests. */
const timeLimitMs = Math.max(60_000, runsPerKind * 1_000);

function mistakeIn(row: RunRow, { latent }: SoundKind): string | null {
  if (row.counts.violations > 0) return `${row.counts.violations} anomalies decide: ${JSON.stringify(row.counts)}`;
  const wrong = row.causes.filter((cause) => !cause.latent || !latent.includes(cause.id));
  return wrong.length === 0
    ? null
    : `names ${wrong.map(({ id, latent }) => (latent ? `${id}, latent` : id)).join('; ')}`;
}

describe(`a sound bus, in ${runsPerKind} runs,`, () => {
  it.each(soundKinds)(
    'breaks nothing, and has no cause that is not in it: $name, on $broker',
    async (kind) => {
      let atRiskPairs = 0;
      const latent = new Set<string>();
      await expectAllJudged(
        drawnRuns(kind, runsPerKind),
        (run) => simulate(run.flags, run.seed),
        (row) => {
          atRiskPairs += row.exposure.atRiskPairs;
          for (const { id } of row.causes) latent.add(id);
          return mistakeIn(row, kind);
        },
      );
      expect(atRiskPairs).toBeGreaterThan(30 * runsPerKind);
      expect([...latent].sort(), 'what is in it is seen').toEqual(kind.latent);
    },
    timeLimitMs,
  );
});
