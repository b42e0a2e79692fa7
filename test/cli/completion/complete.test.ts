import { describe, expect, it } from 'vitest';
import { complete } from '../../../src/cli/completion/complete.js';
import { createConsole } from '../../../src/cli/console.js';
import { watchInterrupts } from '../../../src/cli/interrupt.js';
import { createProgram } from '../../../src/cli/program.js';
import { brokerKinds } from '../../../src/domain/broker/registry.js';
import { strategyIds } from '../../../src/strategy/registry.js';

const program = createProgram({
  console: createConsole(process),
  interrupt: watchInterrupts({ ...process, on: () => process }),
  args: [],
  exitCode: 0,
});

const valuesFor = (...words: string[]) => complete(program, words).candidates.map(({ value }) => value);
const pathsFor = (...words: string[]) => complete(program, words).paths;

describe('what may stand next', () => {
  it('is a command, each with what it does', () => {
    expect(valuesFor('')).toEqual([...program.commands.map((command) => command.name()), 'help']);
    expect(valuesFor('co')).toEqual(['compare', 'completion']);
    expect(complete(program, ['run']).candidates[0]!.description).toBe(
      'run the modes of a bus and show who kept order',
    );
  });

  it('is a flag of the command, usual or not, but no older name of one', () => {
    expect(valuesFor('run', '--max-')).toEqual([
      '--max-wait',
      '--max-ack-pending',
      '--max-deliver',
      '--max-violations',
    ]);
    expect(valuesFor('run', '--help')).toEqual(['--help-all', '--help']);
    expect(valuesFor('run', '--until-')).toEqual(['--until-at-risk']);
    expect(valuesFor('list', '--he')).toEqual(['--help']);
    expect(valuesFor('--ver')).toEqual(['--version']);
  });

  it('is a value of the flag before it, or in the same word', () => {
    expect(valuesFor('run', '--broker', '')).toEqual(['sim', ...brokerKinds]);
    expect(valuesFor('run', '--broker=sim:')).toEqual(['--broker=sim:jetstream', '--broker=sim:kafka']);
    expect(valuesFor('run', '--format', 'js')).toEqual(['json']);
    expect(valuesFor('run', '--overflow', '')).toEqual(['block', 'reject', 'inline']);
    expect(valuesFor('run', '--publish', 'a')).toEqual(['async:']);
    expect(valuesFor('run', '--disturb', 'crash:1s@20%,jo')).toEqual(['crash:1s@20%,join@']);
    expect(valuesFor('run', '--sweep', 'top')).toEqual(['topics=']);
    expect(valuesFor('run', '--topics', '')).toEqual([]);
    expect(valuesFor('sql', '--dialect', '')).toEqual(['duckdb', 'clickhouse', 'spark', 'bigquery']);
    expect(valuesFor('sql', '--versions=')).toEqual(['--versions=dense', '--versions=rising']);
  });

  it('is one more value of a list, which is not given yet', () => {
    expect(valuesFor('run', '--broker', 'nats,')).toEqual([
      'nats,sim',
      'nats,sim:jetstream',
      'nats,sim:kafka',
      'nats,kafka',
    ]);
    expect(valuesFor('run', '--mode', 'single,multi/s')).toEqual(['single,multi/shared']);
  });

  it('is a strategy, or a mode with one', () => {
    const plain = valuesFor('compare', '--strategies', '');
    expect(plain).toEqual([...strategyIds, 'multi/shared+', 'multi/per-topic+', 'single+']);
    expect(valuesFor('run', '--strategy', 'serial,single+key')).toEqual(['serial,single+keyed-pool']);
    expect(valuesFor('compare', '--baseline', 'multi/shared+ser')).toEqual(['multi/shared+serial']);
  });

  it('is a scenario by its name, or a file', () => {
    expect(valuesFor('run', '--seed', '7', 'kafka-r')).toEqual(['kafka-rebalance', 'kafka-retry']);
    expect(valuesFor('run', 'quick', 'incident')).toContain('incident');
    expect(valuesFor('run', 'incident/nev')).toEqual(['incident/never-acked']);
    expect(pathsFor('run', 'quick', '')).toBe('files');
    expect(pathsFor('compare', './sc')).toBe('files');
  });

  it('is a file or a folder where a flag or an argument takes one', () => {
    expect(pathsFor('run', '--trace', '')).toBe('files');
    expect(pathsFor('run', '--report-dir=')).toBe('folders');
    expect(pathsFor('check', '')).toBe('files');
    expect(pathsFor('check', 'a.ndjson', '')).toBe('files');
    expect(pathsFor('run', '--topics', '')).toBe('none');
  });

  it('is a word that a command takes', () => {
    expect(valuesFor('list', 's')).toEqual(['strategies', 'scenarios']);
    expect(valuesFor('completion', '')).toEqual(['bash', 'zsh', 'fish']);
    expect(valuesFor('help', 'ga')).toEqual(['gate']);
  });

  it('is nothing behind a flag that is not known', () => {
    expect(valuesFor('run', '--nonsense=')).toEqual([]);
    expect(valuesFor('nonsense', '--')).toContain('--version');
  });
});
