import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InterruptedError, UsageError } from '../../src/domain/errors.js';
import type { Progress } from '../../src/domain/progress.js';
import type { RunReport, RunRow } from '../../src/domain/report/run-report.js';
import type { Scenario } from '../../src/domain/scenario/scenario.js';
import { checkTrace } from '../../src/run/check-trace.js';
import { runScenario } from '../../src/run/run-scenario.js';
import { scenario as base, ScratchFile } from '../observation/fixtures.js';
import { inModes } from '../in-modes.js';

const scenario: Scenario = {
  ...base,
  ...inModes(['multi/shared', 'multi/per-topic']),
  topics: 5,
  aggregates: 20,
  versions: 30,
  workers: 8,
};

let scratch: ScratchFile;
beforeEach(() => {
  scratch = new ScratchFile();
});
afterEach(() => {
  scratch.remove();
});

async function recorded(changes: Partial<Scenario> = {}, signal = new AbortController().signal): Promise<RunReport> {
  const report = await runScenario(
    { ...scenario, ...changes },
    {
      connections: { nats: null, kafka: null },
      signal,
      onProgress: () => undefined,
      tracePath: scratch.path,
      command: ['run'],
    },
  );
  expect(report.runs.map(({ error, counts }) => [error, counts.handled > 0])).toEqual(
    report.runs.map(() => [null, true]),
  );
  return JSON.parse(JSON.stringify(report)) as RunReport;
}

/** Why the row counts as truncated. */
function truncationOf(row: RunRow | undefined): string | null | undefined {
  return row?.reasons.find(({ kind }) => kind === 'truncated')?.detail;
}

describe('checkTrace', () => {
  const faults: readonly [string, Partial<Scenario>][] = [
    ['as it is', {}],
    ['with failing handlers', { handlerFailShare: 0.1 }],
    ['with deliveries refused', { overflow: 'reject', queueSize: 2, laneSize: 1, workers: 1, ackWaitMs: 50 }],
    ['with deliveries handled outside the lanes', { overflow: 'inline', queueSize: 1, laneSize: 1, workers: 1 }],
    ['with nothing acknowledged', { ack: 'never', ackWaitMs: 50, maxDeliver: 2, maxAckPending: 40 }],
    ['with acks before the handling', { ack: 'on-delivery' }],
    ['with several publishers an aggregate', { publishersPerAggregate: 3 }],
    ['with aggregates spread over topics', { topicChoice: 'spread', orderScope: 'aggregate' }],
    [
      'with duplicates allowed',
      {
        ackWaitMs: 50,
        handlerTime: { distribution: 'uniform', minMs: 0, maxMs: 200 },
        allow: ['duplicate', 'overlap'],
      },
    ],
    [
      'with early versions held back, skipped, and given back',
      {
        ...{ handlerFailShare: 0.1, maxDeliver: 2, gapPolicy: 'skip', gapTimeoutMs: 200 },
        strategies: ['version-gate', 'actor'],
        rows: [
          { mode: 'multi/shared', strategy: 'version-gate' },
          { mode: 'single', strategy: 'actor' },
        ],
      },
    ],
    [
      'with progress reported',
      {
        ...{ handlerFailShare: 0.1, ackWaitMs: 30, strategies: ['retry-in-place'] },
        rows: [{ mode: 'multi/shared', strategy: 'retry-in-place' }],
      },
    ],
    [
      'with a crash, more workers, and what they leave',
      {
        disturb: [
          { kind: 'crash', forMs: 20, at: 0.3 },
          { kind: 'workers', count: 11, at: 0.6 },
        ],
        ackWaitMs: 50,
      },
    ],
    [
      'with members that join, leave, pause and stand still',
      {
        ...{ brokers: ['sim:kafka'], ...inModes(['multi/shared']), ratePerSecond: 200 },
        disturb: [
          { kind: 'pause', forMs: 100, at: 0.2 },
          { kind: 'leave', at: 0.4 },
          { kind: 'join', at: 0.6 },
          { kind: 'stall', forMs: 1_000, at: 0.8 },
        ],
      },
    ],
    ['with nothing contested', { publish: { kind: 'handled' } }],
  ];
  it.each(faults)('gives every field of the report that the run itself gave, %s', async (_, changes) => {
    const live = await recorded(changes);
    expect(await checkTrace(scratch.path)).toEqual(live);
  });

  it('says of a row whose end is cut off that it is inconclusive, and what can still be said', async () => {
    const live = await recorded();
    const bytes = readFileSync(scratch.path);
    writeFileSync(scratch.path, bytes.subarray(0, bytes.length - 2_000));
    const troubles: string[] = [];
    const { runs } = await checkTrace(scratch.path, { onTrouble: (sentence) => troubles.push(sentence) });
    expect(runs[0]).toEqual(live.runs[0]);
    expect(runs[1]?.outcome).toBe('inconclusive');
    expect(truncationOf(runs[1])).toContain('breaks off before the end of this row');
    expect(runs[1]?.counts.handled).toBeGreaterThan(400);
    expect(runs[1]?.counts.lost).toBe(0);
    expect(troubles).toEqual([expect.stringContaining('row multi/per-topic#1: the trace breaks off')]);
  });

  it('never calls a row ordered that is not whole, wherever the trace is cut', async () => {
    await recorded();
    const bytes = readFileSync(scratch.path);
    const headerEnd = bytes.indexOf('\n');
    for (let i = 0; i < 25; i++) {
      const cut = headerEnd + 1 + Math.floor(((bytes.length - headerEnd - 3) * i) / 24);
      writeFileSync(scratch.path, bytes.subarray(0, cut));
      const { runs } = await checkTrace(scratch.path);
      expect(runs.map(({ id }) => id)).toEqual(['multi/shared#1', 'multi/per-topic#1']);
      expect(runs[1]?.outcome).toBe('inconclusive');
    }
  });

  it('finds no regression in a cut trace that the run did not have', async () => {
    const live = await recorded({ ackWaitMs: 20, handlerTime: { distribution: 'uniform', minMs: 0, maxMs: 60 } });
    const [text] = readFileSync(scratch.path, 'utf8').split('{"kind":"end"');
    for (let share = 0.1; share < 1; share += 0.1) {
      writeFileSync(scratch.path, text!.slice(0, Math.floor(text!.length * share)) + '\n{"foreign":true}');
      const { runs } = await checkTrace(scratch.path);
      expect(runs[0]!.counts.regressions).toBeLessThanOrEqual(live.runs[0]!.counts.regressions);
      expect(runs[0]!.counts.duplicates.total).toBeLessThanOrEqual(live.runs[0]!.counts.duplicates.total);
    }
  });

  it('counts a foreign line, names it, and takes its row for inconclusive', async () => {
    await recorded({ ...inModes(['multi/per-topic']) });
    const lines = readFileSync(scratch.path, 'utf8').split('\n');
    writeFileSync(scratch.path, lines.toSpliced(40, 0, 'hello').join('\n'));
    const { runs } = await checkTrace(scratch.path);
    expect(runs[0]?.outcome).toBe('inconclusive');
    expect(truncationOf(runs[0])).toContain('line 41 is not a line of this trace (it is not JSON: hello)');
  });

  it('reports a row that was planned and never began', async () => {
    await recorded();
    const [firstRow] = readFileSync(scratch.path, 'utf8').split(/(?<=\n)(?=\{"kind":"header")/);
    writeFileSync(scratch.path, firstRow!);
    const { runs } = await checkTrace(scratch.path);
    expect(runs[1]).toMatchObject({ id: 'multi/per-topic#1', durable: 'per-topic', outcome: 'inconclusive' });
    expect(truncationOf(runs[1])).toContain('the trace ends before this row begins');
    expect(runs[1]?.latencyMs.handle.p50).toBeNull();
  });

  it('expects no further row behind one that was interrupted', async () => {
    const interrupt = new AbortController();
    const live = await runScenario(scenario, {
      connections: { nats: null, kafka: null },
      signal: interrupt.signal,
      onProgress: ({ phase }) => {
        if (phase === 'running') interrupt.abort();
      },
      tracePath: scratch.path,
      command: ['run'],
    });
    const checked = await checkTrace(scratch.path);
    expect(checked.runs.length).toBe(1);
    expect(checked).toEqual(JSON.parse(JSON.stringify(live)));
  });

  it('tells how far it is', async () => {
    await recorded();
    const told: Progress[] = [];
    await checkTrace(scratch.path, { onProgress: (progress) => told.push(progress) });
    expect(told.at(-1)).toMatchObject({ rowIndex: 1, rowsTotal: 2, published: 600, publishTotal: 600, handled: 600 });
  });

  it('refuses what is no trace, and stops when it is told to', async () => {
    writeFileSync(scratch.path, '{"some":"json"}\n');
    await expect(checkTrace(scratch.path)).rejects.toThrow(UsageError);
    await recorded();
    await expect(checkTrace(scratch.path, { signal: AbortSignal.abort() })).rejects.toThrow(InterruptedError);
  });
});
