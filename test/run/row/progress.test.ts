/** What a row tells while it runs are the counts of the report, and nothing is left over once it has drained. */
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../../src/domain/progress.js';
import type { RunRow } from '../../../src/domain/report/run-report.js';
import { runScenario } from '../../../src/run/run-scenario.js';
import type { ScenarioFlags } from '../../../src/scenario/flags.js';
import { resolveScenario } from '../../../src/scenario/resolve.js';
import { strategyIds } from '../../../src/strategy/registry.js';

async function told(flags: ScenarioFlags): Promise<{ progress: readonly Progress[]; row: RunRow }> {
  const progress: Progress[] = [];
  const small = { topics: '3', aggregates: '12', versions: '20', seed: '5' };
  const { runs } = await runScenario(resolveScenario({ flags: { ...small, ...flags }, strategies: strategyIds }), {
    connections: { nats: null, kafka: null },
    signal: new AbortController().signal,
    onProgress: (now) => progress.push(now),
    tracePath: null,
    command: ['run'],
  });
  return { progress, row: runs[0]! };
}

describe('the progress of a row', () => {
  it.each([
    ['a bus that loses order', { mode: 'multi/shared' }],
    ['failing handlers', { mode: 'single', handlerFail: '10%' }],
    ['redeliveries of what is still in hand', { mode: 'single', ackWait: '20ms', handlerTime: '5-30ms' }],
    ['a process that dies', { mode: 'single', disturb: 'crash:500ms@50%' }],
    ['Kafka with a rebalance', { broker: 'sim:kafka', mode: 'single', members: '2', disturb: 'join@50%' }],
  ] satisfies [string, ScenarioFlags][])('ends with the counts of the report, with %s', async (_what, flags) => {
    const { progress, row } = await told(flags);
    const last = progress.at(-1)!;
    expect(row.error).toBe(null);
    expect(last).toMatchObject({
      ...{ phase: 'done', round: 'rows', published: row.counts.published, handled: row.counts.handled },
      ...{ regressions: row.counts.regressions, lag: row.counts.lost + row.counts.unseen, inFlight: 0 },
    });
    const inFlightMax = Math.max(...progress.map(({ inFlight }) => inFlight));
    expect(inFlightMax).toBeGreaterThan(0);
    expect(inFlightMax).toBeLessThanOrEqual(row.concurrency.heldMax!);
  });

  it('goes through its phases in order', async () => {
    const { progress } = await told({ mode: 'single' });
    const phases = progress.map(({ phase }) => phase);
    expect(phases.filter((phase, at) => phase !== phases[at - 1])).toEqual([
      ...['starting', 'running', 'draining', 'closing', 'done'],
    ]);
  });

  it('counts an event that is handled twice once against the lag', async () => {
    const { progress, row } = await told({ mode: 'single', ackWait: '20ms', handlerTime: '5-30ms' });
    expect(row.counts.handled).toBeGreaterThan(row.counts.published);
    for (const { lag, published, handled } of progress) expect(lag).toBeGreaterThanOrEqual(published - handled);
  });
});
