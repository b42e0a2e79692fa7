/**
 * Tests that the strategies keep on a real server what they keep on the simulator: the built program as a process, on
 * the newest server, with handlings that fail and an ack wait that would expire many times over if nobody restarted it.
 */
import { expect, it } from 'vitest';
import type { RunReport, RunRow } from '../../src/domain/report/run-report.js';
import { runCli } from '../cli/cli-process.js';
import { describeOnNewestNats, useServer } from './servers.js';

describeOnNewestNats('strategies on a real server', (binary) => {
  const server = useServer(binary);

  async function run(strategies: string, ...flags: string[]): Promise<readonly RunRow[]> {
    const few = ['--topics', '4', '--aggregates', '24', '--versions', '25', '--workers', '16'];
    const { stdout, stderr } = await runCli(
      ['run', '--broker', 'nats', '--nats-url', server().url, '--json', '--strategy', strategies, ...few, ...flags],
      {},
    );
    const { runs } = JSON.parse(stdout === '' ? '{"runs":[]}' : stdout) as RunReport;
    expect(runs.length, stderr).toBe(strategies.split(',').length);
    for (const { id, counts, error, reasons } of runs) {
      expect(error, id).toBeNull();
      expect(reasons.filter(({ kind }) => kind === 'drain-incomplete' || kind === 'truncated'), id).toEqual([]); // prettier-ignore
      expect(counts.lost + counts.unseen, id).toBe(0);
    }
    return runs;
  }

  it('that try again in place keep order through failures, with nothing delivered twice', async () => {
    const strategies = 'single+retry-in-place,multi/per-topic+parallel-keys';
    const busy = ['--workers', '2', '--handler-time', '1-10ms', '--ack-wait', '1s'];
    for (const failure of ['nak', 'timeout']) {
      const failing = ['--handler-fail', '5%', '--handler-failure', failure, '--handler-timeout', '50ms'];
      for (const row of await run(strategies, ...failing, ...busy)) {
        expect(row.reasons, row.id).toEqual([]);
        expect(row.outcome, row.id).toBe('ordered');
        expect(row.counts.retries, row.id).toBeGreaterThan(0);
        expect(row.counts.duplicates.total, row.id).toBe(0);
        expect(row.counts.handled, row.id).toBe(row.counts.published);
      }
    }
  });

  it('that know versions make order of what a shared durable gives them, through failures too', async () => {
    const calm = await run('multi/shared+version-gate,multi/shared+retry-in-place', '--aggregates', '200');
    expect(calm[0]!.outcome).toBe('ordered');
    expect(calm[1]!.outcome).not.toBe('ordered');
    expect(calm[0]!.bufferDepthMax).not.toBeNull();
    expect(calm[1]!.bufferDepthMax).toBeNull();
    const failing = ['--handler-fail', '5%', '--allow', 'duplicate', '--max-ack-pending', '50'];
    for (const row of await run('multi/shared+version-gate,single+version-gate', ...failing)) {
      expect(row.outcome, row.id).toBe('ordered');
      expect(row.counts.duplicates.redone, row.id).toBeGreaterThan(0);
      expect(row.counts.handled, row.id).toBe(row.counts.published);
    }
  });

  it('that let others pass while a failed event is away do not keep it', async () => {
    const strategies = ['keyed-pool', 'pool-per-topic', 'actor'].map((id) => `single+${id}`).join();
    const rows = await run(strategies, '--handler-fail', '10%', '--allow', 'duplicate');
    for (const { id, outcome, counts } of rows) {
      expect(outcome, id).toBe('violated');
      expect(counts.completionInversions, id).toBeGreaterThan(0);
    }
  });
});
