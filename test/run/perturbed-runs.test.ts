/**
 * Delays between the stages (`--perturb`) make rare races show: buses that lose order by luck only, under loads so light
 * that no run shows it, are violated in most runs. What is sound stays sound: the delays reorder nothing by themselves.
 */
import { describe, expect, it } from 'vitest';
import type { ScenarioFlags } from '../../src/scenario/flags.js';
import {
  durablePerTopic,
  notWaiting,
  onePending,
  partitioned,
  retriedInPlace,
  single,
  soundReplicas,
  throughRebalance,
} from './drawn-kinds.js';
import type { Chance } from './drawn-runs.js';
import { doesNotPass, drawnRuns, expectAllJudged, type DrawnKind, type DrawnRun } from './drawn-runs.js';
import { simulate } from './simulate.js';

const seeds = 20;

/** Violated runs, and the causes that all runs name. */
async function violatedIn(flags: ScenarioFlags): Promise<{ violated: number; causes: string[] }> {
  const causes = new Set<string>();
  let violated = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const [row] = await simulate(flags, seed);
    if (row!.outcome === 'violated') violated++;
    for (const { id, latent } of row!.causes) if (!latent) causes.add(id);
  }
  return { violated, causes: [...causes].sort() };
}

const light = { aggregates: '4', versions: '50', handlerTime: '0', rate: '200' } as const;

const broken: readonly { readonly name: string; readonly flags: ScenarioFlags; readonly causes: readonly string[] }[] =
  [
    {
      name: 'a durable that several subscriptions share',
      flags: { ...light, topics: '2', mode: 'multi/shared' },
      causes: ['shared-durable'],
    },
    {
      name: 'a pool without keys',
      flags: { ...light, topics: '2', mode: 'single', strategy: 'unkeyed-pool' },
      causes: ['unkeyed-pool'],
    },
    {
      name: 'a keyed pool through a rebalance, on Kafka',
      flags: {
        ...light,
        ...{ broker: 'sim:kafka', topics: '1', partitions: '4', members: '2', mode: 'single', disturb: 'join@50%' },
        ...{ heartbeatInterval: '100ms', sessionTimeout: '6s' },
      },
      causes: ['rebalance-overlap', 'rebalance-replay'],
    },
  ];

describe(`in ${seeds} runs under a light load`, () => {
  it.each(broken)('nothing shows of $name, and with delays it does in most', async ({ flags, causes }) => {
    expect(await violatedIn(flags)).toEqual({ violated: 0, causes: [] });
    const perturbed = await violatedIn({ ...flags, perturb: '0-20ms' });
    expect(perturbed.violated).toBeGreaterThan(seeds / 2);
    expect(perturbed.causes).toEqual(causes);
  });

  it.each(broken)('the same seed gives the same delays, and the same run of $name', async ({ flags }) => {
    const runOf = async () => {
      const [row] = await simulate({ ...flags, perturb: '0-20ms' }, 5);
      const { counts, exposure, latencyMs, origins, durationMs } = row!;
      return { counts, exposure, latencyMs, origins, durationMs };
    };
    expect(await runOf()).toEqual(await runOf());
  });

  it('a sound bus stays ordered through a rebalance with delays', async () => {
    const flags = { ...broken[2]!.flags, strategy: 'partition-serial', perturb: '0-20ms' };
    expect(await violatedIn(flags)).toEqual({ violated: 0, causes: [] });
  });
});

const runsPerKind = 6;

const perturbed = ({ name, draw }: DrawnKind): DrawnKind => ({
  name,
  draw: (chance: Chance) => ({ ...draw(chance), perturb: chance.oneOf(['0-2ms', '0-5ms', '500us-10ms', '0-20ms']) }),
});

const onSimulator = ({ flags, seed }: DrawnRun) => simulate(flags, seed);

describe(`with delays, always ordered and without a cause, in ${runsPerKind} runs`, () => {
  const kinds = [single, durablePerTopic, onePending, partitioned, retriedInPlace, notWaiting, soundReplicas];
  it.each(kinds.map(perturbed))('$name', async (kind) => {
    await expectAllJudged(drawnRuns(kind, runsPerKind), onSimulator, isUnsound);
  });

  const onKafka = [single, durablePerTopic, retriedInPlace, throughRebalance].map(perturbed);
  it.each(onKafka)('$name, on Kafka', async (kind) => {
    await expectAllJudged(drawnRuns(kind, runsPerKind, { broker: 'sim:kafka' }), onSimulator, isUnsound);
  });
});

const isUnsound: typeof doesNotPass = (row) =>
  doesNotPass(row) ?? (row.causes.length === 0 ? null : row.causes.map(({ id }) => id).join());
