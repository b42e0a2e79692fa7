/** Which fields of a scenario make two workloads differ, and which do not. */
import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../src/domain/scenario/scenario.js';
import { workloadDifferences } from '../../src/gate/workload-differences.js';
import { scenario } from '../report/fixtures.js';

const stored = (changes: Partial<Scenario>): Record<string, unknown> =>
  JSON.parse(JSON.stringify({ ...scenario, ...changes })) as Record<string, unknown>;
const fields = (changes: Partial<Scenario>, brokers: Scenario['brokers'] = ['nats']): string[] =>
  workloadDifferences(scenario, stored(changes), brokers).map(({ field }) => field);

describe('a workload', () => {
  it('is the same where nothing differs', () => {
    expect(fields({})).toEqual([]);
  });

  it('is not changed by the name, the gates, or which rows are run how often', () => {
    expect(
      fields({
        name: 'other',
        repeat: 9,
        modes: ['single'],
        rows: [{ mode: 'single', strategy: 'serial' }],
        strategies: ['serial'],
        brokers: ['kafka'],
        untilAtRisk: 5,
        minAtRisk: 1,
        confidence: 0.95,
        within: 0.05,
        gateRows: ['single'],
        maxViolations: 3,
        failOn: ['lost>0'],
        expect: {},
      }),
    ).toEqual([]);
  });

  it('is changed by what is published, how it is handled, and the seed', () => {
    expect(
      fields({
        seed: 1,
        topics: 2,
        handlerTime: { distribution: 'uniform', minMs: 1, maxMs: 2 },
        publish: { kind: 'handled' },
      }),
    ).toEqual(['seed', 'topics', 'publish.kind', 'handlerTime.maxMs']);
  });

  it('is changed by delays between the stages, and a report from before there were any had none', () => {
    const perturbed: Scenario = { ...scenario, perturb: { minMs: 0, maxMs: 2 } };
    const { perturb: _none, ...older } = stored({});
    const of = (now: Scenario, before: Record<string, unknown>): string[] =>
      workloadDifferences(now, before, ['nats']).map(({ field }) => field);
    expect(of(perturbed, stored({}))).toEqual(['perturb']);
    expect(of(perturbed, older)).toEqual(['perturb']);
    expect(of(perturbed, stored({ perturb: perturbed.perturb }))).toEqual([]);
    expect(of(scenario, older)).toEqual([]);
  });

  it('depends on the settings of one protocol only where a broker speaks it', () => {
    const changes: Partial<Scenario> = { batch: 1, kafka: { ...scenario.kafka, partitions: 99 } };
    expect(fields(changes, ['nats'])).toEqual(['batch']);
    expect(fields(changes, ['sim:kafka'])).toEqual(['kafka.partitions']);
    expect(fields(changes, ['nats', 'kafka'])).toEqual(['batch', 'kafka.partitions']);
  });

  it('depends on the number of replicas on every broker', () => {
    const changes: Partial<Scenario> = { kafka: { ...scenario.kafka, members: 2, partitions: 99 } };
    expect(fields(changes, ['nats'])).toEqual(['kafka.members']);
    expect(fields(changes, ['sim:kafka'])).toEqual(['kafka.partitions', 'kafka.members']);
  });

  it('is not another because an older version knew a field less', () => {
    const { handlerTimeoutMs: _, ...older } = stored({});
    expect(workloadDifferences(scenario, older, ['nats'])).toEqual([]);
  });
});
