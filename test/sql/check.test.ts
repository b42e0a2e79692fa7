/**
 * The query and the checker over the same runs: a trace is read as a log of handlings, of which the query sees each
 * delivery's first attempt and nothing else.
 */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Counts } from '../../src/domain/report/verdict.js';
import { runCli, temporaryFolder } from '../cli/cli-process.js';
import { onDuckDb } from './duckdb.js';

const types = `kind: 'VARCHAR', topic: 'VARCHAR', aggregateId: 'VARCHAR', version: 'BIGINT', number: 'BIGINT',
  started: 'BIGINT', finished: 'BIGINT'`;
const map = 'aggregate=aggregateId,topic=topic,start=started,finish=finished';

async function queriedAndChecked(scenario: string): Promise<{ queried: Record<string, number>; checked: Counts }> {
  const cwd = temporaryFolder();
  const trace = join(cwd, 'trace.ndjson');
  await runCli(['run', scenario, '--trace', trace, '--quiet'], { cwd });
  const { runs } = JSON.parse((await runCli(['check', trace, '--json'])).stdout) as { runs: { counts: Counts }[] };
  await onDuckDb(`CREATE OR REPLACE VIEW handled AS
    SELECT * FROM read_json('${trace}', format = 'newline_delimited', columns = {${types}})
    WHERE kind = 'attempt' AND number = 1`);
  const args = ['--dialect', 'duckdb', '--table', 'handled', '--order-by', 'started', '--first-version', '1'];
  const { stdout } = await runCli(['sql', ...args, '--map', map]);
  const [all] = await onDuckDb(stdout);
  const queried = Object.fromEntries(Object.entries(all!).map(([name, value]) => [name, Number(value)]));
  return { queried, checked: runs[0]!.counts };
}

describe('the query over a run', () => {
  it.each([
    { scenario: 'hazards/shared-durable', sees: ['regressions', 'gaps', 'descents'] },
    { scenario: 'hazards/competing-pullers', sees: ['regressions', 'overlaps'] },
    { scenario: 'hazards/ack-wait-expiry', sees: ['duplicates'] },
    { scenario: 'hazards/offset-replay', sees: ['duplicates'] },
  ] as const)('counts what the checker counts: $scenario, which has $sees', async ({ scenario, sees }) => {
    const { queried, checked } = await queriedAndChecked(scenario);
    const { regressions, duplicates, gaps, naive, descents, overlaps } = checked;
    const expected = { regressions, duplicates: duplicates.total, gaps, naive, descents, overlaps };
    expect(queried).toMatchObject({ ...expected, unusable_lines: 0, tied_lines: 0, without_interval: 0 });
    for (const name of sees) expect(expected[name], name).toBeGreaterThan(0);
  });
});
