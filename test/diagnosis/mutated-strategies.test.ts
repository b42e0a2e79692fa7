/**
 * Dispatchers with one thing broken, in the simulator: each is caught, its cause is named and no other, and nothing is
 * left unexplained. The same dispatcher without the mutation keeps order, so it is the mutation that is caught.
 */
import { describe, it, vi } from 'vitest';
import type { RunRow } from '../../src/domain/report/run-report.js';
import type { ScenarioFlags } from '../../src/scenario/flags.js';
import type * as Registry from '../../src/strategy/registry.js';
import { drawnRuns, expectAllJudged, type Chance } from '../run/drawn-runs.js';
import { simulate } from '../run/simulate.js';
import { brokenId, mutations, wholeId } from './mutated/strategies.js';

/** The runs of this file find strategies for tests beside the real ones. */
vi.mock('../../src/strategy/registry.js', async (importOriginal) => {
  const { strategies: real } = await importOriginal<typeof Registry>();
  const { testStrategies } = await import('./mutated/strategies.js');
  const strategies = [...real, ...testStrategies];
  return {
    strategies,
    strategyIds: strategies.map(({ id }) => id),
    strategyById: (wanted: string) => strategies.find(({ id }) => id === wanted),
  };
});

const runs = 20;

/** So much to do that several events of most aggregates wait at once. */
function load(chance: Chance): ScenarioFlags {
  return {
    ...{ mode: chance.oneOf(['single', 'multi/per-topic']), topics: '2', aggregates: String(chance.int(6, 20)) },
    ...{ versions: String(chance.int(30, 40)), handlerTime: chance.oneOf(['2-8ms', '0-12ms', 'exponential:5ms']) },
    ...{ rate: '20000', workers: String(chance.int(3, 8)) },
  };
}

const drawnWith = (name: string, strategy: string, flags: ScenarioFlags, broker: string) =>
  drawnRuns({ name, draw: load }, runs, { ...flags, broker, strategy, ...(broker === 'sim:kafka' ? onKafka : {}) });
const onKafka = { mode: 'single', partitions: '2' };

function notCaught(row: RunRow, cause: string): string | null {
  const named = row.causes.filter(({ latent }) => !latent).map(({ id }) => id);
  const unexplained = Object.entries(row.unexplained).filter(([, count]) => count > 0);
  if (row.outcome !== 'violated') return row.outcome;
  if (named.join() !== cause) return `names ${named.join(', ')}`;
  return unexplained.length === 0 ? null : `does not explain ${JSON.stringify(Object.fromEntries(unexplained))}`;
}

function isBroken({ counts, causes }: RunRow): string | null {
  if (counts.violations === 0 && causes.length === 0) return null;
  return `${counts.violations} anomalies; names ${causes.map(({ id }) => id).join(', ')}`;
}

describe.each(['sim:jetstream', 'sim:kafka'])('on %s', (broker) => {
  const there = mutations.filter(({ isOnJetStreamOnly }) => broker === 'sim:jetstream' || isOnJetStreamOnly !== true);

  it.each(there)('$name is caught, and named $cause', async ({ id, name, cause, flags = {} }) => {
    await expectAllJudged(
      drawnWith(name, brokenId(id), flags, broker),
      (run) => simulate(run.flags, run.seed),
      (row) => notCaught(row, cause),
    );
  });

  it.each(there)('the dispatcher without this keeps order: $name', async ({ id, name, flags = {} }) => {
    await expectAllJudged(
      drawnWith(name, wholeId(id), flags, broker),
      (run) => simulate(run.flags, run.seed),
      isBroken,
    );
  });
});
