/** Whatever is wrong with the input: exit 64, one clear message with the way out on standard error, no stack trace. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectUsageError, runCli, temporaryFolder } from './cli-process.js';

describe('a wrong command line', () => {
  it.each([
    [['rnu'], "unknown command 'rnu'", 'did you mean run?'],
    [['run', '--topcis', '5'], "unknown option '--topcis'", 'did you mean --topics?'],
    [['run', '--max-ack-pendign', '5'], "unknown option '--max-ack-pendign'", 'did you mean --max-ack-pending?'],
    [['--versoin'], "unknown option '--versoin'", 'did you mean --version?'],
    [['run', '--zzz'], "unknown option '--zzz'", 'see eventbus-bench run --help'],
    [['run', '--topics'], "option '--topics <n>' argument missing", 'see eventbus-bench run --help'],
    [['check'], "missing required argument 'trace'", 'see eventbus-bench check --help'],
    [['check', 'a', 'b'], 'too many arguments', 'see eventbus-bench check --help'],
    [['run', '--format', 'xml'], "argument 'xml' is invalid", 'see eventbus-bench run --help'],
    [
      ['run', '--gate-mode', 'single'],
      '--gate-mode) names single, and there is no gate for that',
      'give --max-violations',
    ],
    [['clean'], 'clean needs to know which server to clean', '--nats-url'],
    [['doctor', 'now'], 'too many arguments', 'see eventbus-bench doctor --help'],
  ])('is refused: %j', async (args, message, wayOut) => {
    expectUsageError(await runCli(args), message, wayOut);
  });

  it('without a command shows the help on standard error', async () => {
    const { exitCode, stdout, stderr } = await runCli([]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 64, stdout: '' });
    expect(stderr).toContain('Usage: eventbus-bench');
  });
});

describe('a wrong value', () => {
  it.each(['0', '-1', '1.5', 'abc', '1e9'])('of --topics is refused: %s', async (value) => {
    expectUsageError(
      await runCli(['run', '--topics', value]),
      `--topics is ${value}; allowed: a whole number from 1 to 1,000`,
      'the default is --topics 5',
    );
  });

  it.each([
    [['--aggregates', '3'], '--aggregates is 3 but topics (by default) is 5', 'ask for 5 aggregates or more'],
    [['--mode', 'mutli'], '--mode is mutli; allowed: all, multi, single', 'did you mean multi?'],
    [['--strategy', 'keyd-pool'], '--strategy is keyd-pool; allowed: keyed-pool', 'did you mean keyed-pool?'],
    [
      ['--broker', 'natss'],
      '--broker is natss; allowed: sim, sim:jetstream, sim:kafka, nats or kafka, or a list of these',
      'did you mean nats?',
    ],
    [['--mode', 'single', '--durable', 'shared'], '--durable is shared but --mode is single', 'leave the durable out'],
    [['--max-wait', '100'], '--max-wait is 100; allowed: a duration with its unit', '--max-wait 100ms'],
    [['--fail-on', 'regresions>0'], 'there is no "regresions"', 'did you mean regressions?'],
    [['--fail-on', 'regressions=>0'], 'is not an expression: expected one of', 'such as regressions>0'],
    [['--name', '../../out'], '--name is "../../out"; allowed', '--name run'],
    [['--report-dir', '/dev/null/x'], '--report-dir is /dev/null/x, but /dev/null is not a folder', 'name a folder'],
    [
      ['--nats-url', 'nats://localhost:4222'],
      '--nats-url names a NATS server, but the broker is sim:jetstream, which has none',
      '--broker nats',
    ],
    [['--broker', 'nats', '--nats-token', 'x'], '--nats-token is given, but no server', '--nats-url'],
  ])('is refused: %j', async (flags, message, wayOut) => {
    expectUsageError(await runCli(['run', ...flags]), message, wayOut);
  });
});

describe('a wrong scenario file', () => {
  const bomb = `a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]\nb: &b [${'*a, '.repeat(9)}]\nc: &c [${'*b, '.repeat(9)}]\n`;

  it.each([
    ['misspelt field', 'topics: 5\ntopcis: 6\n', 'mine.yaml, line 2: unknown field "topcis"', 'did you mean topics?'],
    ['unknown field', 'reports: ../elsewhere\n', 'mine.yaml, line 1: unknown field "reports"', 'known fields are'],
    ['wrong value', '\n\ntopics: many\n', 'mine.yaml, line 3: topics is "many"; allowed: a whole number', 'topics: 5'],
    [
      'report path outside the report folder',
      'name: ../../etc/x\n',
      'mine.yaml, line 1: name is "../../etc/x"; allowed',
      'name: run',
    ],
    ['text that is not YAML', 'topics: [5\n', 'mine.yaml, line 2: this is not valid YAML', 'docs/SCENARIOS.md'],
    ['prose', 'hello, world\n', 'mine.yaml is not a map of fields', 'topics: 5'],
    ['nothing', '', 'mine.yaml is empty', 'topics: 5'],
    [
      'second document',
      'topics: 5\n---\ntopics: 6\n',
      'mine.yaml, line 2: a second document begins here',
      'a file of its own',
    ],
    ['alias bomb', bomb, 'mine.yaml uses aliases (*name) that multiply', 'write the values out'],
    ['nest of brackets', '['.repeat(50_000), 'mine.yaml is nested too deeply', 'docs/SCENARIOS.md'],
    ['zero byte', 'topics: 5\0', 'mine.yaml is a binary file', 'UTF-8'],
    ['megabyte', '#'.repeat(1024 * 1024), 'mine.yaml is larger than 64 KiB', 'name a scenario file'],
    [
      'row that is not run',
      'mode: multi\nexpect: {single: {outcome: ordered}}\n',
      'line 2: expect → single expects something of a row that is not run',
      'run the row too',
    ],
    [
      'expression that is none',
      'expect: {single: {that: [lost]}}\n',
      'expect → single: "lost" is not an expression',
      'such as',
    ],
  ])('with a %s is refused', async (_, text, message, wayOut) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'mine.yaml'), text);
    expectUsageError(await runCli(['run', 'mine.yaml'], { cwd }), message, wayOut);
  });

  it('that is missing is answered with the nearest one', async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'scenarios'));
    writeFileSync(join(cwd, 'scenarios', 'checkout.yaml'), 'topics: 5\n');
    expectUsageError(
      await runCli(['run', 'chekout.yaml'], { cwd }),
      'there is no scenario file chekout.yaml',
      'did you mean scenarios/checkout.yaml?',
    );
    expectUsageError(
      await runCli(['run', 'incidnt.yaml'], { cwd }),
      'there is no scenario file incidnt.yaml',
      'scenarios/incident.yaml?',
    );
  });

  it('that is a folder is refused', async () => {
    expectUsageError(await runCli(['run', '.']), '. is a folder, not a scenario file');
  });

  it('keeps a valid one beside it from running', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'good.yaml'), 'topics: 1\naggregates: 1\nversions: 1\n');
    expectUsageError(await runCli(['run', 'good.yaml', 'bad.yaml'], { cwd }), 'there is no scenario file bad.yaml');
  });
});

describe('a wrong trace', () => {
  it('that is missing is refused', async () => {
    const result = await runCli(['check', 'nowhere.ndjson']);
    expectUsageError(result, 'nowhere.ndjson');
  });

  it.each([
    ['a foreign line', '{"hello":"world"}\n'],
    ['prose', 'no trace at all\n'],
    ['nothing', ''],
  ])('with %s is refused', async (_, text) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'trace.ndjson'), text);
    expectUsageError(await runCli(['check', 'trace.ndjson'], { cwd }), 'trace.ndjson');
  });
});

describe('an error', () => {
  it('shows its stack trace if EVENTBUS_BENCH_DEBUG=1 asks for it', async () => {
    const { stderr, exitCode } = await runCli(['run', '--topics', '0'], { env: { EVENTBUS_BENCH_DEBUG: '1' } });
    expect(exitCode).toBe(64);
    expect(stderr).toMatch(/^\s+at /m);
  });
});
