import { describe, expect, it } from 'vitest';
import { runCli } from './cli-process.js';

describe('the help', () => {
  it.each([
    '--help',
    'run --help',
    'run --help-all',
    'compare --help',
    'compare --help-all',
    'report --help',
    'gate --help',
    'check --help',
    'diagnose --help',
    'sql --help',
    'hazards --help',
    'hazards --help-all',
    'list --help',
    'completion --help',
    'doctor --help',
    'doctor --help-all',
    'brokers --help',
    'clean --help',
    'clean --help-all',
  ])('had by %s reads as it did', async (line) => {
    const { exitCode, stdout, stderr } = await runCli(line.split(' '));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatchSnapshot();
    expect(stdout).toContain('Examples:');
    const widest = Math.max(...stdout.split('\n').map((line) => line.length));
    expect(widest).toBeLessThanOrEqual(80);
  });

  it.each(['run', 'compare', 'hazards', 'doctor', 'clean'])(
    'of %s fits on a screen, and names the help with all flags',
    async (name) => {
      const short = (await runCli([name, '--help'])).stdout;
      expect(short.split('\n').length - 1).toBeLessThanOrEqual(40);
      const all = (await runCli([name, '--help-all'])).stdout;
      const flags = flagsOf(all);
      expect(short).toContain(`All ${String(flags.length)} flags, in groups: eventbus-bench ${name} --help-all`);
      expect(flagsOf(short).filter((flag) => !flags.includes(flag))).toEqual([]);
    },
  );

  it('of the program fits on a terminal of 24 lines, and has every command', async () => {
    const { stdout } = await runCli(['--help']);
    expect(stdout.split('\n').length - 1).toBeLessThanOrEqual(24);
    for (const name of [
      'run',
      'compare',
      'report',
      'gate',
      'check',
      'diagnose',
      'sql',
      'hazards',
      'list',
      'doctor',
      'clean',
      'completion',
    ])
      expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  });

  it('is also had by the command help', async () => {
    expect((await runCli(['help', 'clean'])).stdout).toBe((await runCli(['clean', '--help'])).stdout);
  });
});

/** The flags with their placeholders, as a help lists them: `--topics <n>`. */
function flagsOf(help: string): string[] {
  return [...help.matchAll(/^  (?:-., )?(--[\w-]+(?: <\w+>)?)/gm)].map((match) => match[1]!);
}
