/** A trace says what the run said, and a trace that was cut off is never a pass. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/domain/report/run-report.js';
import { runCli, smallRun, temporaryFolder } from './cli-process.js';

let cwd: string;
let live: RunReport;

beforeAll(async () => {
  cwd = temporaryFolder();
  const result = await runCli([...smallRun, '--mode', 'multi', '--json', '--trace', 'trace.ndjson'], { cwd });
  live = JSON.parse(result.stdout) as RunReport;
});

describe('check', () => {
  it('computes the counts, origins and outcomes of the live run', async () => {
    const { stdout } = await runCli(['check', 'trace.ndjson', '--json'], { cwd });
    const checked = JSON.parse(stdout) as RunReport;
    const verdicts = (report: RunReport) =>
      report.runs.map(({ id, counts, origins, outcome, exposure }) => ({ id, counts, origins, outcome, exposure }));
    expect(verdicts(checked)).toEqual(verdicts(live));
  });

  it('reads a trace from standard input, and says of it what it says of the file', async () => {
    const fromFile = await runCli(['check', 'trace.ndjson', '--json'], { cwd });
    const piped = await runCli(['check', '-', '--json'], { cwd, stdin: readFileSync(join(cwd, 'trace.ndjson')) });
    const timeless = (text: string) => text.replaceAll(/"wallDurationMs": [\d.]+/g, '');
    expect(timeless(piped.stdout)).toBe(timeless(fromFile.stdout));
    expect(piped.exitCode).toBe(fromFile.exitCode);
  });

  it('exits 1 if a row is violated, 2 if one is inconclusive, 0 if all are ordered', async () => {
    const outcomes = live.runs.map((row) => row.outcome);
    const expected = outcomes.includes('violated') ? 1 : outcomes.includes('inconclusive') ? 2 : 0;
    expect((await runCli(['check', 'trace.ndjson'], { cwd })).exitCode).toBe(expected);
    await runCli([...smallRun, '--mode', 'single', '--trace', 'single.ndjson'], { cwd });
    expect((await runCli(['check', 'single.ndjson'], { cwd })).exitCode).toBe(0);
  });

  it('exits 2 on a trace that was cut off, and says what it still can', async () => {
    await runCli([...smallRun, '--mode', 'single', '--trace', 'whole.ndjson'], { cwd });
    const whole = readFileSync(join(cwd, 'whole.ndjson'));
    writeFileSync(join(cwd, 'cut.ndjson'), whole.subarray(0, Math.floor(whole.length * 0.6)));
    const { exitCode, stdout, stderr } = await runCli(['check', 'cut.ndjson', '--json'], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^note: /);
    expect(stderr).not.toMatch(/^\s+at /m);
    const [row] = (JSON.parse(stdout) as RunReport).runs;
    expect(row?.outcome).toBe('inconclusive');
    expect(row?.counts.handled).toBeGreaterThan(0);
  });
});
