/**
 * The traces of sound and of broken wirings, written as the record that somebody's own bus would have: the whole record
 * has the counts of the trace, and whatever lines and fields are left out of it, and wherever it is cut, no broken bus
 * passes and no sound one is violated.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stages, type Stage } from '../../../src/domain/observation.js';
import type { RecordReport } from '../../../src/domain/record/record-report.js';
import type { RunRow } from '../../../src/domain/report/run-report.js';
import { checkTrace } from '../../../src/run/check-trace.js';
import { runScenario } from '../../../src/run/run-scenario.js';
import { resolveScenario } from '../../../src/scenario/resolve.js';
import { strategyIds } from '../../../src/strategy/registry.js';
import { ScratchFile } from '../../observation/fixtures.js';
import { checkLines, type LinesOptions } from '../../record/check-lines.js';
import { recordOfTrace, without, type RecordLine } from '../../record/from-trace.js';

const size = { topics: '2', aggregates: '20', versions: '30' };
const kafka = { broker: 'sim:kafka' };
const uneven = { handlerTime: '0-5ms' };

/** Flags of each wiring, and whether it keeps order. */
const wirings: Readonly<Record<string, readonly [flags: Readonly<Record<string, string>>, isSound: boolean]>> = {
  'a durable that all share': [{ mode: 'multi/shared' }, false],
  'two replicas on one durable': [{ mode: 'single', members: '2' }, false],
  'a pool without keys': [{ mode: 'single', strategy: 'unkeyed-pool', ...uneven }, false],
  'a pool of four without keys': [
    { mode: 'single', strategy: 'unkeyed-pool', workers: '4', handlerTime: '2ms' },
    false,
  ],
  'handlers that are not awaited': [{ mode: 'single', strategy: 'unawaited-pool', ...uneven }, false],
  'two publishers of an aggregate': [{ mode: 'single', publishersPerAggregate: '2' }, false],
  'handlings that fail': [{ mode: 'single', handlerFail: '5%' }, false],
  'an ack wait that is too short': [
    {
      mode: 'single',
      ...{ workers: '4', handlerTime: '10ms', ackWait: '1s', maxAckPending: '10000' },
      ...{ topics: '1', aggregates: '20', versions: '50' },
    },
    false,
  ],
  'Kafka without keys': [{ ...kafka, mode: 'single', key: 'none' }, false],
  'one subscription': [{ mode: 'single' }, true],
  'a durable for each topic': [{ mode: 'multi/per-topic' }, true],
  'a version gate': [{ mode: 'single', strategy: 'version-gate' }, true],
  'Kafka with keys': [{ ...kafka, mode: 'single' }, true],
};

const leftOut: readonly (readonly string[])[] = [
  ['publish', 'acked'],
  ['acked'],
  ['deliver'],
  ['finish'],
  ['ack'],
  ['position'],
  ['subscription'],
  ['delivery'],
  ['lane'],
  ['deliveryCount'],
  ['publisher'],
  ['delivery', 'position'],
  ['publish', 'acked', 'deliver', 'finish', 'ack'],
];

let scratch: ScratchFile;
beforeEach(() => {
  scratch = new ScratchFile();
});
afterEach(() => {
  scratch.remove();
});

async function recorded(flags: Readonly<Record<string, string>>): Promise<{ row: RunRow; lines: RecordLine[] }> {
  const scenario = resolveScenario({ flags: { ...size, seed: '42', ...flags }, strategies: strategyIds });
  await runScenario(scenario, {
    connections: { nats: null, kafka: null },
    signal: new AbortController().signal,
    onProgress: () => undefined,
    tracePath: scratch.path,
    command: ['run'],
  });
  const { runs } = await checkTrace(scratch.path);
  return { row: runs[0]!, lines: recordOfTrace(scratch.path) };
}

const whole: LinesOptions = { complete: true };

/** What both count; a record has no `redone` duplicates, which decide nothing. */
function countsOf({ counts }: RunRow): object {
  const { regressions, lost, phantoms, overlaps, storeInversions, splitKeys, completionInversions, duplicates } =
    counts;
  return {
    ...{ regressions, lost, phantoms, overlaps, storeInversions, splitKeys, completionInversions },
    duplicates: duplicates.total - duplicates.redone,
  };
}

/** Whether the true stages can have been those that the record names: each range takes what lies in it, and no more. */
function originsFit({ origins }: RecordReport, { origins: truth }: RunRow): boolean {
  const place = (stage: Stage | null): number => (stage === null ? -1 : stages.indexOf(stage));
  return origins.every(({ after, by, count }) => {
    const within = stages.filter((stage) => place(stage) > place(after) && place(stage) <= place(by));
    return count <= within.reduce((sum, stage) => sum + truth[stage], truth.unknown);
  });
}

describe('the record of a trace', () => {
  it.each(Object.entries(wirings))('%s', async (_name, [flags, isSound]) => {
    const { row, lines } = await recorded(flags);
    expect(row.outcome).toBe(isSound ? 'ordered' : 'violated');

    const report = await checkLines(lines, whole);
    expect(report.outcome).toBe(row.outcome);
    expect(report.counts).toMatchObject(countsOf(row));
    expect(originsFit(report, row)).toBe(true);
    const causes = row.causes.map(({ id }) => id);
    for (const { id } of report.causes) expect(causes).toContain(id);
    if (isSound) expect(report.exposure?.atRiskPairs).toBeGreaterThanOrEqual(30);

    const forbidden = isSound ? 'violated' : 'ordered';
    for (const left of leftOut) {
      const partly = await checkLines(without(lines, left), whole);
      expect(partly.outcome, `without ${left.join(', ')}`).not.toBe(forbidden);
      expect(originsFit(partly, row), `without ${left.join(', ')}`).toBe(true);
      const found = report.causes.map(({ id }) => id);
      for (const { id } of partly.causes) expect(found, `without ${left.join(', ')}`).toContain(id);
    }
    for (const share of [0.1, 0.5, 0.9]) {
      const middle = Math.floor(lines.length * share);
      const [begun, ended] = [await checkLines(lines.slice(0, middle)), await checkLines(lines.slice(middle), whole)];
      expect([begun.outcome, ended.outcome], `cut at ${share}`).not.toContain(forbidden);
    }
  });

  it('of handlings alone proves nothing of a sound bus', async () => {
    const { lines } = await recorded({ mode: 'single' });
    const handlings = lines
      .filter(({ ev }) => ev === 'start')
      .map(({ aggregate, version }) => ({ aggregate, version }));
    const { outcome, reasons } = await checkLines(handlings, whole);
    expect(outcome).toBe('inconclusive');
    expect(reasons.map(({ kind }) => kind)).toContain('stake-unknown');
  });
});
