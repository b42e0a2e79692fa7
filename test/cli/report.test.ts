/** `report`: a stored report in every format, from a file or a pipe, and what it says to anything else. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formats } from '../../src/report/exporters/formats.js';
import { renderJson } from '../../src/report/contract/json.js';
import { report as reportOf, row, scenario, threeModes, violatedRow } from '../report/fixtures.js';
import { toldReport } from '../report/exporters/timelines-fixture.js';
import { cliPath, expectUsageError, runCli, smallRun, temporaryFolder } from './cli-process.js';

function folderWith(text: string): string {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'r.json'), text);
  return cwd;
}

const stored = renderJson(threeModes());

/** With something on its standard input. */
function piped(input: string, args: readonly string[]): string {
  return execFileSync(process.execPath, [cliPath, ...args], { input, encoding: 'utf8', cwd: temporaryFolder() });
}

describe('report', () => {
  it.each(formats)('renders a stored report as %s on standard output, and nothing else', async (format) => {
    const cwd = folderWith(renderJson(toldReport()));
    const { exitCode, stdout, stderr } = await runCli(['report', 'r.json', '--format', format], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout.length).toBeGreaterThan(100);
  });

  it('writes to a file with --output, whole and nothing beside it', async () => {
    const cwd = folderWith(stored);
    const args = ['report', 'r.json', '--format', 'junit', '--output', 'junit.xml'];
    expect(await runCli(args, { cwd })).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    const { stdout } = await runCli(['report', 'r.json', '--format', 'junit'], { cwd });
    expect(readFileSync(join(cwd, 'junit.xml'), 'utf8')).toBe(stdout);
    expect(readdirSync(cwd).sort()).toEqual(['junit.xml', 'r.json']);
  });

  it('writes to what is no plain file, such as a pipe, as it is', () => {
    const line = `"$0" "$1" report r.json --format csv --output /dev/stdout | cat`;
    const stdout = execFileSync('sh', ['-c', line, process.execPath, cliPath], {
      cwd: folderWith(stored),
      encoding: 'utf8',
    });
    expect(stdout).toMatch(/^scenario,startedAt,/);
  });

  it('reads standard input, with a dash or without', () => {
    expect(piped(stored, ['report', '-', '--format', 'json'])).toBe(stored);
    expect(piped(stored, ['report', '--format', 'json'])).toBe(stored);
  });

  it('renders the list that run prints of several files', () => {
    const other = reportOf([row('single#1')], { scenario: { ...scenario, name: 'other' } });
    const list = `[${stored},${renderJson(other)}]`;
    expect(piped(list, ['report', '--format', 'junit']).match(/<testsuite /g)).toHaveLength(2);
    expect(JSON.parse(piped(list, ['report', '--format', 'json']))).toHaveLength(2);
    expect(Object.keys(JSON.parse(piped(list, ['report', '--format', 'bmf'])) as object)).toContain('other single');
  });

  it('exits 0 whatever the report says, and applies the gates that the report carries', async () => {
    const gated = reportOf([violatedRow()], {
      scenario: { ...scenario, modes: ['multi/shared'], maxViolations: 0, expect: {} },
    });
    const cwd = folderWith(renderJson(gated));
    const { exitCode, stdout } = await runCli(['report', 'r.json', '--format', 'markdown'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      '**Gate: ✗ breached**\n\n- multi/shared\\#1 has 428 violations; --max-violations allows 0',
    );
  });

  it('shows the same tables as the run did, but for where the report is', async () => {
    const cwd = temporaryFolder();
    const shown = await runCli([...smallRun, '--max-violations', '0'], { cwd });
    const again = await runCli(['report', 'reports/latest.json'], { cwd });
    expect(again.stdout).toBe(shown.stdout.replace(/^Details .*\n/m, ''));
  });

  it('reads a trace by way of check', async () => {
    const cwd = temporaryFolder();
    await runCli([...smallRun, '--trace', 't.ndjson'], { cwd });
    const { stdout } = await runCli(['check', 't.ndjson', '--json'], { cwd });
    const live = await runCli(['report', 'reports/latest.json', '--format', 'hdr'], { cwd });
    expect(piped(stdout, ['report', '--format', 'hdr'])).toBe(live.stdout);
  });
});

describe('report, given something else', () => {
  it.each([
    ['nothing', '', 'r.json is empty', 'reports/latest.json'],
    ['half a report', stored.slice(0, 500), 'r.json is not JSON', 'reports/latest.json'],
    ['prose', 'hello', 'r.json is not JSON', 'reports/latest.json'],
    ['other JSON', '{"a":1}', 'r.json is not a report: it has no schemaVersion', 'reports/latest.json'],
    ['another version', '{"schemaVersion":"3.0"}', 'r.json has schema version 3.0', 'run again'],
    ['a trace', '{"kind":"header","format":"eventbus-bench-trace"}\n{}\n', 'r.json is a trace', 'check TRACE --json'],
    ['a list of none', '[]', 'r.json is an empty list', 'reports/latest.json'],
    ['a list with another thing', `[${stored},{}]`, 'r.json, report 2 is not a report', 'reports/latest.json'],
  ])('refuses %s', async (_, text, message, wayOut) => {
    expectUsageError(await runCli(['report', 'r.json'], { cwd: folderWith(text) }), message, wayOut);
  });

  it('refuses a path without a report', async () => {
    const cwd = folderWith(stored);
    mkdirSync(join(cwd, 'folder'));
    expectUsageError(
      await runCli(['report', 'nowhere.json'], { cwd }),
      'there is no report nowhere.json',
      'latest.json',
    );
    expectUsageError(await runCli(['report', 'r.json/x'], { cwd }), 'there is no report r.json/x', 'latest.json');
    expectUsageError(await runCli(['report', 'folder'], { cwd }), 'folder is a folder, not a report', 'latest.json');
    expectUsageError(await runCli(['report'], { cwd }), 'standard input is empty', 'latest.json');
  });

  it('refuses an output that cannot be written', async () => {
    const cwd = folderWith(stored);
    mkdirSync(join(cwd, 'folder'));
    const write = (path: string) => runCli(['report', 'r.json', '--output', path], { cwd });
    expectUsageError(
      await write('folder'),
      '--output folder could not be written: it is a folder',
      'folder/report.xml',
    );
    expectUsageError(await write('a/b.xml'), '--output a/b.xml could not be written: there is no folder a', 'make it');
    expect(readdirSync(cwd).sort()).toEqual(['folder', 'r.json']);
  });

  it('refuses reports that a tracker could not tell apart, and a histogram that is none', async () => {
    const twice = folderWith(`[${stored},${stored}]`);
    const args = ['report', 'r.json', '--format', 'bmf'];
    expectUsageError(await runCli(args, { cwd: twice }), 'two of the reports have a row "run multi/shared"', '--name');
    const latencyHistograms = { publish: 'x', queue: null, handle: null, endToEnd: null };
    const broken = folderWith(renderJson(reportOf([row('single#1', { latencyHistograms })])));
    const hdr = await runCli(['report', 'r.json', '--format', 'hdr'], { cwd: broken });
    expectUsageError(hdr, 'single#1, latencyHistograms.publish is not a histogram', 'as eventbus-bench run wrote it');
  });
});

describe('report of what has no timelines', () => {
  it.each(['perfetto', 'otlp'])('as %s says what to do', async (format) => {
    const done = await runCli(['report', 'r.json', '--format', format], { cwd: folderWith(stored) });
    expectUsageError(done, 'no row of the report has timelines', 'run it again with this version');
  });
});

describe('report A B', () => {
  const other = renderJson(reportOf([row('multi/shared#1'), row('single#1')]));

  it('shows two reports side by side, and exits 0 whatever they say', async () => {
    const cwd = folderWith(stored);
    writeFileSync(join(cwd, 'other.json'), other);
    const { exitCode, stdout, stderr } = await runCli(['report', 'other.json', 'r.json'], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^multi\/shared +✓ ordered +✗ violated +0 → 428/m);
    expect(stdout).toMatch(/Rows only in B +multi\/per-topic/);
  });

  it('reads one of the two from standard input, and writes to a file', () => {
    const cwd = folderWith(stored);
    const args = [cliPath, 'report', 'r.json', '-', '--format', 'json', '--output', 'both.json'];
    execFileSync(process.execPath, args, { input: other, cwd });
    const { a, b } = JSON.parse(readFileSync(join(cwd, 'both.json'), 'utf8')) as Record<'a' | 'b', { source: string }>;
    expect([a.source, b.source]).toEqual(['r.json', 'standard input']);
  });

  it('refuses a list, a format without a place for two, and standard input twice', async () => {
    const cwd = folderWith(`[${stored},${stored}]`);
    writeFileSync(join(cwd, 'other.json'), other);
    expectUsageError(
      await runCli(['report', 'other.json', 'r.json'], { cwd }),
      'r.json is a list of 2 reports',
      'give a file with a single report',
    );
    const junit = ['report', 'other.json', 'other.json', '--format', 'junit'];
    expectUsageError(await runCli(junit, { cwd }), '--format junit shows no two reports side by side', 'by itself');
    expectUsageError(await runCli(['report', '-', '-'], { cwd }), 'standard input holds one report', 'name a file');
  });
});

describe('run --format', () => {
  it('prints that format and nothing else on standard output, and still writes the report', async () => {
    const cwd = temporaryFolder();
    const { exitCode, stdout, stderr } = await runCli([...smallRun, '--max-violations', '0', '--format', 'junit'], {
      cwd,
    });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^<\?xml [^]*<\/testsuites>\n$/);
    expect(stderr).toContain('gate breached: multi/shared#1');
    const again = await runCli(['report', 'reports/latest.json', '--format', 'junit'], { cwd });
    expect(again.stdout).toBe(stdout);
  });

  it('puts several scenarios into one document, and says how they came out even if that cannot be', async () => {
    const cwd = temporaryFolder();
    for (const name of ['a', 'b']) {
      writeFileSync(join(cwd, `${name}.yaml`), `name: ${name}\ntopics: 1\naggregates: 2\nversions: 5\nmode: single\n`);
    }
    const both = await runCli(['run', 'a.yaml', 'b.yaml', '--format', 'csv'], { cwd });
    expect(both.stdout.trimEnd().split('\r\n')).toHaveLength(3);
    const clash = await runCli(['run', 'a.yaml', 'a.yaml', '--format', 'bmf', '--fail-on', 'handled>0'], { cwd });
    expect({ exitCode: clash.exitCode, stdout: clash.stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(clash.stderr).toContain('error: two of the reports have a row "a single"');
  });

  it('refuses a format beside --json', async () => {
    expectUsageError(
      await runCli(['run', '--json', '--format', 'csv']),
      '--json is given, and --format is csv',
      'leave one',
    );
  });
});
