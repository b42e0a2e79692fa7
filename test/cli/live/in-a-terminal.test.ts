/**
 * The built program in a pseudo-terminal, which `script` of util-linux makes: it shows the live view, and Ctrl-C leaves
 * none of it behind.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { cliPath, temporaryFolder } from '../cli-process.js';
import { Screen } from './screen.js';

vi.setConfig({ testTimeout: 120_000 });

const hasTerminal = spawnSync('script', ['--version']).status === 0;

/** Runs the program in a terminal of 80 x 24, until `isEnough` of what is seen; then presses Ctrl-C. */
async function interrupted(args: string, isEnough: (seen: string) => boolean, env: Record<string, string> = {}) {
  const { PATH = '', HOME = '' } = process.env;
  const command = `stty cols 80 rows 24; exec '${process.execPath}' '${cliPath}' ${args}`;
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    cwd: temporaryFolder(),
    env: { PATH, HOME, TERM: 'xterm-256color', SHELL: '/bin/sh', ...env },
  });
  const screen = new Screen(80, 24);
  const seen: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen.write(text);
    if (seen.length > 0 || !isEnough(screen.text)) return;
    seen.push(screen.text);
    child.stdin.write('\u0003');
  });
  await once(child, 'close');
  return { before: seen.join(''), after: screen.text, written: screen.written.join('') };
}

const long = 'run --aggregates 500 --versions 20000';
const isDrawn = (seen: string): boolean => /^0 of 3 runs .*regressions/m.test(seen);

describe.skipIf(!hasTerminal)('the live view in a terminal', () => {
  it('shows each row, and is gone when Ctrl-C says what is kept', async () => {
    const { before, after, written } = await interrupted(long, isDrawn);
    expect(before).toMatch(/^row +done +handled\/wall s +regressions +in flight +lag\nmulti\/shared +0 % /);
    expect(before.split('\n')).toHaveLength(5);
    expect(after).toMatch(/^interrupted: ending the run; .*\neventbus-bench .* on sim:jetstream/);
    expect(after).not.toMatch(/in flight|waiting|\^C/);
    expect(written).toContain('\u001b[2m');
    expect(written).not.toContain('?25l');
  });

  it('has no colour where NO_COLOR says so', async () => {
    const { before, written } = await interrupted(long, isDrawn, { NO_COLOR: '1' });
    expect(before).toContain('regressions');

    expect(written).not.toMatch(/\x1b\[\d+m/);
  });

  it.each([
    ['--no-progress', '--no-progress', {}],
    ['CI', '', { CI: 'true' }],
  ])('is not shown with %s', async (_what, flag, env) => {
    const command = `run --mode single --versions 200 ${flag}`;
    const { written } = await interrupted(command, () => false, env);
    expect(written).not.toContain('?2026h');
    expect(written).toContain('single');
  });
});
