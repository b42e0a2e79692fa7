/**
 * Where order was kept by luck, the mechanism that would have broken it is named, if it was seen at work; and no other. For
 * each latent kind: runs that come out by it, and the latent causes that they name. A kind without causes is one that no
 * observation shows (docs/HAZARDS.md).
 */
import { describe, expect, it } from 'vitest';
import { latentKinds, type LatentKind } from '../../src/domain/report/reason.js';
import type { RunRow } from '../../src/domain/report/run-report.js';
import { flagsOf } from '../run/command-flags.js';
import { commandOf, drawnRuns, expectAllJudged, type DrawnRun } from '../run/drawn-runs.js';
import {
  durablePerTopic,
  notWaiting,
  onePending,
  partitioned,
  retriedInPlace,
  single,
  throughRebalance,
} from '../run/drawn-kinds.js';
import { simulate } from '../run/simulate.js';

interface LuckyRuns {
  readonly kind: LatentKind;
  /** Flags of `eventbus-bench run`. */
  readonly command: string;
  /** Latent causes, each of which at least one lucky run names; empty: none names any. */
  readonly causes: readonly string[];
}

const size = '--topics 2 --aggregates 6 --versions 10';
const spread = '--topics 3 --topic-choice spread --order-scope aggregate --aggregates 4 --versions 4';
const actor = `--mode single --strategy actor --topics 2 --aggregates 6`;

const table: readonly LuckyRuns[] = [
  {
    kind: 'shared-source',
    command: `--mode multi/shared --members 2 ${size} --rate 800`,
    causes: ['shared-durable'],
  },
  {
    kind: 'shared-source',
    command:
      '--mode single --members 2 --topics 2 --aggregates 4 --versions 50 --handler-time 0 --rate 100 --perturb 0-20ms',
    causes: ['competing-pullers'],
  },
  {
    kind: 'several-sources',
    command: `--mode multi/per-topic ${spread} --rate 1000 --handler-time 2ms --workers 1`,
    causes: ['aggregate-across-topics'],
  },
  { kind: 'no-order-claimed', command: `--mode single --strategy unkeyed-pool ${size} --rate 2000`, causes: [] },
  {
    kind: 'not-survived',
    command: `${actor} --versions 10 --handler-fail 5% --rate 2000 --handler-time 3ms`,
    causes: ['give-back', 'nak-behind-batch'],
  },
  {
    kind: 'not-survived',
    command: `${actor} --versions 4 --handler-fail 5% --handler-failure throw --ack-wait 3s --rate 2000 --handler-time 3ms`,
    causes: ['give-back', 'failure-unanswered'],
  },
  {
    kind: 'not-survived',
    command: `--broker sim:kafka --mode single --topics 2 --aggregates 6 --versions 5 --handler-fail 3% --rate 800 --handler-time 2ms --allow duplicate`,
    causes: ['offset-replay'],
  },
  {
    kind: 'several-publishers',
    command: `--mode single --topics 2 --aggregates 6 --versions 4 --publishers-per-aggregate 2 --rate 2000`,
    causes: ['concurrent-publishers'],
  },
  { kind: 'several-publishers', command: `--broker sim:kafka --mode single ${size} --publish async:5`, causes: [] },
  {
    kind: 'no-key',
    command: '--broker sim:kafka --mode single --topics 1 --aggregates 2 --versions 3 --partitions 2 --key none',
    causes: [],
  },
  { kind: 'overflow', command: `--mode single ${size} --overflow reject`, causes: [] },
  {
    kind: 'unsafe-publish',
    command: `--broker sim:kafka --mode single ${size} --rate 500 --disturb refuse:20ms@50%`,
    causes: [],
  },
  { kind: 'gives-up', command: `--mode single ${size} --handler-fail 3% --max-deliver 3 --rate 300`, causes: [] },
  {
    kind: 'crash-replay',
    command: `--broker sim:kafka --mode single ${size} --rate 300 --handler-time 2ms --session-timeout 6s --heartbeat-interval 100ms --disturb crash:50ms@50%`,
    causes: ['crash-redelivery'],
  },
  { kind: 'near-timeout', command: `--mode single ${size} --handler-time 20ms --ack-wait 1s`, causes: [] },
];

const [firstSeed, lastSeed] = [42, 71];

/** The latent causes of runs that come out by the kind, and how often each is named. */
async function luckyRuns({ kind, command }: LuckyRuns): Promise<{ lucky: RunRow[]; named: string[] }> {
  const lucky: RunRow[] = [];
  const named = new Set<string>();
  for (let seed = firstSeed; seed <= lastSeed; seed++) {
    const [row] = await simulate({ ...flagsOf(command), minAtRisk: '1' }, seed);
    if (!row!.reasons.some((reason) => reason.kind === 'latent' && reason.of === kind)) continue;
    if (row!.outcome !== 'inconclusive') continue;
    lucky.push(row!);
    for (const { id, latent } of row!.causes) if (latent) named.add(id);
  }
  return { lucky, named: [...named].sort() };
}

describe('where order was kept by luck', () => {
  it.each(table)('$kind: $command', async (runs) => {
    const { lucky, named } = await luckyRuns(runs);
    const why = commandOf({ flags: flagsOf(runs.command), seed: firstSeed });
    expect(lucky.length, why).toBeGreaterThan(0);
    expect(named, why).toEqual([...runs.causes].sort());
    const latent = lucky.flatMap(({ causes }) => causes).filter((cause) => cause.latent);
    for (const { evidence } of latent) expect(evidence[0]!.count, why).toBeGreaterThan(0);
  });

  it('every latent kind is in the table', () => {
    expect(latentKinds.filter((kind) => !table.some((runs) => runs.kind === kind))).toEqual([]);
  });
});

/** More pairs at risk than any run has, so that none is ordered: only an ordered run has its latent causes left out. */
const neverEnough = { minAtRisk: '1000000' };

describe('a sound bus of which too little was seen', () => {
  const execute = ({ flags, seed }: DrawnRun) => simulate({ ...flags, ...neverEnough }, seed);
  const named = ({ outcome, causes }: RunRow): string | null =>
    outcome === 'inconclusive' && causes.length === 0 ? null : `${outcome}: ${causes.map(({ id }) => id).join()}`;

  const kinds = [single, durablePerTopic, onePending, partitioned, retriedInPlace, notWaiting];
  it.each(kinds)('has no cause: $name', async (kind) => {
    await expectAllJudged(drawnRuns(kind, 10), execute, named);
  });

  it.each([single, durablePerTopic, retriedInPlace, throughRebalance])('has none on Kafka: $name', async (kind) => {
    await expectAllJudged(drawnRuns(kind, 10, { broker: 'sim:kafka' }), execute, named);
  });
});
