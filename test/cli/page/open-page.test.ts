/** `--open` writes the page and opens it, and never changes how a command ends. */
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { runCli, temporaryFolder } from '../cli-process.js';

const small = ['--mode', 'multi/shared', '--aggregates', '5', '--versions', '5', '--no-progress'];

/** A folder with programs that write down what they were given, and the file in which they do. */
function openers(...names: readonly string[]): { env: Record<string, string>; given: string } {
  const folder = temporaryFolder();
  const given = join(folder, 'given');
  for (const name of names) {
    writeFileSync(join(folder, name), `#!/bin/sh\nprintf '%s\\n' "$@" > '${given}'\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return { env: { PATH: `${folder}:${process.env['PATH'] ?? ''}` }, given };
}

const pagesIn = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith('.html'));

describe('--open', () => {
  it('writes the page of a run beside its report, and hands its whole path to the opener', async () => {
    const cwd = temporaryFolder();
    const { env, given } = openers('xdg-open');
    const { exitCode, stdout, stderr } = await runCli(['run', ...small, '--open'], {
      cwd,
      env: { ...env, DISPLAY: ':0' },
    });
    const [page] = pagesIn(join(cwd, 'reports'));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: `page: reports/${page!}\n` });
    expect(stdout).toContain('multi/shared');
    await vi.waitFor(() => expect(readFileSync(given, 'utf8').trim()).toMatch(new RegExp(`/reports/${page!}$`)));
    expect(readFileSync(join(cwd, 'reports', page!), 'utf8')).toMatch(/^<!doctype html>/);
    expect(existsSync(join(cwd, 'reports', page!.replace('.html', '.json')))).toBe(true);
  });

  it('on a machine without a display says where the page is, and ends as the verdict says', async () => {
    const cwd = temporaryFolder();
    const args = ['run', ...small, '--max-violations', '0', '--open'];
    const { exitCode, stderr } = await runCli(args, { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`page: reports/${pagesIn(join(cwd, 'reports'))[0]!} (nothing here opens it)\n`);
  });

  it('is no error where the opener is missing', async () => {
    const { exitCode, stderr } = await runCli(['run', ...small, '--open'], {
      env: { DISPLAY: ':0', PATH: '/nowhere' },
    });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('(nothing here opens it)');
  });

  it('says nothing of a page that was opened, if nothing is to be said', async () => {
    const { env } = openers('xdg-open');
    const { stderr } = await runCli(['run', ...small, '--open', '--quiet'], { env: { ...env, DISPLAY: ':0' } });
    expect(stderr).toBe('');
  });

  it('leaves what is printed in another format as it is', async () => {
    const { stdout } = await runCli(['compare', ...small, '--strategies', 'keyed-pool', '--repeat', '1', '--json', '--open']); // prettier-ignore
    expect((JSON.parse(stdout) as { comparison: object }).comparison).toBeDefined();
  });
});

describe('report --open', () => {
  it('writes the page beside the report and prints nothing', async () => {
    const cwd = temporaryFolder();
    await runCli(['run', ...small], { cwd });
    const { exitCode, stdout, stderr } = await runCli(['report', 'reports/latest.json', '--open'], { cwd });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(stderr).toBe('page: reports/latest.html (nothing here opens it)\n');
    expect(existsSync(join(cwd, 'reports', 'latest.html'))).toBe(true);
  });

  it('writes it to --output, and prints a format that is asked for beside it', async () => {
    const cwd = temporaryFolder();
    await runCli(['run', ...small], { cwd });
    await runCli(['report', 'reports/latest.json', '--open', '--output', 'mine.html'], { cwd });
    expect(existsSync(join(cwd, 'mine.html'))).toBe(true);
    const { stdout } = await runCli(['report', 'reports/latest.json', '--open', '--format', 'csv'], { cwd });
    expect(stdout).toMatch(/^scenario,/);
  });

  it('writes the page of a report from standard input, or in a folder that takes no file, to a temporary folder', async () => {
    const cwd = temporaryFolder();
    await runCli(['run', ...small], { cwd });
    const stdin = readFileSync(join(cwd, 'reports', 'latest.json'));
    const env = { TMPDIR: temporaryFolder() };
    const piped = await runCli(['report', '--open'], { cwd, stdin, env });
    expect(piped.stderr).toMatch(new RegExp(`^page: ${env.TMPDIR}/eventbus-bench-page-\\w+/report\\.html \\(`));
    mkdirSync(join(cwd, 'reports', 'latest.html'));
    const taken = await runCli(['report', 'reports/latest.json', '--open'], { cwd, env });
    expect(taken.stderr).toMatch(new RegExp(`^page: ${env.TMPDIR}/eventbus-bench-page-\\w+/latest\\.html \\(`));
    expect(taken.exitCode).toBe(0);
  });

  it('on WSL hands the path to Windows as Windows writes it', async () => {
    const cwd = temporaryFolder();
    await runCli(['run', ...small], { cwd });
    const { env, given } = openers('explorer.exe');
    const folder = env['PATH']!.split(':')[0]!;
    writeFileSync(join(folder, 'wslpath'), `#!/bin/sh\necho "WINDOWS:$2"\n`);
    chmodSync(join(folder, 'wslpath'), 0o755);
    await runCli(['report', 'reports/latest.json', '--open'], { cwd, env: { ...env, WSL_DISTRO_NAME: 'Debian' } });
    await vi.waitFor(() => expect(readFileSync(given, 'utf8')).toMatch(/^WINDOWS:\/.*\/reports\/latest\.html\n$/));
  });
});
