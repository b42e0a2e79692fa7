/** Asks the shells that are here for completions, with the script that the program prints for them. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cliPath, expectUsageError, runCli, temporaryFolder } from '../cli-process.js';

/** A folder with the program under its name, a file and a folder. */
function shellFolder(): string {
  const folder = temporaryFolder();
  symlinkSync(cliPath, join(folder, 'eventbus-bench'));
  writeFileSync(join(folder, 'mine.yaml'), 'topics: 1\n');
  mkdirSync(join(folder, 'mine'));
  return folder;
}

function inShell(shell: string, args: readonly string[]): string[] {
  const cwd = shellFolder();
  const env = { PATH: `${cwd}:${process.env['PATH'] ?? ''}`, HOME: cwd };
  const { stdout, stderr, status } = spawnSync(shell, args, { cwd, env, encoding: 'utf8' });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout.split('\n').filter((line) => line !== '');
}

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0;

/** @param words as readline breaks the line */
function inBash(line: string): string[] {
  const script = `
    eval "$(eventbus-bench completion bash)"
    COMP_LINE=$1 COMP_POINT=\${#1}
    COMP_WORDBREAKS=$' \\t\\n"\\'@><=;|&(:'
    _eventbus_bench eventbus-bench
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  return inShell('bash', ['--norc', '--noprofile', '-c', script, 'bash', line]);
}

describe.skipIf(!has('bash'))('bash with the script', () => {
  it('completes commands and flags', () => {
    expect(inBash('eventbus-bench comp')).toEqual(['compare', 'completion']);
    expect(inBash('eventbus-bench run --max-a')).toEqual(['--max-ack-pending']);
  });

  it('completes values, of which readline replaces what is behind the last break', () => {
    expect(inBash('eventbus-bench run --broker ')).toEqual(['sim', 'sim:jetstream', 'sim:kafka', 'nats', 'kafka']);
    expect(inBash('eventbus-bench run --broker sim:')).toEqual(['jetstream', 'kafka']);
    expect(inBash('eventbus-bench run --broker=na')).toEqual(['nats']);
    expect(inBash('eventbus-bench run --strategy keyed-pool,ser')).toEqual(['keyed-pool,serial']);
    expect(inBash('eventbus-bench run --format j')).toEqual(['json', 'junit']);
  });

  it('completes names of scenarios and files', () => {
    expect(inBash('eventbus-bench run kafka-re')).toEqual(['kafka-rebalance', 'kafka-retry']);
    expect(inBash('eventbus-bench run mi').toSorted()).toEqual(['mine', 'mine.yaml']);
    expect(inBash('eventbus-bench run --report-dir=mi')).toEqual(['mine']);
    expect(inBash('eventbus-bench check mine.y')).toEqual(['mine.yaml']);
  });

  it('runs nothing that is typed', () => {
    expect(inBash('eventbus-bench run $(touch oops) `touch oops` mi').toSorted()).toEqual(['mine', 'mine.yaml']);
  });

  it('has a script that may be sourced twice', () => {
    const twice = 'for i in 1 2; do eval "$(eventbus-bench completion bash)"; done; complete -p eventbus-bench';
    const told = inShell('bash', ['--norc', '--noprofile', '-c', twice]);
    expect(told).toEqual(['complete -F _eventbus_bench eventbus-bench']);
  });
});

describe.skipIf(!has('fish'))('fish with the script', () => {
  const inFish = (line: string): string[] =>
    inShell('fish', ['--no-config', '-c', 'eventbus-bench completion fish | source; complete -C $argv[1]', line]);

  it('completes commands, flags, values and scenarios, with what they are', () => {
    expect(inFish('eventbus-bench comp')[0]).toBe(
      'compare\tcompare fix strategies, with their costs and a recommendation',
    );
    expect(inFish('eventbus-bench run --broker sim:')).toEqual(['sim:jetstream', 'sim:kafka']);
    expect(inFish('eventbus-bench run kafka-re').map((reply) => reply.split('\t')[0])).toEqual([
      'kafka-rebalance',
      'kafka-retry',
    ]);
    expect(inFish('eventbus-bench check mine.')[0]).toMatch(/^mine\.yaml/);
  });
});

describe.skipIf(!has('zsh'))('zsh', () => {
  it('takes the script', () => {
    const load =
      'autoload -Uz compinit; compinit -u -D; eval "$(eventbus-bench completion zsh)"; print $_comps[eventbus-bench]';
    expect(inShell('zsh', ['-f', '-c', load])).toEqual(['_eventbus_bench']);
  });
});

describe('completion', () => {
  it('of another shell is refused', async () => {
    expectUsageError(await runCli(['completion', 'tcsh']), "'tcsh' is invalid", 'see eventbus-bench completion --help');
  });
});
