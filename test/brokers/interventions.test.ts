/**
 * Tests that the bus on a real server answers to interventions as the simulated one does: the built program as a
 * process, on the newest server. What the machine's schedule decides is left open, what the mechanism decides is not.
 */
import { expect, it } from 'vitest';
import type { RunReport, RunRow } from '../../src/domain/report/run-report.js';
import { runCli } from '../cli/cli-process.js';
import { raceOutcome, repeatedRace } from './racing.js';
import { describeOnNewestNats, useServer } from './servers.js';

const originsOf = (row: RunRow): string[] =>
  Object.entries(row.origins)
    .filter(([stage, count]) => count > 0 && stage !== 'finish')
    .map(([stage]) => stage);

describeOnNewestNats('the bus on a real server', (binary) => {
  const server = useServer(binary);

  async function run(...flags: string[]): Promise<{ rows: readonly RunRow[]; exitCode: number | null }> {
    const { exitCode, stdout, stderr } = await runCli(
      ['run', '--broker', 'nats', '--nats-url', server().url, '--json', ...flags],
      {},
    );
    const { runs } = JSON.parse(stdout === '' ? `{"runs":[],"stderr":${JSON.stringify(stderr)}}` : stdout) as RunReport;
    expect(runs.length, stderr).toBeGreaterThan(0);
    for (const { id, counts, error } of runs) {
      expect(error, id).toBeNull();
      expect(counts.naive, id).toBe(counts.regressions + counts.duplicates.total);
      expect(counts.lost + counts.unseen, id).toBe(0);
    }
    const streams = (await (await fetch(`${server().monitoringUrl!}/jsz`)).json()) as { streams: number };
    expect(streams.streams, 'streams left on the server').toBe(0);
    return { rows: runs, exitCode };
  }

  it('loses order with a shared durable before any queue, and keeps it in the other modes', async () => {
    const { rows } = await run('--topics', '5', '--aggregates', '200', '--versions', '50', ...repeatedRace);
    const shared = rows.filter(({ durable }) => durable === 'shared');
    const others = rows.filter(({ durable }) => durable !== 'shared');
    expect(raceOutcome(shared)).toBe('violated');
    const sum = (of: (row: RunRow) => number): number => shared.reduce((total, row) => total + of(row), 0);
    expect(sum(({ counts }) => counts.misroutes) / sum(({ counts }) => counts.delivered)).toBeCloseTo(0.8, 1);
    for (const row of shared)
      for (const stage of originsOf(row)) expect(['deliver', 'submit'], row.id).toContain(stage);
    expect(others).toHaveLength(2 * shared.length);
    for (const row of others) {
      expect(row.outcome).toBe('ordered');
      expect(row.exposure.contestedPairs).toBeGreaterThan(0);
      expect(row.counts.misroutes).toBe(0);
    }
  });

  it('is never called ordered with a shared durable under a light load', async () => {
    const { rows } = await run('--mode', 'multi', '--durable', 'shared', '--versions', '20', '--repeat', '3');
    for (const { outcome, id } of rows) expect(['violated', 'inconclusive'], id).toContain(outcome);
  });

  it('keeps order with one outstanding message, misroutes and all', async () => {
    const { rows } = await run('--mode', 'multi', '--durable', 'shared', '--max-ack-pending', '1', '--versions', '10');
    expect(rows[0]!.counts.regressions).toBe(0);
    expect(rows[0]!.counts.misroutes).toBeGreaterThan(0);
  });

  it('loses order at start, and nowhere else, in an unkeyed pool with a varying handler time', async () => {
    const { rows } = await run(
      '--mode',
      'single',
      '--strategy',
      'unkeyed-pool',
      '--handler-time',
      '0-5ms',
      '--workers',
      '16',
    );
    expect(rows[0]!.outcome).toBe('violated');
    expect(rows[0]!.counts.regressions).toBeGreaterThan(0);
    expect(originsOf(rows[0]!)).toEqual(['start']);
  });

  it('stays violated with an aggregate queue behind a shared durable, and is ordered behind per-topic durables', async () => {
    const { rows } = await run(
      ...['--mode', 'multi', '--strategy', 'aggregate-queue', '--aggregates', '200', '--versions', '50'],
      ...repeatedRace,
    );
    const shared = rows.filter(({ durable }) => durable === 'shared');
    const perTopic = rows.filter(({ durable }) => durable !== 'shared');
    expect(raceOutcome(shared)).toBe('violated');
    expect(perTopic).toHaveLength(shared.length);
    for (const { outcome, id } of perTopic) expect(outcome, id).toBe('ordered');
  });

  it('loses order in the log with several publishers an aggregate, in every mode', async () => {
    const { rows } = await run('--publishers-per-aggregate', '2', '--versions', '50');
    for (const row of rows) expect(originsOf(row), row.id).toContain('store');
    for (const row of rows.slice(1)) expect(originsOf(row), row.id).toEqual(['store']);
  });

  const crashing = ['--mode', 'single', '--ack-wait', '1s', '--handler-time', '2ms', '--disturb', 'crash:300ms@50%'];

  it('loses order when the service crashes, since what it held comes again behind newer events', async () => {
    const { rows } = await run(...crashing, '--workers', '8');
    expect(rows[0]!.outcome).toBe('violated');
    expect(rows[0]!.counts.regressions).toBeGreaterThan(0);
    expect(originsOf(rows[0]!)).toEqual(['deliver']);
    expect(rows[0]!.counts.handled).toBeGreaterThanOrEqual(rows[0]!.counts.published);
    expect(rows[0]!.counts.duplicates.total).toBeGreaterThan(0);
    expect(rows[0]!.disturbances.map(({ what }) => what)).toEqual(['crash:300ms', 'the service is back']);
  });

  it('keeps order through a crash with one outstanding message, which may be redone', async () => {
    // A handling may end between the moment at which an event is in hand and the crash, which then does nothing. So
    // handlings are long, and one run of three has to meet it.
    const slow = ['--handler-time', '50ms', '--aggregates', '10', '--versions', '5'];
    const { rows } = await run(...crashing, ...slow, '--strategy', 'max-ack-pending-1', '--repeat', '3');
    expect(rows.map(({ outcome }) => outcome)).toContain('ordered');
    for (const { outcome, reasons, counts, id } of rows) {
      const missed = outcome === 'inconclusive' ? ['not-exercised'] : [];
      expect(outcome, id).not.toBe('violated');
      expect(
        reasons.map(({ kind }) => kind),
        id,
      ).toEqual(missed);
      expect(counts.duplicates.total, id).toBeLessThanOrEqual(1);
      expect(counts.duplicates.redone, id).toBe(counts.duplicates.total);
    }
  });

  it('shows nothing, and exits 2, when publishers wait for the handler', async () => {
    const { rows, exitCode } = await run('--publish', 'handled', '--versions', '20', '--max-violations', '0');
    for (const row of rows) {
      expect(row.outcome, row.id).toBe('inconclusive');
      expect(row.exposure.contestedPairs, row.id).toBe(0);
    }
    expect(exitCode).toBe(2);
  });
});
