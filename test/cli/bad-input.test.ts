/**
 * Whatever is wrong with the input is answered with one message: what is wrong, the way out below it, and the exit
 * code. The inputs are tables in `bad-inputs/`, by kind.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { answersTo, linesMaxIn, type Answered, type BadInput } from './bad-inputs/bad-input.js';
import { badConnections } from './bad-inputs/connections.js';
import { badDisturbances } from './bad-inputs/disturbances.js';
import { badPlaces, badPlacesOnLinux } from './bad-inputs/places.js';
import { badRecords } from './bad-inputs/records.js';
import { badReports } from './bad-inputs/reports.js';
import { badScenarios } from './bad-inputs/scenarios.js';
import { badQueries } from './bad-inputs/sql.js';
import { badTraces } from './bad-inputs/traces.js';
import { badUsage } from './bad-inputs/usage.js';
import { badValues } from './bad-inputs/values.js';
import { expectUsageError, runCli, temporaryFolder } from './cli-process.js';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const kinds: Readonly<Record<string, readonly BadInput[]>> = {
  'command line': badUsage,
  value: badValues,
  disturbance: badDisturbances,
  'scenario file': badScenarios,
  trace: badTraces,
  record: badRecords,
  report: badReports,
  'place to write to': [...badPlaces, ...(process.platform === 'linux' ? badPlacesOnLinux : [])],
  'server or login': badConnections,
  query: badQueries,
};

/** Far more than the processes of a kind take; a loaded machine may be slow. */
const timeoutMs = 180_000;

/** The text without its line breaks, since those depend on the width. */
function solid(text: string): string {
  return text.replaceAll(/\s+/g, '');
}

/** A message without its first lines, in which what is wrong stands. */
function wayOutOf(stderr: string): string {
  const lines = stderr.trimEnd().split('\n');
  return lines.slice(lines.findIndex((line) => /^ {2}\S/.test(line))).join('\n');
}

describe.each(Object.entries(kinds))('a wrong %s', (_, inputs) => {
  let answers: readonly Answered[] = [];
  beforeAll(async () => void (answers = await answersTo(inputs)), timeoutMs);

  it.each(inputs.map((input, at) => [at, titleOf(input)] as const))('%i is answered: %s', (at) => {
    const { input, exitCode, stdout, stderr, columns } = answers[at]!;
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: input.exit ?? 64, stdout: '' });
    expect(solid(stderr)).toContain(solid(input.says));
    expect(solid(wayOutOf(stderr))).toContain(solid(input.wayOut));
    expectOneMessage(stderr, columns);
    if (input.secret !== undefined) expect(stderr).not.toContain(input.secret);
  });
});

/** One message within the width of the terminal, with a way out, and nothing that is of use to nobody but us. */
function expectOneMessage(stderr: string, columns: number): void {
  const lines = stderr.trimEnd().split('\n');
  expect(stderr).toMatch(/^error: \S/);
  expect(stderr.match(/^(?:error|note): /gm)).toHaveLength(1);
  expect(lines.at(-1), 'the way out').toMatch(/^ {2}\S/);
  expect(lines.length, stderr).toBeLessThanOrEqual(linesMaxIn(columns));
  expect(Math.max(...lines.map((line) => line.length)), stderr).toBeLessThanOrEqual(columns);
  expect(stderr).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
  expect(stderr, 'a stack trace').not.toMatch(/^\s+at (?:\S+ )*\(?(?:file:|node:|\/).*:\d+|node:internal|file:\/\//m);
  expect(stderr, 'a code of the system').not.toMatch(/\bE[A-Z]{4,}\b/);
  expect(stderr, 'a value that is none').not.toMatch(/\bundefined\b|\[object|"null"/);
}

function titleOf({ args, files = {} }: BadInput): string {
  const shown = args.map((arg) => (arg.length > 60 ? `${arg.slice(0, 30)}…` : arg));
  return JSON.stringify([...shown, ...Object.keys(files)]);
}

describe('the table of bad inputs', () => {
  it('has two hundred or more', () => {
    expect(Object.values(kinds).flat().length).toBeGreaterThanOrEqual(200);
  });
});

describe('an error', () => {
  it('shows its stack trace if EVENTBUS_BENCH_DEBUG=1 asks for it', async () => {
    const { stderr, exitCode } = await runCli(['run', '--topics', '0'], { env: { EVENTBUS_BENCH_DEBUG: '1' } });
    expect(exitCode).toBe(64);
    expect(stderr).toMatch(/^\s+at /m);
  });

  it('of one scenario file keeps a valid one beside it from running', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'good.yaml'), 'topics: 1\naggregates: 1\nversions: 1\n');
    expectUsageError(await runCli(['run', 'good.yaml', 'bad.yaml'], { cwd }), 'there is no scenario file bad.yaml');
  });

  it('is not the help, unless there is no command at all', async () => {
    const { exitCode, stdout, stderr } = await runCli([]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 64, stdout: '' });
    expect(stderr).toContain('Usage: eventbus-bench');
  });
});
