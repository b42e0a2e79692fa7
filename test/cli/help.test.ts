import { describe, expect, it } from 'vitest';
import { runCli } from './cli-process.js';

describe('the help', () => {
  it.each([
    '--help',
    'run --help',
    'compare --help',
    'report --help',
    'gate --help',
    'check --help',
    'doctor --help',
    'brokers --help',
    'clean --help',
  ])('had by %s reads as it did', async (line) => {
    const { exitCode, stdout, stderr } = await runCli(line.split(' '));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatchSnapshot();
    expect(stdout).toContain('Examples:');
    const widest = Math.max(...stdout.split('\n').map((line) => line.length));
    expect(widest).toBeLessThanOrEqual(80);
  });

  it('is also had by the command help', async () => {
    expect((await runCli(['help', 'clean'])).stdout).toBe((await runCli(['clean', '--help'])).stdout);
  });

  it('comes with a version', async () => {
    const { exitCode, stdout } = await runCli(['--version']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
  });
});
