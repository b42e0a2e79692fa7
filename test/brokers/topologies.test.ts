/**
 * Tests that the strategies on the broker's side come to the same verdicts on a real server as on the simulated one
 * (test/run/broker-side-guarantees.test.ts): the built program as a process, one report with a row for each.
 */
import { expect, it } from 'vitest';
import type { RunReport, RunRow } from '../../src/domain/report/run-report.js';
import { runCli } from '../cli/cli-process.js';
import { raceOutcome, repeatedRace } from './racing.js';
import { describeOnNats, useServer } from './servers.js';
import { capabilities, hasCapability } from '../../src/broker/nats/connecting/server-version.js';

const load = ['--topics', '3', '--aggregates', '100', '--versions', '25'];

describeOnNats('strategies on the broker side', (binary) => {
  const server = useServer(binary);
  const pins = hasCapability(binary.version, capabilities.pinnedClients);

  async function rowsOf(...flags: string[]): Promise<readonly RunRow[]> {
    const target = ['--broker', 'nats', '--nats-url', server().url];
    const { stdout, stderr } = await runCli(['run', ...target, '--json', ...load, ...flags], {});
    const { runs } = JSON.parse(stdout === '' ? '{"runs":[]}' : stdout) as RunReport;
    expect(runs.length, stderr).toBeGreaterThan(0);
    for (const { id, counts } of runs) expect(counts.naive, id).toBe(counts.regressions + counts.duplicates.total);
    return runs;
  }

  async function outcomes(...flags: string[]): Promise<Record<string, string>> {
    const runs = await rowsOf(...flags);
    return Object.fromEntries(runs.map(({ id, outcome, error }) => [id.slice(0, -2), error?.code ?? outcome]));
  }

  it('keep order where the shared durable loses it, and say where they cannot be had', async () => {
    const sharedDurable = ['--mode', 'multi', '--durable', 'shared'];
    expect(raceOutcome(await rowsOf(...sharedDurable, ...repeatedRace))).toBe('violated');
    const strategies = 'max-ack-pending-1,partitioned,pinned-client,ordered-consumer,partition-serial';
    expect(await outcomes(...sharedDurable, '--strategy', strategies)).toEqual({
      'multi/shared+max-ack-pending-1': 'ordered',
      'multi/shared+partitioned': 'ordered',
      'multi/shared+pinned-client': pins ? 'ordered' : 'unsupported',
      'multi/shared+ordered-consumer': 'unsupported',
      'multi/shared+partition-serial': 'unsupported',
    });
  });

  it('keep order through failures where they claim to, and the ordered consumer loses what fails', async () => {
    const failures = ['--handler-fail', '5%', '--allow', 'duplicate', '--versions', '10'];
    expect(await outcomes('--mode', 'single', '--strategy', 'max-ack-pending-1,partitioned', ...failures)).toEqual({
      'single+max-ack-pending-1': 'ordered',
      'single+partitioned': 'ordered',
    });
    expect(await outcomes('--mode', 'single', '--strategy', 'ordered-consumer')).toEqual({ single: 'ordered' });
    expect(await outcomes('--mode', 'single', '--strategy', 'ordered-consumer', ...failures)).toEqual({
      single: 'violated',
    });
  });
});
