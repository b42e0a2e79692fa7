import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { projectRoot, runCli } from './cli-process.js';

const { version } = JSON.parse(readFileSync(`${projectRoot}/package.json`, 'utf8')) as { version: string };

const wide = { env: { COLUMNS: '500' } };

describe('--version', () => {
  it.each([['--version'], ['-V'], ['run', '--version']])(
    'has name and version on its first line: %s',
    async (...args) => {
      const { exitCode, stdout, stderr } = await runCli(args);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout.split('\n')[0]).toBe(`eventbus-bench ${version}`);
    },
  );

  it('says with what a run would be made here, one a line', async () => {
    const { stdout } = await runCli(['--version'], wide);
    const lines = new Map(stdout.split('\n').map((line) => [line.slice(0, 13).trim(), line.slice(13)]));
    expect([...lines.keys()].slice(1, -1)).toEqual(['commit', 'Node.js', 'platform', 'nats-server', 'Kafka', 'Java']);
    expect(lines.get('Node.js')).toBe(process.versions.node);
    expect(lines.get('platform')).toBe(`${process.platform} ${process.arch}`);
    expect(lines.get('commit')).toMatch(/^(?:[0-9a-f]{40}(?:, with changes)?|unknown)$/);
  });

  it('says what is not found, and where to read how to get it', async () => {
    const { stdout } = await runCli(['--version'], { env: { COLUMNS: '500', PATH: '', JAVA_HOME: '/nowhere' } });
    expect(stdout).toMatch(/^Java {9}not found; see eventbus-bench list brokers$/m);
  });

  it('is data with --json', async () => {
    const { exitCode, stdout } = await runCli(['--version', '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ name: 'eventbus-bench', version, node: process.versions.node });
  });

  it('names the commit that the build was stamped with', async () => {
    const stamp = JSON.parse(readFileSync(`${projectRoot}/dist/build-info.json`, 'utf8')) as {
      gitCommit: string | null;
    };
    const { gitCommit } = JSON.parse((await runCli(['--version', '--json'])).stdout) as { gitCommit: string | null };
    expect(gitCommit).toBe(stamp.gitCommit);
    if (gitCommit === null) return;
    expect(execFileSync('git', ['cat-file', '-t', gitCommit], { cwd: projectRoot, encoding: 'utf8' })).toBe('commit\n');
  });
});
