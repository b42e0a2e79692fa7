/**
 * Tests that the strategies of Kafka come to the same verdicts on a real Kafka as on the simulated one
 * (test/run/broker-side-guarantees.test.ts), with the built program as a process.
 */
import { expect, it } from 'vitest';
import type { RunReport, RunRow } from '../../src/domain/report/run-report.js';
import { runCli } from '../cli/cli-process.js';
import { describeOnKafka, useKafka } from './kafka-servers.js';

describeOnKafka('strategies on a real Kafka', () => {
  const kafka = useKafka();

  async function run(...flags: string[]): Promise<readonly RunRow[]> {
    const target = ['--broker', 'kafka', '--kafka-brokers', kafka().brokers.join(',')];
    const { stdout, stderr } = await runCli(['run', ...target, '--json', '--topics', '2', ...flags], {});
    const { runs } = JSON.parse(stdout === '' ? '{"runs":[]}' : stdout) as RunReport;
    expect(runs.length, stderr).toBeGreaterThan(0);
    return runs;
  }

  const strategies = ['--strategy', 'partition-serial,partition-concurrent'];

  it('keep order, one partition at a time and all side by side', async () => {
    const rows = await run('--mode', 'single', '--aggregates', '20', '--versions', '20', ...strategies);
    expect(rows.map(({ outcome }) => outcome)).toEqual(['ordered', 'ordered']);
    for (const { id, exposure, counts } of rows) {
      expect(exposure.contestedPairs, id).toBeGreaterThan(0);
      expect(counts.duplicates.total, id).toBe(0);
    }
  });

  it('keep order through handlers that fail: the next event of a partition waits', async () => {
    const failures = ['--handler-fail', '5%', '--allow', 'duplicate'];
    const rows = await run('--mode', 'single', '--aggregates', '20', '--versions', '10', ...strategies, ...failures);
    expect(rows.map(({ outcome }) => outcome)).toEqual(['ordered', 'ordered']);
    for (const { id, counts } of rows) expect(counts.duplicates.redone, id).toBeGreaterThan(0);
  });

  it('are refused where there is no such thing, and the rows beside them are run', async () => {
    const rows = await run('--mode', 'single', '--versions', '5', '--strategy', 'max-ack-pending-1,partition-serial');
    expect(rows.map(({ error }) => error?.code ?? null)).toEqual(['unsupported', null]);
    const client = ['--kafka-client', 'platformatic'];
    const [lacking, other] = await run(
      '--mode',
      'single',
      '--versions',
      '40',
      '--strategy',
      'partition-serial,keyed-pool',
      ...client,
    );
    expect(lacking!.error).toMatchObject({ code: 'unsupported', wayOut: expect.stringContaining('kafkajs') as string });
    expect(other!.outcome).toBe('ordered');
  });
});
