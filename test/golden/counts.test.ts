/**
 * Compares twelve buses on the simulator, over twenty seeds each, with what is recorded of them. Counts, origins and
 * patterns of every run are kept in `counts.json`, so that a change of the simulator, of a strategy or of the checker
 * shows what it changes there, and in which run. To accept a change: `UPDATE_GOLDEN=1 npx vitest run
 * test/golden/counts.test.ts`, and say why in the commit.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { StreamingChecker } from '../../src/checker/streaming-checker.js';
import { pairPatternsOf } from '../checker/support/pair-patterns.js';
import type { Verdict } from '../../src/domain/report/verdict.js';
import { planRows } from '../run/row/plan-rows.js';
import { executeVirtually } from '../../src/run/virtual/virtual-run.js';
import type { ScenarioFlags } from '../../src/scenario/flags.js';
import { resolveScenario } from '../../src/scenario/resolve.js';
import { strategyIds } from '../../src/strategy/registry.js';

const seeds = 20;
const file = new URL('counts.json', import.meta.url);

const few = { topics: '3', aggregates: '12', versions: '20' } satisfies ScenarioFlags;

/** By what is special about them. Each is one row, so that every seed is one run. */
const configurations: Readonly<Record<string, ScenarioFlags>> = {
  'the shared durable of the incident': { ...few, mode: 'multi', durable: 'shared' },
  'a durable per topic': { ...few, mode: 'multi', durable: 'per-topic' },
  'one subscription': { ...few, mode: 'single' },
  'a shared durable with two outstanding messages': { ...few, mode: 'multi', durable: 'shared', maxAckPending: '2' },
  'lanes in turn': { ...few, mode: 'single', strategy: 'unkeyed-pool', handlerTime: '0-3ms' },
  'several publishers an aggregate': { ...few, mode: 'single', publishersPerAggregate: '2' },
  'failing handlers': { ...few, mode: 'single', handlerFail: '5%' },
  'an ack wait shorter than the queue': { ...few, mode: 'single', workers: '2', ackWait: '50ms' },
  'a version gate behind the shared durable': {
    ...few,
    mode: 'multi',
    durable: 'shared',
    strategy: 'version-gate',
  },
  'a crash of the service': { ...few, mode: 'single', ackWait: '1s', disturb: 'crash:50ms@50%' },
  'Kafka without a key': { ...few, broker: 'sim:kafka', mode: 'single', key: 'none', partitions: '4' },
  'Kafka with added partitions': { ...few, broker: 'sim:kafka', mode: 'single', disturb: 'partitions:6@30%' },
};

type Kept = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

async function countsOf(flags: ScenarioFlags): Promise<Record<string, unknown>> {
  const bySeed: Record<string, unknown> = {};
  for (let seed = 1; seed <= seeds; seed++) bySeed[`seed ${seed}`] = keptOf(await verdictOf(flags, seed));
  return bySeed;
}

async function verdictOf(flags: ScenarioFlags, seed: number): Promise<Verdict> {
  const scenario = resolveScenario({ flags: { ...flags, seed: String(seed) }, strategies: strategyIds });
  const [plan] = planRows(scenario, 'golden');
  const { names, topology } = plan!;
  const logs = topology.kind === 'kafka' ? 'per topic' : 'shared';
  const checker = new StreamingChecker({ names, orderScope: scenario.orderScope, logs, allow: [] });
  const context = {
    sink: checker,
    observes: true,
    signal: new AbortController().signal,
    onPhase: () => undefined,
    onBroker: () => undefined,
    onTick: () => undefined,
  };
  const { drain, error } = await executeVirtually(plan!, context, 'golden');
  expect(error, `seed ${seed}`).toBeNull();
  return checker.end(drain);
}

/** Zeros say nothing that their absence does not. A pattern is its count and what is true of it. */
function keptOf({ counts, origins, signatures }: Verdict): unknown {
  const told = pairPatternsOf(signatures).map(({ count, origin, ...signs }) => {
    const truths = Object.entries(signs).filter(([, is]) => is);
    return `${count} at ${origin}: ${truths.map(([sign]) => sign).join(' ')}`;
  });
  return { counts: withoutZeros(counts), origins: withoutZeros(origins), patterns: told };
}

function withoutZeros(counts: object): object {
  const entries = Object.entries(counts).map(([name, value]: [string, unknown]): [string, unknown] => [
    name,
    typeof value === 'object' && value !== null ? withoutZeros(value) : value,
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== 0));
}

describe('counts on the simulator', () => {
  const isUpdate = process.env['UPDATE_GOLDEN'] === '1';
  const kept: Kept = isUpdate ? {} : (JSON.parse(readFileSync(file, 'utf8')) as Kept);
  const found: Record<string, unknown> = {};

  for (const [name, flags] of Object.entries(configurations)) {
    it(`stay as they are: ${name}`, async () => {
      const counts = await countsOf(flags);
      found[name] = counts;
      if (!isUpdate) expect(counts).toEqual(kept[name]);
    });
  }

  it.runIf(isUpdate)('are written', async () => {
    writeFileSync(file, await format(JSON.stringify(found), { parser: 'json', printWidth: 120 }));
  });
});
