import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/domain/report/run-report.js';
import { expectUsageError, runCli, temporaryFolder } from './cli-process.js';

interface Diagnosed {
  readonly rows: readonly {
    readonly id: string;
    readonly causes: RunReport['runs'][number]['causes'];
    readonly claims: readonly { readonly id: string; readonly answer: string; readonly text: string }[];
  }[];
}

let folder: string;
let cwd: { readonly cwd: string };
beforeAll(async () => {
  folder = temporaryFolder();
  cwd = { cwd: folder };
  const scenario = ['--mode', 'multi/shared,single', '--aggregates', '60', '--versions', '30'];
  await runCli(['run', ...scenario, '--trace', 'trace.ndjson', '--quiet'], cwd);
});

describe('diagnose', () => {
  it('explains a trace: each cause with its evidence, what to change, and the command that tries it', async () => {
    const { exitCode, stdout, stderr } = await runCli(['diagnose', 'trace.ndjson'], cwd);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const part of [
      '✗ multi/shared#1: violated',
      'shared-durable  certain; explains',
      'Evidence',
      'Against',
      'Try',
    ])
      expect(stdout).toContain(part);
    expect(stdout).toContain('docs/HAZARDS.md#shared-durable');
    expect(stdout).toContain('✓ single#1: ordered\n  Nothing went wrong.');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('finds in the trace, and in the report, what the run itself reported', async () => {
    const stored = JSON.parse(readFileSync(join(folder, 'reports', 'latest.json'), 'utf8')) as RunReport;
    for (const file of ['trace.ndjson', join('reports', 'latest.json')]) {
      const { stdout } = await runCli(['diagnose', file, '--json'], cwd);
      const { rows } = JSON.parse(stdout) as Diagnosed;
      expect(rows.map(({ id, causes }) => ({ id, causes }))).toEqual(
        stored.runs.map(({ id, causes }) => ({ id, causes })),
      );
    }
  });

  it('reads a trace from a pipe, and shows one row of it', async () => {
    const stdin = readFileSync(join(folder, 'trace.ndjson'));
    const { exitCode, stdout } = await runCli(['diagnose', '-', '--row', 'single#1'], { ...cwd, stdin });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '✓ single#1: ordered\n  Nothing went wrong.\n' });
  });

  it('answers claims, and exits with 0 whatever the answer', async () => {
    const claims = ['--claim', 'shared-durable', '--claim', 'many-writers,unkeyed-pool'];
    const { exitCode, stdout } = await runCli(['diagnose', 'trace.ndjson', ...claims, '--json'], cwd);
    expect(exitCode).toBe(0);
    const [shared] = (JSON.parse(stdout) as Diagnosed).rows;
    expect(shared!.claims.map(({ id, answer }) => [id, answer])).toEqual([
      ['shared-durable', 'supported'],
      ['many-writers', 'refuted'],
      ['unkeyed-pool', 'refuted'],
    ]);
    const { stdout: text } = await runCli(['diagnose', 'trace.ndjson', ...claims], cwd);
    expect(text).toContain('Claim many-writers is refuted: ');
  });

  it('names the nearest claim, the rows that there are, and what is no trace', async () => {
    expectUsageError(await runCli(['diagnose', 'trace.ndjson', '--claim', 'many-writer'], cwd), 'there is no cause or control many-writer', 'did you mean many-writers?'); // prettier-ignore
    expectUsageError(await runCli(['diagnose', 'trace.ndjson', '--row', 'x#1'], cwd), 'there is no row x#1', 'multi/shared#1'); // prettier-ignore
    expectUsageError(await runCli(['diagnose', 'nothing.ndjson'], cwd), 'there is no trace nothing.ndjson', 'run --trace'); // prettier-ignore
  });
});
