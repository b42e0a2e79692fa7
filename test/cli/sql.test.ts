import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { onDuckDb } from '../sql/duckdb.js';
import { runCli, temporaryFolder } from './cli-process.js';

const sql = (...args: readonly string[]) => runCli(['sql', ...args]);
const aTable = ['--table', 'logs.handled', '--order-by', 'time'];

describe('sql', () => {
  it('prints a query that counts what is wrong with a log in a file', async () => {
    const table = join(temporaryFolder(), 'handled.ndjson');
    const versions = [1, 3, 2, 2, 5];
    const lines = versions.map((seq, at) =>
      JSON.stringify({ seq, order: { id: 'o-1' }, queue: 'q', at, end: at + 1.5 }),
    );
    writeFileSync(table, `${lines.join('\n')}\n`);
    const map = 'aggregate=.order.id,version=seq,topic=queue,start=at,finish=end';
    const { exitCode, stdout, stderr } = await sql(
      ...['--dialect', 'duckdb', '--table', table, '--order-by', 'at', '--map', map, '--first-version', '1'],
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const counts = {
      ...{ aggregates: '1', observations: '5', regressions: '1', duplicates: '1', gaps: '2', naive: '2' },
      ...{ descents: '1', overlaps: '3', without_interval: '0', tied_lines: '0', unusable_lines: '0' },
      first_regression_at: '2',
    };
    expect(await onDuckDb(stdout)).toEqual([
      { scope: 'all', topic: null, aggregate: null, ...counts },
      { scope: 'worst', topic: 'q', aggregate: 'o-1', ...counts, without_interval: '0', unusable_lines: '0' },
    ]);
  });

  it('takes constants, and ids of events whose versions only rise', async () => {
    const table = join(temporaryFolder(), 'handled.csv');
    writeFileSync(table, 'order,ms,id,at\no-1,5,007,1\no-1,5,7,2\no-1,5,007,3\no-1,4,8,4\n');
    const map = "aggregate=order,version=ms,id=id,topic='orders, old'";
    const { stdout } = await sql(
      ...['--dialect', 'duckdb', '--table', table, '--order-by', 'at', '--map', map, '--versions', 'rising'],
    );
    const [all, worst] = await onDuckDb(stdout);
    expect(all).toMatchObject({ regressions: '1', duplicates: '1', ties: '1', naive: '3' });
    expect(worst).toMatchObject({ topic: 'orders, old', aggregate: 'o-1' });
  });

  it('prints the naive count alone with --simple', async () => {
    const { stdout } = await sql('--dialect', 'clickhouse', ...aTable, '--simple');
    expect(stdout).toContain('max(version) OVER');
    expect(stdout).not.toContain('nth_of_version');
  });

  it('says in the first line of a query that it was never run on its engine', async () => {
    const untested = '-- Untested: the syntax of this query was checked, and it was never run on BigQuery.\n';
    expect((await sql('--dialect', 'bigquery', ...aTable)).stdout.startsWith(untested)).toBe(true);
    expect((await sql('--dialect', 'bigquery', ...aTable, '--simple')).stdout.startsWith(untested)).toBe(true);
    expect((await sql('--dialect', 'spark', ...aTable)).stdout).not.toContain('Untested');
  });

  it('prints no colours, even where they are asked for', async () => {
    const { stdout } = await runCli(['sql', '--dialect', 'spark', ...aTable], { env: { FORCE_COLOR: '1' } });
    expect(stdout).not.toContain('\u001b');
  });
});
