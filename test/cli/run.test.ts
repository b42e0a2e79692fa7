/** The program from end to end on the simulator: what goes to which stream, which files, and with which exit code. */
import { closeSync, existsSync, openSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/domain/report/run-report.js';
import { cliPath, projectRoot, runCli, smallRun, startCli, temporaryFolder } from './cli-process.js';

/** What a terminal would act on: colours, cursor movements. */
const escape = '\u001b';

describe('run', () => {
  it('prints the table on standard output, nothing on standard error, and writes the report', async () => {
    const cwd = temporaryFolder();
    const { exitCode, stdout, stderr } = await runCli(smallRun, { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('multi/shared');
    expect(stdout).not.toContain(escape);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    const written = readdirSync(join(cwd, 'reports'));
    expect(written).toContain('latest.json');
    expect(written.some((file) => file.endsWith('-run.json'))).toBe(true);
  });

  it('prints JSON and nothing else with --json, the same as --format json and the file', async () => {
    const cwd = temporaryFolder();
    const { exitCode, stdout, stderr } = await runCli([...smallRun, '--json', '--report-dir', 'out'], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toBe(readFileSync(join(cwd, 'out', 'latest.json'), 'utf8'));
    const report = JSON.parse(stdout) as RunReport;
    expect(report.runs.map((row) => row.id)).toEqual(['multi/shared#1', 'multi/per-topic#1', 'single#1']);
    expect(report.command).toEqual([...smallRun, '--json', '--report-dir', 'out']);
    const again = await runCli([...smallRun, '--format', 'json'], { cwd });
    expect((JSON.parse(again.stdout) as RunReport).runs.map((row) => row.counts)).toEqual(
      report.runs.map((row) => row.counts),
    );
  });

  it('runs several files one after another, as one JSON array', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.yaml'), 'topics: 1\naggregates: 2\nversions: 3\n');
    writeFileSync(join(cwd, 'b.yaml'), 'name: second\ntopics: 2\naggregates: 2\nversions: 3\n');
    const { exitCode, stdout } = await runCli(['run', 'a.yaml', 'b.yaml', '--mode', 'single', '--json'], { cwd });
    expect(exitCode).toBe(0);
    const reports = JSON.parse(stdout) as RunReport[];
    expect(reports.map((report) => report.scenario?.name)).toEqual(['a', 'second']);
    expect(reports.map((report) => report.runs.map((row) => row.id))).toEqual([['single#1'], ['single#1']]);
  });

  it.each([
    ['ordered-consumer', ['--members', '2'], 'replicas of a service cannot share one', 'run it with --members 1'],
    ['ordered-consumer', ['--mode', 'multi/shared'], 'as in multi/shared', 'run it with --mode single'],
    ['pinned-client', ['--mode', 'single'], 'nobody whom a pin could keep out', '--members 2'],
  ])('refuses %s with %j, which leaves nothing to run, with the way out', async (strategy, flags, reason, wayOut) => {
    const cwd = temporaryFolder();
    const { exitCode, stdout, stderr } = await runCli([...smallRun, '--strategy', strategy, ...flags], { cwd });
    expect({ exitCode, stdout }).toEqual({ exitCode: 64, stdout: '' });
    expect(stderr).toContain(`error: ${strategy} cannot be run like this: `);
    for (const words of [reason, wayOut]) expect(stderr.replace(/\s+/g, ' ')).toContain(words);
    expect(existsSync(join(cwd, 'reports'))).toBe(false);
  });

  it('says of a broker that lacks what is needed that nothing was run, with exit code 69', async () => {
    const flags = ['--broker', 'sim:kafka', '--strategy', 'ordered-consumer'];
    expect((await runCli([...smallRun, ...flags], { cwd: temporaryFolder() })).exitCode).toBe(69);
  });

  it('says before it begins that the report could not be written', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'reports'), 'in the way');
    const { exitCode, stdout, stderr } = await runCli(smallRun, { cwd });
    expect({ exitCode, stdout }).toEqual({ exitCode: 64, stdout: '' });
    expect(stderr).toContain('is not a folder');
  });

  it('loads no NATS client on the simulator', async () => {
    const folder = temporaryFolder();
    const [seen, hooks, entry] = ['seen.txt', 'hooks.mjs', 'entry.mjs'].map((file) => join(folder, file)) as [
      string,
      string,
      string,
    ];
    writeFileSync(
      hooks,
      `import { appendFileSync } from 'node:fs';
       export function load(url, context, next) { appendFileSync(${JSON.stringify(seen)}, url + '\\n'); return next(url, context); }`,
    );
    writeFileSync(
      entry,
      `import { register } from 'node:module'; register(${JSON.stringify(pathToFileURL(hooks).href)});`,
    );
    const { exitCode } = await runCli(smallRun, { env: { NODE_OPTIONS: `--import ${pathToFileURL(entry).href}` } });
    expect(exitCode).toBe(0);
    const loaded = readFileSync(seen, 'utf8');
    expect(loaded).toContain('run/run-scenario.js');
    expect(loaded).not.toContain('/node_modules/nats/');
    expect(loaded).not.toContain('/node_modules/yaml/');
  });
});

describe('gates', () => {
  it('exit 0 where they hold', async () => {
    const { exitCode, stdout } = await runCli([...smallRun, '--mode', 'single', '--max-violations', '0']);
    expect(exitCode, stdout).toBe(0);
  });

  it('exit 1 where one is breached, and say which', async () => {
    const { exitCode, stdout } = await runCli([...smallRun, '--mode', 'single', '--fail-on', 'handled>0']);
    expect(exitCode).toBe(1);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('single#1 has handled 240; --fail-on is handled>0');
  });

  it('say so on standard error where standard output is JSON', async () => {
    const { exitCode, stdout, stderr } = await runCli([
      ...smallRun,
      '--mode',
      'single',
      '--fail-on',
      'handled>0',
      '--json',
    ]);
    expect(exitCode).toBe(1);
    expect(stderr).toBe('gate breached: single#1 has handled 240; --fail-on is handled>0\n');
    expect(() => JSON.parse(stdout) as unknown).not.toThrow();
  });

  it('exit 2 where nothing was shown: a publisher that waits for the handler contests no pair', async () => {
    const { exitCode, stdout } = await runCli([...smallRun, '--publish', 'handled', '--max-violations', '0']);
    expect(exitCode, stdout).toBe(2);
    expect(stdout).toContain('inconclusive');
  });

  it('are not given without a flag, so the same run exits 0', async () => {
    expect((await runCli([...smallRun, '--publish', 'handled'])).exitCode).toBe(0);
  });

  it('of a file are narrowed by a flag, which is said', async () => {
    const scenario = join(projectRoot, 'scenarios', 'quick.yaml');
    const { exitCode, stderr } = await runCli(['run', scenario, '--mode', 'single']);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`note: ${scenario} expects something of multi/shared, which is not run`);
    expect((await runCli(['run', scenario, '--mode', 'single', '--quiet'])).stderr).toBe('');
  });
});

const incident = readdirSync(join(projectRoot, 'scenarios', 'incident')).map((file) => `incident/${file}`);

describe.each([
  'quick',
  'incident',
  'incident-one-topic',
  'publisher-several',
  'publisher-spread',
  ...incident.map((file) => file.replace('.yaml', '')),
])('scenarios/%s.yaml', (name) => {
  it('comes out as it says', async () => {
    const { exitCode, stdout } = await runCli(['run', join(projectRoot, 'scenarios', `${name}.yaml`)]);
    expect(exitCode, stdout).toBe(0);
  });
});

describe('colour', () => {
  const colored = async (args: readonly string[], env: Record<string, string>) =>
    (await runCli([...smallRun, ...args], { env })).stdout.includes(escape);

  it('is off where standard output is no terminal', async () => {
    expect(await colored([], {})).toBe(false);
  });

  it('is on with FORCE_COLOR, which wins over NO_COLOR', async () => {
    expect(await colored([], { FORCE_COLOR: '1' })).toBe(true);
    expect(await colored([], { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(true);
  });

  it('is off with --no-color, whatever else is set', async () => {
    expect(await colored(['--no-color'], { FORCE_COLOR: '1' })).toBe(false);
  });
});

describe('a reader that goes away', () => {
  it('ends the output without a word', async () => {
    const child = startCli([...smallRun, '--json']);
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdout.destroy();
    const [exitCode] = (await once(child, 'close')) as [number | null];
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });
});

describe('standard output that cannot be written to', () => {
  it.skipIf(!existsSync('/dev/full'))('is said, with exit 64', async () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [cliPath, ...smallRun], {
      cwd: temporaryFolder(),
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);
    expect(status).toBe(64);
    expect(stderr).toBe(
      'error: standard output cannot be written to: no space is left on the disk\n  send it elsewhere; run also writes its report to a file\n',
    );
  });
});

describe('an interrupted run', () => {
  const endless = ['run', '--mode', 'single', '--topics', '1', '--aggregates', '1000', '--versions', '100000'];

  /** The trace has its first lines once the first row is under way. */
  async function untilUnderWay(trace: string): Promise<void> {
    while (!existsSync(trace) || statSync(trace).size === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s exits 130 and reports what was recorded as inconclusive',
    async (signal) => {
      const cwd = temporaryFolder();
      const child = startCli([...endless, '--json', '--trace', 'trace.ndjson'], { cwd });
      let stdout = '';
      let stderr = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      const closed = once(child, 'close');
      await untilUnderWay(join(cwd, 'trace.ndjson'));
      child.kill(signal);
      const [exitCode] = (await closed) as [number | null];
      expect(exitCode, stderr).toBe(130);
      expect(stderr).toMatch(/^interrupted: reports\/\S+-run\.json keeps 1 row as far as it had got$/m);
      const report = JSON.parse(stdout) as RunReport;
      expect(report.runs.map((row) => row.outcome)).toEqual(['inconclusive']);
      expect(existsSync(join(cwd, 'reports', 'latest.json'))).toBe(true);
    },
  );
});
