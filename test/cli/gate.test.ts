/** `gate` from end to end: a stored report in, a decision and its exit code out. */
import { readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/domain/report/run-report.js';
import { cliPath, expectUsageError, runCli, smallRun, temporaryFolder } from './cli-process.js';

let cwd: string;
/** All three rows of one run on the simulator: multi/shared is violated, the others are ordered. */
let text: string;

beforeAll(async () => {
  cwd = temporaryFolder();
  const { exitCode, stdout } = await runCli([...smallRun, '--json', '--report-dir', 'out'], { cwd });
  expect(exitCode).toBe(0);
  text = stdout;
  writeFileSync(join(cwd, 'report.json'), text);
});

const gate = (...args: string[]) => runCli(['gate', ...args], { cwd });

function changed(name: string, change: (report: RunReport) => unknown): string {
  const copy = JSON.parse(text) as RunReport;
  change(copy);
  writeFileSync(join(cwd, name), JSON.stringify(copy));
  return name;
}

describe('gate', () => {
  it('exits 1 where a row breaches, and names it', async () => {
    const { exitCode, stdout, stderr } = await gate('report.json', '--max-violations', '0');
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(stdout).toMatch(/^Gate {2}✗ breached\n {2}multi\/shared#1 has \d+ violations; --max-violations allows 0\n$/);
  });

  it('exits 0 where the rows that it is for hold, and says on what that rests', async () => {
    const { exitCode, stdout } = await gate('report.json', '--max-violations', '0', '--gate-mode', 'single');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Gate {2}✓ held\n {2}single: ordered; 0 of [\d,]+ pairs at risk came in the wrong order/);
  });

  it('exits 1 where a report that has regressions says that it has no violations', async () => {
    const forged = changed('forged.json', ({ runs }) => {
      const [row] = runs;
      expect(row!.counts.regressions).toBeGreaterThan(0);
      Object.assign(row!, { outcome: 'ordered', reasons: [] });
      row!.counts.violations = 0;
    });
    const { exitCode, stdout } = await gate(forged, '--max-violations', '0');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/multi\/shared#1 has \d+ violations/);
  });

  it('exits 2 where a row was not run', async () => {
    const short = changed('short.json', (report) => (report.runs as unknown[]).pop());
    const { exitCode, stdout } = await gate(short, '--max-violations', '0', '--gate-mode', 'single');
    expect(exitCode).toBe(2);
    expect(stdout).toContain('single#1 was not run');
  });

  it('reads standard input, and prints JSON with --json', () => {
    const args = [cliPath, 'gate', '-', '--fail-on', 'lost>0', '--gate-mode', 'multi/per-topic', '--json'];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd, input: text, encoding: 'utf8' });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'held', breaches: [], inconclusive: [], notes: [] });
  });

  it('holds a report against itself, and breaches by one regression more', async () => {
    expect((await gate('report.json', '--baseline', 'report.json')).exitCode).toBe(0);
    const worse = changed('worse.json', ({ runs }) => (runs[2]!.counts.regressions += 1));
    const { exitCode, stdout } = await gate(worse, '--baseline', 'report.json');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('single: regressions 1, in the baseline 0');
  });

  it('breaches by a row that became slower in virtual time, unless speed is left out', async () => {
    const slower = changed('slower.json', ({ runs }) => {
      const throughput = runs[2]!.throughput as { handledPerSecond: number };
      throughput.handledPerSecond *= 0.85;
    });
    expect((await gate(slower, '--baseline', 'report.json')).exitCode).toBe(1);
    expect((await gate(slower, '--baseline', 'report.json', '--threshold', '20%')).exitCode).toBe(0);
    expect((await gate(slower, '--baseline', 'report.json', '--threshold', 'none')).exitCode).toBe(0);
  });
});

describe('a baseline of another major version', () => {
  it('is said to be one; its counts are compared, its speed is not', async () => {
    writeFileSync(join(cwd, 'old.json'), text.replace(/"schemaVersion": "2\.\d+"/, '"schemaVersion": "0.9"'));
    const { exitCode, stdout, stderr } = await gate('report.json', '--baseline', 'old.json');
    expect(exitCode).toBe(2);
    expect(stdout).toContain('the baseline has schema version 0.9');
    expect(stderr).toContain('note: the baseline has schema version 0.9');
    expect((await gate('report.json', '--baseline', 'old.json', '--threshold', 'none')).exitCode).toBe(0);
    const worse = changed('more-lost.json', ({ runs }) => (runs[2]!.counts.lost += 1));
    expect((await gate(worse, '--baseline', 'old.json')).exitCode).toBe(1);
  });
});

describe('gate refuses', () => {
  it.each([
    [['report.json'], 'has no gate of its own', 'give --max-violations, --fail-on or --baseline'],
    [['report.json', '--gate-mode', 'single'], 'has no gate of its own', 'give --max-violations'],
    [['nowhere.json', '--max-violations', '0'], 'there is no report nowhere.json', 'reports/latest.json'],
    [['report.json', '--max-violations', 'few'], '--max-violations is few; allowed: a whole number', ''],
    [['report.json', '--fail-on', 'regresions>0'], 'there is no "regresions"', 'did you mean regressions?'],
    [['report.json', '--max-violations', '0', '--gate-mode', 'singel'], 'names the row singel', 'did you mean single?'],
    [['report.json', '--threshold', '10%'], 'there is no baseline', 'give --baseline'],
    [['report.json', '--baseline', 'report.json', '--threshold', '100%'], '--threshold is 100%; allowed', '10%'],
    [['report.json', '--baseline', 'report.json', '--threshold', '0'], '--threshold is 0; allowed', '10%'],
    [['-', '--baseline', '-'], 'cannot both be read from standard input', 'name a file'],
  ])('%j', async (args, message, wayOut) => {
    expectUsageError(await gate(...args), message, wayOut);
  });

  it('an expression that is none, pointing at the character', async () => {
    const { exitCode, stderr } = await gate('report.json', '--fail-on', 'lost>>0');
    expect(exitCode).toBe(64);
    expect(stderr).toContain('expected a number at character 6\n    lost>>0\n         ^');
  });

  it('what is empty, malformed, several reports, or of another major version', async () => {
    writeFileSync(join(cwd, 'empty.json'), '\n');
    writeFileSync(join(cwd, 'broken.json'), text.slice(0, 500));
    writeFileSync(join(cwd, 'list.json'), `[${text},${text}]`);
    writeFileSync(join(cwd, 'later.json'), text.replace(/"schemaVersion": "2\.\d+"/, '"schemaVersion": "3.0"'));
    expectUsageError(await gate('empty.json', '--max-violations', '0'), 'empty.json is empty');
    expectUsageError(await gate('broken.json', '--max-violations', '0'), 'broken.json is not JSON');
    expectUsageError(await gate('list.json', '--max-violations', '0'), 'list.json holds 2 reports, and gate takes one');
    expectUsageError(await gate('later.json', '--max-violations', '0'), 'later.json has schema version 3.0');
    expectUsageError(await gate('report.json', '--baseline', 'empty.json'), 'empty.json is empty');
  });
});

describe('run', () => {
  it('ends with --fail-fast after the first violated row, and exits 1', async () => {
    const { exitCode, stdout, stderr } = await runCli([...smallRun, '--fail-fast', '--report-dir', 'fast'], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toBe('note: --fail-fast ended the run after multi/shared#1\n');
    expect(stdout).toContain('2 of 3 rows were not run.');
    const { runs } = JSON.parse(readFileSync(join(cwd, 'fast', 'latest.json'), 'utf8')) as RunReport;
    expect(runs).toHaveLength(1);
  });

  it('writes a report that gate decides alike', async () => {
    const flags = ['--max-violations', '0', '--gate-mode', 'single', '--until-at-risk', '300', '--report-dir', 'own'];
    const { exitCode } = await runCli([...smallRun, ...flags], { cwd });
    expect(exitCode).toBe(0);
    expect((await gate(join('own', 'latest.json'))).exitCode).toBe(0);
    expect((await gate(join('own', 'latest.json'), '--gate-mode', 'all')).exitCode).toBe(1);
  });

  it('exits 2 where no pair is at risk: a pass would be by accident', async () => {
    const args = ['run', '--mode', 'single', '--aggregates', '5', '--versions', '5', '--publish', 'handled'];
    expect((await runCli([...args, '--max-violations', '0'], { cwd })).exitCode).toBe(2);
    expect((await runCli([...args, '--until-at-risk', '10'], { cwd })).exitCode).toBe(2);
  });
});
